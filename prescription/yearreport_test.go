package prescription_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

func TestYearReport(t *testing.T) {
	h := join(ended(40, "sleep", prescription.Completed), ended(60, "sleep", prescription.Sent), ended(2, "rare", prescription.Sent), ended(8, "few", prescription.Sent))
	report := prescription.YearReport{Organisation: "Nordvik kommune", All: tallied(t, h, year()), ByTool: tallied(t, h, year(prescription.ByTool)),
		Scores: prescription.ScoreChanges(nil, 0), Name: func(catalogue.ToolID) string { return "Søvn | steg" }}
	for lang, want := range map[catalogue.Lang][]string{
		"nb": {"# Digitale verktøy i Nordvik kommune", "fra og med 1. mai 2026 til og med 1. mai 2027", "talt opp 8. november 2026", "| Fullført | 40 | 36 % |", "| Fra sendt til åpnet | 40 | 1,0 | 1,0 |",
			`| Søvn \| steg | 100 | 40 | 40 | 40 |`, "| Andre verktøy | 10 | 0 | 0 | 0 |", "Tall under 5"},
		"nn": {"frå og med 1. mai 2026 til og med 1. mai 2027", "| Fullført | 40 | 36 % |", "Kor langt kom innbyggjarane?"},
		"en": {"from 1 May 2026 up to and including 1 May 2027", "| Completed | 40 | 36% |", "| From sent to opened | 40 | 1.0 | 1.0 |", "| Other tools | 10 |"},
		"se": {"Hvor langt kom innbyggerne?"},
	} {
		report.Lang = lang
		text := report.Markdown()
		for _, w := range want {
			assert.Contains(t, text, w)
		}
		assert.NotContains(t, text, "%!")
		assert.NotContains(t, text, "rare")
		assert.Less(t, strings.Count(text, "\n"), 90, "two pages")
	}
}

func TestYearReportStaysTwoPages(t *testing.T) {
	var h past
	for i := range 60 {
		h = append(h, ended(9, catalogue.ToolID(fmt.Sprintf("tool-%02d", i)), prescription.Sent)...)
	}
	var scores []prescription.Score
	for i := range 300 {
		scores = append(scores, prescription.Score{Instrument: "PHQ-9", Tool: fmt.Sprint(i % 60), Before: 9, After: 8})
	}
	text := prescription.YearReport{All: tallied(t, h, year()), ByTool: tallied(t, h, year(prescription.ByTool)), Lang: "en",
		Scores: prescription.ScoreChanges(scores, 0)}.Markdown()
	assert.Contains(t, text, "less often and are not in the table: 40.")
	assert.Contains(t, text, "| PHQ-9 | 0 | 5 | 9.0 | 8.0 | −1.0 |")
	assert.Less(t, strings.Count(text, "\n"), 90)
}

// langs are the report's.
var langs = []catalogue.Lang{"nb", "nn", "en"}

// The year is that of the people, and its last day is in it.
func TestYearReportNamesDaysOfTheLocation(t *testing.T) {
	oslo, err := time.LoadLocation("Europe/Oslo")
	require.NoError(t, err)
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, oslo)
	in := prescription.StatisticsQuery{From: from, To: from.AddDate(1, 0, 0), At: time.Date(2027, 1, 31, 23, 30, 0, 0, time.UTC)}
	utc := in
	utc.From, utc.To, utc.Location = in.From.UTC(), in.To.UTC(), oslo
	for name, q := range map[string]prescription.StatisticsQuery{"of From": in, "given": utc} {
		for lang, want := range map[catalogue.Lang][]string{
			"nb": {"fra og med 1. januar 2026 til og med 31. desember 2026.", "talt opp 1. februar 2027."},
			"nn": {"frå og med 1. januar 2026 til og med 31. desember 2026.", "talde opp 1. februar 2027."},
			"en": {"from 1 January 2026 up to and including 31 December 2026.", "counted on 1 February 2027."},
		} {
			text := prescription.YearReport{All: tallied(t, past{}, q), Lang: lang}.Markdown()
			for _, w := range want {
				assert.Contains(t, text, w, name)
			}
		}
	}
}

func TestYearReportWritesNumbersAsTheLanguageDoes(t *testing.T) {
	scores := []prescription.ScoreChange{
		{Instrument: "PHQ-9", Tool: "sleep", Pairs: prescription.Count{N: 6}, MeanBefore: 12.8, MeanAfter: 8, MeanChange: -4.8},
		{Instrument: "A|B", Tool: "sleep", Pairs: prescription.Count{N: 6}, MeanBefore: 9.54, MeanAfter: 9.5, MeanChange: -0.04},
		{Instrument: "GAD-7", Tool: "other", Pairs: prescription.Count{N: 6}, MeanBefore: 8, MeanAfter: 9.2, MeanChange: 1.2},
	}
	for lang, want := range map[catalogue.Lang][]string{
		"nb": {"| PHQ-9 | Søvn | 6 | 12,8 | 8,0 | −4,8 |", `| A\|B | Søvn | 6 | 9,5 | 9,5 | 0,0 |`, "| GAD-7 | other | 6 | 8,0 | 9,2 | +1,2 |"},
		"nn": {"| PHQ-9 | Søvn | 6 | 12,8 | 8,0 | −4,8 |"},
		"en": {"| PHQ-9 | Søvn | 6 | 12.8 | 8.0 | −4.8 |", "| 9.5 | 0.0 |", "| +1.2 |"},
	} {
		text := prescription.YearReport{Scores: scores, Lang: lang, Name: func(id catalogue.ToolID) string {
			return map[catalogue.ToolID]string{"sleep": "Søvn"}[id]
		}}.Markdown()
		for _, w := range want {
			assert.Contains(t, text, w)
		}
	}
}

// What is soon is not nothing.
func TestYearReportOfMinutes(t *testing.T) {
	h := ended(6, "sleep", prescription.Sent)
	for i := range h {
		h[i].Opened = h[i].Issued.Add(time.Minute)
	}
	for lang, want := range map[catalogue.Lang]string{"nb": "| under 0,1 | under 0,1 |", "nn": "| under 0,1 | under 0,1 |", "en": "| under 0.1 | under 0.1 |"} {
		assert.Contains(t, prescription.YearReport{All: tallied(t, h, year()), Lang: lang}.Markdown(), want)
	}
}

// Steps stand side by side: whoever reads that 7 were sent and 6 opened knows
// of the one, so the report must not say that this cannot be.
func TestYearReportPromisesNoMoreThanIsDone(t *testing.T) {
	h := ended(7, "sleep", prescription.Sent)
	for i := range h[:6] {
		h[i].Opened = noon
	}
	q := year()
	q.Least = 1
	for i, want := range [][]string{{"Tall under 5", "regnes ut"}, {"Tal under 5", "reknast ut"}, {"Numbers below 5", "worked out"}} {
		r := prescription.YearReport{All: tallied(t, h, year()), ByTool: tallied(t, h, year(prescription.ByTool)), Lang: langs[i]}
		for _, w := range append(want, " 7 |", " 6 |") {
			assert.Contains(t, r.Markdown(), w)
		}
		r.All = tallied(t, h, q)
		assert.NotContains(t, r.Markdown(), want[0], "all is shown")
		assert.Contains(t, r.Markdown(), []string{"Alle tall vises", "Alle tal er viste", "All numbers are shown"}[i])
	}
}

// Who has not ended has not begun either, perhaps.
func TestYearReportSaysOnlyThatTheyHaveNotEnded(t *testing.T) {
	h := ended(7, "sleep", prescription.Sent)
	for i, want := range []string{"| Ikke avsluttet ennå | 7 |", "| Ikkje avslutta enno | 7 |", "| Not ended yet | 7 |"} {
		assert.Contains(t, prescription.YearReport{All: tallied(t, h, year()), Lang: langs[i]}.Markdown(), want)
	}
}

func TestYearReportOfNothing(t *testing.T) {
	for i, want := range []string{"Ingen verktøy ble sendt", "Ingen verktøy vart sende", "No tools were sent"} {
		text := prescription.YearReport{All: tallied(t, past{}, year()), Lang: langs[i]}.Markdown()
		assert.Contains(t, text, want)
		assert.NotContains(t, text, "|")
		assert.NotContains(t, text, "5")
	}
}

// Those counted together are no tool, and stand last however many they are.
func TestYearReportNamesTheOtherToolsLast(t *testing.T) {
	h := ended(9, "many", prescription.Sent)
	for i := range 25 {
		h = append(h, ended(6, catalogue.ToolID(fmt.Sprintf("tool-%02d", i)), prescription.Sent)...)
		h = append(h, ended(4, catalogue.ToolID(fmt.Sprintf("rare-%02d", i)), prescription.Sent)...)
	}
	text := prescription.YearReport{All: tallied(t, h, year()), ByTool: tallied(t, h, year(prescription.ByTool)), Lang: "en"}.Markdown()
	assert.Contains(t, text, "| tool-18 | 6 | 0 | 0 | 0 |\n| Other tools | 100 | 0 | 0 | 0 |\n\nTools that were sent less often and are not in the table: 6.\n")
}
