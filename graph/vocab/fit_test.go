package vocab_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"dialograph/graph"
	"dialograph/graph/rdf"
	"dialograph/graph/vocab"
)

// ontology is the table with its look-ups.
type ontology struct {
	classes    []vocab.Class
	properties map[string]vocab.Property
}

func newOntology() ontology {
	o := ontology{vocab.Classes(), map[string]vocab.Property{}}
	for _, p := range vocab.Properties() {
		o.properties[p.IRI] = p
	}
	return o
}

// rangeOf gives the classes or datatypes of a property where a class bears it.
func (o ontology) rangeOf(u vocab.Use) []string {
	if u.Range != nil {
		return u.Range
	}
	return o.properties[u.Property].Range
}

// ranges gives the classes or datatypes of a property anywhere.
func (o ontology) ranges(property string) []string {
	var out []string
	for _, c := range o.classes {
		for _, u := range c.Uses {
			if u.Property == property {
				out = append(out, o.rangeOf(u)...)
			}
		}
	}
	return distinct(out)
}

// bearers gives the classes that bear a property.
func (o ontology) bearers(property string) []string {
	var out []string
	for _, c := range o.classes {
		if use(c, property) != nil {
			out = append(out, c.IRI)
		}
	}
	return out
}

// kinds gives the kinds of the things of some classes.
func (o ontology) kinds(classes []string) []string {
	var out []string
	for _, c := range o.classes {
		if slices.Contains(classes, c.IRI) {
			out = append(out, c.Kind)
		}
	}
	return out
}

func use(c vocab.Class, property string) *vocab.Use {
	for i := range c.Uses {
		if c.Uses[i].Property == property {
			return &c.Uses[i]
		}
	}
	return nil
}

func distinct(list []string) []string {
	var out []string
	for _, x := range list {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// enumerations are the closed lists of graph/enum.go.
func enumerations() map[string][]string {
	return map[string][]string{
		"Reviews": graph.Reviews, "EventKinds": graph.EventKinds, "EventStatuses": graph.EventStatuses, "DateBases": graph.DateBases,
		"EventModes": graph.EventModes, "Roles": graph.Roles, "Stances": graph.Stances, "ReferenceKinds": graph.ReferenceKinds,
		"ActorKinds": graph.ActorKinds, "InstrumentKinds": graph.InstrumentKinds, "PartyStatuses": graph.PartyStatuses,
		"PlaceKinds": graph.PlaceKinds, "NameKinds": graph.NameKinds, "Verdicts": graph.Verdicts, "SeriesKinds": graph.SeriesKinds,
	}
}

// values gives the closed list of a property's values, nil where it is open.
func values(u vocab.Use) []string {
	if strings.Contains(u.Values, " | ") {
		return strings.Split(u.Values, " | ")
	}
	return enumerations()[u.Values]
}

// things is what quads say, whatever their graphs: subject, predicate, objects.
type things map[string]map[string][]rdf.Term

func thingsOf(quads []rdf.Quad) things {
	all := things{}
	for _, q := range quads {
		if all[q.Subject] == nil {
			all[q.Subject] = map[string][]rdf.Term{}
		}
		if !slices.Contains(all[q.Subject][q.Predicate], q.Object) {
			all[q.Subject][q.Predicate] = append(all[q.Subject][q.Predicate], q.Object)
		}
	}
	return all
}

// faults lists where quads say what the ontology does not.
func (o ontology) faults(quads []rdf.Quad) []string {
	var out []string
	all := thingsOf(quads)
	for _, subject := range slices.Sorted(maps.Keys(all)) {
		class, err := o.classOf(subject, all[subject][vocab.Type])
		if err != nil {
			out = append(out, err.Error())
			continue
		}
		out = append(out, o.faultsOf(subject, class, all[subject])...)
	}
	return out
}

// classOf gives the class of a subject that says what it bears.
func (o ontology) classOf(subject string, types []rdf.Term) (vocab.Class, error) {
	var found []vocab.Class
	for _, term := range types {
		i := slices.IndexFunc(o.classes, func(c vocab.Class) bool { return c.IRI == term.Value })
		switch {
		case i < 0:
			return vocab.Class{}, fmt.Errorf("%s is a %s, which is not described", subject, term.Value)
		case len(o.classes[i].Uses) > 0:
			found = append(found, o.classes[i])
		}
	}
	if len(found) != 1 {
		return vocab.Class{}, fmt.Errorf("%s has the classes %v; want one with properties", subject, types)
	}
	if kind := string(base.ID(subject).Kind()); kind != found[0].Kind {
		return vocab.Class{}, fmt.Errorf("%s is a %s, whose identifiers begin with %s", subject, found[0].Label, found[0].Kind)
	}
	return found[0], nil
}

func (o ontology) faultsOf(subject string, class vocab.Class, said map[string][]rdf.Term) []string {
	var out []string
	for predicate, objects := range said {
		u := use(class, predicate)
		switch {
		case predicate == vocab.Type:
		case u == nil:
			out = append(out, fmt.Sprintf("%s: a %s does not bear %s", subject, class.Label, predicate))
		case len(objects) > 1 && !u.Many:
			out = append(out, fmt.Sprintf("%s has %d values of %s", subject, len(objects), predicate))
		default:
			out = append(out, o.faultsOfValues(subject, *u, objects)...)
		}
	}
	for _, u := range class.Uses {
		if u.Required && len(said[u.Property]) == 0 {
			out = append(out, fmt.Sprintf("%s: a %s needs %s", subject, class.Label, u.Property))
		}
	}
	return out
}

func (o ontology) faultsOfValues(subject string, u vocab.Use, objects []rdf.Term) []string {
	var out []string
	for _, object := range objects {
		if allowed := values(u); allowed != nil && !slices.Contains(allowed, object.Value) {
			out = append(out, fmt.Sprintf("%s %s: %q is none of %v", subject, u.Property, object.Value, allowed))
		}
		if !o.inRange(object, o.rangeOf(u)) {
			out = append(out, fmt.Sprintf("%s %s: %v is none of %v", subject, u.Property, object, o.rangeOf(u)))
		}
	}
	return out
}

func (o ontology) inRange(object rdf.Term, allowed []string) bool {
	switch {
	case !object.Literal:
		return slices.Contains(o.kinds(allowed), string(base.ID(object.Value).Kind()))
	case object.Lang != "":
		return slices.Contains(allowed, vocab.LangStr)
	case object.Datatype == "":
		return slices.Contains(allowed, vocab.String)
	}
	return slices.Contains(allowed, object.Datatype)
}
