// Package jsonld writes quads as JSON-LD 1.1 and reads JSON-LD.
//
// [Write] streams over quads that come ordered by graph: every named graph is an
// object with "@id" and "@graph", every subject in it one line. [Context] says
// what the short names mean and which values are links or dates; a document holds
// it, so that it can be read without a network.
//
// [Read] holds the whole document in memory. It expands by json-gold, and turns
// what is expanded into statements itself, because json-gold leaves out, without
// a word, http IRIs that it takes for no web address.
//
// Surprising: Read never fetches. It knows our context, at [ContextIRI], and a
// small one in place of schema.org's, whose names it puts under
// https://schema.org/; a document that refers to another is refused. As JSON-LD
// demands, keys that no context explains are passed over. Whole numbers beyond
// 2^53 are rounded when read as JSON numbers; Write never writes them so. A
// statement may come twice. Write refuses the few IRIs that begin with one of our
// prefixes (org:x, say), since JSON-LD would take them for short names.
package jsonld

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/piprate/json-gold/ld"

	"dialograph/graph/vocab"
)

// ContextIRI names our context in documents that do not hold it.
const ContextIRI = vocab.DG + "context.jsonld"

//go:embed context.jsonld
var context string

// schemaOrg stands in for the context of schema.org, which has thousands of
// names: all are taken, those of links are known to be links.
const schemaOrg = `{"@context": {
  "@vocab": "https://schema.org/", "schema": "https://schema.org/", "type": "@type", "id": "@id",
  "url": {"@type": "@id"}, "sameAs": {"@type": "@id"}, "image": {"@type": "@id"}, "additionalType": {"@type": "@id"},
  "startDate": {"@type": "Date"}, "endDate": {"@type": "Date"}, "datePublished": {"@type": "Date"},
  "eventStatus": {"@type": "@vocab"}, "eventAttendanceMode": {"@type": "@vocab"}, "license": {"@type": "@id"}, "isBasedOn": {"@type": "@id"}
}}`

// Context gives the document to serve at ContextIRI (application/ld+json): the
// prefixes of package vocab, and for each property the type of its values where
// it is always the same.
func Context() []byte { return []byte(context) }

// offline is json-gold's way to other documents, and knows two.
type offline struct{}

// LoadDocument implements ld.DocumentLoader.
func (offline) LoadDocument(iri string) (*ld.RemoteDocument, error) {
	text := ""
	switch _, rest, _ := strings.Cut(iri, "://"); strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/") {
	case strings.TrimPrefix(ContextIRI, "https://"):
		text = context
	case "schema.org", "schema.org/docs/jsonldcontext.json", "schema.org/docs/jsonldcontext.jsonld":
		text = schemaOrg
	default:
		return nil, fmt.Errorf("the context %q is not known here, and nothing is fetched", iri)
	}
	var document any
	if err := json.NewDecoder(bytes.NewReader([]byte(text))).Decode(&document); err != nil {
		return nil, fmt.Errorf("context %q: %w", iri, err)
	}
	return &ld.RemoteDocument{DocumentURL: iri, Document: document}, nil
}
