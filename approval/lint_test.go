package approval_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

func inThree(nb, nn, en string) document { return document{"nb": nb, "nn": nn, "en": en} }

// clean makes of the small set one that has no issues, with groups, days, a
// raised level, a withdrawn requirement and rules.
func clean(d document) {
	d["validFrom"], d["validTo"] = "2026-01-01", "2029-12-31"
	groups := []any{}
	for _, id := range []string{"general", "login", "children", "backend"} {
		groups = append(groups, document{"id": id, "title": words(id)})
	}
	d["groups"] = groups
	for i := range d["requirements"].([]any) {
		r := item(d, "requirements", i)
		r["help"], r["refs"] = inThree("Svar kort.", "Svar kort.", "Answer briefly."), []any{document{"source": "src"}}
	}
	part(item(d, "requirements", 1), "evidence")["raised"] = []any{document{"when": isFact("login", "true"), "minLevel": "third-party"}}
	d["requirements"] = append(d["requirements"].([]any), document{"id": "Z-1", "group": "general", "title": words("z"), "text": words("z"),
		"scope": []any{"web"}, "severity": "minor", "withdrawn": true, "replacedBy": []any{"A-1"}})
	d["rules"] = []any{
		lintRule("no", "rejected", counted("not-met", "blocker", 1)),
		lintRule("panel", "needs-review", document{"any": []any{counted("needs-panel", "", 1), counted("not-met", "major", 3)}}),
		lintRule("with", "approved-with-therapist", isFact("guidance", "guided")),
		lintRule("without", "approved-without-therapist", nil),
	}
	d["default"] = "needs-review"
}

func lintRule(id, outcome string, when document) document {
	r := document{"id": id, "outcome": outcome, "text": words(id)}
	if when != nil {
		r["when"] = when
	}
	return r
}

func isFact(id string, codes ...any) document { return document{"fact": id, "in": codes} }

func allOf(parts ...any) document { return document{"all": parts} }

func anyOf(parts ...any) document { return document{"any": parts} }

func not(c document) document { return document{"not": c} }

func counted(result, severity string, atLeast int) document {
	c := document{"results": []any{result}, "atLeast": atLeast}
	if severity != "" {
		c["severities"] = []any{severity}
	}
	return document{"count": c}
}

// linted parses the clean set with changes and finds its issues.
func linted(t *testing.T, edits ...func(document)) []approval.LintIssue {
	t.Helper()
	return cleanSet(t, edits...).Lint()
}

func cleanSet(t *testing.T, edits ...func(document)) *approval.RequirementSet {
	t.Helper()
	set, err := approval.ParseRequirementSet(edited(t, "small@1.0.0.json", inTurn(append([]func(document){clean}, edits...)...)))
	require.NoError(t, err)
	return set
}

// issue is a finding without its words.
type issue struct {
	pointer, code string
	level         approval.LintLevel
}

func issues(t *testing.T, all []approval.LintIssue) []issue {
	t.Helper()
	out := []issue{}
	for _, i := range all {
		out = append(out, issue{i.Pointer, i.Code, i.Level})
		for _, lang := range languages {
			assert.NotEmpty(t, i.Text[lang], "%s in %s", i.Code, lang)
			assert.NotContains(t, i.Text[lang], "%!", "%s in %s", i.Code, lang)
		}
	}
	return out
}

func lacks(name string) func(document) { return func(d document) { delete(d, name) } }

func onItem(list string, i int, edit func(document)) func(document) {
	return func(d document) { edit(item(d, list, i)) }
}

func onEvidence(i int, edit func(document)) func(document) {
	return onRequirement(i, func(r document) { edit(part(r, "evidence")) })
}

func more(list string, v any) func(document) {
	return func(d document) { d[list] = append(d[list].([]any), v) }
}

func TestTheCleanSetHasNoIssues(t *testing.T) {
	assert.Empty(t, linted(t))
	var nothing *approval.RequirementSet
	assert.Empty(t, nothing.Lint())
	assert.Empty(t, nothing.LintAgainst(cleanSet(t)))
	assert.Empty(t, cleanSet(t).LintAgainst(nil))
}

const long = "Ein tekst som er lik på begge målformene, men så lang at det ikkje kan vere tilfeldig."

// Each case makes one mistake in the clean set, and one issue comes of it.
func TestLint(t *testing.T) {
	e, w, h := approval.LintError, approval.LintWarning, approval.LintHint
	noLogin := document{"code": "no-login", "text": words("x"), "when": isFact("login", "false")}
	cases := []struct {
		name          string
		pointer, code string
		level         approval.LintLevel
		edit          func(document)
	}{
		{"a fact nobody asks for", "/facts/4", approval.LintUnusedFact, w, more("facts", document{"id": "colour", "question": words("colour"), "type": "boolean"})},
		{"a source nobody refers to", "/sources/1", approval.LintUnusedSource, w, more("sources", document{"id": "other", "title": "Other"})},
		{"a group without requirements", "/groups/4", approval.LintUnusedGroup, w, more("groups", document{"id": "empty", "title": words("empty")})},
		{"no reference", "/requirements/0", approval.LintNoRefs, w, onRequirement(0, lacks("refs"))},
		{"evidence without help", "/requirements/3", approval.LintNoHelp, w, onRequirement(3, lacks("help"))},
		{"long and the same in Bokmål and Nynorsk", "/note/nn", approval.LintSameText, w, sets("note", inThree(long, long, "Another text."))},
		{"Bokmål for Nynorsk", "/groups/1/title/nn", approval.LintSameText, w, onItem("groups", 1, sets("title", inThree("Ikke åpen", "Ikke åpen", "Not open")))},
		{"Norwegian for English", "/facts/1/question/en", approval.LintSameText, w, onItem("facts", 1, sets("question", inThree("Logg inn her", "Logg på her", "Logg inn her")))},
		{"English for Norwegian in a reason", "/requirements/4/notApplicable/0/text/en", approval.LintSameText, w, onRequirement(4, onItem("notApplicable", 0, sets("text", inThree("Ingen kan", "There is none", "There is none"))))},
		{"a choice in one language", "/facts/0/choices/0/text/nn", approval.LintSameText, w, onItem("facts", 0, onItem("choices", 0, sets("text", inThree("Bare alene", "Bare alene", "Alone"))))},
		{"a rule in one language", "/rules/0/text/en", approval.LintSameText, w, onItem("rules", 0, sets("text", words("fordi noe mangler")))},
		{"a reason without a condition", "/requirements/4/notApplicable/0", approval.LintReasonUnbound, w, onRequirement(4, onItem("notApplicable", 0, lacks("when")))},
		{"a reason that hangs on an answer only", "/requirements/4/notApplicable/0", approval.LintReasonUnbound, w, onRequirement(4, onItem("notApplicable", 0, sets("when", says("A-1", "yes"))))},
		{"a reason that its requirement excludes", "/requirements/3/notApplicable/0/when", approval.LintReasonNever, w, onRequirement(3, sets("notApplicable", []any{noLogin}))},
		{"a reason that cannot hold with an age", "/requirements/5/notApplicable/0/when", approval.LintReasonNever, w, onRequirement(5,
			sets("notApplicable", []any{document{"code": "adults", "text": words("x"), "when": document{"fact": "minimumAge", "atLeast": 16}}}))},
		{"a reason that most have and one lacks", "/requirements/2", approval.LintReasonSibling, w, inTurn(
			onRequirement(0, sets("notApplicable", []any{noLogin})), onRequirement(1, sets("notApplicable", []any{noLogin})))},
		{"for no tool", "/requirements/3/when", approval.LintWhenNever, e, onRequirement(3, sets("when", allOf(isFact("login", "true"), isFact("login", "false"))))},
		{"below and above", "/requirements/5/when", approval.LintWhenNever, e, onRequirement(5, sets("when", allOf(document{"fact": "minimumAge", "below": 16}, document{"fact": "minimumAge", "atLeast": 16})))},
		{"any of the parts and none", "/requirements/3/when", approval.LintWhenNever, e, onRequirement(3, sets("when",
			allOf(anyOf(isFact("login", "true"), isFact("guidance", "both")), isFact("login", "false"), isFact("guidance", "guided"))))},
		{"answered in two ways", "/requirements/3/when", approval.LintWhenNever, e, onRequirement(3, sets("when", allOf(isFact("login", "true"), says("A-1", "yes"), says("A-1", "no"))))},
		{"a rule on what cannot be", "/rules/1/when", approval.LintRuleNever, e, onItem("rules", 1, sets("when", counted("not-met", "major", 4)))},
		{"a count that is two numbers", "/rules/1/when", approval.LintRuleNever, e, onItem("rules", 1, sets("when", allOf(counted("not-met", "major", 2),
			document{"count": document{"results": []any{"not-met"}, "severities": []any{"major"}, "below": 2}})))},
		{"after a rule that always holds", "/rules/4", approval.LintRuleCovered, e, more("rules", lintRule("late", "approved-without-therapist", isFact("login", "true")))},
		{"after a rule that always holds first", "/rules/1", approval.LintRuleCovered, e, onItem("rules", 1, sets("when", allOf(counted("not-met", "blocker", 2), isFact("login", "true"))))},
		{"approving before a stricter rule", "/rules/1", approval.LintRuleOrder, w, func(d document) {
			rules := d["rules"].([]any)
			rules[1], rules[2] = rules[2], rules[1]
		}},
		{"third-party evidence of any age", "/requirements/1/evidence", approval.LintAgeMissing, w, onEvidence(1, lacks("maxAgeMonths"))},
		{"third-party evidence of any age from the start", "/requirements/3/evidence", approval.LintAgeMissing, w, onEvidence(3, sets("minLevel", "third-party"))},
		{"raised to what it is", "/requirements/1/evidence/raised/0/minLevel", approval.LintRaiseIdle, h, onEvidence(1, sets("minLevel", "third-party"))},
		{"raised never", "/requirements/3/evidence/raised/0/when", approval.LintRaiseIdle, h, onEvidence(3, sets("raised", []any{document{"when": isFact("login", "false"), "minLevel": "checked"}}))},
		{"withdrawn without a word", "/requirements/7", approval.LintWithdrawnAlone, w, onRequirement(7, lacks("replacedBy"))},
		{"asks a withdrawn one", "/requirements/0/when/answer", approval.LintAsksWithdrawn, w, onRequirement(0, sets("when", says("Z-1", "yes")))},
		{"counts a withdrawn one", "/rules/0/when/any/1/count/requirements/1", approval.LintAsksWithdrawn, w, onItem("rules", 0, sets("when", anyOf(counted("not-met", "blocker", 1),
			document{"count": document{"results": []any{"not-met"}, "requirements": []any{"A-1", "Z-1"}, "atLeast": 1}})))},
		{"over before the set is in force", "/requirements/0/until", approval.LintNeverInForce, e, onRequirement(0, sets("until", "2025-12-31"))},
		{"begins after the set's last day", "/requirements/0/from", approval.LintNeverInForce, e, onRequirement(0, sets("from", "2030-01-01"))},
		{"begins with the set", "/requirements/0/from", approval.LintDayIdle, h, onRequirement(0, sets("from", "2026-01-01"))},
		{"ends with the set", "/requirements/0/until", approval.LintDayIdle, h, onRequirement(0, sets("until", "2029-12-31"))},
		{"three levels", "/requirements/0/when", approval.LintDepth, w, onRequirement(0, sets("when",
			allOf(isFact("login", "true"), anyOf(isFact("guidance", "both"), allOf(isFact("guidance", "guided"), document{"fact": "minimumAge", "below": 16})))))},
		{"not of a group", "/requirements/0/when/not", approval.LintNot, w, onRequirement(0, sets("when", not(anyOf(isFact("login", "true"), isFact("guidance", "both")))))},
		{"not of any number of choices", "/requirements/6/when/all/0/not", approval.LintNot, w, onRequirement(6, inTurn(lacks("notApplicable"), sets("when", allOf(not(isFact("platforms", "backend")), isFact("login", "true")))))},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, []issue{{c.pointer, c.code, c.level}}, issues(t, linted(t, c.edit)))
		})
	}
}

// What looks like a mistake and is none.
func TestLintIsSilent(t *testing.T) {
	noLogin := document{"code": "no-login", "text": words("x"), "when": isFact("login", "false")}
	published := document{"id": "colour", "question": words("colour"), "type": "boolean", "publish": true}
	cases := map[string]func(document){
		"a fact that is only shown":            more("facts", published),
		"a fact that only a raised level asks": inTurn(more("facts", document{"id": "colour", "question": words("colour"), "type": "boolean"}), onEvidence(1, sets("raised", []any{document{"when": isFact("colour", "true"), "minLevel": "checked"}}))),
		"a short text that is the same":        sets("note", inThree("Verktøyet er godkjent", "Verktøyet er godkjent", "The tool is approved")),
		"a name in every language":             onRequirement(0, sets("title", words("Norsk helsenett"))),
		"a reason of a few":                    onRequirement(0, sets("notApplicable", []any{noLogin})),
		"withdrawn with a word":                onRequirement(7, inTurn(lacks("replacedBy"), sets("help", words("Utgått.")))),
		"in force for a part of the time":      onRequirement(0, inTurn(sets("from", "2027-01-01"), sets("until", "2027-12-31"))),
		"in force on the first day only":       onRequirement(0, sets("until", "2026-01-01")),
		"in force on the last day only":        onRequirement(0, sets("from", "2029-12-31")),
		"two levels":                           onRequirement(0, sets("when", allOf(anyOf(isFact("login", "true"), isFact("guidance", "both")), isFact("guidance", "both", "guided")))),
		"levels of one kind":                   onRequirement(0, sets("when", allOf(allOf(isFact("login", "true"), allOf(isFact("guidance", "both")))))),
		"a range of numbers":                   onRequirement(0, sets("when", anyOf(document{"fact": "minimumAge", "atLeast": 3, "below": 7}, isFact("login", "true")))),
		"not of one choice":                    onRequirement(0, sets("when", not(isFact("guidance", "both")))),
		"two choices at once":                  onRequirement(0, sets("when", allOf(isFact("platforms", "web"), isFact("platforms", "backend")))),
		"a plan that may be given":             onRequirement(3, inTurn(sets("when", allOf(isFact("login", "true"), says("A-2", "planned"))))),
		"no rules":                             inTurn(lacks("rules"), lacks("default")),
	}
	for name, edit := range cases {
		t.Run(name, func(t *testing.T) {
			allowed := onRequirement(1, sets("allowed", []any{"planned"}))
			assert.Empty(t, issues(t, linted(t, allowed, edit)))
		})
	}
}

// A set made in Go can have what a file cannot.
func TestLintOfADefaultThatApproves(t *testing.T) {
	s := cleanSet(t)
	s.Default = approval.ApprovedWithTherapist
	assert.Equal(t, []issue{{"/default", approval.LintDefault, approval.LintError}}, issues(t, s.Lint()))
}

func TestLintIsSortedAndTheSameEveryTime(t *testing.T) {
	s, err := approval.ParseRequirementSet(read(t, "small@1.0.0.json"))
	require.NoError(t, err)
	first := s.Lint()
	require.Greater(t, len(first), 5)
	for range 50 {
		assert.Equal(t, first, s.Lint())
	}
	var places []string
	for _, i := range first {
		places = append(places, i.Pointer+" "+i.Code)
	}
	assert.IsIncreasing(t, places)
}

// pigeons asks for each pigeon to have a hole, and for no hole to have two: hard to search when there is one hole too few.
func pigeons(n, holes int) func(document) {
	at := func(pigeon, hole int) document { return isFact(fmt.Sprintf("p%dh%d", pigeon, hole), "true") }
	return func(d document) {
		var every, alone []any
		for p := range n {
			var somewhere []any
			for h := range holes {
				more("facts", document{"id": fmt.Sprintf("p%dh%d", p, h), "question": words("?"), "type": "boolean"})(d)
				somewhere = append(somewhere, at(p, h))
				for q := range p {
					alone = append(alone, anyOf(not(at(p, h)), not(at(q, h))))
				}
			}
			every = append(every, anyOf(somewhere...))
		}
		for part := range slices.Chunk(alone, 50) {
			every = append(every, allOf(part...))
		}
		item(d, "requirements", 0)["when"] = allOf(every...)
	}
}

// What cannot be searched through is not said to be impossible, and the search ends.
func TestLintGivesUp(t *testing.T) {
	assert.Equal(t, []issue{{"/requirements/0/when", approval.LintWhenNever, approval.LintError}}, issues(t, linted(t, pigeons(4, 3))))
	assert.Empty(t, issues(t, linted(t, pigeons(4, 4))))
	assert.Empty(t, issues(t, linted(t, pigeons(7, 6))), "too much to search")

	codes, choices := []any{}, []any{}
	for i := range 9 {
		code := fmt.Sprint("c", i)
		codes, choices = append(codes, code), append(choices, document{"code": code, "text": words(code)})
	}
	many := more("facts", document{"id": "many", "question": words("many"), "type": "choices", "choices": choices})
	never := func(codes []any) document { return allOf(isFact("many", codes...), not(isFact("many", codes...))) }
	few := issues(t, linted(t, many, onRequirement(0, sets("when", never(codes[:8])))))
	much := issues(t, linted(t, many, onRequirement(0, sets("when", never(codes)))))
	turned := issue{"/requirements/0/when/all/1/not", approval.LintNot, approval.LintWarning}
	assert.Equal(t, []issue{{"/requirements/0/when", approval.LintWhenNever, approval.LintError}, turned}, few)
	assert.Equal(t, []issue{turned}, much, "too many choices to try")
}

func TestLintAgainst(t *testing.T) {
	version := func(v string) func(document) { return sets("version", v) }
	gone := func(d document) { d["requirements"] = d["requirements"].([]any)[1:] }
	noRest := onRequirement(6, lacks("replacedBy"))
	e, w := approval.LintError, approval.LintWarning
	cases := []struct {
		name string
		edit func(document)
		want []issue
	}{
		{"nothing but the version", version("1.0.1"), []issue{}},
		{"the same version", version("1.0.0"), []issue{{"/version", approval.LintVersion, e}}},
		{"an older version", version("0.9.9"), []issue{{"/version", approval.LintVersion, e}}},
		{"numbers and not letters", version("1.10.0"), []issue{}},
		{"another set", inTurn(version("1.0.1"), sets("id", "other")), []issue{{"/id", approval.LintOtherSet, e}}},
		{"left out", inTurn(version("2.0.0"), gone, noRest), []issue{{"/requirements/0", approval.LintIDGone, e}}},
		{"withdrawn instead", inTurn(version("2.0.0"), onRequirement(2, sets("withdrawn", true))), []issue{}},
		{"used again", inTurn(version("2.0.0"), onRequirement(7, inTurn(lacks("withdrawn"), lacks("replacedBy")))), []issue{{"/requirements/7/id", approval.LintIDReused, e}}},
		{"another text in a patch", inTurn(version("1.0.1"), onRequirement(1, sets("text", words("b")))), []issue{{"/requirements/1/text", approval.LintWording, e}}},
		{"another help in a patch", inTurn(version("1.0.1"), onRequirement(1, sets("help", words("b")))), []issue{{"/requirements/1/text", approval.LintWording, e}}},
		{"another text in a minor version", inTurn(version("1.1.0"), onRequirement(1, sets("text", words("b")))), []issue{}},
		{"another text in a major version", inTurn(version("2.0.0"), onRequirement(1, sets("text", words("b")))), []issue{}},
		{"another title in a patch", inTurn(version("1.0.1"), onRequirement(1, sets("title", words("b")))), []issue{}},
		{"weighs less", inTurn(version("2.0.0"), onRequirement(3, sets("severity", "major"))), []issue{{"/requirements/3/severity", approval.LintSeverityLowered, w}}},
		{"weighs more", inTurn(version("2.0.0"), onRequirement(4, sets("severity", "blocker"))), []issue{}},
		{"a fact is left out", inTurn(version("2.0.0"), func(d document) {
			d["facts"] = d["facts"].([]any)[:3]
			item(d, "requirements", 5)["when"] = isFact("login", "true")
		}), []issue{{"/facts/3", approval.LintFactGone, w}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, issues(t, cleanSet(t, c.edit).LintAgainst(cleanSet(t))))
		})
	}
}

// Programs read issues as JSON.
func TestLintIssueAsJSON(t *testing.T) {
	found := linted(t, onRequirement(0, lacks("refs")))
	require.Len(t, found, 1)
	data, err := json.Marshal(found[0])
	require.NoError(t, err)
	assert.JSONEq(t, `{"pointer": "/requirements/0", "code": "no-refs", "level": "warning", "text": {
		"nb": "Krav A-1 sier ikke hvor det kommer fra. Vis til en kilde.",
		"nn": "Krav A-1 seier ikkje kvar det kjem frå. Vis til ei kjelde.",
		"en": "Requirement A-1 does not say where it comes from. Refer to a source."}}`, string(data))
}
