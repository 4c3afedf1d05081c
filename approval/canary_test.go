package approval_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/underrace"
)

// canary is in the form of an identity number and nobody's: there is no day 00.
const canary = "00000012345"

// planted are the ways to write it, alone and in a text.
var planted = []string{canary, canary[:6] + " " + canary[6:], canary[:6] + "-" + canary[6:], canary[:6] + "\u00a0" + canary[6:],
	"Kari (f.nr. " + canary + ").", "https://example.no/" + canary, "https://example.no/?id=" + canary[:6] + "%20" + canary[6:],
	"https://example.no/" + url.PathEscape(canary[:6]+"\u00a0"+canary[6:])}

// shows says whether something written holds the canary, in whatever way digits are separated or escaped.
func shows(text string) bool {
	plain, err := url.PathUnescape(text)
	if err != nil {
		plain = text
	}
	for _, t := range []string{text, plain} {
		if strings.Contains(strings.NewReplacer(" ", "", "-", "", "\u00a0", "", `\u00a0`, "").Replace(t), canary) {
			return true
		}
	}
	return strings.Contains(text, fmt.Sprintf("%x", canary))
}

// written is everything that a program may write about an error.
func written(err error) string {
	var log bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	logger.Debug("refused", "err", err, "wrapped", fmt.Errorf("desk: %w", err))
	data, _ := json.Marshal(err)
	return log.String() + string(data) + fmt.Sprintf("%v %+v %#v %s %q %x", err, err, err, err, err, err)
}

// plantings puts the canary into every text of a document, and among the names of every object; into every tenth under the race detector.
func plantings(t testing.TB, base []byte, forms []string, do func(at string, data []byte)) (n int) {
	t.Helper()
	var root any
	require.NoError(t, json.Unmarshal(base, &root))
	i := -1
	visit(root, "", func(at string, old any, set func(any), _ func()) {
		for _, text := range forms {
			if i++; !underrace.Tries(i) {
				continue
			}
			n++
			switch o := old.(type) {
			case string:
				set(text)
				do(at, []byte(encode(t, root)))
				set(old)
			case document:
				o[text] = "x"
				do(at+" has a member", []byte(encode(t, root)))
				delete(o, text)
			}
		}
	})
	return n
}

// A declaration with an identity number anywhere is refused, and what is told about it does not hold the number.
func TestNoIdentityNumberGetsInOrOut(t *testing.T) {
	n := 0
	for _, s := range subjects(t) {
		if s.set.ID != "tracked" {
			continue // its declarations have every member that there is
		}
		base := edited(t, map[int]string{0: "tracked.json", 1: "tracked.json", 2: "vendor.json"}[s.form], func(d document) {
			part(d, "signedBy")["title"] = "x"
			item(d, "evidence", 0)["url"] = "https://example.no/x"
		})
		n += plantings(t, base, planted, func(at string, data []byte) {
			err := s.check(data)
			if err == nil {
				t.Errorf("%s: taken at %s", s.name, at)
			} else if shows(written(err)) {
				t.Errorf("%s: shown at %s: %v", s.name, at, err)
			}
			_, err = approval.ReadSetRef(data)
			assert.False(t, shows(written(err)), at)
		})
	}
	t.Logf("%d plantings", n)
	assert.Greater(t, n, underrace.Cases(1000))
}

// The words say what to do.
func TestWhatIsSaidAboutAnIdentityNumber(t *testing.T) {
	for at, edit := range map[string]func(document){
		"/signedBy/name":                     func(d document) { part(d, "signedBy")["name"] = "Kari " + canary },
		"/answers/T-1/explanation":           ofAnswer("T-1", put("explanation", canary)),
		"/answers/T-1/answered/by":           func(d document) { part(d, "answers", "T-1", "answered")["by"] = canary },
		"/evidence/0/title":                  func(d document) { item(d, "evidence", 0)["title"] = canary },
		"/evidence/0/issuer":                 func(d document) { item(d, "evidence", 0)["issuer"] = canary },
		"/evidence/1/checkedBy":              func(d document) { item(d, "evidence", 1)["checkedBy"] = canary },
		"/evidence/0/url":                    func(d document) { item(d, "evidence", 0)["url"] = "https://example.no/" + canary },
		"/evidence/0/id":                     func(d document) { item(d, "evidence", 0)["id"] = canary },
		"/tool/id":                           func(d document) { part(d, "tool")["id"] = canary },
		"/tool/name/nb":                      func(d document) { part(d, "tool", "name")["nb"] = canary },
		"/vendor/name":                       func(d document) { part(d, "vendor")["name"] = canary },
		"/answers/V-4/inherited/declaration": func(d document) { part(d, "answers", "V-4", "inherited")["declaration"] = canary },
		"/facts/minimumAge":                  func(d document) { part(d, "facts")["minimumAge"] = 11111112345 },
	} {
		data := edited(t, "tracked.json", edit)
		for name, check := range checks(tracked(t)) {
			if name != "declaration" && name != "draft" {
				continue
			}
			ps := problems(t, check(data))
			require.Len(t, ps, 1, at)
			assert.Equal(t, at, ps[0].Pointer)
			assert.Equal(t, approval.CodePersonalData, ps[0].Code)
			assert.Contains(t, ps[0].Text["nb"], "Ta det bort")
			assert.Contains(t, ps[0].Text["nn"], "Ta det bort")
			assert.Contains(t, ps[0].Text["en"], "Remove it")
		}
	}
}

// Rows of digits that are no identity numbers are taken.
func TestOtherNumbersAreTaken(t *testing.T) {
	data := edited(t, "tracked.json", func(d document) {
		e := item(d, "evidence", 1)
		e["size"], e["url"] = 12345678901, "https://example.no/0193a6f0-1234-7abc-8def-a12345678901?v=20261101"
		e["sha256"] = strings.Repeat("1", 64)
		part(d, "answers", "T-1")["explanation"] = "Sak 2026/123456, org.nr. 999999999, 100 %, 50 % og 25%."
	})
	_, err := approval.CheckDeclaration(data, tracked(t))
	require.NoError(t, err)
}

// A value made in Go passes no check before it is used: its errors do not hold the number either.
func TestErrorsAboutValuesMadeInGo(t *testing.T) {
	set, own := tracked(t), vendors(t, nil)
	errs := 0
	told := func(at string, err error) {
		if err != nil {
			errs++
		}
		assert.False(t, shows(written(err)), "%s: %v", at, err)
	}
	plantings(t, edited(t, "tracked.json", nil), planted, func(at string, data []byte) {
		d := &approval.SelfDeclaration{}
		if json.Unmarshal(data, d) != nil {
			return
		}
		_, err := approval.Evaluate(d, set, inheriting)
		told(at, err)
		_, report, err := approval.Inherit(d, own, set, inheriting)
		told(at, err)
		assert.False(t, shows(encode(t, report)), at)
		_, dropped := approval.PruneInapplicable(d, set)
		assert.False(t, shows(encode(t, dropped)), at)
	})
	plantings(t, edited(t, "vendor.json", nil), planted, func(at string, data []byte) {
		d := &approval.VendorDeclaration{}
		if json.Unmarshal(data, d) != nil {
			return
		}
		_, report, err := approval.Inherit(product(t, unanswered), d, set, inheriting)
		told(at, err)
		assert.False(t, shows(encode(t, report)), at)
	})
	assert.Greater(t, errs, underrace.Cases(100))
}

// Sets, decisions and panels come from other hands; their errors hold no number either.
func TestErrorsAboutOtherDocuments(t *testing.T) {
	errs := 0
	told := func(at string, err error) {
		if err != nil {
			errs++
		}
		assert.False(t, shows(written(err)), "%s: %v", at, err)
	}
	plantings(t, edited(t, "small@1.0.0.json", func(d document) { d["requirements"] = d["requirements"].([]any)[:3] }), planted[:1], func(at string, data []byte) {
		_, err := approval.ParseRequirementSet(data)
		told(at, err)
	})
	decision, approved := evaluate(t, forPanel), evaluate(t, nil)
	plantings(t, []byte(encode(t, approved)), planted, func(at string, data []byte) {
		d := &approval.Decision{}
		if json.Unmarshal(data, d) == nil {
			_, err := approval.Publish(d, draft(), decided)
			told(at, err)
		}
	})
	plantings(t, []byte(encode(t, decision)), planted[:1], func(at string, data []byte) {
		_, err := approval.ParseDecision(data)
		told(at, err)
		d := &approval.Decision{}
		if json.Unmarshal(data, d) != nil {
			return
		}
		panel := approval.Panel{ID: canary, Quorum: 1, Members: []approval.Member{{ID: canary, Name: canary}}}
		_, err = panel.Review(d, []approval.Vote{{Member: canary, Outcome: approval.Outcome(canary), Rationale: canary}}, catalogue.Date(canary), decided)
		told(at, err)
		_, err = panel.Review(decision, []approval.Vote{{Member: canary, Outcome: approval.ApprovedWithTherapist, Rationale: canary}}, catalogue.Date(canary), decided)
		told(at, err)
	})
	assert.Greater(t, errs, underrace.Cases(100))
}

// The tests above see a number where there is one.
func TestTheCanaryIsSeen(t *testing.T) {
	for _, text := range planted {
		assert.True(t, shows("error: "+text), text)
		assert.True(t, shows(written(fmt.Errorf("with %s", text))), text)
	}
	assert.False(t, shows("error: [redacted]"))
}
