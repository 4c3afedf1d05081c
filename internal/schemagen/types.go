package schemagen

import (
	"encoding"
	"encoding/json"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/invopop/jsonschema"
)

var (
	timeType   = reflect.TypeFor[time.Time]()
	numberType = reflect.TypeFor[json.Number]()
	rawType    = reflect.TypeFor[json.RawMessage]()
	textType   = reflect.TypeFor[encoding.TextUnmarshaler]()
	jsonType   = reflect.TypeFor[json.Unmarshaler]()
)

func indirect(t reflect.Type) reflect.Type {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// collect lists every type that can be reached from root, each once, in the order of the fields.
func collect(root reflect.Type, replaced map[reflect.Type]*jsonschema.Schema) ([]reflect.Type, error) {
	var all []reflect.Type
	var visit func(t reflect.Type) error
	visit = func(t reflect.Type) error {
		t = indirect(t)
		if slices.Contains(all, t) {
			return nil
		}
		all = append(all, t)
		if closed, err := isClosed(t, replaced); closed || err != nil {
			return err
		}
		for _, part := range parts(t) {
			if err := visit(part); err != nil {
				return err
			}
		}
		return nil
	}
	return all, visit(root)
}

// isClosed says that a type's schema does not come from its fields or elements.
func isClosed(t reflect.Type, replaced map[reflect.Type]*jsonschema.Schema) (bool, error) {
	pointer := reflect.PointerTo(t)
	switch {
	case replaced[t] != nil, t == timeType, t == rawType, t == numberType:
		return true, nil
	case pointer.Implements(jsonType):
		return false, fmt.Errorf("schemagen: type %s has its own UnmarshalJSON: Options.Types must say its schema", t)
	case pointer.Implements(textType):
		return true, nil
	}
	switch t.Kind() {
	case reflect.Chan, reflect.Func, reflect.Complex64, reflect.Complex128, reflect.Uintptr, reflect.UnsafePointer:
		return false, fmt.Errorf("schemagen: type %s has no form in JSON", t)
	}
	return false, nil
}

// parts lists the types that a type is directly made of.
func parts(t reflect.Type) []reflect.Type {
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		return []reflect.Type{t.Elem()}
	case reflect.Map:
		return []reflect.Type{t.Key(), t.Elem()}
	case reflect.Struct:
		var out []reflect.Type
		for f := range fields(t) {
			out = append(out, f.Type)
		}
		return out
	}
	return nil
}

// fields yields the fields that encoding/json writes.
func fields(t reflect.Type) func(yield func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			f := t.Field(i)
			skipped := f.Tag.Get("json") == "-" || !f.IsExported() && !f.Anonymous
			if !skipped && !yield(f) {
				return
			}
		}
	}
}

// names gives every named type of the module its name in $defs. The package comes in front when two types have the same name:
// the generator library would silently give the second one the first one's schema (invopop/jsonschema#42).
func names(types []reflect.Type) map[reflect.Type]string {
	count := map[string]int{}
	for _, t := range types {
		count[plain(t)]++
	}
	out := map[reflect.Type]string{}
	for _, t := range types {
		name := plain(t)
		if name != "" && count[name] > 1 {
			name = path.Base(t.PkgPath()) + "_" + name
		}
		out[t] = name
	}
	return out
}

// plain is a type's name in letters that need no escape in a URL: generic types have brackets and paths in theirs.
func plain(t reflect.Type) string {
	if t.PkgPath() == "" {
		return ""
	}
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '_':
			return r
		}
		return '-'
	}, strings.TrimSuffix(t.Name(), "]"))
}

// memberName is a field's name in JSON.
func memberName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" {
		return f.Name
	}
	return name
}
