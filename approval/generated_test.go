package approval_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// generator makes documents of one form that their schema takes: good ones with
// other answers, facts and texts, and with less in them.
type generator struct {
	*rand.Rand
	subject
}

func (g generator) document(t testing.TB) document {
	t.Helper()
	var d document
	require.NoError(t, json.Unmarshal(g.good, &d))
	g.forget(d, "version", "revision")
	g.forget(part(d, "signedBy"), "title")
	if g.form == 1 {
		g.forget(d, "submitted", "signedBy", "facts", "answers", "evidence")
	}
	if facts, ok := d["facts"].(document); ok {
		g.facts(facts)
	}
	if tool, ok := d["tool"].(document); ok {
		g.forget(tool, "release")
		tool["name"] = document{"nb": g.text(8000), "se": g.text(20), "en-GB": g.text(5)}
	}
	if answers, ok := d["answers"].(document); ok {
		for _, r := range g.set.Requirements {
			if _, can := answers[r.ID]; can {
				g.answer(answers, r)
			}
		}
	}
	if evidence, ok := d["evidence"].([]any); ok {
		for _, e := range evidence {
			g.evidence(e.(document))
		}
	}
	return d
}

// forget takes each of the members away, one time out of three.
func (g generator) forget(d document, names ...string) {
	for _, name := range names {
		if g.IntN(3) == 0 {
			delete(d, name)
		}
	}
}

func (g generator) facts(facts document) {
	for _, f := range g.set.Facts {
		switch {
		case g.IntN(4) == 0:
			delete(facts, f.ID)
		case f.Type == approval.TypeBoolean:
			facts[f.ID] = g.IntN(2) == 0
		case f.Type == approval.TypeNumber:
			facts[f.ID] = g.IntN(121)
		case f.Type == approval.TypeChoices:
			facts[f.ID] = []any{f.Choices[g.IntN(len(f.Choices))].Code}
		default:
			facts[f.ID] = f.Choices[g.IntN(len(f.Choices))].Code
		}
	}
}

func (g generator) answer(answers document, r approval.Requirement) {
	statuses := append([]approval.Status{approval.Yes, approval.No}, r.Allowed...)
	if len(r.NotApplicable) > 0 {
		statuses = append(statuses, approval.NotApplicable)
	}
	status := statuses[g.IntN(len(statuses))]
	a := document{"status": status, "explanation": g.text(4000)}
	switch status {
	case approval.NotApplicable:
		a["reason"] = r.NotApplicable[g.IntN(len(r.NotApplicable))].Code
	case approval.Planned:
		a["due"] = "2028-02-29"
	case approval.Yes, approval.No:
		g.forget(a, "explanation")
	}
	if g.set.Tracked || g.IntN(5) == 0 {
		a["answered"] = document{"by": g.text(200), "at": "2024-02-29T23:59:59Z", "wording": r.Wording()}
	}
	if g.form != 2 && len(r.Scope) == 1 && r.Scope[0] == "vendor" && g.IntN(2) == 0 {
		a["inherited"] = document{"declaration": "own-1", "sha256": strings.Repeat("0f", 32), "until": "2030-12-31"}
	}
	if g.form == 1 {
		g.forget(a, "explanation", "reason", "due", "answered")
	}
	if g.IntN(2) == 0 {
		a["evidence"] = []any{"e1", g.text(9)}
	}
	answers[r.ID] = a
}

func (g generator) evidence(e document) {
	g.forget(e, "url", "sha256", "expires", "level", "mediaType", "size", "confidential")
	e["title"] = g.text(300)
	if g.IntN(2) == 0 {
		e["url"], e["size"] = "https://eksempel.no/å/"+strings.Repeat("x", g.IntN(100)), g.Int64N(1<<40)
	}
}

// text is up to so many characters, exactly as many at times, of kinds that validators count differently.
func (g generator) text(most int) string {
	pieces := []string{"a", "æ", "é", "e\u0301", "😀", " ", "\u00a0", "1", "-", "\n", "中", "\u200b"}
	n := 1 + g.IntN(min(most, 40))
	if g.IntN(10) == 0 {
		n = most
	}
	var b strings.Builder
	b.WriteString("x")
	for count := 1; count < n; {
		p := []rune(pieces[g.IntN(len(pieces))])
		if count+len(p) <= n {
			b.WriteString(string(p))
			count += len(p)
		}
	}
	return b.String()
}

// broken changes one value of a document at random.
func (g generator) broken(t testing.TB, d document) []byte {
	t.Helper()
	values := []any{true, nil, 12.5, -1, 1e300, " ", "\u00a0", "\ufeff", "\u200b \u2003", "yes", "planned", "not-applicable", "2026-02-30", "2026-02-28", "https://",
		"https://\u00a0x", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z", strings.Repeat("😀", 201), strings.Repeat("0", 64), []any{}, []any{"a", "a"}, document{},
		document{"status": "partial"}, "checked", "third-party"}
	var places []func(any)
	visit(d, "", func(_ string, _ any, set func(any), remove func()) {
		places = append(places, set)
		if remove != nil {
			places = append(places, func(any) { remove() })
		}
	})
	places[g.IntN(len(places))](values[g.IntN(len(values))])
	data, err := json.Marshal(d)
	require.NoError(t, err)
	return data
}
