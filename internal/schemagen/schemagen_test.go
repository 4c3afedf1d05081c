package schemagen_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"reflect"
	"testing"
	"time"

	"github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/schemagen"
)

const id = "https://verktoykatalog.github.io/schema/test.schema.json"

type code string

func (c *code) UnmarshalText(b []byte) error { *c = code(b); return nil }

// Error has the name of url.Error's type on purpose.
type Error struct {
	Code code `json:"code"`
}

type base struct {
	Shared *int `json:"shared,omitempty"`
}

type pair[T any] struct {
	First T `json:"first"`
}

type child struct {
	Title    string   `json:"title"`
	Children []*child `json:"children,omitempty"`
}

type document struct {
	base
	Version int                `json:"version"`
	Own     *Error             `json:"own,omitempty"`
	Count   *int               `json:"count,omitempty"`
	When    time.Time          `json:"when"`
	Amount  json.Number        `json:"amount,omitempty"`
	Texts   map[code]string    `json:"texts,omitempty"`
	Pair    *pair[code]        `json:"pair,omitempty"`
	Tree    *child             `json:"tree,omitempty"`
	Free    map[string]any     `json:"free,omitempty"`
	Hidden  func()             `json:"-"`
	Foreign map[string]foreign `json:"foreign,omitempty"`
}

type foreign struct {
	Error url.Error `json:"error"`
}

type odd struct {
	Own ownJSON `json:"own"`
}

type ownJSON struct{}

func (*ownJSON) UnmarshalJSON([]byte) error { return nil }

func generate(t *testing.T, v any, o schemagen.Options) []byte {
	t.Helper()
	data, err := schemagen.GenerateWith(v, id, "Test", o)
	require.NoError(t, err)
	return data
}

func TestGenerateTellsGoodFromBad(t *testing.T) {
	o := schemagen.Options{Types: map[reflect.Type]*jsonschema.Schema{reflect.TypeFor[url.Error](): {Type: "string"}}}
	schema := compile(t, generate(t, (*document)(nil), o))
	good := `{"version":1,"when":"2026-01-01T00:00:00Z"`
	cases := []struct {
		name, data string
		valid      bool
	}{
		{"required members only", good + `}`, true},
		{"missing member", `{"version":1}`, false},
		{"unknown member", good + `,"other":1}`, false},
		{"unknown member further in", good + `,"own":{"code":"a","other":1}}`, false},
		{"null for a pointer to a struct", good + `,"own":null}`, true},
		{"null for a pointer to a number", good + `,"count":null}`, true},
		{"null for a pointer of an embedded struct", good + `,"shared":null}`, true},
		{"null for a map", good + `,"texts":null}`, false},
		{"text for a pointer to a number", good + `,"count":"1"}`, false},
		{"own type of a shared name", good + `,"own":{"code":"a"}}`, true},
		{"replaced type of a shared name", good + `,"foreign":{"a":{"error":"text"}}}`, true},
		{"the one for the other", good + `,"foreign":{"a":{"error":{"code":"a"}}}}`, false},
		{"generic type", good + `,"pair":{"first":"a"}}`, true},
		{"generic type with a wrong part", good + `,"pair":{"first":1}}`, false},
		{"a type inside itself", good + `,"tree":{"title":"a","children":[{"title":"b"}]}}`, true},
		{"a fault in a type inside itself", good + `,"tree":{"title":"a","children":[{}]}}`, false},
		{"a number kept as text in Go", good + `,"amount":1.50}`, true},
		{"any value", good + `,"free":{"a":[1,null]}}`, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v, err := validator.UnmarshalJSON(bytes.NewReader([]byte(c.data)))
			require.NoError(t, err)
			err = schema.Validate(v)
			assert.Equal(t, c.valid, err == nil, "%v", err)
		})
	}
}

func compile(t *testing.T, data []byte) *validator.Schema {
	t.Helper()
	v, err := validator.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	c := validator.NewCompiler()
	require.NoError(t, c.AddResource(id, v))
	s, err := c.Compile(id)
	require.NoError(t, err)
	return s
}

func TestGenerateIsTheSameEveryTime(t *testing.T) {
	first, err := schemagen.Generate(child{}, id, "Test")
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(first, []byte("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"$id\": \""+id)))
	require.True(t, bytes.HasSuffix(first, []byte("}\n")))
	for range 50 {
		again, err := schemagen.Generate(&child{}, id, "Test")
		require.NoError(t, err)
		require.Equal(t, string(first), string(again))
	}
}

func TestRootThatHoldsItselfStaysReachable(t *testing.T) {
	schema := compile(t, generate(t, child{}, schemagen.Options{}))
	assert.NoError(t, schema.Validate(map[string]any{"title": "a", "children": []any{map[string]any{"title": "b"}}}))
	assert.Error(t, schema.Validate(map[string]any{"title": "a", "children": []any{map[string]any{}}}))
}

func TestOptionsAreApplied(t *testing.T) {
	data := generate(t, child{}, schemagen.Options{
		Description: "the whole",
		Describe:    map[string]string{"child.title": "what people read"},
		Refine:      map[string]func(*jsonschema.Schema){"child": func(s *jsonschema.Schema) { s.Comments = "refined" }},
	})
	var got struct {
		Description string `json:"description"`
		Comment     string `json:"$comment"`
		Properties  map[string]struct {
			Description string `json:"description"`
		} `json:"properties"`
	}
	require.NoError(t, json.Unmarshal(data, &got))
	assert.Equal(t, "the whole", got.Description)
	assert.Equal(t, "refined", got.Comment)
	assert.Equal(t, "what people read", got.Properties["title"].Description)
}

func TestGenerateRefuses(t *testing.T) {
	cases := []struct {
		name    string
		value   any
		options schemagen.Options
		want    string
	}{
		{"nothing", nil, schemagen.Options{}, "want a value of a named type"},
		{"a type without a name", struct{}{}, schemagen.Options{}, "want a value of a named type"},
		{"a type that reads itself", odd{}, schemagen.Options{}, "ownJSON has its own UnmarshalJSON"},
		{"a type without a form in JSON", pair[chan int]{}, schemagen.Options{}, "chan int has no form in JSON"},
		{"a description of nothing", child{}, schemagen.Options{Describe: map[string]string{"child.name": "x"}}, `"child.name" is named`},
		{"a refinement of nothing", child{}, schemagen.Options{Refine: map[string]func(*jsonschema.Schema){"other": nil}}, `"other" is named`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := schemagen.GenerateWith(c.value, id, "Test", c.options)
			assert.ErrorContains(t, err, c.want)
		})
	}
}
