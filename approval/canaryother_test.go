package approval_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/internal/underrace"
)

// outlet is a function that takes in what a person wrote, and what it is fed with.
type outlet struct {
	name string
	base any
	call func(data []byte) (result any, err error)
}

func outlets(t *testing.T) []outlet {
	set := tracked(t)
	ground := evaluate(t, forPanel)
	submitted := inState(t, approval.CaseSubmitted)
	ev := happens(t, approval.EventStartReview, approval.RoleSecretariat, laterDay)
	ev.Expected = submitted.Version
	reviewed := then(t, submitted, ev)
	assess := happens(t, approval.EventAssess, approval.RoleAssessor, laterDay)
	assess.Expected = reviewed.Version
	return []outlet{
		{"GrantWaiver", askedWaiver(nil), func(data []byte) (any, error) {
			var w approval.Waiver
			if json.Unmarshal(data, &w) != nil {
				return nil, nil
			}
			granted, err := approval.GrantWaiver(w, w.ApprovedBy, "2026-11-22", approval.WaiverPolicy{VendorPeople: []string{"Per Hansen"}})
			return granted, err
		}},
		{"ParseWaivers", []approval.Waiver{askedWaiver(nil)}, func(data []byte) (any, error) {
			list, err := approval.ParseWaivers(data)
			if err != nil {
				return nil, err
			}
			return nil, list[0].Check("2026-11-22")
		}},
		{"ParseFindings", canaryFindings(t), func(data []byte) (any, error) {
			list, err := approval.ParseFindings(data)
			if err != nil {
				return nil, err
			}
			return list, list[0].Check()
		}},
		{"Input.Evaluate", canaryFindings(t), func(data []byte) (any, error) {
			in := input(small(t), good(t, small(t), nil))
			if json.Unmarshal(data, &in.Findings) != nil {
				return nil, nil
			}
			decision, err := in.Evaluate()
			if err != nil {
				_, explained := in.Explain("nb")
				_, sought := in.WhyNot(with)
				return nil, errors.Join(err, explained, sought)
			}
			tree, err := in.Explain("en")
			return []any{decision, tree}, err
		}},
		{"Panel.Decide", session(func(s *approval.Session) { s.NextReview = "2027-10-01" }), func(data []byte) (any, error) {
			var s approval.Session
			if json.Unmarshal(data, &s) != nil {
				return nil, nil
			}
			d, err := board().Decide(ground, s)
			return d, err
		}},
		{"Case.Record", ev, func(data []byte) (any, error) {
			var ev approval.Event
			if json.Unmarshal(data, &ev) != nil {
				return nil, nil
			}
			c, entry, err := submitted.Record(ev)
			return []any{c, entry}, err
		}},
		{"Case.Record of findings", assess, func(data []byte) (any, error) {
			var ev approval.Event
			if json.Unmarshal(data, &ev) != nil {
				return nil, nil
			}
			c, entry, err := reviewed.Record(ev)
			return []any{c, entry}, err
		}},
		{"ParseMapping", approval.SameIDs(set, set), func(data []byte) (any, error) {
			_, err := approval.ParseMapping(data, set, set)
			return nil, err
		}},
	}
}

func canaryFindings(t *testing.T) []approval.Finding {
	d := good(t, small(t), nil)
	return []approval.Finding{finds(d), finds(d, ofFact("guidance", "guided")), finds(d, ofFact("platforms", []string{"web"}))}
}

// What is granted, decided and recorded is published or kept for years: a number in it is refused, and not told.
func TestNoIdentityNumberIsRecorded(t *testing.T) {
	for _, o := range outlets(t) {
		t.Run(o.name, func(t *testing.T) {
			refused := 0
			_, err := o.call([]byte(encode(t, o.base)))
			require.NoError(t, err, "without a number it is fine")
			plantings(t, []byte(encode(t, o.base)), planted, func(at string, data []byte) {
				result, err := o.call(data)
				if err != nil {
					refused++
					assert.False(t, shows(written(err)), "%s: %v", at, err)
					return
				}
				assert.False(t, shows(encode(t, result)), "%s is recorded", at)
			})
			assert.Positive(t, refused)
		})
	}
}

// A value made in Go passes no check before it is compared, migrated or explained: errors and reports hold no number of its.
func TestNothingElseTellsANumber(t *testing.T) {
	set := tracked(t)
	whole, err := approval.CheckDeclaration(edited(t, "tracked.json", nil), set)
	require.NoError(t, err)
	errs, passed := 0, 0
	told := func(at string, err error) {
		if err != nil {
			errs++
		}
		assert.False(t, shows(written(err)), "%s: %v", at, err)
	}
	plantings(t, edited(t, "tracked.json", nil), planted[:2], func(at string, data []byte) {
		if _, err := approval.CheckDeclaration(data, set); err == nil {
			passed++
		}
		d := &approval.SelfDeclaration{}
		if json.Unmarshal(data, d) != nil {
			return
		}
		_, err := approval.Diff(whole, d, set)
		told(at, err)
		_, _, err = approval.Migrate(d, approval.SameIDs(set, set), set, set)
		told(at, err)
		_, err = approval.Explain(d, set, inheriting, "nb")
		told(at, err)
		_, err = approval.WhyNot(d, set, inheriting, approval.Outcome(canary))
		told(at, err)
	})
	assert.Zero(t, passed, "what carries a number never gets as far as a decision or its reports")
	assert.Greater(t, errs, underrace.Cases(20))
}
