package main

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
	"github.com/verktoykatalog/verktoy/prescription"
)

var verb = regexp.MustCompile(`%[sd]`)

func TestEveryTextIsThereInThreeLanguages(t *testing.T) {
	require.NotEmpty(t, texts)
	for key, text := range texts {
		for _, lang := range languages {
			assert.NotEmpty(t, text[lang], "%s in %s", key, lang)
			assert.Equal(t, verb.FindAllString(text["nb"], -1), verb.FindAllString(text[lang], -1), "the values of %s in %s", key, lang)
		}
	}
	_, err := say("nb", "no-such-text")
	assert.EqualError(t, err, `no text "no-such-text"`)
}

// A key that stands in two of the lists would say something else on one of the sites.
func TestNoTextHidesAnother(t *testing.T) {
	n := 0
	for _, part := range []map[string]catalogue.Text{sharedTexts, frontTexts, problemTexts, clinicianTexts, followTexts, lifeTexts, codeTexts, portalTexts, toolTexts} {
		require.NotEmpty(t, part)
		for key, text := range part {
			assert.Equal(t, text, texts[key], key)
		}
		n += len(part)
	}
	assert.LessOrEqual(t, n, len(texts), "no key stands twice")
}

// Every code that a page may show has a name in each language.
func TestEveryCodeHasAName(t *testing.T) {
	codes := map[string]bool{}
	add := func(set string, code any) { codes[set+"-"+fmt.Sprint(code)] = true }
	for _, s := range prescription.States()[1:] {
		add("state", s)
		if s != prescription.Sent {
			add("task", s)
		}
	}
	for _, row := range prescription.Transitions() {
		add("event", row.Event)
	}
	for _, r := range prescription.Reasons() {
		add("reason", r)
	}
	for _, r := range prescription.Roles() {
		add("by", r)
	}
	for s := range (prescription.Overdue{}).Since() {
		add("overdue", s)
		add("overdue-do", s)
	}
	add("overdue", prescription.Failed)
	add("overdue-do", prescription.Failed)
	for _, facet := range shownFacets {
		add("facet", facet)
	}
	for _, c := range colleagues {
		codes[c.role] = true
	}
	document, err := sample.Document()
	require.NoError(t, err)
	for _, tool := range document.Tools {
		addTool(add, tool)
	}
	require.Greater(t, len(codes), 100)
	for key := range codes {
		assert.Contains(t, texts, key)
	}
}

func addTool(add func(string, any), tool catalogue.Tool) {
	if tool.Kind != "" {
		add("kind", tool.Kind)
	}
	add("mode", tool.Access.Mode())
	add("needs", tool.Access.Mode())
	for _, a := range tool.Areas {
		add("area", a)
	}
	for _, a := range tool.Audiences {
		add("audience", a)
	}
	for _, l := range tool.Languages {
		add("language", l)
	}
	for _, s := range tool.Start {
		add("platform", s.Platform)
	}
	for _, e := range tool.Evidence {
		add("evidence", e.Kind)
	}
}

// What is refused has a text, on either site.
func TestEveryRefusalHasAText(t *testing.T) {
	require.NotEmpty(t, refusals)
	for _, r := range refusals {
		assert.Contains(t, texts, r.key)
		assert.Equal(t, r.key, refusal(r.cause), "%v", r.cause)
	}
	require.NotEmpty(t, startReasons)
	for _, r := range startReasons {
		assert.Contains(t, texts, r.key)
		assert.Equal(t, r.key, startReason(r.cause), "%v", r.cause)
	}
	for field, key := range faulty {
		assert.Contains(t, texts, key)
		assert.Equal(t, key, refusal(&prescription.RequestError{Faults: []prescription.Fault{{Field: field}}}))
	}
	assert.Equal(t, "open-again", refusal(&prescription.RequestError{Faults: []prescription.Fault{{Field: "Patient.Lang"}}}))
	assert.Equal(t, "try-again", refusal(assert.AnError))
	assert.Equal(t, "try-again", startReason(assert.AnError))
}

func TestWordsForNumbersAndDays(t *testing.T) {
	at := sample.Today()
	cases := []struct {
		lang catalogue.Lang
		want string
		got  string
	}{
		{"nb", "2. november 2026", day("nb", at)},
		{"en", "2 November 2026", day("en", at)},
		{"nn", "2. november 2026 kl. 10.00", moment("nn", at)},
		{"en", "2 November 2026, 10:00", moment("en", at)},
		{"nb", "–", moment("nb", time.Time{})},
		{"nb", "1. november 2027", date("nb", "2027-11-01")},
		{"nb", "–", date("nb", "")},
	}
	for _, c := range cases {
		assert.Equal(t, c.want, c.got, c.lang)
	}
	words, err := lasting("nn", 56)
	require.NoError(t, err)
	assert.Equal(t, "8 veker", words)
	words, err = lasting("en", 1)
	require.NoError(t, err)
	assert.Equal(t, "1 day", words)
	assert.Equal(t, "no-such-area", label("nb", "area", "no-such-area"))
	assert.Equal(t, `<span lang="nn">a&lt;b</span>`, string(marked("nb", catalogue.Text{"nn": "a<b"})))
}
