package approval_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

type aFinding = approval.Finding

const pentest = approval.Digest("0000000000000000000000000000000000000000000000000000000000000000")

// finds is a finding about the penetration test of a declaration: it was checked.
func finds(d *declaration, edits ...func(*aFinding)) aFinding {
	f := aFinding{ID: "f-1", Declaration: approval.DeclarationRef{ID: d.ID, SHA256: d.Digest()}, Evidence: "e1", SHA256: pentest, Level: approval.Checked,
		Note: "Åpnet og lest.", By: approval.Assessor{ID: "anne", Name: "Anne Berg", Role: approval.RoleAssessor}, Day: "2026-11-10"}
	for _, edit := range edits {
		edit(&f)
	}
	return f
}

// ofFact makes a finding one about a fact.
func ofFact(id string, value any) func(*aFinding) {
	return func(f *aFinding) {
		f.ID, f.Evidence, f.SHA256, f.Level, f.Fact, f.Value = "f-"+id, "", "", "", id, value
	}
}

func atLevel(l approval.Level) func(*aFinding) { return func(f *aFinding) { f.Level = l } }

func onDay(id string, day catalogue.Date) func(*aFinding) {
	return func(f *aFinding) { f.ID, f.Day = id, day }
}

// assessedEvidence asks for an assessor where A-2 asks for a level.
func assessedEvidence(level string) func(document) {
	return func(d document) {
		raised(level, nil)(d)
		part(item(d, "requirements", 1), "evidence")["assessed"] = true
	}
}

func assessedFact(i int) func(document) {
	return func(d document) { item(d, "facts", i)["assessed"] = true }
}

// claim makes the penetration test of that level, in the vendor's words.
func claim(level approval.Level) func(*declaration) {
	return func(d *declaration) {
		d.Evidence[0].Level, d.Evidence[0].CheckedBy, d.Evidence[0].Issuer = level, "Ola Dahl", "Kontroll AS"
	}
}

func input(set *approval.RequirementSet, d *declaration, findings ...aFinding) approval.Input {
	return approval.Input{Declaration: d, Set: set, At: decided, Findings: findings}
}

func TestFindingCheck(t *testing.T) {
	d := good(t, small(t), nil)
	cases := []struct {
		name        string
		edit        func(*aFinding)
		place, code string
	}{
		{"no id", func(f *aFinding) { f.ID = "" }, "/id", "bad-format"},
		{"a number for an id", func(f *aFinding) { f.ID = canary }, "/id", "personal-data"},
		{"no declaration", func(f *aFinding) { f.Declaration.ID = "" }, "/declaration/id", "bad-format"},
		{"no digest of the declaration", func(f *aFinding) { f.Declaration.SHA256 = "" }, "/declaration/sha256", "bad-format"},
		{"about nothing", func(f *aFinding) { f.Evidence = "" }, "/evidence", "bad-value"},
		{"about two things", func(f *aFinding) { f.Fact = "guidance" }, "/evidence", "bad-value"},
		{"no level", atLevel(""), "/level", "not-allowed"},
		{"an unknown level", atLevel("sure"), "/level", "not-allowed"},
		{"bytes that are no digest", func(f *aFinding) { f.SHA256 = "abc" }, "/sha256", "bad-format"},
		{"a value for a document", func(f *aFinding) { f.Value = true }, "/value", "contradiction"},
		{"no value", ofFact("login", nil), "/value", "missing-member"},
		{"a value that no fact has", ofFact("login", map[string]any{"x": 1}), "/value", "missing-member"},
		{"a number that is none", ofFact("minimumAge", math.NaN()), "/value", "missing-member"},
		{"a number in the value", ofFact("guidance", canary), "/value", "personal-data"},
		{"a number in the values", ofFact("platforms", []string{"web", canary}), "/value", "personal-data"},
		{"a long number for a value", ofFact("minimumAge", 11111112345), "/value", "personal-data"},
		{"a level for a fact", both2(ofFact("login", true), atLevel(approval.Checked)), "/level", "contradiction"},
		{"bytes for a fact", both2(ofFact("login", true), func(f *aFinding) { f.SHA256 = pentest }), "/sha256", "contradiction"},
		{"no note", func(f *aFinding) { f.Note = " " }, "/note", "missing-member"},
		{"a number in the note", func(f *aFinding) { f.Note = "Snakket med " + canary }, "/note", "personal-data"},
		{"a long note", func(f *aFinding) { f.Note = strings.Repeat("x", 4001) }, "/note", "too-long"},
		{"a note that steers", func(f *aFinding) { f.Note = "a\u202eb" }, "/note", "bad-value"},
		{"a long name", func(f *aFinding) { f.By.Name = strings.Repeat("x", 201) }, "/by/name", "too-long"},
		{"nobody", func(f *aFinding) { f.By.ID = "" }, "/by/id", "missing-member"},
		{"no name", func(f *aFinding) { f.By.Name = "" }, "/by/name", "missing-member"},
		{"a vendor's role", func(f *aFinding) { f.By.Role = approval.RoleVendor }, "/by/role", "not-allowed"},
		{"no role", func(f *aFinding) { f.By.Role = "" }, "/by/role", "not-allowed"},
		{"no day", func(f *aFinding) { f.Day = "" }, "/day", "bad-format"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := finds(d, c.edit)
			err := f.Check()
			require.ErrorIs(t, err, approval.ErrFinding)
			onlyProblem(t, err, c.place, c.code)
			_, err = input(small(t), d, finds(d, onDay("first", "2026-11-09")), f).Evaluate()
			require.ErrorIs(t, err, approval.ErrFinding)
			onlyProblem(t, err, "/1"+c.place, c.code)
		})
	}
	require.NoError(t, finds(d).Check())
	require.NoError(t, finds(d, ofFact("platforms", []string{})).Check())
}

func both2(edits ...func(*aFinding)) func(*aFinding) {
	return func(f *aFinding) {
		for _, edit := range edits {
			edit(f)
		}
	}
}

// The vendor's own people cannot assess, nor can one id mean two things.
func TestFindingsThatAreRefused(t *testing.T) {
	d := good(t, small(t), nil)
	cases := []struct {
		name        string
		second      aFinding
		place, code string
	}{
		{"who signed", finds(d, func(f *aFinding) { f.ID, f.By.Name = "f-2", "Nordmann, Kari" }), "/1/by/name", approval.CodeVendorPerson},
		{"who signed, with a title", finds(d, func(f *aFinding) { f.ID, f.By.Name = "f-2", "Dr. Kari Nordmann" }), "/1/by/name", approval.CodeVendorPerson},
		{"the firm", finds(d, func(f *aFinding) { f.ID, f.By.Name = "f-2", "Søvnhjelp A/S" }), "/1/by/name", approval.CodeVendorPerson},
		{"who signed, by id", finds(d, func(f *aFinding) { f.ID, f.By.ID = "f-2", "kari.nordmann" }), "/1/by/name", ""},
		{"the firm's number for an id", finds(d, func(f *aFinding) { f.ID, f.By.ID = "f-2", "999999999" }), "/1/by/name", approval.CodeVendorPerson},
		{"about another declaration", finds(d, func(f *aFinding) { f.ID, f.By.Name, f.Declaration.ID = "f-2", "Kari Nordmann", "other" }), "/1/by/name", approval.CodeVendorPerson},
		{"one id for two things", finds(d, atLevel(approval.Declared)), "/1/id", "repeated"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in := input(small(t), d, finds(d), c.second)
			_, err := in.Evaluate()
			if c.code == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, approval.ErrFinding)
			onlyProblem(t, err, c.place, c.code)
			_, err = in.Explain("nb")
			require.ErrorIs(t, err, approval.ErrFinding)
			_, err = in.WhyNot(alone)
			require.ErrorIs(t, err, approval.ErrFinding)
		})
	}
}

// What a finding does to a requirement that asks for a level; wanted is what A-2 comes to.
func TestWhatFindingsDo(t *testing.T) {
	const met, none = approval.ResultMet, approval.ResultUnanswered
	low, doc, chk, third := approval.Declared, approval.Documented, approval.Checked, approval.ThirdParty
	noBytes := func(d *declaration) { d.Evidence[0].SHA256 = "" }
	unread := func(f *aFinding) { f.SHA256 = "" }
	cases := []struct {
		name     string
		assessed bool
		minLevel approval.Level
		edit     func(*declaration)
		finding  func(*aFinding) // nil: none
		want     approval.Result
		why      string // in English, of the result or of the finding that is not used
	}{
		{"raised to checked", false, chk, claim(doc), atLevel(chk), met, ""},
		{"raised from a mere word", false, chk, nil, atLevel(chk), met, ""},
		{"confirmed", false, chk, claim(chk), atLevel(chk), met, ""},
		{"lowered to a document", false, chk, claim(chk), atLevel(doc), none, "has been checked and does not prove enough"},
		{"lowered to a word", false, doc, claim(chk), atLevel(low), none, "has been checked and does not prove enough"},
		{"a third party is only a checked one", false, third, claim(third), atLevel(chk), none, "has been checked and does not prove enough"},
		{"a third party is confirmed", false, third, claim(third), atLevel(third), met, ""},
		{"nobody can make it a third party's", false, third, claim(chk), atLevel(third), none, "enter the finding as checked"},
		{"nor does that raise it a little", false, chk, claim(doc), atLevel(third), none, "enter the finding as checked"},
		{"a word without bytes is not raised", false, doc, both(claim(low), noBytes), both2(atLevel(chk), unread), none, "has no checksum"},
		{"nor is a document", false, chk, both(claim(doc), noBytes), both2(atLevel(chk), unread), none, "has no checksum"},
		{"but lowered it is", false, chk, both(claim(chk), noBytes), both2(atLevel(doc), unread), none, "has been checked and does not prove enough"},
		{"other bytes do not lower", false, chk, claim(chk), both2(atLevel(low), func(f *aFinding) { f.SHA256 = approval.DigestOf(nil) }), met, "the checksums (SHA-256) differ"},
		{"no bytes where there are some", false, chk, claim(doc), unread, none, "the checksums (SHA-256) differ"},
		{"another document", false, chk, claim(doc), func(f *aFinding) { f.Evidence = "e2" }, none, "the checksums (SHA-256) differ"},
		{"no such document", false, chk, claim(doc), func(f *aFinding) { f.Evidence = "e9" }, none, "no document with the id e9"},
		{"another declaration", false, chk, claim(doc), func(f *aFinding) { f.Declaration.ID = "decl-2" }, none, "about another declaration"},
		{"the declaration as it was", false, chk, claim(doc), func(f *aFinding) { f.Declaration.SHA256 = pentest }, none, "about another declaration"},
		{"before it was submitted", false, chk, claim(doc), onDay("f-1", "2026-10-31"), none, "before the declaration was submitted"},
		{"on the day of submission", false, chk, claim(doc), onDay("f-1", "2026-11-01"), met, ""},
		{"today", false, chk, claim(doc), onDay("f-1", "2026-11-22"), met, ""},
		{"tomorrow", false, chk, claim(doc), onDay("f-1", "2026-11-23"), none, "has not come yet"},

		{"asked for and not there", true, chk, claim(chk), nil, none, "An assessor must open it"},
		{"asked for, of a third party", true, third, claim(third), nil, none, "An assessor must open it"},
		{"asked for, of a document that may become more", true, chk, claim(doc), nil, none, "An assessor must open it"},
		{"asked for, and no third party", true, third, claim(chk), nil, none, "does not prove enough"},
		{"asked for, and nothing to check", true, chk, both(claim(chk), noBytes), nil, none, "its checksum (SHA-256) is missing"},
		{"asked for and there", true, chk, claim(doc), atLevel(chk), met, ""},
		{"asked for and confirmed", true, third, claim(third), atLevel(third), met, ""},
		{"asked for and too low", true, third, claim(third), atLevel(chk), none, "has been checked and does not prove enough"},
		{"asked for, of other bytes", true, chk, claim(chk), func(f *aFinding) { f.SHA256 = approval.DigestOf(nil) }, none, "An assessor must open it"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			edit := raised(string(c.minLevel), nil)
			if c.assessed {
				edit = assessedEvidence(string(c.minLevel))
			}
			set := setOf(t, edit)
			d := good(t, small(t), c.edit)
			in, before := input(set, d), encode(t, d)
			if c.finding != nil {
				in.Findings = []aFinding{finds(d, c.finding)}
			}
			dec, err := in.Evaluate()
			require.NoError(t, err)
			assert.Equal(t, before, encode(t, d))
			r := reason(t, dec, "A-2")
			assert.Equal(t, c.want, r.Result, r.Text["en"])
			assert.Equal(t, c.want == met, dec.Outcome == alone, dec.Summary["en"])
			told := r.Text["en"]
			if len(dec.FindingsNotUsed) > 0 {
				assert.Empty(t, dec.Findings)
				told += dec.FindingsNotUsed[0].Text["en"]
				wordedInThree(t, dec.FindingsNotUsed[0].Text)
			} else if c.finding != nil {
				require.Len(t, dec.Findings, 1)
				assert.Equal(t, in.Findings[0].Digest(), dec.Findings[0].SHA256)
				assert.Contains(t, dec.Findings[0].Text["nb"], "av Anne Berg (vurderer)")
			}
			assert.Contains(t, told, c.why)
			wordedInThree(t, r.Text)
		})
	}
}

// Of several about one thing one counts, whatever the order in which they come.
func TestWhichFindingCounts(t *testing.T) {
	set := setOf(t, raised("checked", nil))
	d := good(t, small(t), claim(approval.Documented))
	level := func(id string, day catalogue.Date, l approval.Level) aFinding {
		return finds(d, onDay(id, day), atLevel(l))
	}
	age := func(id string, day catalogue.Date, years int) aFinding {
		return finds(d, ofFact("minimumAge", years), onDay(id, day))
	}
	const first, last = "2026-11-10", "2026-11-11"
	cases := []struct {
		name   string
		given  []aFinding
		used   []string
		unused map[string]string
	}{
		{"the later", []aFinding{level("a", first, approval.Checked), level("b", last, approval.Declared)}, []string{"b"}, map[string]string{"a": "b about the same is later"}},
		{"the later, also if it is higher", []aFinding{level("a", first, approval.Declared), level("b", last, approval.Checked)}, []string{"b"}, map[string]string{"a": "is later"}},
		{"the lower of one day", []aFinding{level("a", last, approval.Checked), level("b", last, approval.Documented)}, []string{"b"}, map[string]string{"a": "b about the same is of the same day"}},
		{"one of two that agree", []aFinding{level("a", last, approval.Checked), level("b", last, approval.Checked)}, []string{"a"}, map[string]string{"b": "of the same day"}},
		{"one given twice", []aFinding{level("a", last, approval.Checked), level("a", last, approval.Checked)}, []string{"a"}, nil},
		{"not one that does not count", []aFinding{level("a", first, approval.Checked), level("b", last, approval.ThirdParty)}, []string{"a"}, map[string]string{"b": "enter the finding as checked"}},
		{"not one from tomorrow", []aFinding{level("a", first, approval.Checked), level("b", "2026-11-23", approval.Declared)}, []string{"a"}, map[string]string{"b": "not come yet"}},
		{"facts: the later", []aFinding{age("a", first, 12), age("b", last, 18)}, []string{"b"}, map[string]string{"a": "is later"}},
		{"facts: two that agree", []aFinding{age("a", last, 18), age("b", last, 18)}, []string{"a", "b"}, nil},
		{"facts: two that do not", []aFinding{age("a", last, 18), age("b", last, 19)}, nil, map[string]string{"a": "Agree", "b": "Agree"}},
		{"facts: one later than two that do not", []aFinding{age("a", first, 18), age("b", first, 19), age("c", last, 19)}, []string{"c"}, map[string]string{"a": "is later", "b": "is later"}},
		{"two things", []aFinding{level("b", first, approval.Checked), age("a", last, 18)}, []string{"a", "b"}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dec, err := input(set, d, c.given...).Evaluate()
			require.NoError(t, err)
			var used []string
			for _, f := range dec.Findings {
				used = append(used, f.ID)
				wordedInThree(t, f.Text)
			}
			assert.Equal(t, c.used, used)
			assert.Len(t, dec.FindingsNotUsed, len(c.unused))
			for _, f := range dec.FindingsNotUsed {
				assert.Contains(t, f.Text["en"], c.unused[f.ID])
				wordedInThree(t, f.Text)
			}
			slices.Reverse(c.given)
			again, err := input(set, d, c.given...).Evaluate()
			require.NoError(t, err)
			assert.Equal(t, encode(t, dec), encode(t, again))
		})
	}
}

// What a finding does to a fact. C-1 applies for children, and needs the panel.
func TestFindingsAboutFacts(t *testing.T) {
	children := func(d *declaration) { forPanel(d); d.Facts["minimumAge"] = 18 }
	cases := []struct {
		name     string
		assessed []func(document)
		edit     func(*declaration)
		given    []func(*aFinding)
		want     approval.Outcome
		rule     approval.Rule
		missing  string // in English
		unused   string
	}{
		{"corrected", nil, children, []func(*aFinding){ofFact("minimumAge", 12)}, unclear, approval.RuleNeedsPanel, "", ""},
		{"confirmed", nil, children, []func(*aFinding){ofFact("minimumAge", 18)}, alone, approval.RuleAllMet, "", ""},
		{"corrected to what the vendor would rather say", nil, forPanel, []func(*aFinding){ofFact("minimumAge", 18)}, alone, approval.RuleAllMet, "", ""},
		{"guided after all", nil, nil, []func(*aFinding){ofFact("guidance", "guided")}, with, approval.RuleGuidedOnly, "", ""},
		{"not stated", nil, forget("minimumAge"), []func(*aFinding){ofFact("minimumAge", 18)}, approval.Incomplete, approval.RuleUnanswered, "youngest users", "Ask the vendor"},
		{"not asked for", nil, nil, []func(*aFinding){ofFact("colour", "red")}, alone, approval.RuleAllMet, "", "colour"},
		{"no possible value", nil, nil, []func(*aFinding){ofFact("guidance", "sometimes")}, alone, approval.RuleAllMet, "", "no possible answer"},
		{"of another type", nil, nil, []func(*aFinding){ofFact("minimumAge", "12")}, alone, approval.RuleAllMet, "", "no possible answer"},
		{"assessors disagree", nil, nil, []func(*aFinding){ofFact("minimumAge", 18), both2(ofFact("minimumAge", 12), onDay("x", "2026-11-10"))},
			approval.Incomplete, approval.RuleUnassessed, "An assessor must check the answer", "Agree"},
		{"asked for and not there", []func(document){assessedFact(3)}, nil, nil, approval.Incomplete, approval.RuleUnassessed, "An assessor must check the answer", ""},
		{"asked for, and nothing stated", []func(document){assessedFact(3)}, forget("minimumAge"), nil, approval.Incomplete, approval.RuleUnanswered, "Answer the question", ""},
		{"asked for and there", []func(document){assessedFact(3)}, nil, []func(*aFinding){ofFact("minimumAge", 18)}, alone, approval.RuleAllMet, "", ""},
		{"guidance asked for and not there", []func(document){assessedFact(0)}, nil, nil, approval.Incomplete, approval.RuleUnassessed, "with a therapist", ""},
		{"guidance asked for and there", []func(document){assessedFact(0)}, nil, []func(*aFinding){ofFact("guidance", "unguided")}, alone, approval.RuleAllMet, "", ""},
		{"asked for, and an answer is missing too", []func(document){assessedFact(0)}, drop("A-3"), nil, approval.Incomplete, approval.RuleUnanswered, "", ""},
		{"asked for, and rejected anyway", []func(document){assessedFact(0)}, answer("A-1", no), nil, reject, approval.RuleBlocker, "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := good(t, small(t), c.edit)
			in := input(setOf(t, c.assessed...), d)
			for _, edit := range c.given {
				in.Findings = append(in.Findings, finds(d, edit))
			}
			dec, err := in.Evaluate()
			require.NoError(t, err)
			assert.Equal(t, c.want, dec.Outcome, dec.Summary["en"])
			assert.Equal(t, c.rule, dec.Rule)
			wordedInThree(t, dec.Summary)
			var missing, unused []string
			for _, n := range dec.Missing {
				missing = append(missing, n.Text["en"])
				wordedInThree(t, n.Text)
			}
			for _, f := range dec.FindingsNotUsed {
				unused = append(unused, f.Text["en"])
			}
			assert.Contains(t, strings.Join(missing, "\n"), c.missing)
			assert.Contains(t, strings.Join(unused, "\n"), c.unused)
			assert.Equal(t, c.unused != "", len(unused) > 0)
		})
	}
}

// What only assessors can settle does not ask the vendor for anything, and no panel can settle it unseen.
func TestUnassessedIsNotForThePanel(t *testing.T) {
	d := good(t, small(t), claim(approval.Checked))
	dec, err := input(setOf(t, assessedEvidence("checked")), d).Evaluate()
	require.NoError(t, err)
	assert.Equal(t, approval.Incomplete, dec.Outcome)
	assert.Equal(t, approval.RuleUnassessed, dec.Rule)
	assert.Contains(t, dec.Summary["nb"], "Leverandøren trenger ikke å gjøre noe nå.")
	require.Len(t, dec.Missing, 1)
	assert.Equal(t, "A-2", dec.Missing[0].Requirement)
	assert.Contains(t, dec.Missing[0].Text["nb"], "En vurderer må åpne den")
	_, err = board().Review(dec, votes(alone, alone, alone), "2026-12-01", met)
	require.ErrorIs(t, err, approval.ErrNotForReview)
}

// A decision with findings is kept, read, shown and passed on as others are.
func TestADecisionKeepsItsFindings(t *testing.T) {
	d := good(t, small(t), both(forPanel, claim(approval.Documented)))
	given := []aFinding{finds(d), finds(d, ofFact("platforms", []string{"web", "backend"})), finds(d, ofFact("minimumAge", 11)), finds(d, onDay("f-0", "2026-11-09"))}
	dec, err := input(setOf(t, raised("checked", nil)), d, given...).Evaluate()
	require.NoError(t, err)
	require.Equal(t, unclear, dec.Outcome, dec.Summary["en"])
	require.Len(t, dec.Findings, 3)
	require.Len(t, dec.FindingsNotUsed, 1)
	again, err := approval.ParseDecision([]byte(encode(t, dec)))
	require.NoError(t, err)
	assert.Equal(t, encode(t, dec), encode(t, again))
	altered := strings.Replace(encode(t, dec), `"level":"checked"`, `"level":"third-party"`, 1)
	_, err = approval.ParseDecision([]byte(altered))
	require.ErrorIs(t, err, approval.ErrAltered)
	bare, err := input(setOf(t, raised("checked", nil)), d, given[0], given[2]).Evaluate()
	require.NoError(t, err)
	assert.NotEqual(t, dec.ID, bare.ID, "the id covers every finding")
	reviewed, err := board().Review(dec, votes(alone, alone, alone), "2026-12-01", met)
	require.NoError(t, err)
	assert.Equal(t, dec.Findings, reviewed.Findings)
	assert.Equal(t, dec.FindingsNotUsed, reviewed.FindingsNotUsed)
	for _, lang := range languages {
		page, err := reviewed.HTML(lang)
		require.NoError(t, err)
		for _, shown := range []string{string(page), reviewed.Markdown(lang)} {
			for _, f := range slices.Concat(dec.Findings, dec.FindingsNotUsed) {
				assert.Contains(t, shown, f.ID)
				assert.Contains(t, shown, f.SHA256)
			}
			assert.Contains(t, shown, "Åpnet og lest.")
		}
	}
}

func TestFindingsAreExplained(t *testing.T) {
	d := good(t, small(t), claim(approval.Documented))
	in := input(setOf(t, raised("checked", nil), assessedFact(0)), d, finds(d), finds(d, ofFact("minimumAge", 17)), finds(d, onDay("f-0", "2026-11-09")))
	for lang, want := range map[catalogue.Lang][]string{
		"nb": {"Funn f-1: «Penetrasjonstest» er kontrollert. Funnet av Anne Berg (vurderer) 10. november 2026: Åpnet og lest.",
			"f-0: Brukes ikke: funnet f-1 om det samme er senere, datert 10. november 2026.", "Funnet: 17", "Oppgitt: oppgitt, men ikke kontrollert av en vurderer"},
		"nn": {"Funn f-1: «Penetrasjonstest» er kontrollert. Funne av Anne Berg (vurderar) 10. november 2026: Åpnet og lest.", "Funne: 17"},
		"en": {"Finding f-1: “Penetrasjonstest” is checked. Found by Anne Berg (assessor) on 10 November 2026: Åpnet og lest.", "Found: 17"},
	} {
		tree, err := in.Explain(lang)
		require.NoError(t, err)
		for _, text := range want {
			assert.Contains(t, flat(tree), text)
		}
		assert.Contains(t, tree.Markdown(lang), "Anne Berg")
	}
}

// flat is every text of a tree.
func flat(n *approval.Node) string {
	out := n.Text + "\n"
	for i := range n.Children {
		out += flat(&n.Children[i])
	}
	return out
}

// Where nobody asks for findings and none are given, nothing is as if there were none.
func TestWithoutFindingsNothingIsAnother(t *testing.T) {
	set := small(t)
	d := good(t, set, nil)
	plain, err := approval.Evaluate(d, set, decided)
	require.NoError(t, err)
	dec, err := input(set, d).Evaluate()
	require.NoError(t, err)
	assert.Equal(t, encode(t, plain), encode(t, dec))
	assert.NotContains(t, encode(t, plain), "findings")
}

// A set that asks for an assessor where nothing above a document is asked for does not say what it means.
func TestAssessedAsksForMoreThanADocument(t *testing.T) {
	for level, code := range map[string]string{"declared": "contradiction", "documented": "contradiction", "checked": "", "third-party": ""} {
		_, err := approval.ParseRequirementSet(edited(t, "small@1.0.0.json", assessedEvidence(level)))
		if code == "" {
			require.NoError(t, err, level)
			continue
		}
		var wrong *approval.SetError
		require.ErrorAs(t, err, &wrong)
		require.Len(t, wrong.Problems, 1, level)
		assert.Equal(t, "/requirements/1/evidence/assessed", wrong.Problems[0].Pointer)
		assert.Equal(t, code, wrong.Problems[0].Code)
	}
	_, err := approval.ParseRequirementSet(edited(t, "small@1.0.0.json", func(d document) {
		raised("", document{"fact": "login", "in": []any{"true"}})(d)
		e := part(item(d, "requirements", 1), "evidence")
		delete(e, "minLevel")
		e["assessed"] = true
	}))
	require.NoError(t, err, "raised is enough")
}

// What an assessor is to check the vendor hands in as a document, and as what a third party has issued.
func TestTheVendorHandsInADocumentToBeChecked(t *testing.T) {
	cases := []struct {
		wanted, level string
		place         string
	}{
		{"checked", "documented", ""}, {"checked", "declared", "/evidence/0/level"},
		{"third-party", "third-party", ""}, {"third-party", "checked", "/evidence/0/level"},
	}
	for _, c := range cases {
		_, err := approval.CheckDeclaration(edited(t, "good.json", func(d document) {
			e := item(d, "evidence", 0)
			e["level"], e["checkedBy"], e["issuer"] = c.level, "Ola Dahl", "Kontroll AS"
		}), setOf(t, assessedEvidence(c.wanted)))
		if c.place == "" {
			require.NoError(t, err, c)
			continue
		}
		ps := problems(t, err)
		require.Len(t, ps, 1, c)
		assert.Equal(t, c.place, ps[0].Pointer)
		assert.Equal(t, approval.CodeEvidenceLevel, ps[0].Code)
	}
}

func TestWhyNotAsksForFindings(t *testing.T) {
	noBytes := func(d *declaration) { d.Evidence[0].SHA256 = "" }
	doc, chk := claim(approval.Documented), claim(approval.Checked)
	cases := []struct {
		name  string
		set   []func(document)
		edit  func(*declaration)
		given []func(*aFinding)
		want  [][]string
	}{
		{"evidence", []func(document){assessedEvidence("checked")}, doc, nil, [][]string{{"finding A-2"}}},
		{"evidence that the vendor says was checked", []func(document){assessedEvidence("checked")}, chk, nil, [][]string{{"finding A-2"}}},
		{"evidence that nothing holds fast", []func(document){assessedEvidence("checked")}, both(doc, noBytes), nil, [][]string{{"evidence A-2", "finding A-2"}}},
		{"evidence that was found too low", []func(document){assessedEvidence("checked")}, doc, []func(*aFinding){atLevel(approval.Documented)}, [][]string{{"evidence A-2", "finding A-2"}}},
		{"evidence that was found too low, in any set", []func(document){raised("checked", nil)}, chk, []func(*aFinding){atLevel(approval.Documented)}, [][]string{{"evidence A-2"}}},
		{"no answer yet", []func(document){assessedEvidence("checked")}, drop("A-2"), nil, [][]string{{"answer A-2 yes", "finding A-2"}}},
		{"a fact", []func(document){assessedFact(0)}, nil, nil, [][]string{{"finding guidance=unguided"}}},
		{"a fact that is not stated", []func(document){assessedFact(0)}, forget("guidance"), nil,
			[][]string{{"fact guidance=unguided", "finding guidance=unguided"}, {"fact guidance=both", "finding guidance=both"}}},
		{"a fact and evidence", []func(document){assessedFact(0), assessedEvidence("checked")}, doc, nil, [][]string{{"finding guidance=unguided", "finding A-2"}}},
		{"assessors disagree", nil, nil, []func(*aFinding){ofFact("guidance", "guided"), both2(ofFact("guidance", "both"), onDay("x", "2026-11-10"))},
			[][]string{{"finding guidance=unguided"}}},
		{"what was found does not lead there", nil, nil, []func(*aFinding){ofFact("guidance", "guided")}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := good(t, small(t), c.edit)
			in := input(setOf(t, c.set...), d)
			for _, edit := range c.given {
				in.Findings = append(in.Findings, finds(d, edit))
			}
			sets, err := in.WhyNot(alone)
			require.NoError(t, err)
			assert.Equal(t, c.want, shorts(sets))
			for _, s := range sets {
				for i := range s.Steps {
					wordedInThree(t, s.Steps[i].Text)
				}
				assert.Equal(t, alone, afterFindings(t, in, s.Steps))
				for i := range s.Steps {
					assert.NotEqual(t, alone, afterFindings(t, in, without(s.Steps, i)), "without %s", short(s.Steps[i]))
				}
			}
		})
	}
}

// afterFindings makes changes, then those findings again that were there, and last those that are among the changes.
func afterFindings(t *testing.T, in approval.Input, steps []approval.Step) approval.Outcome {
	t.Helper()
	d, given := clone(in.Declaration), in.Findings
	for _, s := range steps {
		if s.Kind != approval.StepFinding {
			takeStep(d, s)
		}
	}
	for i := range d.Evidence {
		if strings.HasPrefix(d.Evidence[i].ID, "x") {
			d.Evidence[i].SHA256 = pentest
		}
	}
	in.Declaration, in.Findings = d, nil
	for _, f := range given {
		f.Declaration = finds(d).Declaration
		in.Findings = append(in.Findings, f)
	}
	for i, s := range steps {
		id := "new-" + string(rune('a'+i))
		switch {
		case s.Kind != approval.StepFinding:
		case s.Fact != "":
			in.Findings = append(in.Findings, finds(d, ofFact(s.Fact, s.Value), onDay(id, "2026-11-22")))
		default:
			of := d.Answers[s.Requirement].Evidence
			if len(of) == 0 {
				continue
			}
			in.Findings = append(in.Findings, finds(d, onDay(id, "2026-11-11"), func(f *aFinding) {
				f.Evidence, f.SHA256 = of[0], d.Evidence[slices.IndexFunc(d.Evidence, func(e approval.Evidence) bool { return e.ID == of[0] })].SHA256
			}))
		}
	}
	if slices.ContainsFunc(given, func(f aFinding) bool { return f.Evidence == "e1" }) { // an assessor who has found it too low does not find it better
		in.Findings = slices.DeleteFunc(in.Findings, func(f aFinding) bool { return f.Day == "2026-11-11" && f.Evidence == "e1" })
	}
	dec, err := in.Evaluate()
	require.NoError(t, err)
	return dec.Outcome
}

// Another way to meet a requirement is for the panel, but not before its evidence was checked where the set asks for that.
func TestAnAlternativeIsAssessedToo(t *testing.T) {
	set := setOf(t, assessedEvidence("checked"), allow(1, "alternative"))
	d := good(t, small(t), both(claim(approval.Checked), answer("A-2", approval.Answer{Status: approval.Alternative, Explanation: "x", Evidence: []string{"e1"}})))
	dec, err := input(set, d).Evaluate()
	require.NoError(t, err)
	assert.Equal(t, approval.RuleUnassessed, dec.Rule)
	assert.Contains(t, reason(t, dec, "A-2").Text["en"], "An assessor must open it")
	dec, err = input(set, d, finds(d)).Evaluate()
	require.NoError(t, err)
	assert.Equal(t, alone, dec.Outcome, "major, and documented")
	dec, err = input(set, d, finds(d, atLevel(approval.Documented))).Evaluate()
	require.NoError(t, err)
	assert.Equal(t, approval.RuleUnanswered, dec.Rule)
	d.Answers["A-2"] = approval.Answer{Status: approval.Alternative, Explanation: "x"}
	dec, err = input(set, d).Evaluate()
	require.NoError(t, err)
	assert.Equal(t, approval.RuleUnanswered, dec.Rule, "no evidence is not better than evidence that nobody has opened")
}

// A level that is raised under a fact that is not given asks for that fact only where a document would not do.
func TestADocumentToBeCheckedAsksForNoFact(t *testing.T) {
	for assessed, want := range map[bool]int{true: 0, false: 1} {
		set := setOf(t, func(d document) {
			e := part(item(d, "requirements", 1), "evidence")
			e["minLevel"], e["assessed"] = "documented", assessed
			e["raised"] = []any{document{"minLevel": "checked", "when": document{"fact": "login", "in": []any{"true"}}}}
		})
		_, err := approval.CheckDeclaration(edited(t, "good.json", func(d document) {
			item(d, "evidence", 0)["level"] = "documented"
			delete(part(d, "facts"), "login")
		}), set)
		if want == 0 {
			require.NoError(t, err)
			continue
		}
		assert.Equal(t, "/facts/login", problems(t, err)[0].Pointer)
	}
}
