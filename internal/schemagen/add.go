package schemagen

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/invopop/jsonschema"
)

// add makes the additions of the options, in a fixed order.
func (g *generator) add(defs jsonschema.Definitions) error {
	for _, key := range slices.Sorted(maps.Keys(g.options.Describe)) {
		s, err := find(defs, key)
		if err != nil {
			return err
		}
		s.Description = g.options.Describe[key]
	}
	for _, name := range slices.Sorted(maps.Keys(g.options.Refine)) {
		s, err := find(defs, name)
		if err != nil {
			return err
		}
		g.options.Refine[name](s)
	}
	return nil
}

// find answers the schema of "Type" or "Type.member".
func find(defs jsonschema.Definitions, key string) (*jsonschema.Schema, error) {
	name, member, isMember := strings.Cut(key, ".")
	s := defs[name]
	if s != nil && isMember {
		s = property(s, member)
	}
	if s == nil {
		return nil, fmt.Errorf("schemagen: %q is named in the options and is not in the schema", key)
	}
	return s, nil
}

func property(s *jsonschema.Schema, name string) *jsonschema.Schema {
	if s.Properties == nil {
		return nil
	}
	p, _ := s.Properties.Get(name)
	return p
}

// allowNull lets pointer members be null, as encoding/json and strictjson do.
func allowNull(s *jsonschema.Schema, t reflect.Type) {
	if s == nil || t.Kind() != reflect.Struct {
		return
	}
	for f := range fields(t) {
		if f.Anonymous && f.Tag.Get("json") == "" {
			allowNull(s, indirect(f.Type))
		} else if p := property(s, memberName(f)); p != nil && f.Type.Kind() == reflect.Pointer {
			nullable(p)
		}
	}
}

// nullable edits a schema so that null is right too. The library's Type holds one name only, so a list of types goes through Extras.
func nullable(s *jsonschema.Schema) {
	old := *s
	switch {
	case old.Type != "" && old.Ref == "" && len(old.Enum) == 0 && old.Const == nil:
		s.Type = ""
		s.Extras = map[string]any{"type": []string{old.Type, "null"}}
	case old.Ref != "" || old.Type != "":
		old.Description = ""
		*s = jsonschema.Schema{AnyOf: []*jsonschema.Schema{&old, {Type: "null"}}, Description: s.Description}
	}
}
