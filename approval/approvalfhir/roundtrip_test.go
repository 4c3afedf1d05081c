package approvalfhir_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalfhir"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
)

func TestADeclarationComesBack(t *testing.T) {
	set := testSet(t)
	for _, lang := range []catalogue.Lang{"nb", "nn", "en"} {
		d := full(t, set)
		before := d.Digest()
		data, notes, err := approvalfhir.Response(d, set, lang)
		require.NoError(t, err)
		assert.Empty(t, list(notes))
		got := imported(t, data, set)
		assert.Empty(t, list(got.Notes))
		assert.True(t, got.Completed)
		assert.Equal(t, d, got.Declaration)
		assert.Equal(t, before, got.Declaration.Digest(), "and the one that was passed is unchanged")
	}
}

func TestADeclarationWithEachPartLeftOutComesBack(t *testing.T) {
	set := testSet(t)
	edits := map[string]func(*approval.SelfDeclaration){
		"no revision":       func(d *approval.SelfDeclaration) { d.Revision = 0 },
		"none of several":   func(d *approval.SelfDeclaration) { d.Facts["platforms"] = []string{} },
		"the choice none":   func(d *approval.SelfDeclaration) { d.Facts["platforms"] = []string{"none"} },
		"no evidence":       func(d *approval.SelfDeclaration) { d.Evidence = nil },
		"false and zero":    func(d *approval.SelfDeclaration) { d.Facts["login"], d.Facts["minimumAge"] = false, 0 },
		"no facts":          func(d *approval.SelfDeclaration) { clear(d.Facts) },
		"no answers":        func(d *approval.SelfDeclaration) { clear(d.Answers) },
		"nobody has signed": func(d *approval.SelfDeclaration) { d.SignedBy = approval.Signatory{} },
		"nobody is tracked": func(d *approval.SelfDeclaration) { d.Answers["A-1"] = approval.Answer{Status: approval.No} },
		"one name":          func(d *approval.SelfDeclaration) { d.Tool.Name = catalogue.Text{"en": "Sleep"} },
		"partial, explained": func(d *approval.SelfDeclaration) {
			d.Answers["A-2"] = approval.Answer{Status: approval.Partial, Explanation: "Litt"}
		},
	}
	for name, edit := range edits {
		t.Run(name, func(t *testing.T) {
			d := full(t, set)
			edit(d)
			data, _, err := approvalfhir.Response(d, set, "nb")
			require.NoError(t, err)
			got := imported(t, data, set)
			again, notes, err := approvalfhir.Response(got.Declaration, set, "nb")
			require.NoError(t, err)
			assert.Empty(t, list(notes))
			assert.Equal(t, string(data), string(again))
			for id := range got.Declaration.Answers {
				assert.Equal(t, d.Answers[id], got.Declaration.Answers[id])
			}
			got.Declaration.Answers, d.Answers = nil, nil
			assert.Equal(t, d, got.Declaration)
		})
	}
}

// The demo's declaration was read from a file: its facts have the types that a decoder makes.
func TestADeclarationThatWasReadComesBack(t *testing.T) {
	set := testSet(t)
	d := full(t, set)
	text, err := json.Marshal(d)
	require.NoError(t, err)
	var read approval.SelfDeclaration
	require.NoError(t, json.Unmarshal(text, &read))
	assert.Equal(t, d.Digest(), imported(t, response(t, &read, set), set).Declaration.Digest())
}

// The demo's declaration, to a released set: the same answers lead to the same decision, and checks find nothing.
func TestTheDemosDeclarationGoesThroughTheForm(t *testing.T) {
	set, err := requirement.Get(requirement.WebBaseline)
	require.NoError(t, err)
	data, err := os.ReadFile("../../examples/demo/declaration.json")
	require.NoError(t, err)
	d, err := approval.CheckDeclaration(data, set)
	require.NoError(t, err)
	got := imported(t, response(t, d, set), set)
	assert.True(t, got.Completed)
	assert.Equal(t, d.Digest(), got.Declaration.Digest())
	text, err := json.Marshal(got.Declaration)
	require.NoError(t, err)
	_, err = approval.CheckDeclaration(text, set)
	require.NoError(t, err)
	want, err := approval.Evaluate(d, set, decided)
	require.NoError(t, err)
	have, err := approval.Evaluate(got.Declaration, set, decided)
	require.NoError(t, err)
	assert.Equal(t, want.ID, have.ID)
}

func TestResponseTellsOfWhatIsLeftOut(t *testing.T) {
	cases := []struct {
		name, want string
		edit       func(*approval.SelfDeclaration)
	}{
		{"a requirement that does not apply", "not-shown status.B-2 SelfDeclaration.answers.`B-2`",
			func(d *approval.SelfDeclaration) { d.Answers["B-2"] = approval.Answer{Status: approval.Yes} }},
		{"a requirement that is withdrawn", "not-kept  SelfDeclaration.answers.`E-3`",
			func(d *approval.SelfDeclaration) { d.Answers["E-3"] = approval.Answer{Status: approval.Yes} }},
		{"an unknown requirement", "not-kept  SelfDeclaration.answers.`X-1`",
			func(d *approval.SelfDeclaration) { d.Answers["X-1"] = approval.Answer{Status: approval.Yes} }},
		{"a status that is not allowed", "not-kept status.A-1 SelfDeclaration.answers.`A-1`",
			func(d *approval.SelfDeclaration) { d.Answers["A-1"] = approval.Answer{Status: approval.Planned} }},
		{"a reason with a yes", "not-shown reason.A-2 SelfDeclaration.answers.`A-2`",
			func(d *approval.SelfDeclaration) {
				d.Answers["A-2"] = approval.Answer{Status: approval.Yes, Reason: "other"}
			}},
		{"a due day where none is asked for", "not-shown due.A-1 SelfDeclaration.answers.`A-1`",
			func(d *approval.SelfDeclaration) {
				d.Answers["A-1"] = approval.Answer{Status: approval.Yes, Due: "2027-01-01"}
			}},
		{"an unknown fact", "not-kept  SelfDeclaration.facts.colour", func(d *approval.SelfDeclaration) { d.Facts["colour"] = "red" }},
		{"a choice that does not exist", "not-kept  SelfDeclaration.facts.guidance", func(d *approval.SelfDeclaration) { d.Facts["guidance"] = "some" }},
		{"a number out of bounds", "not-kept  SelfDeclaration.facts.minimumAge", func(d *approval.SelfDeclaration) { d.Facts["minimumAge"] = 121.0 }},
		{"a broken number", "not-kept  SelfDeclaration.facts.minimumAge", func(d *approval.SelfDeclaration) { d.Facts["minimumAge"] = 1.5 }},
		{"another language", "not-kept  SelfDeclaration.tool.name.se", func(d *approval.SelfDeclaration) { d.Tool.Name["se"] = "Nahkar" }},
		{"a day that does not exist", "not-kept submitted SelfDeclaration", func(d *approval.SelfDeclaration) { d.Submitted = "2026-02-30" }},
		{"a level that does not exist", "not-kept document.level SelfDeclaration.evidence[1]", func(d *approval.SelfDeclaration) { d.Evidence[1].Level = "sure" }},
	}
	set := testSet(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := full(t, set)
			c.edit(d)
			data, notes, err := approvalfhir.Response(d, set, "nb")
			require.NoError(t, err)
			assert.Contains(t, list(notes), c.want)
			_, err = approvalfhir.Import(data, set, approvalfhir.Options{})
			assert.NoError(t, err)
		})
	}
}

func TestResponseRefuses(t *testing.T) {
	set := testSet(t)
	_, _, err := approvalfhir.Response(nil, set, "nb")
	assert.ErrorIs(t, err, approval.ErrNoDeclaration)
	_, _, err = approvalfhir.Response(full(t, set), nil, "nb")
	assert.ErrorIs(t, err, approval.ErrSet)
	_, _, err = approvalfhir.Response(full(t, set), set, "se")
	assert.ErrorContains(t, err, "want nb, nn or en")
	other := full(t, set)
	other.Set.Version = "2.0.0"
	_, _, err = approvalfhir.Response(other, set, "nb")
	assert.ErrorIs(t, err, approval.ErrOtherSet)
	personal := full(t, set)
	personal.SignedBy.Title = "leder, 13097248022"
	data, _, err := approvalfhir.Response(personal, set, "nb")
	assert.Nil(t, data)
	assert.Equal(t, []string{"personal-data signed.title SelfDeclaration"}, list(refused(t, err)))
	assert.NotContains(t, err.Error(), "13097248022")
}
