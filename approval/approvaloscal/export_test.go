package approvaloscal_test

import (
	"encoding/json"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvaloscal"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
)

type object = map[string]any

var decided = time.Date(2026, 11, 22, 10, 30, 0, 0, time.FixedZone("Oslo", 3600))

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	return data
}

// small is the small set with more room for answers.
func small(t testing.TB) *approval.RequirementSet {
	t.Helper()
	doc := parsed(t, read(t, "../testdata/small@1.0.0.json"))
	for _, r := range doc["requirements"].([]any) {
		if r.(object)["severity"] != "blocker" {
			r.(object)["allowed"] = []any{"partial", "planned", "alternative"}
		}
	}
	text, err := json.Marshal(doc)
	require.NoError(t, err)
	set, err := approval.ParseRequirementSet(text)
	require.NoError(t, err)
	return set
}

// numbered is a set as OWASP has them.
func numbered(t testing.TB) *approval.RequirementSet {
	t.Helper()
	doc := parsed(t, read(t, "../testdata/small@1.0.0.json"))
	one := doc["requirements"].([]any)[6].(object)
	one["id"] = "1.1"
	one["title"].(object)["en"] = " Two\n lines "
	text, err := json.Marshal(doc)
	require.NoError(t, err)
	set, err := approval.ParseRequirementSet(text)
	require.NoError(t, err)
	return set
}

func decision(t testing.TB, edit func(*approval.SelfDeclaration), waivers ...approval.Waiver) (*approval.Decision, *approval.SelfDeclaration, *approval.RequirementSet) {
	t.Helper()
	set := small(t)
	d, err := approval.CheckDeclaration(read(t, "../testdata/good.json"), set)
	require.NoError(t, err)
	if edit != nil {
		edit(d)
	}
	dec, err := approval.Evaluate(d, set, decided, waivers...)
	require.NoError(t, err)
	return dec, d, set
}

func results(t testing.TB, edit func(*approval.SelfDeclaration), o approvaloscal.Options, waivers ...approval.Waiver) []byte {
	t.Helper()
	dec, d, set := decision(t, edit, waivers...)
	out, err := approvaloscal.Results(dec, d, set, o)
	require.NoError(t, err)
	return out
}

func parsed(t testing.TB, text []byte) object {
	t.Helper()
	var out object
	require.NoError(t, json.Unmarshal(text, &out))
	return out
}

// first is the one result of assessment-results.
func first(doc object) object {
	return doc["assessment-results"].(object)["results"].([]any)[0].(object)
}

// path goes into objects, and into the first item of lists.
func path(o object, names ...string) object {
	for _, n := range names {
		if list, is := o[n].([]any); is {
			o = list[0].(object)
		} else {
			o = o[n].(object)
		}
	}
	return o
}

type written struct {
	name    string
	written []byte
}

func cases(t *testing.T) []written {
	t.Helper()
	out := []written{
		{"good", results(t, nil, approvaloscal.Options{})},
		{"by another, in Nynorsk", results(t, nil, approvaloscal.Options{Assessor: "Helsedirektoratet", Lang: "nn"})},
		{"confidential", results(t, confidential, approvaloscal.Options{})},
		{"nothing answered", results(t, func(d *approval.SelfDeclaration) { clear(d.Answers); d.Evidence = nil }, approvaloscal.Options{})},
		{"planned and waived", results(t, plannedAndNo, approvaloscal.Options{}, waiver())},
	}
	all, err := requirement.All()
	require.NoError(t, err)
	for _, set := range append(all, small(t)) {
		for _, lang := range []catalogue.Lang{"", "nb", "nn"} {
			text, err := approvaloscal.Catalog(set, lang)
			require.NoError(t, err)
			out = append(out, written{"catalog " + set.ID + string(lang), text})
		}
	}
	text, err := approvaloscal.Catalog(numbered(t), "en")
	require.NoError(t, err)
	assert.Contains(t, string(text), `"id": "_1.1_smt"`)
	out = append(out, written{"ids that begin with a digit, and a title of two lines", text})
	set, err := requirement.Get("web-baseline")
	require.NoError(t, err)
	d, err := approval.CheckDeclaration(read(t, "../../examples/demo/declaration.json"), set)
	require.NoError(t, err)
	dec, err := approval.Evaluate(d, set, decided)
	require.NoError(t, err)
	text, err = approvaloscal.Results(dec, d, set, approvaloscal.Options{})
	require.NoError(t, err)
	return append(out, written{"demo", text})
}

func confidential(d *approval.SelfDeclaration) { d.Evidence[0].Confidential = true }

// plannedAndNo: B-2 is planned, and A-3 is not met.
func plannedAndNo(d *approval.SelfDeclaration) {
	d.Answers["B-2"] = approval.Answer{Status: approval.Planned, Explanation: "Snart", Due: "2027-02-01"}
	d.Answers["A-3"] = approval.Answer{Status: approval.No}
}

func waiver() approval.Waiver {
	return approval.Waiver{ID: "w-1", Tool: "sovn-steg", Requirement: "A-3", Justification: "Prøvedrift", By: "Kari", ApprovedBy: "Ola",
		From: "2026-11-01", Until: "2027-01-31"}
}

func finding(t testing.TB, result object, id string) object {
	t.Helper()
	for _, f := range result["findings"].([]any) {
		if f.(object)["target"].(object)["target-id"] == id+"_smt" {
			return f.(object)
		}
	}
	require.Fail(t, "no finding", id)
	return nil
}

func TestWhatIsWritten(t *testing.T) {
	r := first(parsed(t, results(t, func(d *approval.SelfDeclaration) {
		plannedAndNo(d)
		delete(d.Answers, "D-1")
		d.Evidence[0].Expires = "2027-02-28"
	}, approvaloscal.Options{}, waiver())))
	assert.Equal(t, "2026-11-22T09:30:00Z", r["start"])
	for id, want := range map[string][2]string{"A-1": {"satisfied", "pass"}, "A-2": {"satisfied", "pass"}, "A-3": {"not-satisfied", "other"},
		"B-2": {"not-satisfied", "other"}, "D-1": {"not-satisfied", "other"}} {
		assert.Equal(t, object{"state": want[0], "reason": want[1]}, finding(t, r, id)["target"].(object)["status"], id)
	}
	assert.Equal(t, object{"state": "planned"}, finding(t, r, "B-2")["target"].(object)["implementation-status"])
	assert.NotContains(t, finding(t, r, "A-3")["target"], "implementation-status", "OSCAL has no word for no")

	risks := map[any]object{}
	for _, one := range r["risks"].([]any) {
		risks[one.(object)["status"]] = one.(object)
	}
	assert.Equal(t, "2027-02-01T00:00:00Z", risks["remediating"]["deadline"])
	assert.Equal(t, []any{object{"risk-uuid": risks["deviation-approved"]["uuid"]}}, finding(t, r, "A-3")["related-risks"])

	e1 := r["observations"].([]any)[0].(object)
	assert.Equal(t, "2026-03-01T00:00:00Z", e1["collected"])
	assert.Equal(t, "2027-03-01T00:00:00Z", e1["expires"], "the day after the last")
	assert.Equal(t, []any{object{"observation-uuid": e1["uuid"]}}, finding(t, r, "A-2")["related-observations"])

	chosen := path(r, "reviewed-controls", "control-selections")
	assert.Contains(t, chosen["exclude-controls"], object{"control-id": "C-1"}, "it is for children")
}

func TestANoFails(t *testing.T) {
	r := first(parsed(t, results(t, plannedAndNo, approvaloscal.Options{})))
	assert.Equal(t, object{"state": "not-satisfied", "reason": "fail"}, finding(t, r, "A-3")["target"].(object)["status"])
}

// Findings name statements of the catalog, and what is excluded its controls.
func TestFindingsLeadToTheCatalog(t *testing.T) {
	set := small(t)
	text, err := approvaloscal.Catalog(set, "en")
	require.NoError(t, err)
	ids := map[any]bool{}
	for _, g := range parsed(t, text)["catalog"].(object)["groups"].([]any) {
		for _, c := range g.(object)["controls"].([]any) {
			ids[c.(object)["id"]] = true
			for _, p := range c.(object)["parts"].([]any) {
				ids[p.(object)["id"]] = true
			}
		}
	}
	r := first(parsed(t, results(t, nil, approvaloscal.Options{})))
	named := 0
	for _, f := range r["findings"].([]any) {
		named++
		assert.True(t, ids[f.(object)["target"].(object)["target-id"]])
	}
	for _, c := range path(r, "reviewed-controls", "control-selections")["exclude-controls"].([]any) {
		named++
		assert.True(t, ids[c.(object)["control-id"]])
	}
	assert.Equal(t, len(set.Requirements), named)
}

func TestConfidentialEvidenceIsLeftOut(t *testing.T) {
	open, closed := string(results(t, nil, approvaloscal.Options{})), string(results(t, confidential, approvaloscal.Options{}))
	for _, secret := range []string{"Penetrasjonstest", "pentest.pdf"} {
		assert.Contains(t, open, secret)
		assert.NotContains(t, closed, secret)
	}
	assert.NotContains(t, finding(t, first(parsed(t, []byte(closed))), "A-2"), "related-observations")
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	dec, d, set := decision(t, nil)
	one, err := approvaloscal.Results(dec, d, set, approvaloscal.Options{})
	require.NoError(t, err)
	list, err := approvaloscal.Catalog(set, "")
	require.NoError(t, err)
	for range 50 {
		again, err := approvaloscal.Results(dec, d, set, approvaloscal.Options{})
		require.NoError(t, err)
		require.Equal(t, string(one), string(again))
		again, err = approvaloscal.Catalog(set, "en")
		require.NoError(t, err)
		require.Equal(t, string(list), string(again), "English is what empty means")
	}
}

func TestRefuses(t *testing.T) {
	dec, d, set := decision(t, nil)
	altered := *dec
	altered.Outcome = approval.Rejected
	_, err := approvaloscal.Results(&altered, d, set, approvaloscal.Options{})
	assert.ErrorIs(t, err, approval.ErrAltered)
	_, other, _ := decision(t, plannedAndNo)
	_, err = approvaloscal.Results(dec, other, set, approvaloscal.Options{})
	assert.ErrorIs(t, err, approval.ErrOtherDeclaration)
	for _, none := range []*approval.RequirementSet{nil, {}} {
		_, err = approvaloscal.Results(dec, d, none, approvaloscal.Options{})
		assert.ErrorIs(t, err, approval.ErrSet)
		_, err = approvaloscal.Catalog(none, "nb")
		assert.ErrorIs(t, err, approval.ErrSet)
	}
	_, err = approvaloscal.Results(dec, d, set, approvaloscal.Options{Assessor: "13097248022"})
	assert.ErrorContains(t, err, "Options.Assessor")
	assert.NotContains(t, err.Error(), "13097248022")

	dec, d, set = decision(t, func(d *approval.SelfDeclaration) { d.Vendor.Name = "Firma 13097248022" })
	_, err = approvaloscal.Results(dec, d, set, approvaloscal.Options{})
	var wrong *approval.DeclarationError
	require.True(t, errors.As(err, &wrong))
	assert.Equal(t, "/vendor/name", wrong.Problems[0].Pointer)
	assert.NotContains(t, err.Error(), "13097248022")
}
