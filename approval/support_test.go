package approval_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

type document = map[string]any

// decided is the time of the decisions in these tests, in a zone of its own.
var decided = time.Date(2026, 11, 22, 10, 30, 0, 0, time.FixedZone("Oslo", 3600))

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return data
}

func small(t testing.TB) *approval.RequirementSet {
	t.Helper()
	set, err := approval.ParseRequirementSet(read(t, "small@1.0.0.json"))
	require.NoError(t, err)
	return set
}

// edited is a document of testdata with one change.
func edited(t testing.TB, name string, edit func(document)) []byte {
	t.Helper()
	var doc document
	require.NoError(t, json.Unmarshal(read(t, name), &doc))
	if edit != nil {
		edit(doc)
	}
	data, err := json.Marshal(doc)
	require.NoError(t, err)
	return data
}

// good is the complete declaration with changes that leave it free of mistakes.
func good(t testing.TB, set *approval.RequirementSet, edit func(*approval.SelfDeclaration)) *approval.SelfDeclaration {
	t.Helper()
	d, err := approval.CheckDeclaration(read(t, "good.json"), set)
	require.NoError(t, err)
	if edit != nil {
		edit(d)
	}
	return d
}

func evaluate(t testing.TB, edit func(*approval.SelfDeclaration)) *approval.Decision {
	t.Helper()
	set := small(t)
	dec, err := approval.Evaluate(good(t, set, edit), set, decided)
	require.NoError(t, err)
	return dec
}

// forPanel makes a declaration that needs the panel: the tool is for children.
func forPanel(d *approval.SelfDeclaration) {
	d.Facts["minimumAge"] = 12
	d.Answers["C-1"] = approval.Answer{Status: approval.Yes, Evidence: []string{"e3"}}
	d.Evidence = append(d.Evidence, approval.Evidence{ID: "e3", Kind: "document", Title: "Barn", Issued: "2026-02-02"})
}

func guided(d *approval.SelfDeclaration) { d.Facts["guidance"] = "guided" }

func part(doc document, path ...string) document {
	for _, name := range path {
		doc = doc[name].(document)
	}
	return doc
}

func item(doc document, list string, i int) document { return doc[list].([]any)[i].(document) }

func reason(t testing.TB, d *approval.Decision, id string) approval.Reason {
	t.Helper()
	for _, r := range d.Reasons {
		if r.Requirement == id {
			return r
		}
	}
	require.Fail(t, "no reason", id)
	return approval.Reason{}
}

func encode(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return string(data)
}

var languages = []catalogue.Lang{"nb", "nn", "en"}

func toolID(s string) catalogue.ToolID { return catalogue.ToolID(s) }

func orgNumber(s string) vendor.OrgNumber { return vendor.OrgNumber(s) }
