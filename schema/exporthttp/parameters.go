package exporthttp

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dialograph/graph/export"
)

// parameters are what the URL of an export asks for.
type parameters struct {
	network        string
	events         map[string]any // an EventWhere
	participations map[string]any // a ParticipationWhere
}

func (p parameters) whole() bool { return p.events == nil && p.participations == nil }

// String is the filter as JSON with its keys in order.
func (p parameters) String() string {
	if p.whole() {
		return ""
	}
	out := map[string]any{}
	if p.events != nil {
		out["where"] = p.events
	}
	if p.participations != nil {
		out["participations"] = p.participations
	}
	text, err := json.Marshal(out)
	if err != nil {
		panic(err) // of JSON that was read
	}
	return string(text)
}

// parameterEntry describes a parameter.
type parameterEntry struct {
	Name  string `json:"name"`
	About string `json:"about"`
	to    func(*parameters, []string) error
}

// parameterList are the parameters by which exports are chosen. Names are
// resolved as in GraphQL: any alias in any script, or kind/slug.
func parameterList() []parameterEntry {
	event := func(name, about string, value func([]string) (any, error)) parameterEntry {
		return parameterEntry{name, about, func(p *parameters, values []string) error {
			v, err := value(values)
			if err == nil {
				p.event(name, v)
			}
			return err
		}}
	}
	one := func(values []string) (any, error) { return reference(values[len(values)-1]), nil }
	enum := func(values []string) (any, error) { return enums(values), nil }
	date := func(key string) parameterEntry {
		return parameterEntry{key, "Events whose date may lie so (EDTF): 2020, 2020-11, 2019/2021.", func(p *parameters, values []string) error {
			d, _ := p.events["date"].(map[string]any)
			if d == nil {
				d = map[string]any{}
			}
			d[key] = values[len(values)-1]
			p.event("date", d)
			return nil
		}}
	}
	taken := func(name, about string, set func(map[string]any, []string)) parameterEntry {
		return parameterEntry{name, about, func(p *parameters, values []string) error {
			if p.participations == nil {
				p.participations = map[string]any{}
			}
			set(p.participations, values)
			return nil
		}}
	}
	return []parameterEntry{
		{"where", "An EventWhere of the GraphQL API as JSON.", (*parameters).where},
		{"network", "Which network: " + joined(export.Views()) + ".", func(p *parameters, values []string) error { p.network = values[len(values)-1]; return nil }},
		event("series", "Sessions of this series.", one), event("country", "Events in this country.", one), event("place", "Events in this city or country.", one),
		event("source", "Events that this source states.", one), event("kind", "Events of this kind (repeatable).", enum), event("status", "Events of this status (repeatable).", enum),
		event("mode", "Events held in this way (repeatable).", enum),
		event("reviewed", "Whether a person has reviewed the record.", flag), event("disputed", "Whether sources disagree about the event.", flag),
		event("party", "Events with these sides (repeatable; all of them).", references), event("topic", "Events that took these topics up (repeatable; all of them).", references),
		{"instrument", "Events that referred to these (repeatable; all of them).", func(p *parameters, values []string) error {
			var list []any
			for _, v := range values {
				list = append(list, map[string]any{"entity": reference(v)})
			}
			p.event("reference", list)
			return nil
		}},
		date("from"), date("to"), date("during"),
		taken("actor", "Participations of this body, and events with them.", func(m map[string]any, v []string) { m["actor"] = reference(v[len(v)-1]) }),
		taken("person", "Participations of this person, and events with them.", func(m map[string]any, v []string) { m["person"] = reference(v[len(v)-1]) }),
		taken("side", "Participations for this side, and events with them.", func(m map[string]any, v []string) { m["side"] = reference(v[len(v)-1]) }),
		taken("role", "Participations in this role (repeatable), and events with them.", func(m map[string]any, v []string) { m["role"] = enums(v) }),
		taken("position", "Participations in a position with these words, and events with them.", func(m map[string]any, v []string) { m["position"] = v[len(v)-1] }),
	}
}

func joined(list []export.View) string {
	var out []string
	for _, v := range list {
		out = append(out, string(v))
	}
	return strings.Join(out, ", ")
}

func (p *parameters) event(name string, v any) {
	if p.events == nil {
		p.events = map[string]any{}
	}
	p.events[name] = v
}

func (p *parameters) where(values []string) error {
	var m map[string]any
	if err := json.Unmarshal([]byte(values[len(values)-1]), &m); err != nil {
		return fmt.Errorf("where: want a JSON object: %w", err)
	}
	if p.events == nil {
		p.events = m
		return nil
	}
	p.events = map[string]any{"and": []any{p.events, m}}
	return nil
}

// reference is an EntityRef: kind/slug, or a name.
func reference(text string) map[string]any {
	if kind, slug, ok := strings.Cut(text, "/"); ok && slug != "" && !strings.ContainsAny(text, " ") && kind == strings.ToLower(kind) {
		return map[string]any{"id": text}
	}
	return map[string]any{"name": text}
}

func references(values []string) (any, error) {
	var out []any
	for _, v := range values {
		out = append(out, reference(v))
	}
	return out, nil
}

// enums are values of a closed list, in either way of writing.
func enums(values []string) []any {
	var out []any
	for _, v := range values {
		for _, one := range strings.Split(v, ",") {
			out = append(out, strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(one), "-", "_")))
		}
	}
	return out
}

func flag(values []string) (any, error) {
	b, err := strconv.ParseBool(values[len(values)-1])
	if err != nil {
		return nil, fmt.Errorf("%q is neither true nor false", values[len(values)-1])
	}
	return b, nil
}

// readParameters reads the parameters of a URL. What it does not know is an
// error: a filter that is misspelt would give the whole graph.
func readParameters(q url.Values) (parameters, error) {
	var p parameters
	known := parameterList()
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = k.Name
	}
	for name := range q {
		if !slices.Contains(names, name) {
			return p, fmt.Errorf("there is no parameter %q; there are %s", name, strings.Join(names, ", "))
		}
	}
	slices.SortStableFunc(known, func(a, b parameterEntry) int { return boolInt(a.Name == "where") - boolInt(b.Name == "where") }) // where joins the others
	for _, k := range known {
		if values := q[k.Name]; len(values) > 0 {
			if err := k.to(&p, values); err != nil {
				return p, fmt.Errorf("%s: %w", k.Name, err)
			}
		}
	}
	return p, nil
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// negotiate chooses the export of the whole graph by Accept (RFC 9110, 12.5.1).
func negotiate(accept string) (string, bool) {
	if accept == "" {
		return "graph.nq", true
	}
	best, quality := "", 0.0
	for _, part := range strings.Split(accept, ",") {
		media, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		q := 1.0
		if text, ok := params["q"]; ok {
			q, _ = strconv.ParseFloat(text, 64)
		}
		if q <= quality {
			continue
		}
		for _, f := range export.Formats() {
			own, ours, _ := mime.ParseMediaType(f.MediaType)
			if f.Of == export.TableShape || media != own && media != "*/*" && media != "application/*" {
				continue
			}
			if exact := ours["profile"] == params["profile"]; exact || q > quality {
				best, quality = "graph."+f.Name, q
				if exact {
					break
				}
			}
		}
	}
	return best, best != ""
}
