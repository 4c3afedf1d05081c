package approval_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// rich is a set with everything that an explanation can show.
func rich(t testing.TB) *approval.RequirementSet {
	return setOf(t, append(wide, sets("remindDays", 60), onRequirement(2, sets("when", document{"all": []any{
		says("A-1", "yes", "partial"), document{"not": document{"any": []any{document{"fact": "platforms", "in": []any{"backend"}}, document{"fact": "minimumAge", "atLeast": 3, "below": 5}}}}}})),
		ruled(rule("blockers", reject, counts(document{"results": []any{"not-met"}, "severities": []any{"blocker"}, "atLeast": 1})),
			rule("young", unclear, document{"fact": "minimumAge", "below": 16}),
			rule("guided", with, document{"fact": "guidance", "in": []any{"guided"}}),
			rule("good", alone, counts(document{"results": []any{"met", "not-applicable", "planned", "waived"}, "atLeast": 6}))))...)
}

var waiver = approval.Waiver{ID: "w-1", Tool: "sovn-steg", Requirement: "A-1", Justification: "Erstattes i år.",
	By: "Ola Nordmann", ApprovedBy: "Per Hansen", From: "2026-11-01", Until: "2027-06-30"}

func explained(t testing.TB, edit func(*declaration), lang catalogue.Lang, waivers ...approval.Waiver) *approval.Node {
	t.Helper()
	n, err := approval.Explain(good(t, small(t), edit), rich(t), decided, lang, waivers...)
	require.NoError(t, err)
	return n
}

func TestExplain(t *testing.T) {
	edit := both(answer("A-1", no), forget("minimumAge"), answer("A-2", approval.Answer{Status: approval.Planned, Due: "2027-03-01"}))
	text := explained(t, edit, "en", waiver).Markdown("en")
	for _, want := range []string{
		"- Incomplete: Something is missing",
		"  - Possible outcomes\n    - Not approved\n    - Needs review by the panel of experts\n    - Approved for use without a therapist\n",
		"    - **Not known:** Not approved (blockers): because of blockers\n      - **Not known:** The number of requirements (Not met, Must be met) is at least 1. It is at least 0 and at most 1\n        - **Not known:** C-1 Children",
		"    - **Not known:** Needs review by the panel of experts (young): because of young\n      - **Not known:** “How old are the youngest users?” is one of: less than 16. Stated: nothing that can be used\n",
		"    - **No:** Approved for use together with a therapist (guided)",
		"      - **No:** “Is the tool used with a therapist?” is one of: guided. Stated: unguided\n",
		"    - **Not known:** Approved for use without a therapist (good)", "        - **Yes:** A-1 The purpose is described\n",
		"    - **Not known:** No rule holds. The outcome is then: Needs review by the panel of experts\n",
		"    - A-1 The purpose is described: Waived. The vendor answers that this is not in place. It has been waived (w-1) through 30 June 2027.\n",
		"      - Waiver w-1, granted by Per Hansen, from 1 November 2026 through 30 June 2027: Erstattes i år.\n",
		"      - **No:** The requirement applies to the tool\n        - **No:** All of this\n          - **No:** The answer to requirement A-1 “The purpose is described” is one of: yes, in part\n          - **No:** Not this\n            - **Yes:** At least one of this\n              - **Yes:** “Which parts has the tool?” is one of: backend. Stated: web, backend\n",
		"      - The vendor's answer: yes\n      - Evidence “Sertifikat” (certificate): stated by the vendor, dated ",
		"Holds through 15 January 2028.\n",
		"  - What is missing\n    - Answer the question “How old are the youngest users?”.\n",
	} {
		assert.Contains(t, text, want)
	}
	if t.Failed() {
		t.Log(text)
	}
	later := explained(t, both(answer("A-1", no)), "en").Markdown("en")
	assert.Contains(t, later, "- Not approved: because of blockers\n")
	assert.Contains(t, later, "**Yes:** A-1 The purpose is described\n")
	assert.Contains(t, later, "    - Needs review by the panel of experts (young): because of young\n", "not looked at")
}

func TestExplainInThreeLanguages(t *testing.T) {
	for lang, want := range map[catalogue.Lang][]string{
		"nb": {"Godkjent for bruk uten behandler", "**Ja:** Godkjent", "Kravet gjelder for verktøyet", "Leverandørens svar: ja"},
		"nn": {"Godkjent for bruk utan behandlar", "**Ja:** Godkjent", "Kravet gjeld for verktøyet", "Svaret frå leverandøren: ja"},
		"en": {"Approved for use without a therapist", "**Yes:** Approved", "The requirement applies to the tool", "The vendor's answer: yes"},
		"de": {"Godkjent for bruk uten behandler"},
	} {
		text := explained(t, nil, lang).Markdown(lang)
		for _, w := range want {
			assert.Contains(t, text, w, lang)
		}
		assert.NotContains(t, text, "%!")
	}
}

func TestExplainRefusesWhatEvaluateRefuses(t *testing.T) {
	n, err := approval.Explain(nil, small(t), decided, "nb")
	require.ErrorIs(t, err, approval.ErrNoDeclaration)
	assert.Nil(t, n)
	_, err = approval.Explain(good(t, small(t), nil), nil, decided, "nb")
	require.ErrorIs(t, err, approval.ErrSet)
}

func TestExplanationEscapes(t *testing.T) {
	w := waiver
	w.Justification = hostile
	text := explained(t, both(answer("A-1", no), func(d *declaration) { d.Evidence[1].Title = hostile }), "nb", w).Markdown("nb")
	assert.NotContains(t, text, "<")
	assert.NotContains(t, text, "[link]")
	assert.NotContains(t, text, "\n# heading")
	assert.Equal(t, 2, strings.Count(text, "&lt;script&gt;"))
}

// Decision, explanation and reports are the same bytes every time.
func TestTwoHundredRuns(t *testing.T) {
	edit := both(answer("A-1", no), forget("minimumAge"), forget("login"), drop("B-2"), answer("A-2", approval.Answer{Status: approval.Planned, Due: "2027-03-01"}))
	second := waiver
	second.ID = "w-2"
	set, base := rich(t), good(t, small(t), edit)
	run := func(waivers ...approval.Waiver) string {
		d := clone(base)
		dec, err := approval.Evaluate(d, set, decided, waivers...)
		require.NoError(t, err)
		tree, err := approval.Explain(d, set, decided, "nn", waivers...)
		require.NoError(t, err)
		page, err := dec.HTML("nb")
		require.NoError(t, err)
		return encode(t, dec) + encode(t, tree) + tree.Markdown("nn") + string(page) + dec.Markdown("en")
	}
	want := run(waiver, second)
	for range 200 {
		require.Equal(t, want, run(second, waiver), "nor does the order of the waivers matter")
	}
}

func TestReportsShowWhatIsOpen(t *testing.T) {
	open := decide(t, rich(t), both(forget("minimumAge"), drop("A-3")))
	planned := decide(t, rich(t), both(answer("A-1", no), answer("B-1", approval.Answer{Status: approval.Yes}), func(d *declaration) {}), waiver)
	require.Equal(t, approval.Incomplete, planned.Outcome)
	conditional := decide(t, setOf(t, wide[:3]...), both(answer("A-1", no), answer("A-2", approval.Answer{Status: approval.Planned, Due: "2027-03-01"})), waiver)
	require.Equal(t, alone, conditional.Outcome, conditional.Summary["en"])
	for _, c := range []struct {
		dec  *approval.Decision
		says []string
	}{
		{open, []string{"Possible outcomes", "Needs review by the panel of experts", "What is missing", "How old are the youngest users?"}},
		{conditional, []string{"Conditions", "A-2 Have “Threats are tested” in place before 1 March 2027.", "Waivers", "w-1, SHA-256 " + string(waiver.Digest()), "Next review", "28 February 2027"}},
	} {
		page, err := c.dec.HTML("en")
		require.NoError(t, err)
		assert.True(t, strings.HasPrefix(string(page), "<!DOCTYPE html>"))
		for _, want := range c.says {
			assert.Contains(t, string(page), want)
			assert.Contains(t, c.dec.Markdown("en"), strings.ReplaceAll(want, "_", "\\_"))
		}
	}
	assert.NotContains(t, conditional.Markdown("en"), "What is missing")
	assert.NotContains(t, conditional.Markdown("en"), "Possible outcomes")
}
