package approval_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// found is what a test compares of a problem: place, requirement and code.
type found struct{ pointer, requirement, code string }

func problems(t testing.TB, err error) []approval.Problem {
	t.Helper()
	require.ErrorIs(t, err, approval.ErrInvalid)
	var e *approval.DeclarationError
	require.ErrorAs(t, err, &e)
	require.NotEmpty(t, e.Problems)
	return e.Problems
}

func places(ps []approval.Problem) []found {
	var out []found
	for _, p := range ps {
		out = append(out, found{p.Pointer, p.Requirement, p.Code})
	}
	return out
}

// Each case makes one mistake in a good declaration, and one problem comes of it.
func TestOneMistakeIsOneProblem(t *testing.T) {
	cases := []struct {
		name string
		edit func(document)
		want found
		says string
	}{
		{"unknown requirement id", func(d document) { part(d, "answers")["Z-9"] = document{"status": "yes"} },
			found{"/answers/Z-9", "", "unknown-member"}, "no requirement with this id"},
		{"wrong type of a status", func(d document) { part(d, "answers", "A-1")["status"] = true },
			found{"/answers/A-1/status", "A-1", "wrong-type"}, "a string"},
		{"wrong type of an answer", func(d document) { part(d, "answers")["A-1"] = "yes" },
			found{"/answers/A-1", "A-1", "wrong-type"}, "an object"},
		{"wrong type of the evidence of an answer that needs it", func(d document) { part(d, "answers", "A-2")["evidence"] = "e1" },
			found{"/answers/A-2/evidence", "A-2", "wrong-type"}, "“Threats are tested”"},
		{"null for an answer", func(d document) { part(d, "answers")["A-1"] = nil },
			found{"/answers/A-1", "A-1", "wrong-type"}, "an object"},
		{"unknown status", func(d document) { part(d, "answers", "A-1")["status"] = "maybe" },
			found{"/answers/A-1/status", "A-1", "not-allowed"}, "yes, no"},
		{"unknown status with a reason", func(d document) { part(d, "answers")["B-2"] = document{"status": "maybe", "reason": "no-login"} },
			found{"/answers/B-2/status", "B-2", "not-allowed"}, "yes, no, not-applicable"},
		{"status missing", func(d document) { delete(part(d, "answers", "A-1"), "status") },
			found{"/answers/A-1/status", "A-1", "missing-member"}, "missing"},
		{"not-applicable where it is not allowed", func(d document) { part(d, "answers", "A-1")["status"] = "not-applicable" },
			found{"/answers/A-1/status", "A-1", "not-allowed"}, "Answer yes or no"},
		{"not-applicable without a reason", func(d document) { part(d, "answers", "B-2")["status"] = "not-applicable" },
			found{"/answers/B-2/reason", "B-2", "missing-member"}, `Give reason: "no-login"`},
		{"unknown reason", func(d document) {
			part(d, "answers")["B-2"] = document{"status": "not-applicable", "reason": "too-small"}
		}, found{"/answers/B-2/reason", "B-2", "not-allowed"}, "no-login"},
		{"reason with yes", func(d document) { part(d, "answers", "B-2")["reason"] = "no-login" },
			found{"/answers/B-2/reason", "B-2", "contradiction"}, "“not-applicable” only"},
		{"unknown reason with yes", func(d document) { part(d, "answers", "B-2")["reason"] = "other" },
			found{"/answers/B-2/reason", "B-2", "contradiction"}, "“not-applicable” only"},
		{"reason that contradicts a fact", func(d document) {
			part(d, "answers")["B-2"] = document{"status": "not-applicable", "reason": "no-login"}
		}, found{"/answers/B-2/reason", "B-2", "contradiction"}, "“Must the user log in?”"},
		{"reason that contradicts a list", func(d document) {
			part(d, "answers")["D-1"] = document{"status": "not-applicable", "reason": "no-backend"}
		}, found{"/answers/D-1/reason", "D-1", "contradiction"}, "“Which parts has the tool?”"},
		{"unknown member of an answer", func(d document) { part(d, "answers", "A-1")["comment"] = "x" },
			found{"/answers/A-1/comment", "A-1", "unknown-member"}, "answered, due, evidence, explanation, inherited, reason, status"},
		{"member in other case", func(d document) { part(d, "answers", "A-1")["Explanation"] = "x" },
			found{"/answers/A-1/Explanation", "A-1", "unknown-member"}, "unknown"},
		{"explanation too long", func(d document) { part(d, "answers", "A-1")["explanation"] = strings.Repeat("x", 4001) },
			found{"/answers/A-1/explanation", "A-1", "too-long"}, "4000"},
		{"evidence missing", func(d document) { delete(part(d, "answers", "A-2"), "evidence") },
			found{"/answers/A-2/evidence", "A-2", "missing-evidence"}, `"report"`},
		{"empty list of evidence", func(d document) { part(d, "answers", "A-2")["evidence"] = []any{} },
			found{"/answers/A-2/evidence", "A-2", "missing-evidence"}, `"report"`},
		{"evidence that is not listed", func(d document) { part(d, "answers", "A-2")["evidence"] = []any{"e9"} },
			found{"/answers/A-2/evidence/0", "A-2", "unknown"}, "not listed under evidence"},
		{"reference of the wrong type", func(d document) { part(d, "answers", "A-2")["evidence"] = []any{"e1", 5} },
			found{"/answers/A-2/evidence/1", "A-2", "wrong-type"}, "a string"},
		{"only reference of the wrong type", func(d document) { part(d, "answers", "A-2")["evidence"] = []any{5} },
			found{"/answers/A-2/evidence/0", "A-2", "wrong-type"}, "a string"},
		{"evidence list of the wrong type", func(d document) { d["evidence"] = "none" },
			found{"/evidence", "", "wrong-type"}, "an array"},
		{"evidence item of the wrong type", func(d document) { d["evidence"].([]any)[0] = "e1" },
			found{"/evidence/0", "", "wrong-type"}, "an object"},
		{"answers of the wrong type", func(d document) { d["answers"] = []any{} },
			found{"/answers", "", "wrong-type"}, "an object"},
		{"facts of the wrong type", func(d document) { d["facts"] = "none" },
			found{"/facts", "", "wrong-type"}, "an object"},
		{"evidence named twice", func(d document) { part(d, "answers", "A-2")["evidence"] = []any{"e1", "e1"} },
			found{"/answers/A-2/evidence/1", "A-2", "repeated"}, "/answers/A-2/evidence/0"},
		{"evidence of the wrong kind", func(d document) { item(d, "evidence", 0)["kind"] = "screenshot" },
			found{"/answers/A-2/evidence", "A-2", "evidence-kind"}, `"report"`},
		{"evidence a day too old", func(d document) { item(d, "evidence", 0)["issued"] = "2025-10-31" },
			found{"/evidence/0/issued", "A-2", "evidence-too-old"}, "12 months"},
		{"evidence that expired the day before", func(d document) { item(d, "evidence", 1)["expires"] = "2026-10-31" },
			found{"/evidence/1/expires", "B-1", "evidence-expired"}, "no longer valid"},
		{"evidence from after the submission", func(d document) { item(d, "evidence", 0)["issued"] = "2026-11-02" },
			found{"/evidence/0/issued", "", "contradiction"}, "dated after"},
		{"evidence that expires before it is issued", func(d document) { item(d, "evidence", 1)["expires"] = "2026-01-14" },
			found{"/evidence/1/expires", "", "contradiction"}, "expires before"},
		{"evidence id twice", func(d document) {
			d["evidence"] = append(d["evidence"].([]any), document{"id": "e1", "kind": "report", "title": "Another", "issued": "2026-04-01"})
		}, found{"/evidence/2/id", "", "repeated"}, "an id of its own"},
		{"evidence without an id", func(d document) { delete(item(d, "evidence", 0), "id") },
			found{"/evidence/0/id", "", "missing-member"}, "missing"},
		{"a day that does not exist", func(d document) { item(d, "evidence", 0)["issued"] = "2026-02-30" },
			found{"/evidence/0/issued", "", "bad-format"}, "The day must exist"},
		{"address without https", func(d document) { item(d, "evidence", 0)["url"] = "http://example.no/a.pdf" },
			found{"/evidence/0/url", "", "bad-format"}, "https://"},
		{"digest in capitals", func(d document) { item(d, "evidence", 0)["sha256"] = strings.Repeat("A", 64) },
			found{"/evidence/0/sha256", "", "bad-format"}, "64 characters"},
		{"unknown fact", func(d document) { part(d, "facts")["colour"] = "blue" },
			found{"/facts/colour", "", "unknown-member"}, "does not ask for this"},
		{"fact of the wrong type", func(d document) { part(d, "facts")["login"] = "true" },
			found{"/facts/login", "", "wrong-type"}, "“Must the user log in?”"},
		{"choice that does not exist", func(d document) { part(d, "facts")["guidance"] = "sometimes" },
			found{"/facts/guidance", "", "not-allowed"}, "unguided, guided, both"},
		{"one choice too many", func(d document) { part(d, "facts")["platforms"] = []any{"web", "backend", "watch"} },
			found{"/facts/platforms/2", "", "not-allowed"}, "web, backend"},
		{"choice twice", func(d document) { part(d, "facts")["platforms"] = []any{"web", "web"} },
			found{"/facts/platforms/1", "", "repeated"}, "/facts/platforms/0"},
		{"wrong check digit", func(d document) { part(d, "vendor")["orgNumber"] = "999999998" },
			found{"/vendor/orgNumber", "", "bad-format"}, "check every digit"},
		{"organisation number with spaces", func(d document) { part(d, "vendor")["orgNumber"] = "999 999 999" },
			found{"/vendor/orgNumber", "", "bad-format"}, "no spaces"},
		{"tool id with capitals", func(d document) { part(d, "tool")["id"] = "Sovn" },
			found{"/tool/id", "", "bad-format"}, "lower-case"},
		{"name in no language", func(d document) { part(d, "tool")["name"] = document{} },
			found{"/tool/name", "", "too-few"}, "at least 1"},
		{"blank name", func(d document) { part(d, "signedBy")["name"] = " " },
			found{"/signedBy/name", "", "too-short"}, "at least 1"},
		{"nobody signed", func(d document) { delete(d, "signedBy") },
			found{"/signedBy", "", "missing-member"}, "missing"},
		{"day of submission missing", func(d document) { delete(d, "submitted") },
			found{"/submitted", "", "missing-member"}, "missing"},
		{"day of submission in Norwegian form", func(d document) { d["submitted"] = "01.11.2026" },
			found{"/submitted", "", "bad-format"}, "year-month-day"},
		{"version of the future", func(d document) { d["version"] = 2 },
			found{"/version", "", "not-allowed"}, "1"},
		{"set missing", func(d document) { delete(d, "set") },
			found{"/set", "", "missing-member"}, "missing"},
		{"another set", func(d document) { part(d, "set")["id"] = "large" },
			found{"/set/id", "", "other-set"}, "small version 1.0.0"},
		{"another version", func(d document) { part(d, "set")["version"] = "2.0.0" },
			found{"/set/version", "", "other-set"}, "small version 1.0.0"},
	}
	set := small(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, err := approval.CheckDeclaration(edited(t, "good.json", c.edit), set)
			ps := problems(t, err)
			assert.Equal(t, []found{c.want}, places(ps), "%v", err)
			assert.Contains(t, ps[0].Text["en"], c.says)
			assert.Nil(t, d)
		})
	}
}

func TestBrokenJSON(t *testing.T) {
	data := string(edited(t, "good.json", nil))
	cases := []struct {
		name, data string
		want       found
	}{
		{"duplicate member", strings.Replace(data, `"A-1":{"status":"yes"}`, `"A-1":{"status":"no","status":"yes"}`, 1),
			found{"/answers/A-1/status", "A-1", "duplicate-member"}},
		{"two documents", data + "{}", found{"", "", "trailing"}},
		{"not UTF-8", strings.Replace(data, "Penetrasjonstest", "\xff", 1), found{"", "", "not-utf8"}},
		{"too large", data + strings.Repeat(" ", 1<<20), found{"", "", "too-large"}},
		{"number that costs", strings.Replace(data, `"minimumAge":18`, `"minimumAge":1e1000000`, 1), found{"/facts/minimumAge", "", "bad-number"}},
		{"empty", "", found{"", "", "syntax"}},
	}
	set := small(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := approval.CheckDeclaration([]byte(c.data), set)
			assert.Equal(t, []found{c.want}, places(problems(t, err)))
		})
	}
}

func TestAllProblemsAtOnceInOrder(t *testing.T) {
	data := edited(t, "good.json", func(d document) {
		delete(d, "signedBy")
		part(d, "facts")["login"] = "yes"
		part(d, "answers")["Z-9"] = document{}
		part(d, "answers", "A-1")["status"] = 1
		part(d, "answers", "A-2")["evidence"] = []any{"e1", "e7"}
		item(d, "evidence", 0)["issued"] = "2024-01-01"
		part(d, "vendor")["orgNumber"] = "123456789"
	})
	set := small(t)
	_, err := approval.CheckDeclaration(data, set)
	want := []found{
		{"/answers/A-1/status", "A-1", "wrong-type"},
		{"/answers/A-2/evidence/1", "A-2", "unknown"},
		{"/answers/Z-9", "", "unknown-member"},
		{"/evidence/0/issued", "A-2", "evidence-too-old"},
		{"/facts/login", "", "wrong-type"},
		{"/signedBy", "", "missing-member"},
		{"/vendor/orgNumber", "", "bad-format"},
	}
	first := problems(t, err)
	assert.Equal(t, want, places(first))
	for range 200 {
		_, again := approval.CheckDeclaration(data, set)
		require.Equal(t, encode(t, first), encode(t, problems(t, again)))
	}
}

func TestProblemsAreInThreeLanguagesAndWithoutValues(t *testing.T) {
	const secret = "13016712345"
	data := edited(t, "good.json", func(d document) {
		part(d, "answers", "A-1")["status"] = secret
		part(d, "answers")[secret] = document{}
		part(d, "facts")["guidance"] = secret
		part(d, "vendor")["orgNumber"] = secret
		item(d, "evidence", 0)["issued"] = secret
		part(d, "answers", "B-1")["evidence"] = []any{secret}
		d[secret] = secret
	})
	_, err := approval.CheckDeclaration(data, small(t))
	ps := problems(t, err)
	assert.Len(t, ps, 7)
	assert.NotContains(t, encode(t, ps), secret)
	assert.NotContains(t, err.Error(), secret)
	for _, p := range ps {
		for _, lang := range languages {
			assert.NotEmpty(t, p.Text[lang], p.Pointer)
			assert.NotContains(t, p.Text[lang], "%!", p.Pointer)
		}
		assert.NotEqual(t, p.Text["nb"], p.Text["en"])
	}
	assert.Contains(t, ps[1].Text["nb"], "Krav A-1 «Formålet er beskrevet»: ")
}

// Beside its field a problem need not name the requirement or the question again.
func TestBriefLeavesOutTheName(t *testing.T) {
	data := edited(t, "good.json", func(d document) {
		part(d, "answers", "A-1")["status"] = "maybe"
		part(d, "facts")["login"] = "perhaps"
		part(d, "vendor")["orgNumber"] = "1"
	})
	_, err := approval.CheckDeclaration(data, small(t))
	ps := problems(t, err)
	require.Len(t, ps, 3)
	for i, name := range []string{"Krav A-1 «Formålet er beskrevet»: ", "Spørsmålet «Må brukeren logge inn?»: ", ""} {
		assert.Equal(t, ps[i].Text["nb"], name+ps[i].Brief["nb"])
		for _, lang := range languages {
			assert.NotEmpty(t, ps[i].Brief[lang], ps[i].Pointer)
			assert.True(t, strings.HasSuffix(ps[i].Text[lang], ps[i].Brief[lang]), ps[i].Pointer)
		}
	}
	assert.NotContains(t, encode(t, ps), "brief", "the JSON of a problem stays as it is")

	_, err = approval.GrantWaiver(approval.Waiver{}, "", "2026-12-01", approval.WaiverPolicy{})
	var refused *approval.RefusedError
	require.ErrorAs(t, err, &refused)
	require.NotEmpty(t, refused.Problems)
	for _, p := range refused.Problems {
		assert.Equal(t, p.Text, p.Brief, p.Pointer)
	}
}

func TestAtMostAHundredProblems(t *testing.T) {
	data := edited(t, "good.json", func(d document) {
		for i := range 500 {
			part(d, "answers")[fmt.Sprintf("X-%d-%s", i, strings.Repeat("x", 500))] = document{}
		}
	})
	_, err := approval.CheckDeclaration(data, small(t))
	var e *approval.DeclarationError
	require.ErrorAs(t, err, &e)
	assert.Len(t, e.Problems, 100)
	assert.Equal(t, 400, e.More)
	assert.Less(t, len(err.Error()), 10_000)
	assert.Contains(t, err.Error(), "and 480 more")
}

func TestGoodDeclarations(t *testing.T) {
	cases := []struct {
		name string
		edit func(document)
	}{
		{"as it is", nil},
		{"without version", func(d document) { delete(d, "version") }},
		{"answers left out", func(d document) { d["answers"] = document{} }},
		{"facts left out", func(d document) { d["facts"] = document{} }},
		{"answer to what does not apply, without evidence", func(d document) { part(d, "answers")["C-1"] = document{"status": "yes"} }},
		{"yes without evidence to what may or may not apply", func(d document) {
			delete(part(d, "facts"), "minimumAge")
			part(d, "answers")["C-1"] = document{"status": "yes"}
		}},
		{"reason that agrees", func(d document) {
			part(d, "facts")["login"] = false
			part(d, "answers")["B-2"] = document{"status": "not-applicable", "reason": "no-login"}
		}},
		{"reason about a fact that is not given", func(d document) {
			delete(part(d, "facts"), "login")
			part(d, "answers")["B-2"] = document{"status": "not-applicable", "reason": "no-login"}
		}},
		{"evidence exactly as old as allowed", func(d document) { item(d, "evidence", 0)["issued"] = "2025-11-01" }},
		{"evidence that expires on the day", func(d document) { item(d, "evidence", 1)["expires"] = "2026-11-01" }},
		{"old evidence beside new", func(d document) {
			d["evidence"] = append(d["evidence"].([]any), document{"id": "old", "kind": "report", "title": "Old", "issued": "2020-01-01"})
			part(d, "answers", "A-2")["evidence"] = []any{"old", "e1"}
		}},
		{"no with an explanation", func(d document) {
			part(d, "answers")["A-1"] = document{"status": "no", "explanation": "Kommer i neste utgave."}
		}},
	}
	set := small(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, err := approval.CheckDeclaration(edited(t, "good.json", c.edit), set)
			require.NoError(t, err)
			assert.Equal(t, approval.DeclarationVersion, d.Version)
			assert.Equal(t, "Søvnhjelp AS", d.Vendor.Name)
		})
	}
}

func TestReasonsOfWhatDoesNotApplyAreFine(t *testing.T) {
	set, err := approval.ParseRequirementSet(edited(t, "small@1.0.0.json", func(d document) {
		item(d, "requirements", 4)["when"] = document{"fact": "minimumAge", "below": 16}
	}))
	require.NoError(t, err)
	contradiction := func(d document) {
		part(d, "answers")["B-2"] = document{"status": "not-applicable", "reason": "no-login"}
	}
	_, err = approval.CheckDeclaration(edited(t, "good.json", contradiction), set)
	require.NoError(t, err)
	_, err = approval.CheckDeclaration(edited(t, "good.json", func(d document) {
		contradiction(d)
		part(d, "facts")["minimumAge"] = 15
	}), set)
	assert.Equal(t, []found{{"/answers/B-2/reason", "B-2", "contradiction"}}, places(problems(t, err)))
}

func TestOtherSetCanBeToldApart(t *testing.T) {
	_, err := approval.CheckDeclaration(edited(t, "good.json", func(d document) { part(d, "set")["version"] = "0.9.0" }), small(t))
	require.ErrorIs(t, err, approval.ErrOtherSet)
	require.ErrorIs(t, err, approval.ErrInvalid)
	_, err = approval.CheckDeclaration(edited(t, "good.json", func(d document) { delete(d, "id") }), small(t))
	require.NotErrorIs(t, err, approval.ErrOtherSet)
	_, err = approval.CheckDeclaration(read(t, "good.json"), &approval.RequirementSet{ID: "small", Version: "1.0.0"})
	require.ErrorIs(t, err, approval.ErrSet)
	_, err = approval.CheckDeclaration(read(t, "good.json"), nil)
	require.ErrorIs(t, err, approval.ErrSet)
}

func TestReadSetRef(t *testing.T) {
	ref, err := approval.ReadSetRef(read(t, "good.json"))
	require.NoError(t, err)
	assert.Equal(t, approval.SetRef{ID: "small", Version: "1.0.0"}, ref)
	for _, data := range []string{"", "[]", "{}", `{"set":"small"}`, `{"set":{"id":"small"}}`, `{"set":{"id":1,"version":"1.0.0"}}`} {
		_, err := approval.ReadSetRef([]byte(data))
		assert.ErrorIs(t, err, approval.ErrInvalid, data)
	}
}

// What is read says the same when it is written and read again, in every form;
// what is a declaration is a draft as well.
func FuzzCheckDeclaration(f *testing.F) {
	sets := []*approval.RequirementSet{small(f), tracked(f)}
	for _, name := range []string{"good.json", "tracked.json", "vendor.json"} {
		f.Add(read(f, name))
	}
	f.Add(bytes.ReplaceAll(read(f, "good.json"), []byte(`"yes"`), []byte(`"no"`)))
	f.Add([]byte(`{"set":{"id":"small","version":"1.0.0"},"answers":{"A-1":null}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, set := range sets {
			whole := readAgain(t, data, func(b []byte) (*approval.SelfDeclaration, error) { return approval.CheckDeclaration(b, set) })
			draft := readAgain(t, data, func(b []byte) (*approval.SelfDeclaration, error) { return approval.CheckDraft(b, set) })
			vendor := readAgain(t, data, func(b []byte) (*approval.VendorDeclaration, error) { return approval.CheckVendorDeclaration(b, set) })
			if whole && !draft || vendor && draft {
				t.Fatalf("%s: declaration %v, draft %v, vendor's %v", set.ID, whole, draft, vendor)
			}
		}
	})
}

// readAgain says whether the document was taken.
func readAgain[D interface{ Digest() approval.Digest }](t *testing.T, data []byte, check func([]byte) (D, error)) bool {
	t.Helper()
	d, err := check(data)
	if err != nil {
		var e *approval.DeclarationError
		if !errors.As(err, &e) || len(e.Problems) == 0 || len(e.Problems) > 100 {
			t.Fatalf("want 1 to 100 problems: %v", err)
		}
		return false
	}
	again, err := check([]byte(encode(t, d)))
	require.NoError(t, err)
	require.Equal(t, d.Digest(), again.Digest())
	return true
}
