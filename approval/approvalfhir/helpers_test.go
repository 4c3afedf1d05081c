package approvalfhir_test

import (
	"encoding/json"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalfhir"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
)

type object = map[string]any

// testSet has a condition of every sort, and some that no form can express.
func testSet(t testing.TB) *approval.RequirementSet {
	t.Helper()
	set, err := parsedSet()
	require.NoError(t, err)
	return set
}

// parsedSet reads it once: a set is safe for use by many.
var parsedSet = sync.OnceValues(func() (*approval.RequirementSet, error) {
	data, err := os.ReadFile("testdata/form@1.0.0.json")
	if err != nil {
		return nil, err
	}
	return approval.ParseRequirementSet(data)
})

// released are the sets that the module comes with.
func released(t testing.TB) []*approval.RequirementSet {
	t.Helper()
	all, err := requirement.All()
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(all), 2)
	return all
}

func exported(t testing.TB, set *approval.RequirementSet) ([]byte, []approvalfhir.Loss) {
	t.Helper()
	bundle, losses, err := approvalfhir.Export(set)
	require.NoError(t, err)
	return bundle, losses
}

// forms are the Questionnaires of a Bundle, in its order.
func forms(t testing.TB, bundle []byte) []object {
	t.Helper()
	var b struct {
		ResourceType, Type string
		Total              int
		Entry              []struct{ Resource object }
	}
	require.NoError(t, json.Unmarshal(bundle, &b))
	require.Equal(t, "Bundle", b.ResourceType)
	require.Equal(t, "searchset", b.Type)
	require.Equal(t, len(b.Entry), b.Total)
	var out []object
	for _, e := range b.Entry {
		out = append(out, e.Resource)
	}
	return out
}

// each visits the items of a Questionnaire or a response, the outer before the inner.
func each(in object, visit func(object)) {
	items, _ := in["item"].([]any)
	for _, i := range items {
		visit(i.(object))
		each(i.(object), visit)
	}
	answers, _ := in["answer"].([]any)
	for _, a := range answers {
		each(a.(object), visit)
	}
}

func find(t testing.TB, in object, linkID string) object {
	t.Helper()
	var out object
	each(in, func(i object) {
		if i["linkId"] == linkID {
			out = i
		}
	})
	require.NotNil(t, out, linkID)
	return out
}

// answeredAt is when the answers of these tests were given.
var answeredAt = time.Date(2026, 10, 30, 9, 15, 0, 0, time.UTC)

// full is a declaration that says everything that a form can hold.
func full(t testing.TB, set *approval.RequirementSet) *approval.SelfDeclaration {
	t.Helper()
	by := func(id string) *approval.Answered {
		r, known := set.Requirement(id)
		require.True(t, known, id)
		return &approval.Answered{By: "Ola Nordmann", At: answeredAt, Wording: r.Wording()}
	}
	d := &approval.SelfDeclaration{Version: 1, ID: "decl-1", Revision: 2, Set: set.Ref(), Submitted: "2026-11-01",
		SignedBy: approval.Signatory{Name: "Kari Nordmann", Title: "Daglig leder"},
		Facts:    map[string]approval.FactValue{"guidance": "guided", "login": true, "platforms": []string{"web", "mobile"}, "minimumAge": 15}}
	d.Tool.ID, d.Tool.Name, d.Tool.Release = "sovn-steg", catalogue.Text{"nb": "Søvn", "nn": "Svevn", "en": "Sleep"}, "3.2"
	d.Vendor.OrgNumber, d.Vendor.Name = "999999999", "Søvnhjelp AS"
	d.Evidence = []approval.Evidence{
		{ID: "e1", Kind: "report", Title: "Penetrasjonstest", URL: "https://example.no/pentest.pdf", SHA256: approval.DigestOf(nil),
			Issued: "2026-03-01", Expires: "2027-03-01", Level: approval.ThirdParty, Issuer: "Testerne AS", MediaType: "text/html",
			Size: 5_000_000_000, Confidential: true},
		{ID: "e2", Kind: "something-else", Title: "Notat", Issued: "2026-01-15", Level: approval.Checked, CheckedBy: "Per Hansen"},
	}
	d.Answers = map[string]approval.Answer{}
	for _, r := range set.Requirements {
		if !r.Withdrawn {
			d.Answers[r.ID] = approval.Answer{Status: approval.Yes, Explanation: "Fordi <b>det</b> & slik er det.", Answered: by(r.ID)}
		}
	}
	d.Answers["A-2"] = approval.Answer{Status: approval.Planned, Explanation: "Snart", Due: "2027-02-01", Evidence: []string{"e1", "e2"}, Answered: by("A-2")}
	d.Answers["D-1"] = approval.Answer{Status: approval.NotApplicable, Reason: "not-ours", Answered: by("D-1")}
	d.Answers["V1.1"] = approval.Answer{Status: approval.No, Answered: by("V1.1"),
		Inherited: &approval.Origin{Declaration: "vendor-1", SHA256: approval.DigestOf([]byte("x")), Until: "2027-01-01"}}
	for _, id := range inapplicable {
		delete(d.Answers, id)
	}
	return d
}

// inapplicable are the requirements that do not apply to the tool of full.
var inapplicable = []string{"B-2", "B-4", "B-6", "C-4", "E-1", "E-2", "E-4", "E-6"}

func response(t testing.TB, d *approval.SelfDeclaration, set *approval.RequirementSet) []byte {
	t.Helper()
	data, notes, err := approvalfhir.Response(d, set, "nb")
	require.NoError(t, err)
	require.Empty(t, notes)
	return data
}

// edited is the response to the test set with one change.
func edited(t testing.TB, edit func(object)) []byte {
	t.Helper()
	set := testSet(t)
	var r object
	require.NoError(t, json.Unmarshal(response(t, full(t, set), set), &r))
	edit(r)
	data, err := json.Marshal(r)
	require.NoError(t, err)
	return data
}

func imported(t testing.TB, data []byte, set *approval.RequirementSet) *approvalfhir.Result {
	t.Helper()
	got, err := approvalfhir.Import(data, set, approvalfhir.Options{})
	require.NoError(t, err)
	return got
}

func list(found []approvalfhir.Problem) []string {
	out := []string{}
	for _, p := range found {
		out = append(out, p.Code+" "+p.Question+" "+p.Place)
	}
	return out
}

func refused(t testing.TB, err error) []approvalfhir.Problem {
	t.Helper()
	require.ErrorIs(t, err, approvalfhir.ErrInvalid)
	var e *approvalfhir.Error
	require.True(t, errors.As(err, &e))
	require.NotEmpty(t, e.Problems)
	for _, p := range e.Problems {
		for _, lang := range []catalogue.Lang{"nb", "nn", "en"} {
			require.NotEmpty(t, p.Text[lang], p.Code)
		}
	}
	return e.Problems
}
