package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/approval/schema"
)

var at = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func compile(t *testing.T, data []byte) *validator.Schema {
	t.Helper()
	v, err := validator.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	c := validator.NewCompiler()
	c.AssertFormat()
	require.NoError(t, c.AddResource(base+"test", v))
	s, err := c.Compile(base + "test")
	require.NoError(t, err)
	return s
}

// valid writes a value as JSON and validates it.
func valid(t *testing.T, s *validator.Schema, v any) error {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	doc, err := validator.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	return s.Validate(doc)
}

func small(t *testing.T) (*approval.RequirementSet, *approval.SelfDeclaration) {
	t.Helper()
	data, err := os.ReadFile("../testdata/small@1.0.0.json")
	require.NoError(t, err)
	set, err := approval.ParseRequirementSet(data)
	require.NoError(t, err)
	data, err = os.ReadFile("../testdata/good.json")
	require.NoError(t, err)
	d, err := approval.CheckDeclaration(data, set)
	require.NoError(t, err)
	return set, d
}

func TestSetsFit(t *testing.T) {
	s := compile(t, schema.RequirementSet())
	sets, err := requirement.All()
	require.NoError(t, err)
	require.NotEmpty(t, sets)
	own, _ := small(t)
	for _, set := range append(sets, own) {
		assert.NoError(t, valid(t, s, set), set.ID)
	}
	assert.Error(t, valid(t, s, approval.RequirementSet{}))
}

func TestDeclarationsFit(t *testing.T) {
	set, d := small(t)
	general := compile(t, schema.SelfDeclaration())
	text, err := set.Schema()
	require.NoError(t, err)
	assert.NoError(t, valid(t, general, d))
	assert.NoError(t, valid(t, compile(t, text), d))
	assert.Error(t, valid(t, general, approval.SelfDeclaration{}))

	vendors := compile(t, schema.VendorDeclaration())
	data, err := os.ReadFile("../testdata/vendor.json")
	require.NoError(t, err)
	var own approval.VendorDeclaration
	require.NoError(t, json.Unmarshal(data, &own))
	assert.NoError(t, valid(t, vendors, own))
	assert.Error(t, valid(t, vendors, approval.VendorDeclaration{}))
}

// Whatever Evaluate and Review decide fits the published schema.
func TestDecisionsFit(t *testing.T) {
	s := compile(t, schema.Decision())
	edits := map[approval.Outcome]func(*approval.SelfDeclaration){
		approval.ApprovedWithoutTherapist: func(*approval.SelfDeclaration) {},
		approval.ApprovedWithTherapist:    func(d *approval.SelfDeclaration) { d.Facts["guidance"] = "guided" },
		approval.NeedsReview:              func(d *approval.SelfDeclaration) { d.Answers["A-2"] = approval.Answer{Status: approval.No} },
		approval.Rejected:                 func(d *approval.SelfDeclaration) { d.Answers["A-1"] = approval.Answer{Status: approval.No} },
		approval.Incomplete:               func(d *approval.SelfDeclaration) { delete(d.Answers, "A-1") },
	}
	for want, edit := range edits {
		set, d := small(t)
		edit(d)
		dec, err := approval.Evaluate(d, set, at)
		require.NoError(t, err)
		require.Equal(t, want, dec.Outcome)
		assert.NoError(t, valid(t, s, dec), want)
		if want == approval.NeedsReview {
			assert.NoError(t, valid(t, s, reviewed(t, dec)))
		}
	}
	assert.Error(t, valid(t, s, approval.Decision{}))
}

func reviewed(t *testing.T, d *approval.Decision) *approval.Decision {
	t.Helper()
	panel := approval.Panel{ID: "p", Quorum: 1, Members: []approval.Member{{ID: "a", Name: "Anne", Role: "psykolog"}}}
	out, err := panel.Review(d, []approval.Vote{{Member: "a", Outcome: approval.ApprovedWithTherapist, Rationale: "Godt."}}, "2027-01-01", at)
	require.NoError(t, err)
	return out
}

// An unknown keyword in a schema is ignored by validators, so a misspelt rule would be no rule.
func TestEveryKeywordIsKnown(t *testing.T) {
	texts := append(ofSets(t), schema.SelfDeclaration(), schema.VendorDeclaration(), schema.RequirementSet(), schema.Decision(), schema.Mapping())
	for _, text := range texts {
		var v map[string]any
		require.NoError(t, json.Unmarshal(text, &v))
		checkKeywords(t, v)
	}
}

// ofSets are the three schemas of every set that is at hand.
func ofSets(t *testing.T) (texts [][]byte) {
	t.Helper()
	sets, err := requirement.All()
	require.NoError(t, err)
	require.NotEmpty(t, sets)
	data, err := os.ReadFile("../testdata/tracked@1.0.0.json")
	require.NoError(t, err)
	tracked, err := approval.ParseRequirementSet(data)
	require.NoError(t, err)
	own, _ := small(t)
	for _, set := range append(sets, own, tracked) {
		for _, make := range []func() ([]byte, error){set.Schema, set.DraftSchema, set.VendorSchema} {
			text, err := make()
			require.NoError(t, err)
			texts = append(texts, text)
		}
	}
	return texts
}

// V17: definitions that refer to each other twice over make one value cost
// seconds. How often a schema can be applied to one value is bounded here.
func TestV17SchemasDoNotMultiply(t *testing.T) {
	for _, text := range append(ofSets(t), schema.SelfDeclaration(), schema.VendorDeclaration()) {
		var root map[string]any
		require.NoError(t, json.Unmarshal(text, &root))
		n := applications(root, root, 0)
		assert.Greater(t, n, 20)
		assert.Less(t, n, 6000, root["$id"])
	}
	doubled := map[string]any{"$defs": map[string]any{}}
	for i := range 14 {
		next := map[string]any{"$ref": fmt.Sprintf("#/$defs/d%d", i+1)}
		doubled["$defs"].(map[string]any)[fmt.Sprintf("d%d", i)] = map[string]any{"allOf": []any{next, next}}
	}
	doubled["$defs"].(map[string]any)["d14"] = map[string]any{"type": "string"}
	doubled["$ref"] = "#/$defs/d0"
	assert.Greater(t, applications(doubled, doubled, 0), 1<<14, "the count sees it")
}

// applications counts the schemas that a schema comes to when every reference is followed.
func applications(root map[string]any, v any, depth int) int {
	n := 1
	s, ok := v.(map[string]any)
	if !ok || depth > 50 {
		return n
	}
	if ref, has := s["$ref"].(string); has {
		n += applications(root, root["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")], depth+1)
	}
	for name, value := range s {
		switch keywords[name] {
		case "schema":
			n += applications(root, value, depth+1)
		case "list":
			for _, part := range value.([]any) {
				n += applications(root, part, depth+1)
			}
		case "named":
			if name == "$defs" {
				continue
			}
			for _, part := range value.(map[string]any) {
				n += applications(root, part, depth+1)
			}
		}
	}
	return n
}

// keywords tells what stands below each keyword: nothing, a schema, a list of schemas or schemas by name.
var keywords = map[string]string{
	"$schema": "", "$id": "", "$ref": "", "title": "", "description": "", "type": "", "enum": "", "const": "", "format": "", "pattern": "",
	"minLength": "", "maxLength": "", "minimum": "", "maximum": "", "minItems": "", "maxItems": "", "uniqueItems": "", "minProperties": "", "required": "",
	"items": "schema", "additionalProperties": "schema", "if": "schema", "then": "schema",
	"allOf": "list", "anyOf": "list", "properties": "named", "patternProperties": "named", "$defs": "named",
}

func checkKeywords(t *testing.T, v any) {
	t.Helper()
	s, ok := v.(map[string]any)
	if !ok {
		require.IsType(t, true, v)
		return
	}
	for name, value := range s {
		below, known := keywords[name]
		require.True(t, known, "unknown keyword %s", name)
		switch below {
		case "schema":
			checkKeywords(t, value)
		case "list":
			for _, part := range value.([]any) {
				checkKeywords(t, part)
			}
		case "named":
			for _, part := range value.(map[string]any) {
				checkKeywords(t, part)
			}
		}
	}
}

// What the functions give belongs to the caller.
func TestTheBytesAreCopies(t *testing.T) {
	schema.Decision()[0] = 'x'
	assert.True(t, json.Valid(schema.Decision()))
}
