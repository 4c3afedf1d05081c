package approval_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
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
		{"nb", []string{"Vedtak om digitalt helseverktøy", "Godkjent for bruk sammen med behandler", "22. november 2026", "Gjelder til og med 15. januar 2028", "Trusler er testet", "Ikke aktuelt"}},
		{"nn", []string{"Vedtak om digitalt helseverktøy", "Godkjent for bruk saman med behandlar", "22. november 2026", "Gjeld til og med 15. januar 2028", "Truslar er testa", "Ikkje aktuelt"}},
		{"en", []string{"Decision on a digital health tool", "Approved for use together with a therapist", "22 November 2026", "Holds through 15 January 2028", "Threats are tested", "Not applicable"}},
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
