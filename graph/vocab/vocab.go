// Package vocab holds the IRIs that dialograph writes, as constants, and the
// table that says what our own terms mean. docs/ontology.md and
// docs/ontology.ttl are generated from that table.
//
// Terms of others are used where they fit: schema.org, W3C ORG, PROV-O, SKOS,
// Dublin Core and Web Annotation. Only what they lack is ours.
package vocab

import "strings"

// Namespaces.
const (
	RDF     = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	RDFS    = "http://www.w3.org/2000/01/rdf-schema#"
	XSD     = "http://www.w3.org/2001/XMLSchema#"
	Schema  = "https://schema.org/"
	ORG     = "http://www.w3.org/ns/org#"
	PROV    = "http://www.w3.org/ns/prov#"
	SKOS    = "http://www.w3.org/2004/02/skos/core#"
	DCTerms = "http://purl.org/dc/terms/"
	OA      = "http://www.w3.org/ns/oa#"
	DG      = "https://dialograph.example/ns#"

	// DefaultBase is the base IRI of things where none is configured. Its host
	// is reserved (RFC 2606), so that nobody mistakes it for an address.
	DefaultBase = "https://dialograph.example/id/"
)

// Datatypes.
const (
	Integer = XSD + "integer"
	Boolean = XSD + "boolean"
	String  = XSD + "string"
	AnyURI  = XSD + "anyURI"
	LangStr = RDF + "langString"
	EDTF    = "http://id.loc.gov/datatypes/edtf/EDTF"
)

// Classes and properties of others.
const (
	Type = RDF + "type"

	Event          = Schema + "Event"
	EventSeries    = Schema + "EventSeries"
	Person         = Schema + "Person"
	Place          = Schema + "Place"
	CreativeWork   = Schema + "CreativeWork"
	Legislation    = Schema + "Legislation"
	Project        = Schema + "Project"
	Name           = Schema + "name"
	AlternateName  = Schema + "alternateName"
	Description    = Schema + "description"
	SuperEvent     = Schema + "superEvent"
	ContainedIn    = Schema + "containedInPlace"
	URL            = Schema + "url"
	SameAs         = Schema + "sameAs"
	InLanguage     = Schema + "inLanguage"
	EncodingFormat = Schema + "encodingFormat"
	Position       = Schema + "position" // order in the record, from 0

	Organization = ORG + "Organization"
	SubOrgOf     = ORG + "subOrganizationOf"
	Membership   = ORG + "Membership"
	OrgMember    = ORG + "member"
	OrgOf        = ORG + "organization"

	Concept    = SKOS + "Concept"
	PrefLabel  = SKOS + "prefLabel"
	AltLabel   = SKOS + "altLabel"
	Definition = SKOS + "definition"
	Broader    = SKOS + "broader"
	Related    = SKOS + "related"
	Note       = SKOS + "note"
	Notation   = SKOS + "notation"

	Title     = DCTerms + "title"
	Publisher = DCTerms + "publisher"
	Issued    = DCTerms + "issued"
	Source    = DCTerms + "source"
	Replaces  = DCTerms + "replaces"

	Entity       = PROV + "Entity"
	HasSource    = OA + "hasSource"
	Start        = OA + "start"
	End          = OA + "end"
	Exact        = OA + "exact"
	Prefix       = OA + "prefix"
	Suffix       = OA + "suffix"
	SpecificPart = OA + "SpecificResource"
)

// Prefixes are the short names of the namespaces, as documents use them.
func Prefixes() map[string]string {
	return map[string]string{
		"rdf": RDF, "rdfs": RDFS, "xsd": XSD, "schema": Schema, "org": ORG, "prov": PROV, "skos": SKOS, "dcterms": DCTerms, "oa": OA, "dg": DG,
		"edtf": strings.TrimSuffix(EDTF, "EDTF"),
	}
}

// Expand turns schema:name into its full IRI; anything else stays as it is.
func Expand(term string) string {
	prefix, local, ok := strings.Cut(term, ":")
	if namespace, known := Prefixes()[prefix]; ok && known {
		return namespace + local
	}
	return term
}
