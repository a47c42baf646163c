package graphqlhttp

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"dialograph/graph/index"
	"dialograph/schema"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/gqlerrors"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/maypok86/otter/v2"
)

// Documents are GraphQL documents that a server knows, by name and by the
// SHA-256 of their text.
type Documents struct {
	byName map[string]string
	byHash map[documentHash]string
}

type documentHash = [sha256.Size]byte

// NewDocuments takes documents by name.
func NewDocuments(byName map[string]string) (Documents, error) {
	d := Documents{byName: byName, byHash: map[documentHash]string{}}
	for name, text := range byName {
		if _, err := DefaultLimits().parse(text); err != nil {
			return d, fmt.Errorf("%s: %w", name, err)
		}
		d.byHash[sha256.Sum256([]byte(text))] = text
	}
	return d, nil
}

// Names gives the names of the documents in alphabetical order.
func (d Documents) Names() []string { return slices.Sorted(maps.Keys(d.byName)) }

// Variables gives the variables of a document by name; none of one that is not
// known.
func (d Documents) Variables(name string) []string {
	document, err := DefaultLimits().parse(d.byName[name])
	if err != nil {
		return nil
	}
	var out []string
	for _, x := range document.Definitions {
		if o, ok := x.(*ast.OperationDefinition); ok {
			for _, v := range o.VariableDefinitions {
				out = append(out, v.Variable.Name.Value)
			}
		}
	}
	return out
}

// prepared is a request that can be run.
type prepared struct {
	request   *Request
	hash      documentHash
	kept      *kept
	document  *ast.Document
	operation *ast.OperationDefinition
	ready     *readyOperation
	cost      schema.Cost
}

func (p *prepared) name() string {
	if p.operation.Name == nil {
		return ""
	}
	return p.operation.Name.Value
}

// dry tells that the request only asks what it would cost.
func (p *prepared) dry() bool {
	dry, _ := p.request.Extensions["dryRun"].(bool)
	return dry
}

// tag is a weak entity tag: the same document, variables and snapshot have the
// same. It is weak because the answer may be compressed. The time when the
// snapshot was built, which a query may ask for, is part of it.
func (p *prepared) tag(snap *index.Snapshot, media string) string {
	rest, err := json.Marshal([]any{p.request.OperationName, p.request.Variables, p.request.Extensions, media, snap.Hash, snap.Base, snap.Built.UTC().Unix()})
	if err != nil {
		return "" // of JSON that was read, it can be written
	}
	sum := sha256.Sum256(append(rest, p.hash[:]...))
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:18]) + `"`
}

// noneMatch tells whether If-None-Match (RFC 9110, 13.1.2) names a tag.
func noneMatch(header, tag string) bool {
	for _, part := range strings.Split(header, ",") {
		part = strings.TrimSpace(part)
		if part == "*" || strings.TrimPrefix(part, "W/") == strings.TrimPrefix(tag, "W/") {
			return tag != ""
		}
	}
	return false
}

// prepare finds the document, limits and validates it, finds the operation, and
// weighs it.
func (h *Handler) prepare(r *Request) (*prepared, *fault) {
	if depth := nested(r.Variables); depth > h.limits().Variables {
		return nil, faultf(http.StatusBadRequest, "LIMIT", "variables are nested %d deep; the limit is %d", depth, h.limits().Variables)
	}
	p := &prepared{request: r}
	f := h.find(p)
	if f != nil {
		return nil, f
	}
	ready, f := p.kept.operation(h.Schema, r.OperationName)
	if f != nil {
		return nil, f
	}
	p.document, p.operation, p.ready = p.kept.document, ready.definition, ready
	h.cache.weigh(p)
	if h.NoIntrospection && introspects(p.document) {
		return nil, faultf(http.StatusBadRequest, "NO_INTROSPECTION", "this server does not answer questions about its schema")
	}
	p.cost = ready.cost
	if !p.cost.Fixed {
		p.cost = h.Schema.Cost(p.document, p.operation, r.Variables)
	}
	if limit := h.limits().Cost; p.cost.Total > limit && !p.dry() {
		return nil, tooDear(p.cost, limit)
	}
	return p, nil
}

func tooDear(c schema.Cost, limit int64) *fault {
	most := ""
	if c.Heaviest != "" {
		most = fmt.Sprintf("; most of it is %s: ask for fewer there with first, and for the next page with after and the endCursor of pageInfo", c.Heaviest)
	}
	f := faultf(http.StatusBadRequest, "COST", "the query may cost %d; the limit is %d%s", c.Total, limit, most)
	f.extensions = map[string]any{"cost": shownCost(c, limit)}
	return f
}

func shownCost(c schema.Cost, limit int64) map[string]any {
	return map[string]any{"estimated": c.Total, "limit": limit}
}

// find gives the document of a request: its text, one that the server knows by
// name or hash, or one that a client has sent before (automatic persisted
// queries).
func (h *Handler) find(p *prepared) *fault {
	text, hash, f := h.text(p.request)
	if f != nil {
		return f
	}
	if text != "" {
		p.hash = sha256.Sum256([]byte(text))
		if hash != nil && *hash != p.hash {
			return faultf(http.StatusBadRequest, "PERSISTED_QUERY_MISMATCH", "sha256Hash is not the SHA-256 of the query; that is %x", p.hash)
		}
	} else {
		p.hash = *hash
	}
	if _, known := h.Documents.byHash[p.hash]; h.OnlyDocuments && !known {
		return faultf(http.StatusForbidden, "NOT_ALLOWED", "this server only runs the documents that it knows; name one with documentId")
	}
	known, ok := h.cache.get(p.hash)
	if !ok {
		if text == "" {
			text, ok = h.Documents.byHash[p.hash]
			if !ok {
				return faultf(http.StatusNotFound, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound") // clients wait for this word
			}
		}
		document, f := h.check(text)
		if f != nil {
			return f
		}
		known = &kept{document: document, bytes: len(text)}
		h.cache.put(p.hash, known)
	}
	p.kept = known
	return nil
}

// text gives the text of a request or the hash that stands for it.
func (h *Handler) text(r *Request) (string, *documentHash, *fault) {
	id, isHash := strings.CutPrefix(r.DocumentID, "sha256:")
	if named, ok := r.Extensions["persistedQuery"].(map[string]any); ok && r.DocumentID == "" {
		id, isHash = fmt.Sprint(named["sha256Hash"]), true
		if v, ok := named["version"].(float64); ok && v != 1 {
			return "", nil, faultf(http.StatusBadRequest, "PERSISTED_QUERY_NOT_SUPPORTED", "persistedQuery: version %v is not supported; version 1 is", v)
		}
	}
	switch {
	case isHash:
		raw, err := hex.DecodeString(id)
		if err != nil || len(raw) != sha256.Size {
			return "", nil, faultf(http.StatusBadRequest, "BAD_REQUEST", "%q is not a SHA-256 in hexadecimal digits", id)
		}
		hash := documentHash(raw)
		return r.Query, &hash, nil
	case id != "" && r.Query == "":
		text, ok := h.Documents.byName[id]
		if !ok {
			return "", nil, faultf(http.StatusNotFound, "UNKNOWN_DOCUMENT", "the server knows no document %q", id)
		}
		return text, nil, nil
	case strings.TrimSpace(r.Query) == "":
		return "", nil, faultf(http.StatusBadRequest, "BAD_REQUEST", `there is no query; send {"query": "{ stats { events } }"}`)
	}
	return r.Query, nil, nil
}

func operationOf(document *ast.Document, name string) (*ast.OperationDefinition, *fault) {
	var found []*ast.OperationDefinition
	for _, d := range document.Definitions {
		if o, ok := d.(*ast.OperationDefinition); ok && (name == "" || o.Name != nil && o.Name.Value == name) {
			found = append(found, o)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case name != "":
		return nil, faultf(http.StatusBadRequest, "BAD_REQUEST", "the document has no operation %q", name)
	default:
		return nil, faultf(http.StatusBadRequest, "BAD_REQUEST", "the document has %d operations; name one with operationName", len(found))
	}
}

// introspects tells whether a document asks for the schema itself.
func introspects(document *ast.Document) bool {
	var within func(*ast.SelectionSet) bool
	within = func(set *ast.SelectionSet) bool {
		if set == nil {
			return false
		}
		for _, s := range set.Selections {
			switch s := s.(type) {
			case *ast.Field:
				if s.Name.Value == "__schema" || s.Name.Value == "__type" || within(s.SelectionSet) {
					return true
				}
			case *ast.InlineFragment:
				if within(s.SelectionSet) {
					return true
				}
			}
		}
		return false
	}
	for _, d := range document.Definitions {
		switch d := d.(type) {
		case *ast.OperationDefinition:
			if within(d.SelectionSet) {
				return true
			}
		case *ast.FragmentDefinition:
			if within(d.SelectionSet) {
				return true
			}
		}
	}
	return false
}

// check parses, limits and validates a document.
func (h *Handler) check(query string) (*ast.Document, *fault) {
	document, err := h.limits().parse(query)
	var limit *limitError
	if errors.As(err, &limit) {
		return nil, faultf(http.StatusBadRequest, "LIMIT", "%s; ask for less, or in several queries", limit.message)
	}
	if err != nil {
		f := faultf(http.StatusBadRequest, "SYNTAX", "the query cannot be read")
		f.errors = gqlerrors.FormatErrors(err)
		return nil, f
	}
	result, ok := h.validate(document)
	if !ok {
		return nil, faultf(http.StatusBadRequest, "SYNTAX", "the query cannot be read: a type or a name is missing in it")
	}
	if !result.IsValid {
		f := faultf(http.StatusBadRequest, "INVALID", "the query does not fit the schema")
		f.errors = result.Errors
		return nil, f
	}
	return document, nil
}

// validate checks a document against the schema. Should a rule of graphql-go
// panic on it, it is refused.
func (h *Handler) validate(document *ast.Document) (result graphql.ValidationResult, ok bool) {
	defer func() {
		if cause := recover(); cause != nil {
			h.Log.Warn().Interface("cause", cause).Msg("a document could not be validated")
			ok = false
		}
	}()
	return validate(h.Schema.GraphQL(), document), true
}

// documentCache keeps documents that were parsed and found valid, those asked
// for most.
type documentCache struct {
	once sync.Once
	docs *otter.Cache[documentHash, *kept]
}

// kept is a document, and its operations as far as they were asked for.
type kept struct {
	document *ast.Document
	bytes    int

	operations sync.Map     // name -> *readyOperation
	planned    atomic.Int64 // fields of all operations
}

// weight is what a document takes, in bytes of text as cachedBytes counts them.
func (k *kept) weight() uint32 {
	return uint32(min(int64(k.bytes)+1000+weightOfField*k.planned.Load(), math.MaxUint32))
}

// readyOperation can be run. The cost is that without variables.
type readyOperation struct {
	definition *ast.OperationDefinition
	operation  *schema.Operation
	cost       schema.Cost
	weighed    atomic.Int64 // planned fields that the document's weight has
}

// operation finds an operation by name; "" means the only one.
func (k *kept) operation(s *schema.Schema, name string) (*readyOperation, *fault) {
	if known, ok := k.operations.Load(name); ok {
		return known.(*readyOperation), nil
	}
	definition, f := operationOf(k.document, name)
	if f != nil {
		return nil, f
	}
	made, _ := k.operations.LoadOrStore(name, &readyOperation{definition: definition, operation: s.Operation(k.document, definition), cost: s.Cost(k.document, definition, nil)})
	return made.(*readyOperation), nil
}

const (
	cachedBytes   = 16 << 20 // of texts; the documents take some twenty times as much
	weightOfField = 40       // of a plan: a small text can select many fields
)

func (c *documentCache) open() *otter.Cache[documentHash, *kept] {
	c.once.Do(func() {
		c.docs = otter.Must(&otter.Options[documentHash, *kept]{
			MaximumWeight: cachedBytes,
			Weigher:       func(_ documentHash, k *kept) uint32 { return k.weight() },
		})
	})
	return c.docs
}

func (c *documentCache) get(hash documentHash) (*kept, bool) { return c.open().GetIfPresent(hash) }

func (c *documentCache) put(hash documentHash, k *kept) { c.open().Set(hash, k) }

// weigh weighs a document anew where the plan of an operation has grown.
func (c *documentCache) weigh(p *prepared) {
	planned := p.ready.operation.Planned()
	if more := planned - p.ready.weighed.Swap(planned); more != 0 {
		p.kept.planned.Add(more)
		c.put(p.hash, p.kept)
	}
}
