package schema

import (
	"strings"

	"dialograph/graph"
	"dialograph/graph/index"

	"github.com/graphql-go/graphql"
)

// enum makes an enumeration of the tokens that records hold: head-of-delegation
// becomes HEAD_OF_DELEGATION.
func enum(name, doc string, tokens []string) *graphql.Enum {
	values := graphql.EnumValueConfigMap{}
	for _, t := range tokens {
		values[upper(t)] = &graphql.EnumValueConfig{Value: t, Description: strings.ReplaceAll(t, "-", " ")}
	}
	return graphql.NewEnum(graphql.EnumConfig{Name: name, Description: doc, Values: values})
}

// described makes an enumeration whose values say what they mean.
func described(name, doc string, list [][2]string) *graphql.Enum {
	values := graphql.EnumValueConfigMap{}
	for _, v := range list {
		values[v[0]] = &graphql.EnumValueConfig{Value: v[0], Description: v[1]}
	}
	return graphql.NewEnum(graphql.EnumConfig{Name: name, Description: doc, Values: values})
}

func upper(token string) string {
	return strings.NewReplacer("-", "_", ".", "_", " ", "_").Replace(strings.ToUpper(token))
}

// enums are the closed lists of the schema.
type enums struct {
	eventKind, eventStatus, eventMode, role, stance, referenceKind, actorKind, instrumentKind, partyStatus, placeKind,
	dateBasis, precision, dateMatch, entityKind, coKind, relation, direction, nulls, eventOrder, participationOrder, facet, verdict, nameKind,
	claims, claimField, citation, entityOrder, centralityOrder *graphql.Enum
}

var entityKinds = []graph.Kind{graph.KindEvent, graph.KindSeries, graph.KindActor, graph.KindPerson, graph.KindTopic, graph.KindInstrument, graph.KindInitiative, graph.KindPlace, graph.KindSource}

func newEnums() enums {
	kinds := make([]string, len(entityKinds))
	for i, k := range entityKinds {
		kinds[i] = string(k)
	}
	return enums{
		eventKind:      enum("EventKind", "What sort of meeting an event is.", graph.EventKinds),
		eventStatus:    enum("EventStatus", "Whether an event took place. PLANNED also stands for sessions of which only a notice before the meeting is known.", graph.EventStatuses),
		eventMode:      enum("EventMode", "How the participants met.", graph.EventModes),
		role:           enum("Role", "As what someone took part.", graph.Roles),
		stance:         enum("Stance", "What an event did with a topic or instrument.", graph.Stances),
		referenceKind:  enum("ReferenceKind", "What sort of thing is referred to.", graph.ReferenceKinds),
		actorKind:      enum("ActorKind", "What sort of body an actor is.", graph.ActorKinds),
		instrumentKind: enum("InstrumentKind", "What sort of text an instrument is.", graph.InstrumentKinds),
		partyStatus:    enum("PartyStatus", "What an actor is to an instrument, initiative or alliance.", graph.PartyStatuses),
		placeKind:      enum("PlaceKind", "What sort of place.", graph.PlaceKinds),
		dateBasis:      enum("DateBasis", "Whether a source states a date (EXPLICIT), it follows from what sources state (INFERRED), or it is told from the day of publication (PUBLICATION): that day itself, or a weekday or year counted from it.", graph.DateBases),
		precision:      enum("DatePrecision", "How exact a date is.", []string{"day", "month", "season", "year", "decade", "century", "interval"}),
		dateMatch:      enum("DateMatch", "Whether an uncertain date must lie inside a window for certain, or only possibly.", []string{"CERTAIN", "POSSIBLE"}),
		entityKind:     enum("EntityKind", "The kinds of things that have names.", kinds),
		coKind:         enum("CoAttendanceKind", "Between whom co-attendance is counted.", []string{string(graph.KindActor), string(graph.KindPerson)}),
		relation: enum("Relation", "How two things are tied; each relation can be walked either way.", []string{string(index.Attended), string(index.ActedFor), string(index.InSeries),
			string(index.Preceded), string(index.Referenced), string(index.Discussed), string(index.UnitOf), string(index.MemberOf), string(index.PartyTo)}),
		direction:          enum("OrderDirection", "Ascending or descending.", []string{"ASC", "DESC"}),
		nulls:              enum("NullsOrder", "Where things without a value stand.", []string{"FIRST", "LAST"}),
		eventOrder:         enum("EventOrderField", "What events are ordered by.", []string{"DATE", "NAME", "ORDINAL", "ID"}),
		participationOrder: enum("ParticipationOrderField", "What participations are ordered by.", []string{"DATE", "PERSON", "ACTOR", "ROLE", "ID"}),
		facet:              enum("Facet", "What a connection can be counted by.", []string{"YEAR", "ACTOR", "PARTY", "TOPIC", "INSTRUMENT", "PLACE", "ROLE", "SERIES", "SOURCE"}),
		verdict:            enum("Verdict", "What a judgement says of two names or things.", graph.Verdicts),
		claims: described("ClaimsMode", "Which values count where sources disagree.", [][2]string{
			{string(index.AllClaims), "Every value that a source gives."}, {string(index.PreferredClaims), "The one that the editors prefer, with their reason."},
			{string(index.MajorityClaims), "The one that most sources give; none on a tie."}, {string(index.Undisputed), "None: only what no source disputes counts."}}),
		claimField:  enum("ClaimField", "A field of an event that sources may disagree about.", []string{"name", "date", "ordinal", "mode", "venue", "city"}),
		citation:    described("CitationFormat", "How sources are cited.", [][2]string{{"BIBTEX", "Entries for BibLaTeX."}, {"CSL_JSON", "A JSON list for CSL processors such as Zotero and Pandoc."}}),
		entityOrder: described("EntityOrderField", "What things are ordered by.", [][2]string{{"NAME", "Its name."}, {"EVENTS", "At how many events it is seen."}, {"ID", "Its identifier."}}),
		centralityOrder: described("CentralityOrderField", "What members of a network are ordered by.", [][2]string{{"DEGREE", "How many others it met."}, {"STRENGTH", "How often it met others."},
			{"BETWEENNESS", "How much it ties others together."}, {"EVENTS", "At how many events it took part."}, {"NAME", "Its name."}}),
		nameKind: enum("NameKind", "What sort of name.", append([]string{"name"}, graph.NameKinds...)),
	}
}
