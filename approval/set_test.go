package approval_test

import (
	"bytes"
	"errors"
	"testing"

	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
)

func when(c document) func(document) {
	return func(d document) { item(d, "requirements", 0)["when"] = c }
}

// Each case makes one mistake in a good set, and one problem comes of it.
func TestSetMistakes(t *testing.T) {
	again := func(list string, i int) func(document) {
		return func(d document) { d[list] = append(d[list].([]any), item(d, list, i)) }
	}
	cases := []struct {
		name, pointer, code string
		edit                func(document)
	}{
		{"requirement id twice", "/requirements/7/id", "repeated", again("requirements", 0)},
		{"fact id twice", "/facts/4/id", "repeated", again("facts", 1)},
		{"source id twice", "/sources/1/id", "repeated", again("sources", 0)},
		{"choice twice", "/facts/0/choices/3/code", "repeated", func(d document) {
			f := item(d, "facts", 0)
			f["choices"] = append(f["choices"].([]any), f["choices"].([]any)[0])
		}},
		{"reason twice", "/requirements/4/notApplicable/1/code", "repeated", func(d document) {
			r := item(d, "requirements", 4)
			r["notApplicable"] = append(r["notApplicable"].([]any), r["notApplicable"].([]any)[0])
		}},
		{"no Nynorsk", "/requirements/0/title/nn", "missing-member", func(d document) { delete(part(item(d, "requirements", 0), "title"), "nn") }},
		{"blank English", "/requirements/0/title/en", "too-short", func(d document) { part(item(d, "requirements", 0), "title")["en"] = " " }},
		{"no text of a reason", "/requirements/4/notApplicable/0/text", "missing-member", func(d document) {
			delete(item(item(d, "requirements", 4), "notApplicable", 0), "text")
		}},
		{"half a note", "/note/en", "missing-member", func(d document) { d["note"] = document{"nb": "a", "nn": "a"} }},
		{"half a question", "/facts/1/question/nb", "missing-member", func(d document) { delete(part(item(d, "facts", 1), "question"), "nb") }},
		{"unknown source", "/requirements/0/refs/0/source", "unknown", func(d document) { item(item(d, "requirements", 0), "refs", 0)["source"] = "other" }},
		{"unknown fact", "/requirements/0/when/fact", "unknown", when(document{"fact": "colour", "in": []any{"blue"}})},
		{"unknown fact further in", "/requirements/0/when/all/0/not/any/0/fact", "unknown",
			when(document{"all": []any{document{"not": document{"any": []any{document{"fact": "colour", "in": []any{"blue"}}}}}}})},
		{"unknown fact of a reason", "/requirements/4/notApplicable/0/when/fact", "unknown", func(d document) {
			part(item(item(d, "requirements", 4), "notApplicable", 0), "when")["fact"] = "colour"
		}},
		{"unknown choice", "/requirements/0/when/in/1", "not-allowed", when(document{"fact": "guidance", "in": []any{"both", "blue"}})},
		{"a boolean is true or false", "/requirements/0/when/in/0", "not-allowed", when(document{"fact": "login", "in": []any{"yes"}})},
		{"codes of a number", "/requirements/0/when", "bad-value", when(document{"fact": "minimumAge", "in": []any{"12"}})},
		{"bounds of a choice", "/requirements/0/when", "bad-value", when(document{"fact": "guidance", "below": 3})},
		{"bounds that leave nothing", "/requirements/0/when/below", "out-of-range", when(document{"fact": "minimumAge", "atLeast": 5, "below": 5})},
		{"a fact without a question", "/requirements/0/when", "bad-value", when(document{"fact": "login"})},
		{"codes and bounds", "/requirements/0/when", "bad-value", when(document{"fact": "minimumAge", "in": []any{"12"}, "below": 3})},
		{"empty condition", "/requirements/0/when", "bad-value", when(document{})},
		{"two forms", "/requirements/0/when", "bad-value", when(document{"fact": "login", "in": []any{"true"}, "not": document{"fact": "login", "in": []any{"true"}}})},
		{"codes without a fact", "/requirements/0/when", "bad-value", when(document{"in": []any{"true"}})},
		{"all of nothing", "/requirements/0/when/all", "too-few", when(document{"all": []any{}})},
		{"wrong type in a condition", "/requirements/0/when/any/0/in", "wrong-type", when(document{"any": []any{document{"fact": "login", "in": "true"}}})},
		{"a condition as text", "/requirements/0/when", "wrong-type", func(d document) { item(d, "requirements", 0)["when"] = "login" }},
		{"choices of a boolean", "/facts/1/choices", "contradiction", func(d document) { item(d, "facts", 1)["choices"] = item(d, "facts", 0)["choices"] }},
		{"no choices", "/facts/2/choices", "too-few", func(d document) {
			delete(item(d, "facts", 2), "choices")
			delete(item(d, "requirements", 6), "notApplicable") // it asks about the choices
		}},
		{"unknown severity", "/requirements/0/severity", "not-allowed", func(d document) { item(d, "requirements", 0)["severity"] = "fatal" }},
		{"unknown scope", "/requirements/0/scope/0", "not-allowed", func(d document) { item(d, "requirements", 0)["scope"] = []any{"watch"} }},
		{"no kinds of evidence", "/requirements/1/evidence/kinds", "too-few", func(d document) { part(item(d, "requirements", 1), "evidence")["kinds"] = []any{} }},
		{"negative age", "/requirements/1/evidence/maxAgeMonths", "out-of-range", func(d document) { part(item(d, "requirements", 1), "evidence")["maxAgeMonths"] = -1 }},
		{"no review", "/reviewMonths", "out-of-range", func(d document) { d["reviewMonths"] = 0 }},
		{"version of two numbers", "/version", "bad-format", func(d document) { d["version"] = "1.0" }},
		{"no day", "/validFrom", "bad-format", func(d document) { d["validFrom"] = "2026-13-01" }},
		{"no requirements", "/requirements", "too-few", func(d document) { d["requirements"] = []any{} }},
		{"unknown member", "/requirements/0/weight", "unknown-member", func(d document) { item(d, "requirements", 0)["weight"] = 3 }},
		{"nothing says when a therapist is needed", "/guidedOnly", "missing-member", func(d document) { item(d, "facts", 0)["id"] = "guiding" }},
		{"a faulty say", "/guidedOnly/fact", "unknown", func(d document) { d["guidedOnly"] = document{"fact": "colour", "in": []any{"blue"}} }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			set, err := approval.ParseRequirementSet(edited(t, "small@1.0.0.json", c.edit))
			require.ErrorIs(t, err, approval.ErrInvalid)
			var e *approval.SetError
			require.ErrorAs(t, err, &e)
			assert.Equal(t, []found{{c.pointer, "", c.code}}, places(e.Problems), "%v", err)
			assert.Nil(t, set)
		})
	}
}

func TestSetOfManyMistakesNamesThemAll(t *testing.T) {
	_, err := approval.ParseRequirementSet([]byte(`{"id":"A","requirements":[{"id":"x","id":"y"}]}`))
	require.ErrorContains(t, err, "/requirements/0/id")
	_, err = approval.ParseRequirementSet([]byte(`{}`))
	var e *approval.SetError
	require.ErrorAs(t, err, &e)
	assert.Len(t, e.Problems, 8)
	_, err = approval.ParseRequirementSet([]byte(`[]`))
	require.ErrorIs(t, err, approval.ErrInvalid)
	_, err = approval.ParseRequirementSet(nil)
	require.ErrorIs(t, err, approval.ErrInvalid)
	require.False(t, errors.Is(err, approval.ErrSet))
}

func TestGuidedOnlyOfTheSet(t *testing.T) {
	set, err := approval.ParseRequirementSet(edited(t, "small@1.0.0.json", func(d document) {
		d["guidedOnly"] = document{"fact": "minimumAge", "below": 18}
	}))
	require.NoError(t, err)
	d := good(t, set, func(d *declaration) { d.Facts["minimumAge"] = 17 })
	dec, err := approval.Evaluate(d, set, decided)
	require.NoError(t, err)
	assert.Equal(t, approval.ApprovedWithTherapist, dec.Outcome)
}

func TestDigestIsThatOfTheFile(t *testing.T) {
	data := read(t, "small@1.0.0.json")
	assert.Equal(t, approval.DigestOf(data), small(t).Digest())
	other, err := approval.ParseRequirementSet(append(data, '\n'))
	require.NoError(t, err)
	assert.NotEqual(t, small(t).Digest(), other.Digest())
	assert.Empty(t, (&approval.RequirementSet{}).Digest())
}

// What the schema of a set refuses CheckDeclaration refuses too, and good declarations pass both.
func TestSchemaAgreesWithCheck(t *testing.T) {
	set := small(t)
	text, err := set.Schema()
	require.NoError(t, err)
	schema := compiled(t, text)
	cases := []struct {
		name  string
		edit  func(document)
		valid bool
	}{
		{"good", nil, true},
		{"no answers", func(d document) { d["answers"] = document{} }, true},
		{"unknown requirement", func(d document) { part(d, "answers")["Z-9"] = document{"status": "yes"} }, false},
		{"unknown status", func(d document) { part(d, "answers", "A-1")["status"] = "maybe" }, false},
		{"not-applicable without a reason", func(d document) { part(d, "answers", "B-2")["status"] = "not-applicable" }, false},
		{"reason with yes", func(d document) { part(d, "answers", "B-2")["reason"] = "no-login" }, false},
		{"another set", func(d document) { part(d, "set")["id"] = "large" }, false},
		{"wrong fact", func(d document) { part(d, "facts")["guidance"] = true }, false},
		{"no such day", func(d document) { d["submitted"] = "2026-02-30" }, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			data := edited(t, "good.json", c.edit)
			v, err := validator.UnmarshalJSON(bytes.NewReader(data))
			require.NoError(t, err)
			_, checked := approval.CheckDeclaration(data, set)
			assert.Equal(t, c.valid, schema.Validate(v) == nil)
			assert.Equal(t, c.valid, checked == nil)
		})
	}
}

func TestSchemaIsTheSameEveryTimeAndNeverOneOf(t *testing.T) {
	set, err := requirement.Get(requirement.WebBaseline)
	require.NoError(t, err)
	first, err := set.Schema()
	require.NoError(t, err)
	assert.NotContains(t, string(first), `"oneOf"`)
	assert.Contains(t, string(first), `"$id": "https://verktoykatalog.github.io/schema/self-declaration/web-baseline@1.0.0.schema.json"`)
	for range 20 {
		again, err := set.Schema()
		require.NoError(t, err)
		require.Equal(t, string(first), string(again))
	}
}

func compiled(t *testing.T, text []byte) *validator.Schema {
	t.Helper()
	v, err := validator.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	c := validator.NewCompiler()
	c.AssertFormat()
	require.NoError(t, c.AddResource("https://test.example/schema", v))
	s, err := c.Compile("https://test.example/schema")
	require.NoError(t, err)
	return s
}
