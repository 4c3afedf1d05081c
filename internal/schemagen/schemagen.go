// Package schemagen writes the published JSON Schemas (draft 2020-12) from the Go types that are read and written.
//
// [Generate] is enough for plain types; [GenerateWith] adds descriptions and the rules that a Go type cannot say (patterns, limits,
// closed lists). The schema is committed and embedded by the package that publishes it, and a test there compares it with a fresh one.
// Only tests import this package, so that the generator is on nobody's list of linked modules.
//
// It follows encoding/json and internal/strictjson: a member without omitempty or omitzero is required, unknown members are refused,
// a pointer member may be null, a type with UnmarshalText is a string. A type with its own UnmarshalJSON needs an entry in
// [Options.Types], otherwise its schema would be a guess and Generate refuses. A slice or map member that is required must be written
// as [] or {} and not as null; that cannot be seen here.
package schemagen

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/invopop/jsonschema"
)

// Options adds to a schema what the Go types do not say. The zero value adds nothing.
//
// Types are named as in the schema's $defs: the Go type's name, with the package in front (vendor_Status) only where two types of one
// schema have the same name. A name that does not occur is an error, so that nothing is left behind when a type is renamed.
type Options struct {
	// Description is the description of the whole document.
	Description string
	// Describe holds descriptions: "Tool" for a type, "Tool.id" for a member by its JSON name. For the root type too.
	Describe map[string]string
	// Types replaces the schema of a type. It is placed once, in $defs, and referred to.
	Types map[reflect.Type]*jsonschema.Schema
	// Refine edits the finished schema of a type of $defs or of the root type.
	Refine map[string]func(*jsonschema.Schema)
}

// Generate returns the schema of v's type: draft 2020-12, indented with two spaces, ending in a newline, the same bytes on every run.
// id is the schema's $id, an absolute URL; nothing is fetched from it. v may be a pointer, also a nil one.
func Generate(v any, id, title string) ([]byte, error) {
	return GenerateWith(v, id, title, Options{})
}

// GenerateWith is [Generate] with additions.
func GenerateWith(v any, id, title string, o Options) ([]byte, error) {
	root := indirect(reflect.TypeOf(v))
	if root == nil || root.Name() == "" {
		return nil, fmt.Errorf("schemagen: %T: want a value of a named type", v)
	}
	types, err := collect(root, o.Types)
	if err != nil {
		return nil, err
	}
	g := generator{root: root, types: types, names: names(types), options: o}
	s, err := g.schema()
	if err != nil {
		return nil, err
	}
	s.Version, s.ID, s.Title = jsonschema.Version, jsonschema.ID(id), title
	return print(s)
}

type generator struct {
	root    reflect.Type
	types   []reflect.Type
	names   map[reflect.Type]string
	options Options
}

// schema reflects the root type, makes the additions and places the root type's schema at the top of the document.
func (g *generator) schema() (*jsonschema.Schema, error) {
	r := jsonschema.Reflector{Anonymous: true, Namer: g.name, Mapper: g.mapped}
	defs := r.ReflectFromType(g.root).Definitions
	for t := range g.options.Types {
		if slices.Contains(g.types, t) {
			own := *g.options.Types[t]
			defs[g.names[t]] = &own
		}
	}
	for _, t := range g.types {
		allowNull(defs[g.names[t]], t)
	}
	if err := g.add(defs); err != nil {
		return nil, err
	}
	return g.top(defs)
}

// top copies the root type's definition to the top and keeps it in $defs only if something refers to it.
func (g *generator) top(defs jsonschema.Definitions) (*jsonschema.Schema, error) {
	name := g.names[g.root]
	s := *defs[name]
	text, err := json.Marshal(defs)
	if err != nil {
		return nil, fmt.Errorf("schemagen: %w", err)
	}
	s.Definitions = maps.Clone(defs)
	if !bytes.Contains(text, []byte(`"`+reference(name)+`"`)) {
		delete(s.Definitions, name)
	}
	if g.options.Description != "" {
		s.Description = g.options.Description
	}
	return &s, nil
}

func (g *generator) name(t reflect.Type) string { return g.names[t] }

// mapped answers the types whose schema is not read from their fields.
func (g *generator) mapped(t reflect.Type) *jsonschema.Schema {
	switch {
	case g.options.Types[t] != nil:
		return &jsonschema.Schema{Ref: reference(g.names[t])}
	case t == numberType:
		return &jsonschema.Schema{Type: "number"}
	case t != timeType && reflect.PointerTo(t).Implements(textType):
		return &jsonschema.Schema{Type: "string"}
	}
	return nil
}

func reference(name string) string { return "#/$defs/" + name }

func print(s *jsonschema.Schema) ([]byte, error) {
	data, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("schemagen: %w", err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, data, "", "  "); err != nil {
		return nil, fmt.Errorf("schemagen: %w", err)
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}
