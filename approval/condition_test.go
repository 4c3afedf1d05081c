package approval_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// Leaves that are true, false and unknown for the facts of these tests.
var (
	yes     = approval.Condition{Fact: "login", In: []string{"true"}}
	never   = approval.Condition{Fact: "login", In: []string{"false"}}
	unknown = approval.Condition{Fact: "other", In: []string{"true"}}
	facts   = map[string]approval.FactValue{"login": true, "platforms": []string{"web", "backend"}, "none": []any{}, "age": 16, "choice": "a"}
)

func n(i int) *int { return &i }

func TestHolds(t *testing.T) {
	type c = approval.Condition
	list := func(parts ...c) []c { return parts }
	cases := []struct {
		name string
		cond *c
		want approval.Truth
	}{
		{"nil", nil, approval.True},
		{"empty", &c{}, approval.Unknown},
		{"a fact and nothing else", &c{Fact: "login"}, approval.Unknown},
		{"all true", &c{All: list(yes, yes)}, approval.True},
		{"all with false and unknown", &c{All: list(unknown, never)}, approval.False},
		{"all with false first", &c{All: list(never, unknown, yes)}, approval.False},
		{"any with true first", &c{Any: list(yes, unknown, never)}, approval.True},
		{"all with unknown", &c{All: list(yes, unknown)}, approval.Unknown},
		{"any with true and unknown", &c{Any: list(unknown, yes)}, approval.True},
		{"any with unknown", &c{Any: list(never, unknown)}, approval.Unknown},
		{"any false", &c{Any: list(never, never)}, approval.False},
		{"not true", &c{Not: &yes}, approval.False},
		{"not unknown", &c{Not: &unknown}, approval.Unknown},
		{"a choice", &c{Fact: "choice", In: []string{"b", "a"}}, approval.True},
		{"another choice", &c{Fact: "choice", In: []string{"b"}}, approval.False},
		{"one of a list", &c{Fact: "platforms", In: []string{"backend"}}, approval.True},
		{"none of a list", &c{Fact: "platforms", In: []string{"mobile"}}, approval.False},
		{"an empty list is known", &c{Fact: "none", In: []string{"web"}}, approval.False},
		{"below", &c{Fact: "age", Below: n(16)}, approval.False},
		{"at least", &c{Fact: "age", AtLeast: n(16)}, approval.True},
		{"between", &c{Fact: "age", AtLeast: n(10), Below: n(17)}, approval.True},
		{"a number asked for codes", &c{Fact: "age", In: []string{"16"}}, approval.Unknown},
		{"a choice asked for bounds", &c{Fact: "choice", Below: n(3)}, approval.Unknown},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) { assert.Equal(t, tc.want, tc.cond.Holds(facts)) })
	}
}

// A fact has one meaning, however Go holds it.
func TestFactValues(t *testing.T) {
	under16 := &approval.Condition{Fact: "f", Below: n(16)}
	web := &approval.Condition{Fact: "f", In: []string{"web"}}
	cases := []struct {
		name  string
		value approval.FactValue
		cond  *approval.Condition
		want  approval.Truth
	}{
		{"int", 12, under16, approval.True},
		{"float", 15.9, under16, approval.True},
		{"json number", json.Number("16.0"), under16, approval.False},
		{"no number", json.Number("x"), under16, approval.Unknown},
		{"not a number", math.NaN(), under16, approval.Unknown},
		{"infinite", math.Inf(-1), under16, approval.Unknown},
		{"list of any", []any{"web"}, web, approval.True},
		{"list with something else", []any{"web", 1}, web, approval.Unknown},
		{"list of strings", []string{"web"}, web, approval.True},
		{"nil", nil, web, approval.Unknown},
		{"something else", struct{}{}, web, approval.Unknown},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, c.cond.Holds(map[string]approval.FactValue{"f": c.value}))
		})
	}
}

// Kleene's logic is sound: what is decided with some facts unknown stays so whatever they turn out to be.
func TestUnknownIsSound(t *testing.T) {
	values := []approval.FactValue{true, false, nil}
	leaf := func(id string) approval.Condition { return approval.Condition{Fact: id, In: []string{"true"}} }
	a, b, c := leaf("a"), leaf("b"), leaf("c")
	trees := []approval.Condition{
		{All: []approval.Condition{a, {Any: []approval.Condition{b, {Not: &c}}}}},
		{Any: []approval.Condition{{All: []approval.Condition{a, b}}, {Not: &approval.Condition{Any: []approval.Condition{b, c}}}}},
		{Not: &approval.Condition{All: []approval.Condition{a, {Not: &b}, c}}},
	}
	checked := 0
	for _, tree := range trees {
		for i := range 27 {
			partial := map[string]approval.FactValue{"a": values[i%3], "b": values[i/3%3], "c": values[i/9]}
			for j := range 8 {
				whole := map[string]approval.FactValue{"a": j&1 > 0, "b": j&2 > 0, "c": j&4 > 0}
				if got := tree.Holds(partial); got != approval.Unknown && completes(whole, partial) {
					require.Equal(t, got, tree.Holds(whole))
					checked++
				}
			}
		}
	}
	require.Greater(t, checked, 50)
}

func completes(whole, partial map[string]approval.FactValue) bool {
	for id, v := range partial {
		if v != nil && v != whole[id] {
			return false
		}
	}
	return true
}

// The digest is that of what is said, however it is written down.
func TestDeclarationDigest(t *testing.T) {
	set := small(t)
	d := good(t, set, nil)
	same := good(t, set, func(d *declaration) { d.Facts["minimumAge"], d.Version = 18, 0 })
	assert.Equal(t, d.Digest(), same.Digest())
	written := good(t, set, func(d *declaration) { d.Facts["minimumAge"], d.Facts["none"] = json.Number("18.0"), math.NaN() })
	assert.Equal(t, d.Digest(), written.Digest())
	var back declaration
	require.NoError(t, json.Unmarshal([]byte(encode(t, d)), &back))
	assert.Equal(t, d.Digest(), back.Digest())
	for name, edit := range map[string]func(*declaration){
		"fact": forget("login"), "answer": drop("A-1"), "release": func(d *declaration) { d.Tool.Release = "4" }, "id": func(d *declaration) { d.ID = "x" },
	} {
		assert.NotEqual(t, d.Digest(), good(t, set, edit).Digest(), name)
	}
	assert.Empty(t, (*declaration)(nil).Digest())
}
