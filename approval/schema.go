package approval

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The published schemas; package approval/schema generates them from the Go types and offers them.
var (
	//go:embed schema/self-declaration.schema.json
	declarationSchema []byte
	//go:embed schema/requirement-set.schema.json
	setSchema []byte
	//go:embed schema/decision.schema.json
	decisionSchema []byte
)

const schemaBase = "https://verktoykatalog.github.io/schema/"

// schemaID is the $id of the schema of declarations against this set. Nothing is fetched from it.
func (s *RequirementSet) schemaID() string {
	return schemaBase + "self-declaration/" + s.ID + "@" + s.Version + ".schema.json"
}

// Schema is the JSON Schema (draft 2020-12) of a self-declaration against this
// set: the published form of a declaration with this set's facts, requirements,
// answers and reasons. Forms can be built from it. It does not say which
// evidence an answer needs, whether a reason agrees with the facts, or whether
// a check digit is right: [CheckDeclaration] does. The bytes are the same on
// every call.
func (s *RequirementSet) Schema() ([]byte, error) {
	var root map[string]any
	if err := json.Unmarshal(declarationSchema, &root); err != nil {
		return nil, fmt.Errorf("approval: published schema: %w", err)
	}
	root["$id"] = s.schemaID()
	root["title"] = "Self-declaration: " + s.Title.In("en") + " " + s.Version
	properties, ok := root["properties"].(map[string]any)
	if !ok {
		return nil, errors.New("approval: published schema: no properties")
	}
	properties["set"] = s.refSchema()
	properties["facts"] = s.factsSchema()
	properties["answers"] = s.answersSchema()
	dropUnused(root)
	return indented(root)
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
func dropUnused(root map[string]any) {
	defs, _ := root["$defs"].(map[string]any)
	delete(defs, "SetRef")
	delete(defs, "Answer")
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

func (s *RequirementSet) factsSchema() object {
	properties := object{}
	for _, f := range s.Facts {
		p := f.schema()
		p["title"] = f.Question.In("en")
		properties[f.ID] = p
	}
	return closed(properties)
}

func (f Fact) schema() object {
	switch f.Type {
	case TypeChoice:
		return f.codes()
	case TypeChoices:
		return object{"type": "array", "items": f.codes(), "uniqueItems": true}
	case TypeBoolean:
		return object{"type": "boolean"}
	}
	return f.number()
}

func (f Fact) number() object {
	o := object{"type": "integer"}
	if f.Min != nil {
		o["minimum"] = *f.Min
	}
	if f.Max != nil {
		o["maximum"] = *f.Max
	}
	return o
}

func (f Fact) codes() object {
	codes := make([]string, len(f.Choices))
	for i, c := range f.Choices {
		codes[i] = c.Code
	}
	return object{"type": "string", "enum": codes}
}

func (s *RequirementSet) answersSchema() object {
	properties := object{}
	for _, r := range s.Requirements {
		properties[r.ID] = r.schema()
	}
	return closed(properties)
}

// Longest explanation and most references of one answer.
const (
	longestExplanation = 4000
	mostReferences     = 50
)

// schema of one answer. Each status has its own if and then: a oneOf would
// turn one wrong status into as many errors as there are alternatives.
func (r Requirement) schema() object {
	o := closed(object{
		"status":      object{"type": "string", "enum": r.statuses()},
		"reason":      r.reasonSchema(),
		"explanation": object{"type": "string", "maxLength": longestExplanation},
		"evidence": object{"type": "array", "uniqueItems": true, "maxItems": mostReferences,
			"items": object{"type": "string"}},
	}, "status")
	o["title"] = r.Title.In("en")
	o["allOf"] = []any{
		ifStatus(object{"enum": []string{string(Yes), string(No)}}, object{"properties": object{"reason": false}}),
	}
	if len(r.NotApplicable) > 0 {
		needed := ifStatus(object{"const": string(NotApplicable)}, object{"required": []string{"reason"}})
		o["allOf"] = append(o["allOf"].([]any), needed)
	}
	return o
}

func ifStatus(status, then object) object {
	return object{
		"if":   object{"required": []string{"status"}, "properties": object{"status": status}},
		"then": then,
	}
}

func (r Requirement) statuses() []string {
	if len(r.NotApplicable) == 0 {
		return []string{string(Yes), string(No)}
	}
	return []string{string(Yes), string(No), string(NotApplicable)}
}

func (r Requirement) reasonSchema() object {
	if len(r.NotApplicable) == 0 {
		return object{"type": "string"}
	}
	return object{"type": "string", "enum": r.reasons()}
}

func (r Requirement) reasons() []string {
	codes := make([]string, len(r.NotApplicable))
	for i, n := range r.NotApplicable {
		codes[i] = n.Code
	}
	return codes
}

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
