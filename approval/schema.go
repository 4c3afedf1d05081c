package approval

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The published schemas; package approval/schema generates them from the Go types and offers them.
var (
	//go:embed schema/self-declaration.schema.json
	declarationSchema []byte
	//go:embed schema/vendor-declaration.schema.json
	vendorSchema []byte
	//go:embed schema/requirement-set.schema.json
	setSchema []byte
	//go:embed schema/decision.schema.json
	decisionSchema []byte
)

const schemaBase = "https://verktoykatalog.github.io/schema/"

// mode is what kind of document is judged. The zero mode asks for everything.
type mode int

const (
	modeSubmit mode = iota // a declaration that is handed in
	modeDraft              // one that is still being written
	modeVendor             // a vendor's answers for all its tools
)

// Schema is the JSON Schema (draft 2020-12) of a self-declaration against this
// set: the published form of a declaration with this set's facts, requirements,
// answers and reasons. Forms can be built from it. It does not say which
// evidence an answer needs, whether a reason agrees with the facts, whether days
// are in order, or whether a check digit is right: [CheckDeclaration] does. The
// bytes are the same on every call.
func (s *RequirementSet) Schema() ([]byte, error) { return s.schema(modeSubmit) }

// DraftSchema is [RequirementSet.Schema] for a declaration that is still being
// written, as [CheckDraft] takes it.
func (s *RequirementSet) DraftSchema() ([]byte, error) { return s.schema(modeDraft) }

// VendorSchema is the JSON Schema of a vendor's answers for all its tools, as
// [CheckVendorDeclaration] takes them: the requirements of this set that have
// the scope vendor alone.
func (s *RequirementSet) VendorSchema() ([]byte, error) { return s.schema(modeVendor) }

// schemaID is the $id of the schema of declarations against this set. Nothing is fetched from it.
func (s *RequirementSet) schemaID(m mode) string {
	of := s.ID + "@" + s.Version
	return schemaBase + [...]string{
		modeSubmit: "self-declaration/" + of,
		modeDraft:  "self-declaration/" + of + ".draft",
		modeVendor: "vendor-declaration/" + of,
	}[m] + ".schema.json"
}

func (s *RequirementSet) schema(m mode) ([]byte, error) {
	root, properties, err := published(m)
	if err != nil {
		return nil, err
	}
	root["$id"] = s.schemaID(m)
	root["title"] = titles[m] + ": " + s.Title.In("en") + " " + s.Version
	properties["set"] = s.refSchema()
	properties["answers"] = s.answersSchema(m)
	if m != modeVendor {
		properties["facts"] = s.factsSchema()
	}
	if m == modeDraft {
		root["required"] = mayLack(root["required"], "submitted", "signedBy", "facts", "answers")
	}
	dropUnused(root, m)
	return indented(root)
}

var titles = [...]string{modeSubmit: "Self-declaration", modeDraft: "Draft of a self-declaration", modeVendor: "Vendor's declaration"}

// published is the schema that knows no requirements.
func published(m mode) (root, properties object, err error) {
	text := declarationSchema
	if m == modeVendor {
		text = vendorSchema
	}
	if err := json.Unmarshal(text, &root); err != nil {
		return nil, nil, fmt.Errorf("approval: published schema: %w", err)
	}
	properties, ok := root["properties"].(object)
	if !ok {
		return nil, nil, errors.New("approval: published schema: no properties")
	}
	return root, properties, nil
}

func mayLack(required any, names ...any) []any {
	all, _ := required.([]any)
	return slices.DeleteFunc(all, func(name any) bool { return slices.Contains(names, name) })
}

func indented(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return out.Bytes(), err
}

// dropUnused removes the definitions that the set's own parts have replaced.
func dropUnused(root object, m mode) {
	defs, _ := root["$defs"].(object)
	delete(defs, "SetRef")
	delete(defs, "Answer")
	if m == modeVendor {
		delete(defs, "Origin")
	}
}

type object = map[string]any

func closed(properties object, required ...string) object {
	o := object{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		o["required"] = required
	}
	return o
}

func (s *RequirementSet) refSchema() object {
	return closed(object{
		"id":      object{"type": "string", "const": s.ID},
		"version": object{"type": "string", "const": s.Version},
	}, "id", "version")
}

// compiled are a set's schemas, ready for validation, by mode. Each is made when
// it is first asked for: that takes longer than reading the set.
type compiled [modeVendor + 1]func() (*jsonschema.Schema, error)

// compile makes the first at once, so that a set that has none is no set.
func (s *RequirementSet) compile() (out compiled, err error) {
	for m := range modeVendor + 1 {
		text, err := s.schema(m)
		if err != nil {
			return out, err
		}
		id := s.schemaID(m)
		out[m] = sync.OnceValues(func() (*jsonschema.Schema, error) { return compile(text, id) })
	}
	_, err = out[modeSubmit]()
	return out, err
}

// prepared is the schema of a kind of document, prepared when it is first needed.
func prepared(data []byte, name string) func() (*jsonschema.Schema, error) {
	return sync.OnceValues(func() (*jsonschema.Schema, error) { return compile(data, schemaBase+name+".schema.json") })
}

var (
	setForm      = prepared(setSchema, "requirement-set")
	decisionForm = prepared(decisionSchema, "decision")
	mappingForm  = prepared(mappingSchema, "mapping")
)

// compile prepares a schema for validation, with formats asserted. Nothing is loaded: what is not in it is an error.
func compile(data []byte, id string) (*jsonschema.Schema, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("approval: schema: %w", err)
	}
	c := jsonschema.NewCompiler()
	c.UseLoader(noLoader{})
	c.AssertFormat()
	if err := c.AddResource(id, document); err != nil {
		return nil, fmt.Errorf("approval: schema: %w", err)
	}
	return c.Compile(id)
}

type noLoader struct{}

func (noLoader) Load(string) (any, error) {
	return nil, errors.New("a schema must be complete in itself")
}
