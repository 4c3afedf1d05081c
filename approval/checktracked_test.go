package approval_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// tracked is read once; no test may change it.
func tracked(t testing.TB) *approval.RequirementSet {
	t.Helper()
	set, err := trackedSet()
	require.NoError(t, err)
	return set
}

var trackedSet = sync.OnceValues(func() (*approval.RequirementSet, error) {
	data, err := os.ReadFile("testdata/tracked@1.0.0.json")
	if err != nil {
		return nil, err
	}
	return approval.ParseRequirementSet(data)
})

// ofAnswer edits one answer.
func ofAnswer(id string, edit func(document)) func(document) {
	return func(d document) { edit(part(d, "answers", id)) }
}

func put(name string, value any) func(document) { return func(d document) { d[name] = value } }

func removing(name string) func(document) { return func(d document) { delete(d, name) } }

func every(edits ...func(document)) func(document) {
	return func(d document) {
		for _, e := range edits {
			e(d)
		}
	}
}

// fresh is an answer of this status by somebody to a wording that the set has for id.
func fresh(t testing.TB, id string, status approval.Status) document {
	t.Helper()
	r, known := tracked(t).Requirement(id)
	require.True(t, known)
	return document{"status": status, "answered": document{"by": "Kari", "at": "2026-10-20T08:30:00Z", "wording": r.Wording()}}
}

type trackedCase struct {
	name string
	edit func(document)
	want found
	says string
	// draft: it is no mistake in a draft.
	draft bool
}

func trackedCases(t testing.TB) []trackedCase {
	answered := func(id string, edit func(document)) func(document) {
		return func(d document) { edit(part(d, "answers", id, "answered")) }
	}
	return []trackedCase{
		{"partial without an explanation", ofAnswer("T-1", removing("explanation")), found{"/answers/T-1/explanation", "T-1", "missing-member"}, "needs an explanation", true},
		{"partial with a blank explanation", ofAnswer("T-1", put("explanation", " ")), found{"/answers/T-1/explanation", "T-1", "too-short"}, "needs an explanation", true},
		{"alternative without an explanation", ofAnswer("T-1", every(put("status", "alternative"), removing("explanation"))),
			found{"/answers/T-1/explanation", "T-1", "missing-member"}, "needs an explanation", true},
		{"planned without an explanation", ofAnswer("V-2", removing("explanation")), found{"/answers/V-2/explanation", "V-2", "missing-member"}, "needs an explanation", true},
		{"explanation of the wrong type", ofAnswer("T-1", put("explanation", 1)), found{"/answers/T-1/explanation", "T-1", "wrong-type"}, "a string", false},
		{"planned without a day", ofAnswer("V-2", removing("due")), found{"/answers/V-2/due", "V-2", "missing-member"}, "the day is missing", true},
		{"day with partial", ofAnswer("T-1", put("due", "2027-01-01")), found{"/answers/T-1/due", "T-1", "contradiction"}, "“planned” only", false},
		{"day with no", ofAnswer("V-3", every(put("status", "no"), put("due", "2027-01-01"))), found{"/answers/V-3/due", "V-3", "contradiction"}, "“planned” only", false},
		{"no such day", ofAnswer("V-2", put("due", "2027-02-30")), found{"/answers/V-2/due", "V-2", "bad-format"}, "The day must exist", false},
		{"day before the submission", ofAnswer("V-2", put("due", "2026-10-31")), found{"/answers/V-2/due", "V-2", "contradiction"}, "before the declaration", false},
		{"day a day too late", ofAnswer("V-2", put("due", "2027-05-02")), found{"/answers/V-2/due", "V-2", "out-of-range"}, "6 months", false},
		{"planned where it is not allowed", func(d document) {
			a := fresh(t, "V-3", "planned")
			a["due"], a["explanation"] = "2027-01-01", "x"
			part(d, "answers")["V-3"] = a
		}, found{"/answers/V-3/status", "V-3", "not-allowed"}, "yes, no", false},
		{"alternative where partial is allowed", ofAnswer("V-2", every(put("status", "alternative"), removing("due"))),
			found{"/answers/V-2/status", "V-2", "not-allowed"}, "yes, no, planned, partial, not-applicable", false},
		{"reason with partial", ofAnswer("V-2", every(put("status", "partial"), removing("due"), put("reason", "alone"))),
			found{"/answers/V-2/reason", "V-2", "contradiction"}, "“not-applicable” only", false},
		{"no reason", ofAnswer("T-3", removing("reason")), found{"/answers/T-3/reason", "T-3", "missing-member"}, "no-session", true},
		{"nobody answered", ofAnswer("T-1", removing("answered")), found{"/answers/T-1/answered", "T-1", "missing-member"}, "who answered", true},
		{"null answered", ofAnswer("T-1", put("answered", nil)), found{"/answers/T-1/answered", "T-1", "wrong-type"}, "an object", false},
		{"nobody named", answered("T-1", put("by", " ")), found{"/answers/T-1/answered/by", "T-1", "too-short"}, "at least 1", false},
		{"no time", answered("T-1", removing("at")), found{"/answers/T-1/answered/at", "T-1", "missing-member"}, "missing", false},
		{"time with parts of a second", answered("T-1", put("at", "2026-10-20T08:30:00.5Z")), found{"/answers/T-1/answered/at", "T-1", "bad-format"}, "whole seconds", false},
		{"time in another zone", answered("T-1", put("at", "2026-10-20T08:30:00+02:00")), found{"/answers/T-1/answered/at", "T-1", "bad-format"}, "UTC", false},
		{"leap second", answered("T-1", put("at", "2026-06-30T23:59:60Z")), found{"/answers/T-1/answered/at", "T-1", "bad-format"}, "whole seconds", false},
		{"time on a day that does not exist", answered("T-1", put("at", "2026-02-30T08:30:00Z")), found{"/answers/T-1/answered/at", "T-1", "bad-format"}, "whole seconds", false},
		{"answered the day after the submission", answered("T-1", put("at", "2026-11-02T00:00:00Z")), found{"/answers/T-1/answered/at", "T-1", "contradiction"}, "dated after", false},
		{"another wording", answered("T-1", put("wording", strings.Repeat("a", 64))), found{"/answers/T-1/answered/wording", "T-1", approval.CodeOtherWording}, "has changed since", false},
		{"wording that is no digest", answered("T-1", put("wording", "x")), found{"/answers/T-1/answered/wording", "T-1", "bad-format"}, "as it was read", false},
		{"answer about the tool that is inherited", func(d document) {
			part(d, "answers", "V-3")["inherited"] = part(d, "answers", "V-4")["inherited"]
		}, found{"/answers/V-3/inherited", "V-3", "contradiction"}, "Answer for this tool", false},
		{"inherited and over", func(d document) { part(d, "answers", "V-4", "inherited")["until"] = "2026-10-31" },
			found{"/answers/V-4/inherited/until", "V-4", approval.CodeInheritedOver}, "no longer holds", false},
		{"inherited from nowhere", func(d document) { delete(part(d, "answers", "V-4", "inherited"), "declaration") },
			found{"/answers/V-4/inherited/declaration", "V-4", "missing-member"}, "missing", false},
		{"answer to what is replaced", func(d document) { part(d, "answers")["W-1"] = fresh(t, "W-1", "yes") },
			found{"/answers/W-1", "W-1", approval.CodeWithdrawn}, `answer "T-1" or "T-2" instead`, false},
		{"broken answer to what is withdrawn", func(d document) { part(d, "answers")["W-2"] = document{"status": 1, "x": document{}} },
			found{"/answers/W-2", "W-2", approval.CodeWithdrawn}, "no longer in use", false},
		{"checked by nobody", func(d document) { delete(item(d, "evidence", 1), "checkedBy") },
			found{"/evidence/1/checkedBy", "", "missing-member"}, "who checked it", false},
		{"third party without a name", func(d document) { delete(item(d, "evidence", 0), "issuer") },
			found{"/evidence/0/issuer", "", "missing-member"}, "independent party", false},
		{"third party that is the vendor", func(d document) { item(d, "evidence", 0)["issuer"] = " søvnhjelp  AS" },
			found{"/evidence/0/issuer", "", "contradiction"}, "the vendor issued it", false},
		{"level of its own", func(d document) { item(d, "evidence", 0)["level"] = "proven" },
			found{"/evidence/0/level", "", "not-allowed"}, "third-party", false},
		{"level below what the fact asks for", func(d document) { item(d, "evidence", 0)["level"] = "documented" },
			found{"/evidence/0/level", "T-2", approval.CodeEvidenceLevel}, "independent party", false},
		{"level below what is always asked for", func(d document) { delete(item(d, "evidence", 1), "level") },
			found{"/evidence/1/level", "V-1", approval.CodeEvidenceLevel}, "other than the author", false},
		{"level below what a fact that is not given may ask for", func(d document) {
			delete(part(d, "facts"), "data")
			item(d, "evidence", 0)["level"] = "documented"
		}, found{"/facts/data", "", "missing-member"}, "how much the evidence must prove", true},
		{"media type", func(d document) { item(d, "evidence", 1)["mediaType"] = "pdf" }, found{"/evidence/1/mediaType", "", "bad-format"}, "", false},
		{"negative size", func(d document) { item(d, "evidence", 1)["size"] = -1 }, found{"/evidence/1/size", "", "out-of-range"}, ">= 0", false},
		{"size with a fraction", func(d document) { item(d, "evidence", 1)["size"] = 1.5 }, found{"/evidence/1/size", "", "wrong-type"}, "integer", false},
		{"number beyond 2^53", func(d document) { part(d, "facts")["minimumAge"] = uint64(1) << 53 },
			found{"/facts/minimumAge", "", "out-of-range"}, "9007199254740991", false},
		{"nobody signed", removing("signedBy"), found{"/signedBy", "", "missing-member"}, "missing", true},
		{"not submitted", removing("submitted"), found{"/submitted", "", "missing-member"}, "missing", true},
		{"no facts", func(d document) {
			delete(d, "facts")
			delete(part(d, "answers"), "T-2")
			delete(part(d, "answers"), "V-4")
		}, found{"/facts", "", "missing-member"}, "missing", true},
		{"no answers", removing("answers"), found{"/answers", "", "missing-member"}, "missing", true},
		{"no evidence for a yes", ofAnswer("T-2", removing("evidence")), found{"/answers/T-2/evidence", "T-2", approval.CodeMissingEvidence}, "report", true},
		{"evidence of the wrong kind for a yes", func(d document) { item(d, "evidence", 0)["kind"] = "certificate" },
			found{"/answers/T-2/evidence", "T-2", approval.CodeEvidenceKind}, "report", false},
		{"no tool", removing("tool"), found{"/tool", "", "missing-member"}, "missing", false},
		{"no id", removing("id"), found{"/id", "", "missing-member"}, "missing", false},
		{"no status", ofAnswer("T-1", removing("status")), found{"/answers/T-1/status", "T-1", "missing-member"}, "missing", false},
	}
}

// Each case makes one mistake in a good declaration against a tracked set, and
// one problem comes of it, in a draft too unless a draft may lack it.
func TestOneMistakeInATrackedDeclaration(t *testing.T) {
	set := tracked(t)
	cases := trackedCases(t)
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			data := edited(t, "tracked.json", c.edit)
			_, err := approval.CheckDeclaration(data, set)
			ps := problems(t, err)
			assert.Equal(t, []found{c.want}, places(ps), "%v", err)
			assert.Contains(t, ps[0].Text["en"], c.says)
			for _, lang := range languages {
				assert.NotEmpty(t, ps[0].Text[lang])
				assert.NotContains(t, ps[0].Text[lang], "%!")
			}
			_, err = approval.CheckDraft(data, set)
			if c.draft {
				assert.NoError(t, err)
			} else {
				assert.Equal(t, []found{c.want}, places(problems(t, err)), "draft: %v", err)
			}
		})
	}
}

func TestGoodTrackedDeclarations(t *testing.T) {
	cases := map[string]func(document){
		"as it is":                          nil,
		"due on the day of submission":      ofAnswer("V-2", put("due", "2026-11-01")),
		"due half a year later":             ofAnswer("V-2", put("due", "2027-05-01")),
		"answered on the day of submission": func(d document) { part(d, "answers", "T-1", "answered")["at"] = "2026-11-01T23:59:59Z" },
		"inherited until that day":          func(d document) { part(d, "answers", "V-4", "inherited")["until"] = "2026-11-01" },
		"alternative":                       ofAnswer("T-1", put("status", "alternative")),
		"not inherited":                     ofAnswer("V-4", removing("inherited")),
		"level better than needed": func(d document) {
			item(d, "evidence", 1)["level"], item(d, "evidence", 1)["issuer"] = "third-party", "Test AS"
		},
		"one of two of a level that is enough": func(d document) {
			d["evidence"] = append(d["evidence"].([]any), document{"id": "own", "kind": "report", "title": "Own", "issued": "2026-10-01"})
			part(d, "answers", "T-2")["evidence"] = []any{"own", "e1"}
		},
		"level that the facts do not ask for": func(d document) {
			part(d, "facts")["data"] = "none"
			item(d, "evidence", 0)["level"], item(d, "evidence", 2)["level"] = "documented", "declared"
		},
		"old wording of what does not apply": func(d document) {
			part(d, "facts")["login"] = false
			part(d, "answers", "T-3", "answered")["wording"] = strings.Repeat("a", 64)
			part(d, "answers", "V-4", "inherited")["until"] = "2020-01-01"
		},
		"old wording of what is over": func(d document) {
			part(d, "answers")["T-4"] = fresh(t, "V-1", "yes")
		},
		"old wording of what is to come": func(d document) {
			part(d, "answers")["T-5"] = fresh(t, "V-1", "yes")
		},
	}
	set := tracked(t)
	for name, edit := range cases {
		t.Run(name, func(t *testing.T) {
			data := edited(t, "tracked.json", edit)
			d, err := approval.CheckDeclaration(data, set)
			require.NoError(t, err)
			again, err := approval.CheckDeclaration([]byte(encode(t, d)), set)
			require.NoError(t, err)
			assert.Equal(t, d.Digest(), again.Digest())
			_, err = approval.CheckDraft(data, set)
			require.NoError(t, err)
		})
	}
}

// The least draft says what it is about, and comes back as it was written.
func TestAnEmptyDraft(t *testing.T) {
	for name, set := range map[string]*approval.RequirementSet{"good.json": small(t), "tracked.json": tracked(t)} {
		data := edited(t, name, func(d document) {
			for _, m := range []string{"submitted", "signedBy", "facts", "answers", "evidence"} {
				delete(d, m)
			}
		})
		d, err := approval.CheckDraft(data, set)
		require.NoError(t, err)
		assert.JSONEq(t, string(data), encode(t, d))
		again, err := approval.CheckDraft([]byte(encode(t, d)), set)
		require.NoError(t, err)
		assert.Equal(t, d.Digest(), again.Digest())
		_, err = approval.CheckDeclaration(data, set)
		assert.Len(t, problems(t, err), 4)
	}
	_, err := approval.CheckDraft(nil, nil)
	require.ErrorIs(t, err, approval.ErrSet)
}

// Days cannot be compared before there is a day of submission.
func TestADraftWithoutADay(t *testing.T) {
	data := edited(t, "tracked.json", func(d document) {
		delete(d, "submitted")
		part(d, "answers", "V-2")["due"] = "2020-01-01"
		item(d, "evidence", 0)["issued"] = "2020-01-01"
		part(d, "answers", "V-4", "inherited")["until"] = "2020-01-01"
	})
	_, err := approval.CheckDraft(data, tracked(t))
	require.NoError(t, err)
}

// A draft gets the same precheck as what is submitted: what blocks it, and only what is open.
func TestADraftIsPrechecked(t *testing.T) {
	set := tracked(t)
	evaluated := func(read func([]byte, *approval.RequirementSet) (*declaration, error), edit func(document)) *approval.Decision {
		d, err := read(edited(t, "tracked.json", edit), set)
		require.NoError(t, err)
		dec, err := approval.Evaluate(d, set, decided)
		require.NoError(t, err)
		return dec
	}
	blocked, then := evaluated(approval.CheckDraft, removing("submitted")), evaluated(approval.CheckDeclaration, nil)
	assert.Equal(t, []approval.Outcome{approval.Rejected}, blocked.Possible)
	assert.Equal(t, approval.RuleBlocker, blocked.Rule)
	assert.Equal(t, then.Reasons, blocked.Reasons)

	open := func(d document) { delete(part(d, "answers"), "T-1") }
	now, then := evaluated(approval.CheckDraft, every(removing("submitted"), open)), evaluated(approval.CheckDeclaration, open)
	assert.Equal(t, approval.Incomplete, now.Outcome)
	assert.Equal(t, approval.RuleDeclaration, now.Rule)
	assert.Equal(t, then.Possible, now.Possible)
	assert.Equal(t, then.Reasons, now.Reasons)
	require.NotEmpty(t, now.Missing)
	assert.Contains(t, now.Missing[0].Text["en"], "day of submission")
	assert.Equal(t, then.Missing, now.Missing[1:])
}

// One fact decides the level of many pieces of evidence: it is asked for once.
func TestAFactThatRaisesLevelsIsOneProblem(t *testing.T) {
	base := subjects(t)[0]
	require.Equal(t, "baseline", base.name)
	for name, edit := range map[string]func(document){
		"missing-member": removing("vendorTier"), "not-allowed": put("vendorTier", "Standard"),
	} {
		var d document
		require.NoError(t, json.Unmarshal(base.good, &d))
		edit(part(d, "facts"))
		err := base.check([]byte(encode(t, d)))
		require.Error(t, err)
		ps := problems(t, err)
		require.Len(t, ps, 1, name)
		assert.Equal(t, "/facts/vendorTier", ps[0].Pointer)
		assert.Equal(t, name, ps[0].Code)
	}
}

// What nobody can find proves nothing, in the check as in the decision.
func TestADocumentThatCannotBeFoundIsTheVendorsWord(t *testing.T) {
	base := subjects(t)[0]
	var d document
	require.NoError(t, json.Unmarshal(base.good, &d))
	for i := range d["evidence"].([]any) {
		delete(item(d, "evidence", i), "url")
		delete(item(d, "evidence", i), "sha256")
		item(d, "evidence", i)["level"] = "documented"
	}
	data := []byte(encode(t, d))
	ps := problems(t, base.check(data))
	require.NotEmpty(t, ps)
	told := 0
	for _, p := range ps {
		assert.Equal(t, approval.CodeEvidenceLevel, p.Code)
		if strings.Contains(p.Text["en"], "neither an address nor a digest") {
			told++
		}
	}
	assert.Positive(t, told)
	_, err := approval.CheckDraft(data, base.set)
	for _, p := range problemsOf(err) {
		assert.NotContains(t, p.Text["en"], "digest", "a draft may lack it still")
	}
}

func problemsOf(err error) []approval.Problem {
	var wrong *approval.DeclarationError
	if errors.As(err, &wrong) {
		return wrong.Problems
	}
	return nil
}
