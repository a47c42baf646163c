package schema_test

import (
	"encoding/json"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// mutator makes documents of valid ones by one to three changes, the same from
// the same seed.
type mutator struct {
	rand  *rand.Rand
	names names
}

// names are those of the schema, by what they name.
type names struct{ fields, arguments, types, values []string }

func (n names) all() []string { return slices.Concat(n.fields, n.arguments, n.types, n.values) }

func newMutator(seed uint64, n names) *mutator {
	return &mutator{rand.New(rand.NewPCG(seed, seed)), n}
}

func (m *mutator) documents(valid []string, count int) []string {
	var out []string
	for range count {
		tokens := lexeme.FindAllString(m.of(valid), -1)
		for range 1 + m.rand.IntN(6)/3 + m.rand.IntN(10)/9 { // mostly one: the more, the surer it is invalid
			tokens = m.change(tokens)
		}
		out = append(out, strings.Join(tokens, ""))
	}
	return out
}

// lexeme is a token, or what lies between tokens.
var lexeme = regexp.MustCompile(`(?s)"""(\\"""|.)*?"""|"(\\.|[^"\\\n])*"|#[^\n]*|\.\.\.|[_A-Za-z]\w*|-?\d+(\.\d+)?([eE][-+]?\d+)?|[ \t\r\n,]+|.`)

var isName = regexp.MustCompile(`^[_A-Za-z]\w*$`)

// of gives one of a list.
func (m *mutator) of(list []string) string { return list[m.rand.IntN(len(list))] }

// change makes one change at a place that fits it.
func (m *mutator) change(tokens []string) []string {
	if len(tokens) == 0 {
		return tokens
	}
	changes := []func([]string) []string{
		m.rename, m.rename, m.misspell, m.drop, m.twice, m.swap, m.insert, m.dropGroup,
		m.newLiteral, m.newLiteral, m.newLiteral,
		m.after(isName.MatchString, directives), m.after(is(")"), directives),
		m.after(is("{"), selections), m.after(is("{"), selections), m.after(is("("), arguments), m.after(is("("), arguments), m.argumentsFor,
		m.variable, m.variable, m.definition,
		m.space, m.space, m.space, m.after(is("{"), harmless), m.after(is("{"), harmless), m.after(is(")"), harmlessDirectives), m.after(is(":"), []string{"\n"}),
	}
	return changes[m.rand.IntN(len(changes))](tokens)
}

func is(sign string) func(string) bool { return func(t string) bool { return t == sign } }

// at gives the place of one of the tokens that fit, -1 without one.
func (m *mutator) at(tokens []string, fits func(string) bool) int {
	var places []int
	for i, t := range tokens {
		if fits(t) {
			places = append(places, i)
		}
	}
	if len(places) == 0 {
		return -1
	}
	return places[m.rand.IntN(len(places))]
}

func replaced(tokens []string, i int, with ...string) []string {
	return slices.Concat(tokens[:i], with, tokens[i+1:])
}

func (m *mutator) rename(tokens []string) []string {
	i := m.at(tokens, isName.MatchString)
	if i < 0 {
		return tokens
	}
	pool := m.names.all()
	if m.rand.IntN(2) == 0 {
		pool = slices.DeleteFunc(slices.Clone(tokens), func(t string) bool { return !isName.MatchString(t) })
	}
	return replaced(tokens, i, m.of(pool))
}

func (m *mutator) misspell(tokens []string) []string {
	i := m.at(tokens, isName.MatchString)
	if i < 0 {
		return tokens
	}
	k := m.rand.IntN(len(tokens[i]) + 1)
	return replaced(tokens, i, tokens[i][:k]+m.of([]string{"x", "_", "é", "S", "1"})+tokens[i][k:])
}

func (m *mutator) drop(tokens []string) []string {
	return replaced(tokens, m.rand.IntN(len(tokens)))
}

func (m *mutator) twice(tokens []string) []string {
	i := m.rand.IntN(len(tokens))
	return replaced(tokens, i, tokens[i], " ", tokens[i])
}

func (m *mutator) swap(tokens []string) []string {
	i, k := m.rand.IntN(len(tokens)), m.rand.IntN(len(tokens))
	out := slices.Clone(tokens)
	out[i], out[k] = out[k], out[i]
	return out
}

func (m *mutator) insert(tokens []string) []string {
	i := m.rand.IntN(len(tokens))
	return replaced(tokens, i, m.of(scraps), tokens[i])
}

// dropGroup takes out what stands between brackets, with them.
func (m *mutator) dropGroup(tokens []string) []string {
	i := m.at(tokens, func(t string) bool { return t == "(" || t == "{" || t == "[" })
	if i < 0 {
		return tokens
	}
	depth := 0
	for k := i; k < len(tokens); k++ {
		switch tokens[k] {
		case "(", "{", "[":
			depth++
		case ")", "}", "]":
			depth--
		}
		if depth == 0 {
			return slices.Concat(tokens[:i], tokens[k+1:])
		}
	}
	return tokens
}

// space puts what means nothing between two tokens.
func (m *mutator) space(tokens []string) []string {
	i := m.rand.IntN(len(tokens))
	return replaced(tokens, i, tokens[i], m.of([]string{" ", "\t", ",", "\r\n", "\ufeff", " # سجل {\n", "\r# 기록 \"\"\"\r"}))
}

// newLiteral puts another value after a colon.
func (m *mutator) newLiteral(tokens []string) []string {
	i := m.at(tokens, is(":"))
	if i < 0 {
		return tokens
	}
	k := i + 1
	for k < len(tokens) && strings.TrimSpace(tokens[k]) == "" {
		k++
	}
	if k == len(tokens) {
		return tokens
	}
	if opens := strings.Contains("[{", tokens[k]); opens && m.rand.IntN(2) == 0 {
		return replaced(tokens, k, tokens[k], m.literal(), " ")
	}
	return replaced(tokens, k, m.literal())
}

func (m *mutator) literal() string {
	if m.rand.IntN(6) == 0 {
		return m.of(m.names.values)
	}
	return m.of(literals)
}

// after puts one of several pieces after a token that fits.
func (m *mutator) after(fits func(string) bool, pieces []string) func([]string) []string {
	return func(tokens []string) []string {
		i := m.at(tokens, fits)
		if i < 0 {
			return tokens
		}
		return replaced(tokens, i, tokens[i], " ", m.filled(m.of(pieces)), " ")
	}
}

// filled writes names of the schema and literals into a piece.
func (m *mutator) filled(piece string) string {
	for _, hole := range []struct {
		mark string
		fill func() string
	}{
		{"FIELD", func() string { return m.of(m.names.fields) }}, {"ARGUMENT", func() string { return m.of(m.names.arguments) }},
		{"TYPE", func() string { return m.of(m.names.types) }}, {"LITERAL", m.literal},
	} {
		for strings.Contains(piece, hole.mark) {
			piece = strings.Replace(piece, hole.mark, hole.fill(), 1)
		}
	}
	return piece
}

// argumentsFor gives arguments to a field.
func (m *mutator) argumentsFor(tokens []string) []string {
	i := m.at(tokens, isName.MatchString)
	if i < 0 {
		return tokens
	}
	return replaced(tokens, i, tokens[i], "("+m.filled(m.of(arguments))+")")
}

// variable puts a variable after a colon, in a document that begins with "{" or
// "query", and mostly defines it.
func (m *mutator) variable(tokens []string) []string {
	out := m.newLiteral(tokens)
	i := slices.IndexFunc(out, func(t string) bool { return strings.TrimSpace(t) != "" && !strings.HasPrefix(t, "#") })
	k := m.at(out, is(":"))
	if i < 0 || k < 0 {
		return out
	}
	rest := slices.IndexFunc(out[k+1:], func(t string) bool { return strings.TrimSpace(t) != "" })
	if rest < 0 {
		return out
	}
	out = replaced(out, k+1+rest, "$v")
	definitions := m.filled(m.of(definitionsOfV))
	switch {
	case out[i] == "{":
		return replaced(out, i, "query", definitions, "{")
	case i+2 < len(out) && out[i] == "query":
		return replaced(out, i+2, out[i+2], definitions)
	}
	return out
}

// definition adds a definition to the document.
func (m *mutator) definition(tokens []string) []string {
	text := m.filled(m.of(definitions))
	if m.rand.IntN(2) == 0 {
		return append(tokens, "\n", text)
	}
	return append([]string{text, "\n"}, tokens...)
}

var (
	definitionsOfV = []string{"", "($v: TYPE)", "($v: TYPE!)", "($v: [TYPE!])", "($v: [TYPE!]!)", "($v: TYPE = LITERAL)", "($v: ID!)", "($v: String)", "($v: Int)", "($v: Int!, $v: Int)", "($v: [ID!]!)",
		"($v: Int = null)", "($v: Int! = null)", "($v: Int! = 3)", "($v: Int = \"3\")", "($v: EventWhere)", "($v: EventWhere = {kind: DIALOGUE})", "($v: EventWhere = {knd: DIALOGUE})", "($v: [EventStatus!])", "($v: [EventStatus])",
		"($v: ID, $w: ID)", "($v: ID @skip(if: true))", "($v: ID @foo)", "($v ID)", "($v: [ID)", "($v: [ID!)", "($v: ])", "($v:)", "($v: ID!!)", "($v: [[ID]])", "()", "($v: ID = $w)", "($v: IDD)", "(v: ID)", "($v: Float)", "($v: Boolean = true)"}
	literals = []string{"null", "0", "1", "-1", "5", "1.5", "1e3", "2147483647", "2147483648", "-2147483648", "-2147483649", "99999999999999999999", "1.0", "-0", "01", "1.", ".5", "1e", "-", "0x1", "1a", "1_000", "1e400",
		`""`, `"x"`, `"1"`, `"HELD"`, `"é"`, `"\u00e9"`, `"\u{1F600}"`, `"\u{110000}"`, `"\u{}"`, `"\uD83D\uDE00"`, `"\uD83D"`, `"\u12"`, `"\x"`, `"\u{00000041}"`, "\"a\nb\"", `"unclosed`, "\"\t\"", "\"\x00\"", "\"\x7f\"", `"""block"""`, "\"\"\"\n  block\n    \\\"\"\" \\u00e9 \x09\n\"\"\"", `"""unclosed`, `""""""`, `"""\\"""`,
		"true", "false", "True", "HELD", "DIALOGUE", "[]", "[1]", "[null]", `["x"]`, "[HELD]", "[[1]]", "{}", "{a: 1}", `{name: "x"}`, `{name: null}`, `{id: "x", id: "y"}`, "{field: DATE}", "[{field: DATE}]", "{field: null}", "{direction: ASC}", "$undefined", "[$undefined]", "{id: $undefined}", "{not: {and: [{not: {kind: [X]}}]}}", `{during: "2020", match: CERTAIN}`, "{eq: 1}", "{eq: 3000000000}"}
	scraps             = []string{"{", "}", "(", ")", "[", "]", ":", "!", "$", "&", "|", "=", "@", "...", "..", ".", " ", "\n", "\r", ",", ", ,", "# комментарий {\n", "# 사이버\r", "#", "\ufeff", "\u00a0", "\u2028", "\x00", "\x0b", "\x7f", "é", "%", "?", ";", "'", "`", "\\", `"`, `"""`, `"x"`, "1", "-1", "null", "on", "fragment", "query", "true", "💬", "𝕏"}
	harmless           = []string{"__typename", "t: __typename", "__typename @include(if: true)", "... { __typename }", "... @skip(if: true) { t: __typename }", "__typename __typename", "__typename @skip(if: false) @include(if: true)"}
	harmlessDirectives = []string{"@include(if: true)", "@skip(if: false)", "@skip(if: true) @include(if: false)"}
	directives         = []string{"@include(if: true)", "@skip(if: false)", "@skip(if: $undefined)", "@skip", "@include()", "@include(if: null)", `@include(if: "true")`, "@include(if: true, if: true)", "@include(if: true) @include(if: true)", "@include(if: true, unless: false)", "@include(iff: true)", "@deprecated", `@deprecated(reason: "x")`, "@specifiedBy(url: \"x\")", "@oneOf", "@foo", "@incude(if: true)", "@", "@include(if: true) @skip(if: true)"}
	selections         = []string{"__typename", "x: __typename", "id", "name", "x: id x: name", "id: name", "name: id", "x: __typename x: id", "... on Event { name }", "... on Event { id: name }", "... on Actor { acronym }", "... on Place { id kind }", "... on Place { k: kind } ... on Event { k: kind }", "... on TYPE { __typename }", "... on TYPE { FIELD }", "... on Node { id }", "... on Entity { name }", "... on Query { __typename }", "... on EventKind { x }", "... on EventWhere { x }", "... on Nothing { x }", "... { __typename }", "... { id }", "... @include(if: true) { name }", "...F", "...F ...G", "... on Event { id: name } ...F", "... on Entity { ...F name: id }", "...on", "... on", "FIELD", "FIELD { id }", "FIELD { nodes { id } }", "FIELD(ARGUMENT: LITERAL) { __typename }", "{ id }", "", "__schema { queryType { name } }", `__type(name: "Event") { name fields { name } }`, "__type { name }", "__type(name: null) { name }", "events { totalCount }", "events(first: 1) { totalCount } events(first: 2) { totalCount }", "a: events(first: 1) { totalCount } a: events(first: 1) { nodes { id } }", "a: stats { events } a: stats { events: actors }", `a: events(where: {text: "x", ordinal: {eq: 1}}) { totalCount } a: events(where: {ordinal: {eq: 1}, text: "x"}) { totalCount }`, "null", "null: id", "true", "x: null", "stats", "kind { x }"}
	arguments          = []string{"first: 1", "first: null", "first: $undefined", "first: 1, first: 2", "first: \"1\"", "last: 1.5", "last: 2147483648", "id: null", `id: 5`, `id: "x"`, "id: [1]", "id: X", "where: {}", "where: null", "where: {kind: null}", "where: {kind: DIALOGUE}", "where: {kind: [null]}", "where: {kind: \"DIALOGUE\"}", "where: {status: [HELD, HELLD]}", "where: {sttus: HELD}", "where: {sttus: null}", "where: {not: {and: []}}", "where: {ordinal: 1}", "where: {series: \"x\"}", "orderBy: {field: DATE}", "orderBy: {}", "orderBy: {field: null}", "orderBy: [{field: DATE, nulls: null}]", "frist: 1", "frist: null", "ARGUMENT: LITERAL", "ARGUMENT: LITERAL", "ARGUMENT: LITERAL", "by: [YEAR]", "by: YEAR", "by: null", "ids: [null]", "ids: []", "a", "a:", "", "$v: 1", "includeDeprecated: true", "includeDeprecated: null", "kind: null", "kind: []", "text: \"x\""}
	definitions        = []string{"query { stats { events } }", "query A { stats { events } }", "query A { __typename } query B { __typename }", "query A { __typename } query A { __typename }", "mutation { x }", "mutation M { __typename }", "mutation M($v: ID) { __typename }", "subscription { stats { events } }", "subscription S { __typename }", "{ __typename }",
		"fragment F on Event { id }", "fragment F on Query { __typename }", "fragment F on TYPE { __typename }", "fragment F on TYPE { FIELD }", "fragment F on Event { ...F }", "fragment F on Event { ...G } fragment G on Event { id ...F }", "fragment F on Event { id } fragment F on Event { name }", "fragment F on Event { ...G name } fragment G on Entity { id }", "fragment F on Event { ...G } fragment G on Entity { id: name }", "fragment F on Entity { ...G } fragment G on Node { id ... on Actor { name: id } ... on Event { name: kind } }", "fragment on on Event { id }", "fragment F { id }", "fragment F on Event", "fragment F on Event {}", "fragment F($a: ID) on Event { id }", "fragment F on Nothing { id }", "fragment F on EventKind { id }", "fragment F on Query { event(id: $v) { id } } query G($v: ID!) { ...F }", "fragment F on Query { event(id: $v) { id } } query G { ...F }", "fragment F on Query { event(id: $v) { id } } query G($v: Int) { ...F }", "fragment F on Event @include(if: true) { id }",
		"type Foo { a: Int }", "extend type Query { a: Int }", "scalar Foo", "schema { query: Query }", "directive @foo on FIELD", "enum Foo { A }", "input Foo { a: Int }", "\"\"\"described\"\"\" type Foo { a: Int }", "\"described\" query D { __typename }", "\"described\" { __typename }", "\"described\" fragment F on Event { id }", "query D(\"described\" $v: Int) { events(first: $v) { totalCount } }", "\"\"\"twice\"\"\" \"described\" query D { __typename }", "query on { __typename }", "query query { __typename }", "query @include(if: true) { __typename }", "query Q @foo { __typename }", "query Q($v: Int = 1) { events(first: $v) { totalCount } }", "query Q($v: Int = 1) { events(first: $v) { totalCount } } query R { events(first: $v) { totalCount } }", "qury { __typename }", "# nur ein Kommentar", "..."}
)

// schemaNames reads the names of the schema from a server.
func schemaNames(t *testing.T) names {
	t.Helper()
	answer := ask(t, newHandler(t), `{ __schema { types { name fields { name args { name } } inputFields { name } enumValues { name } } } }`)
	type named struct{ Name string }
	var got struct {
		Schema struct {
			Types []struct {
				named
				Fields []struct {
					named
					Args []named
				}
				InputFields, EnumValues []named
			}
		} `json:"__schema"`
	}
	if err := json.Unmarshal(answer, &got); err != nil {
		t.Fatal(err)
	}
	var n names
	for _, typ := range got.Schema.Types {
		n.types = append(n.types, typ.Name)
		for _, f := range typ.Fields {
			n.fields = append(n.fields, f.Name)
			for _, a := range f.Args {
				n.arguments = append(n.arguments, a.Name)
			}
		}
		for _, f := range typ.InputFields {
			n.arguments = append(n.arguments, f.Name)
		}
		for _, v := range typ.EnumValues {
			n.values = append(n.values, v.Name)
		}
	}
	for _, list := range []*[]string{&n.fields, &n.arguments, &n.values, &n.types} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return n
}
