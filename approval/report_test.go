package approval_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
)

const hostile = `<script>alert("x")</script> | [link](https://evil.example) **b** &amp;` + "\n# heading"

func hostileDecision(t *testing.T) *approval.Decision {
	set := small(t)
	d := good(t, set, both(forPanel, func(d *declaration) {
		d.Vendor.Name, d.Tool.Release, d.Evidence[1].Title = hostile, hostile, hostile
		d.Tool.Name = catalogue.Text{"nb": hostile}
	}))
	dec, err := approval.Evaluate(d, set, decided)
	require.NoError(t, err)
	v := votes(with, with, with)
	v[0].Rationale = hostile
	panel := board()
	panel.Members[0].Name = hostile
	out, err := panel.Review(dec, v, "2027-12-31", met)
	require.NoError(t, err)
	return out
}

func TestReportsEscape(t *testing.T) {
	d := hostileDecision(t)
	for _, lang := range languages {
		page, err := d.HTML(lang)
		require.NoError(t, err)
		assert.NotContains(t, string(page), "<script")
		assert.Equal(t, 5, strings.Count(string(page), "&lt;script&gt;"), "name, release, vendor, member and rationale")
		text := d.Markdown(lang)
		assert.NotContains(t, text, "<")
		assert.NotContains(t, text, "[link]")
		assert.NotContains(t, text, "**b**")
		assert.NotContains(t, text, "\n# heading")
		assert.NotContains(t, text, "https://evil")
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "| Anne") || strings.Contains(line, "script") && strings.HasPrefix(line, "|") {
				assert.Equal(t, 4, strings.Count(line, "|")-strings.Count(line, `\|`), line)
			}
		}
	}
}

func TestReportsInThreeLanguages(t *testing.T) {
	d := evaluate(t, guided)
	cases := []struct {
		lang catalogue.Lang
		says []string
	}{
		{"nb", []string{"Forhåndssjekk av digitalt helseverktøy", "Dette er ikke et vedtak.", "Gyldighet hvis dette blir vedtaket", "Godkjent for bruk sammen med behandler", "22. november 2026", "Gjelder til og med 15. januar 2028", "Trusler er testet", "Ikke aktuelt"}},
		{"nn", []string{"Førehandssjekk av digitalt helseverktøy", "Dette er ikkje eit vedtak.", "Gyldigheit om dette blir vedtaket", "Godkjent for bruk saman med behandlar", "22. november 2026", "Gjeld til og med 15. januar 2028", "Truslar er testa", "Ikkje aktuelt"}},
		{"en", []string{"Pre-check of a digital health tool", "This is not a decision.", "Validity if this is decided", "Approved for use together with a therapist", "22 November 2026", "Holds through 15 January 2028", "Threats are tested", "Not applicable"}},
		{"de", []string{"Godkjent for bruk sammen med behandler"}},
		{"", []string{"Godkjent for bruk sammen med behandler"}},
	}
	for _, c := range cases {
		page, err := d.HTML(c.lang)
		require.NoError(t, err)
		text := d.Markdown(c.lang)
		for _, want := range append(c.says, d.ID, string(d.Set.SHA256), "Søvn steg for steg (sovn-steg)", "Søvnhjelp AS (999999999)") {
			assert.Contains(t, string(page), want, c.lang)
			assert.Contains(t, text, want, c.lang)
		}
	}
	nn, err := d.HTML("nn")
	require.NoError(t, err)
	assert.Contains(t, string(nn), `<html lang="nn">`)
	other, err := d.HTML(`"><script>`)
	require.NoError(t, err)
	assert.Contains(t, string(other), `<html lang="nb">`)
}

// titles are what a decision is called.
var titles = map[catalogue.Lang][]string{
	"nb": {"Vedtak om digitalt helseverktøy", "Avgjort"},
	"nn": {"Vedtak om digitalt helseverktøy", "Avgjort"},
	"en": {"Decision on a digital health tool", "Decided"},
}

// Whoever has a declaration can have the rules applied; a panel or a case makes it a decision.
func TestOnlyADecisionIsCalledOne(t *testing.T) {
	byPanel, err := board().Review(evaluate(t, forPanel), votes(with, with, with), "2027-12-31", met)
	require.NoError(t, err)
	c, d := publishedCase(t)
	for lang, words := range titles {
		for _, word := range words {
			assert.Contains(t, byPanel.Markdown(lang), word)
			assert.NotContains(t, d.Markdown(lang), word)
		}
		text, err := c.Markdown(d, lang)
		require.NoError(t, err)
		page, err := c.HTML(d, lang)
		require.NoError(t, err)
		for _, word := range words {
			assert.Contains(t, text, word)
			assert.Contains(t, string(page), word)
		}
		assert.NotContains(t, string(page), `class="notice"`)
	}
}

func TestACaseShowsItsOwnDecisionOnly(t *testing.T) {
	c, d := publishedCase(t)
	altered := *d
	altered.Outcome = reject
	cases := []struct {
		name string
		c    approval.Case
		d    *approval.Decision
		want error
	}{
		{"no decision", c, nil, approval.ErrNotDecided},
		{"another decision", c, evaluate(t, guided), approval.ErrNotDecided},
		{"a case without one", approval.Case{}, d, approval.ErrNotDecided},
		{"an altered decision", c, &altered, approval.ErrAltered},
	}
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			_, err := tt.c.HTML(tt.d, "nb")
			require.ErrorIs(t, err, tt.want)
			text, err := tt.c.Markdown(tt.d, "nb")
			require.ErrorIs(t, err, tt.want)
			assert.Empty(t, text)
		})
	}
}

// What the set says about itself goes with every decision, so that an example is taken for nothing else.
func TestReportsShowTheNoteOfTheSet(t *testing.T) {
	set, err := requirement.Get(requirement.Baseline)
	require.NoError(t, err)
	d, err := approval.Evaluate(&approval.SelfDeclaration{Set: set.Ref()}, set, decided)
	require.NoError(t, err)
	assert.Equal(t, set.Note, d.SetNote)
	for lang, words := range map[catalogue.Lang][]string{
		"nb": {"eksempel", "ikke offisielle krav", "Om kravsettet"},
		"nn": {"døme", "ikkje offisielle krav", "Om kravsettet"},
		"en": {"example", "not a set of official requirements", "About the requirement set"},
	} {
		page, err := d.HTML(lang)
		require.NoError(t, err)
		for _, word := range words {
			assert.Contains(t, string(page), word)
			assert.Contains(t, d.Markdown(lang), word)
		}
	}
	without := evaluate(t, nil)
	assert.Empty(t, without.SetNote)
	assert.NotContains(t, without.Markdown("nb"), "Om kravsettet")
}

func TestReportShowsDissent(t *testing.T) {
	out, err := board().Review(evaluate(t, forPanel), votes(with, with, reject), "2027-12-31", met)
	require.NoError(t, err)
	text := out.Markdown("nb")
	assert.Contains(t, text, "| Anne, psykolog | Godkjent for bruk sammen med behandler | Godt begrunnet. |")
	assert.Contains(t, text, "| Cecilie | Ikke godkjent | Godt begrunnet. |")
}

// Every outcome, result and severity has words in every language.
func TestWords(t *testing.T) {
	var texts []catalogue.Text
	for _, o := range []approval.Outcome{alone, with, unclear, reject, approval.Incomplete} {
		texts = append(texts, o.Text())
	}
	for _, r := range []approval.Result{approval.ResultMet, approval.ResultNotMet, approval.ResultNotApplicable, approval.ResultNeedsPanel, approval.ResultUnanswered} {
		texts = append(texts, r.Text())
	}
	for _, s := range []approval.Severity{approval.Blocker, approval.Major, approval.Minor} {
		texts = append(texts, s.Text())
	}
	for _, text := range texts {
		for _, lang := range languages {
			assert.NotEmpty(t, text[lang])
		}
	}
}
