package foreign

import (
	"strings"

	"dialograph/graph"
	"dialograph/graph/vocab"
)

// Kinds of things that help to read entries and events and become neither.
const (
	kindRole       graph.Kind = "role"
	kindMembership graph.Kind = "org:Membership"
	kindPost       graph.Kind = "org:Post"
	kindSpan       graph.Kind = "time"
	kindAddress    graph.Kind = "address"
	kindWork       graph.Kind = "work"
	kindLabel      graph.Kind = "label" // a scheme or a role, of which only the name is read
)

// Class is a class of others and what its things become. Detail is the kind of
// the entry or event, where the class tells it.
type Class struct {
	IRI    string
	Kind   graph.Kind
	Detail string
}

// Classes lists the classes that are understood, the most telling first.
func Classes() []Class {
	return []Class{
		{"schema:EventSeries", graph.KindSeries, ""},
		{"schema:ConferenceEvent", graph.KindEvent, "conference"}, {"schema:BusinessEvent", graph.KindEvent, "other"},
		{"schema:EducationEvent", graph.KindEvent, "other"}, {"schema:ExhibitionEvent", graph.KindEvent, "other"}, {"schema:PublicationEvent", graph.KindEvent, "other"},
		{"schema:SocialEvent", graph.KindEvent, "other"}, {"schema:Hackathon", graph.KindEvent, "other"}, {"schema:Event", graph.KindEvent, "other"},
		{"schema:CollegeOrUniversity", graph.KindActor, "university"}, {"schema:Corporation", graph.KindActor, "company"}, {"schema:ResearchOrganization", graph.KindActor, "institute"},
		{"schema:GovernmentOrganization", graph.KindActor, "other"}, {"schema:NGO", graph.KindActor, "other"}, {"schema:NewsMediaOrganization", graph.KindActor, "other"},
		{"schema:EducationalOrganization", graph.KindActor, "other"}, {"schema:Consortium", graph.KindActor, "other"}, {"org:OrganizationalUnit", graph.KindActor, "other"},
		{"org:FormalOrganization", graph.KindActor, "other"}, {"org:OrganizationalCollaboration", graph.KindActor, "other"},
		{"org:Organization", graph.KindActor, "other"}, {"schema:Organization", graph.KindActor, "other"}, {"foaf:Organization", graph.KindActor, "other"},
		{"schema:Person", graph.KindPerson, ""}, {"foaf:Person", graph.KindPerson, ""},
		{"schema:Legislation", graph.KindInstrument, "other"},
		{"schema:Project", graph.KindInitiative, ""},
		{"org:Role", kindLabel, ""},
		{"schema:DefinedTerm", graph.KindTopic, ""}, {"skos:Concept", graph.KindTopic, ""},
		{"schema:DefinedTermSet", kindLabel, ""}, {"skos:ConceptScheme", kindLabel, ""},
		{"schema:Country", graph.KindPlace, "country"}, {"schema:City", graph.KindPlace, "city"}, {"schema:AdministrativeArea", graph.KindPlace, "region"},
		{"schema:EventVenue", graph.KindPlace, ""}, {"schema:Place", graph.KindPlace, ""},
		{"schema:PostalAddress", kindAddress, ""},
		{"schema:OrganizationRole", kindRole, ""}, {"schema:PerformanceRole", kindRole, ""}, {"schema:Role", kindRole, ""},
		{"org:Membership", kindMembership, ""}, {"org:Post", kindPost, ""},
		{"time:ProperInterval", kindSpan, ""}, {"time:Interval", kindSpan, ""}, {"time:Instant", kindSpan, ""},
		{"schema:NewsArticle", kindWork, ""}, {"schema:Report", kindWork, ""}, {"schema:WebPage", kindWork, ""}, {"schema:Article", kindWork, ""},
		{"schema:DigitalDocument", kindWork, ""}, {"schema:CreativeWork", kindWork, ""}, {"foaf:Document", kindWork, ""}, {"prov:Entity", kindWork, ""},
	}
}

// field is what a property of others is to us.
type field int

const (
	fieldName field = iota + 1
	fieldAlias
	fieldLegal
	fieldDescription
	fieldSameAs
	fieldWebsite
	fieldDerived
	fieldGiven
	fieldFamily
	fieldTitle
	fieldWorks
	fieldHolds
	fieldMembership
	fieldParent
	fieldFrom
	fieldTo
	fieldReplaces
	fieldMemberOf
	fieldBroader
	fieldRelated
	fieldScheme
	fieldIdentifier
	fieldAdopted
	fieldForm
	fieldCountry
	fieldCity
	fieldAddress
	fieldStart
	fieldEnd
	fieldDuring
	fieldStatus
	fieldMode
	fieldLocation
	fieldHost
	fieldAttendee
	fieldSpeaker
	fieldAbout
	fieldMentions
	fieldCites
	fieldSeries
	fieldURL
	fieldRole
	fieldOrganisation
	fieldPublisher
	fieldPublished
	fieldLanguage
)

// Rule says what terms of others become on things of some kinds. Of several
// terms, the first that a thing has comes first.
type Rule struct {
	Of      []graph.Kind
	Terms   []string
	Becomes string // for the documents

	field field
}

var (
	entryKinds = []graph.Kind{graph.KindActor, graph.KindPerson, graph.KindTopic, graph.KindInstrument, graph.KindInitiative, graph.KindPlace, graph.KindSeries}
	toldKinds  = append([]graph.Kind{graph.KindEvent}, entryKinds...)
	namedKinds = append([]graph.Kind{kindWork, kindLabel, kindPost}, toldKinds...)
)

func kinds(list ...graph.Kind) []graph.Kind { return list }

// Rules lists what is understood of the properties of others.
func Rules() []Rule {
	event, actor, person, topic := kinds(graph.KindEvent), kinds(graph.KindActor), kinds(graph.KindPerson), kinds(graph.KindTopic)
	return []Rule{
		{namedKinds, list("schema:name skos:prefLabel foaf:name rdfs:label dcterms:title"), "the name (English, or the one without a language, first); others are aliases", fieldName},
		{toldKinds, list("schema:alternateName skos:altLabel"), "aliases", fieldAlias},
		{actor, list("schema:legalName"), "an alias; the name where there is no other", fieldLegal},
		{toldKinds, list("schema:description skos:definition dcterms:description rdfs:comment"), "description", fieldDescription},
		{entryKinds, list("schema:sameAs owl:sameAs skos:exactMatch"), "same_as, and who is meant where the graph has an entry with that address; so does the thing's own address", fieldSameAs},
		{entryKinds, list("schema:url foaf:homepage"), "website", fieldWebsite},
		{toldKinds, list("prov:wasDerivedFrom dcterms:source"), "the source, where the statement has no named graph", fieldDerived},

		{event, list("schema:url"), "the source, where the statement has no named graph", fieldURL},
		{event, list("schema:startDate"), "date, cut to days; the first day where there is an end", fieldStart},
		{event, list("schema:endDate"), "the last day of date", fieldEnd},
		{event, list("schema:eventStatus"), "status: cancelled, postponed, else planned – schema.org has no word for held", fieldStatus},
		{event, list("schema:eventAttendanceMode"), "mode", fieldMode},
		{event, list("schema:location"), "city and country from its address, containing places or the known places; else venue", fieldLocation},
		{event, list("schema:organizer"), "hosts; a person takes part as organiser", fieldHost},
		{event, list("schema:attendee schema:attendees schema:actor schema:contributor"), "participants as members, or in the role that a schema:Role names", fieldAttendee},
		{event, list("schema:performer schema:performers"), "participants as speakers, or in the role that a schema:Role names", fieldSpeaker},
		{event, list("schema:about schema:keywords"), "topics discussed; a Legislation, Project or Event is a reference", fieldAbout},
		{event, list("schema:mentions"), "references, of a Legislation, Project or Event", fieldMentions},
		{event, list("schema:citation schema:subjectOf"), "sources; the one that there is backs what no named graph does", fieldCites},
		{event, list("schema:superEvent"), "series, of an EventSeries (schema:subEvent is the same the other way)", fieldSeries},

		{actor, list("schema:parentOrganization org:subOrganizationOf org:unitOf"), "parent (schema:subOrganization, schema:department, org:hasSubOrganization and org:hasUnit the other way)", fieldParent},
		{actor, list("schema:foundingDate"), "from", fieldFrom},
		{actor, list("schema:dissolutionDate"), "to", fieldTo},
		{actor, list("dcterms:replaces"), "replaces", fieldReplaces},
		{actor, list("schema:memberOf org:memberOf"), "a member of that body (schema:member and org:hasMember the other way)", fieldMemberOf},

		{person, list("schema:givenName foaf:givenName"), "the first part of the name, where there is no other", fieldGiven},
		{person, list("schema:familyName foaf:familyName"), "the second part of the name, where there is no other", fieldFamily},
		{person, list("schema:jobTitle"), "a position, at the only body that the person works for", fieldTitle},
		{person, list("schema:worksFor schema:affiliation schema:memberOf org:memberOf"), "the body of a position or participation; through an OrganizationRole with its title (schema:employee, schema:member and org:hasMember the other way)", fieldWorks},
		{person, list("org:holds"), "a position (org:heldBy the other way)", fieldHolds},
		{person, list("org:hasMembership"), "a position, where the membership has a role (org:member the other way)", fieldMembership},

		{topic, list("skos:broader"), "broader (skos:narrower the other way)", fieldBroader},
		{topic, list("skos:related"), "related", fieldRelated},
		{topic, list("skos:inScheme skos:topConceptOf schema:inDefinedTermSet"), "a note that names the scheme", fieldScheme},
		{kinds(graph.KindInstrument), list("schema:legislationIdentifier schema:identifier skos:notation"), "identifier", fieldIdentifier},
		{kinds(graph.KindInstrument), list("schema:legislationDate"), "adopted", fieldAdopted},
		{kinds(graph.KindInstrument), list("schema:legislationType"), "kind, where it is one of ours", fieldForm},
		{kinds(graph.KindInitiative), list("schema:foundingDate"), "launched", fieldFrom},
		{kinds(graph.KindSeries), list("schema:startDate"), "since", fieldStart},
		{kinds(graph.KindPlace), list("schema:containedInPlace schema:containedIn"), "country (schema:containsPlace the other way)", fieldCountry},
		{kinds(graph.KindPlace), list("schema:address"), "country, and the city of an event", fieldAddress},
		{kinds(graph.KindPlace), list("schema:identifier skos:notation"), "code of a country, where it is two capitals", fieldIdentifier},

		{kinds(kindAddress), list("schema:addressLocality"), "city", fieldCity},
		{kinds(kindAddress), list("schema:addressCountry"), "country", fieldCountry},
		{kinds(kindRole), list("schema:roleName schema:namedPosition"), "role, where it is one of ours; else position", fieldTitle},
		{kinds(kindRole), list("schema:attendee schema:attendees schema:actor schema:contributor schema:performer schema:performers schema:organizer"), "who takes part in that role", fieldRole},
		{kinds(kindRole), list("schema:worksFor schema:affiliation schema:memberOf"), "the body of that position", fieldOrganisation},
		{kinds(kindRole), list("schema:startDate"), "as_of of a position", fieldStart},
		{kinds(kindRole), list("schema:endDate"), "as_of of a position", fieldEnd},
		{kinds(kindMembership), list("org:organization"), "organisation of a position", fieldOrganisation},
		{kinds(kindMembership), list("org:role"), "title of a position", fieldTitle},
		{kinds(kindMembership), list("org:memberDuring"), "as_of of a position", fieldDuring},
		{kinds(kindPost), list("org:postIn"), "organisation of a position (org:hasPost the other way)", fieldOrganisation},
		{kinds(kindPost), list("org:role"), "title of a position, where the post has no name", fieldTitle},
		{kinds(kindSpan), list("time:hasBeginning time:inXSDDate time:inXSDDateTime time:inXSDDateTimeStamp"), "the first day of as_of", fieldStart},
		{kinds(kindSpan), list("time:hasEnd"), "the last day of as_of", fieldEnd},
		{kinds(kindWork), list("schema:url"), "address of a source", fieldURL},
		{kinds(kindWork), list("schema:publisher dcterms:publisher"), "publisher of a source", fieldPublisher},
		{kinds(kindWork), list("schema:datePublished dcterms:issued"), "published, of a source", fieldPublished},
		{kinds(kindWork), list("schema:inLanguage dcterms:language"), "language of a source", fieldLanguage},
	}
}

func list(terms string) []string { return strings.Fields(terms) }

// inverses are properties that say the other way round what a rule reads.
var inverses = map[string]string{
	"schema:subEvent": "schema:superEvent", "schema:subOrganization": "schema:parentOrganization", "schema:department": "schema:parentOrganization",
	"org:hasSubOrganization": "org:subOrganizationOf", "org:hasUnit": "org:unitOf", "schema:member": "schema:memberOf", "schema:members": "schema:memberOf",
	"schema:employee": "schema:worksFor", "org:hasMember": "org:memberOf", "org:heldBy": "org:holds", "org:hasPost": "org:postIn", "org:member": "org:hasMembership",
	"skos:narrower": "skos:broader", "skos:hasTopConcept": "skos:topConceptOf", "schema:hasDefinedTerm": "schema:inDefinedTermSet", "schema:containsPlace": "schema:containedInPlace",
}

// contactTerms lead to how to reach somebody, or to a node that says it.
var contactTerms = list(`schema:email schema:telephone schema:faxNumber schema:contactPoint schema:contactPoints schema:contactOption schema:homeLocation
foaf:mbox foaf:mbox_sha1sum foaf:phone vcard:hasEmail vcard:hasTelephone vcard:email vcard:tel vcard:fax vcard:hasAddress vcard:adr`)

// prefixes are those of package vocab, and of the vocabularies that we do not write.
func prefixes() map[string]string {
	p := vocab.Prefixes()
	p["foaf"], p["owl"], p["time"], p["vcard"] = "http://xmlns.com/foaf/0.1/", "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2006/time#", "http://www.w3.org/2006/vcard/ns#"
	return p
}

// Short writes an IRI with a prefix where it has one that is known.
func Short(iri string) string {
	iri = schemaHTTPS(iri)
	for prefix, namespace := range prefixes() {
		if local, ok := strings.CutPrefix(iri, namespace); ok && local != "" && !strings.ContainsAny(local, "/#") {
			return prefix + ":" + local
		}
	}
	return "<" + iri + ">"
}

// schemaHTTPS takes the two addresses of schema.org for one.
func schemaHTTPS(iri string) string {
	if local, ok := strings.CutPrefix(iri, "http://schema.org/"); ok {
		return vocab.Schema + local
	}
	return iri
}
