package fhir_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

func TestEchoInPlace(t *testing.T) {
	for _, c := range []struct {
		name, data, written string
		lost                []string
	}{
		{"all", `{"a":[{"b":"1"},"c"],"t":"2026-11-01T13:00:00+01:00"}`, `{"a":[{"b":"1"},"c"],"t":"2026-11-01T12:00:00Z"}`, nil},
		{"a part of an item", `{"a":[{"b":"1","c":"2"},"d"]}`, `{"a":[{"b":"1"},"d"]}`, []string{"/a/0/c"}},
		{"an item changed in part", `{"a":[{"b":"1","c":"2"}],"b":"1"}`, `{"a":[{"b":"1","c":"3"}],"b":"1"}`, []string{"/a/0/c"}},
		{"items in another order", `{"a":["x","y"]}`, `{"a":["y","x"]}`, nil},
		{"an item less, another in part", `{"a":[{"b":"1"},{"c":"2","d":["x"],"e":"3"}]}`, `{"a":[{"c":"2","d":["x"]}]}`, []string{"/a/0", "/a/1/e"}},
		{"an item less, the other changed", `{"a":[{"b":"1"},{"c":"2","d":["x"]}],"b":"1"}`, `{"a":[{"c":"2","d":["y"]}],"b":"1"}`, []string{"/a/0", "/a/1"}},
		{"an item less", `{"a":[{"b":"1","c":"2"},"d"]}`, `{"a":["d"]}`, []string{"/a/0"}},
		{"another value", `{"a":"1","b":"1"}`, `{"a":"2","b":"1"}`, []string{"/a"}},
		{"another type", `{"a":"1","b":"1"}`, `{"a":1,"b":"1"}`, []string{"/a"}},
		{"a day is no moment", `{"t":"2026-11-01","b":"1"}`, `{"t":"2026-11-01T00:00:00Z","b":"1"}`, []string{"/t"}},
		{"a null in a list", `{"a":["x",null],"b":"1"}`, `{"a":["x"],"b":"1"}`, []string{"/a/1"}},
		{"nothing comes back", `{"a":"1"}`, `{}`, []string{""}},
	} {
		r := reader(t, c.data)
		require.NoError(t, r.Root().EchoInPlace([]byte(c.written), strictjson.Document()))
		assert.Equal(t, c.lost, r.Untaken(), c.name)
	}
	assert.Error(t, reader(t, `{"a":"1"}`).Root().EchoInPlace([]byte(`{`), strictjson.Document()))
}

func TestDecodeReportsTypes(t *testing.T) {
	r := reader(t, `{"resourceType":"Task","status":1,"focus":"x","strange":true}`)
	var task fhir.Task
	r.Root().Decode(&task)
	assert.Equal(t, []string{"/focus wrong-type", "/status wrong-type"}, list(r.Problems()))
	assert.Equal(t, "Task", task.ResourceType)
	assert.Equal(t, []string{""}, r.Untaken(), "decoding takes nothing")
}

// What FHIR does not allow is not written.
func TestPrune(t *testing.T) {
	var task fhir.Task
	require.NoError(t, json.Unmarshal([]byte(`{"resourceType":"Task","status":"ready","intent":"order","meta":{},"for":{"identifier":{"assigner":{}}},
		"code":{"coding":[{}],"text":"a"},"extension":[{"url":"u"},{"url":"v","extension":[{"url":"w"}]},{"valueString":"x"},{"url":"y","valueString":"z"}],
		"input":[{"type":{"text":"t"}},{"valueBoolean":true},{"type":{"text":"t"},"valueBoolean":false}],
		"contained":[{"resourceType":"Patient","id":"p"},{"resourceType":"Organization","id":"o"}],
		"note":[{"text":""},{"text":"n"}],"restriction":{"period":{}}}`), &task))
	fhir.Prune(&task)
	got, err := json.Marshal(task)
	require.NoError(t, err)
	assert.JSONEq(t, `{"resourceType":"Task","status":"ready","intent":"order","code":{"text":"a"},"extension":[{"url":"y","valueString":"z"}],
		"input":[{"type":{"text":"t"},"valueBoolean":false}],"contained":[{"resourceType":"Organization","id":"o"}],"note":[{"text":"n"}]}`, string(got))
}

func TestFit(t *testing.T) {
	long := strings.Repeat("a", 65)
	for _, id := range []string{"a-b.C9", strings.Repeat("a", 64)} {
		assert.Equal(t, id, fhir.Fit(id))
	}
	seen := map[string]bool{}
	for _, id := range []string{long, long + "b", "a/b", "a:b", "a_b", "å", "å" + long} {
		got := fhir.Fit(id)
		assert.Regexp(t, `^[A-Za-z0-9.-]{1,64}$`, got)
		assert.False(t, seen[got], id)
		seen[got] = true
	}
	assert.Equal(t, "https://a.example/ActivityDefinition/sleep.8-weeks", fhir.DefinitionURL("https://a.example", fhir.UnitDefinition("sleep", "8-weeks")))
}
