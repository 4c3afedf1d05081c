package approvalcdx

import (
	"fmt"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// answered is an answer to a requirement that the decision looked at.
func (w *writer) answered(r approval.Reason) (approval.Answer, bool) {
	a, given := w.d.Answers[r.Requirement]
	return a, given && (r.Result != approval.ResultNotApplicable || a.Status == approval.NotApplicable)
}

// claims are what the vendor says, in the set's order.
func (w *writer) claims() []claim {
	var out []claim
	for _, r := range w.dec.Reasons {
		a, given := w.answered(r)
		if !given {
			continue
		}
		c := claim{Ref: claimRef(r.Requirement), Target: "tool", Predicate: fmt.Sprintf("%s: %s", r.Requirement, w.in(a.Status.Text())), Reasoning: w.reasoning(r.Requirement, a)}
		for _, id := range a.Evidence {
			if e, public := w.public(id); public && !slices.Contains(c.Evidence, evidenceRef(e.ID)) {
				c.Evidence = append(c.Evidence, evidenceRef(e.ID))
			}
		}
		out = append(out, c)
	}
	return out
}

// reasoning is the vendor's explanation, or the reason that was chosen.
func (w *writer) reasoning(id string, a approval.Answer) string {
	if a.Explanation != "" {
		return a.Explanation
	}
	r, _ := w.set.Requirement(id)
	n, _ := r.Reason(a.Reason)
	return w.in(n.Text)
}

func (w *writer) find(id string) (approval.Evidence, bool) {
	i := slices.IndexFunc(w.d.Evidence, func(e approval.Evidence) bool { return e.ID == id })
	if i < 0 {
		return approval.Evidence{}, false
	}
	return w.d.Evidence[i], true
}

func (w *writer) public(id string) (approval.Evidence, bool) {
	e, known := w.find(id)
	return e, known && !e.Confidential
}

// mappings say for each requirement what was found, in the set's order.
func (w *writer) mappings() []mapping {
	var out []mapping
	for _, r := range w.dec.Reasons {
		m := mapping{Requirement: requirementRef(r.Requirement), Conformance: &score{conformance(r.Result), w.in(r.Text)}}
		if a, given := w.answered(r); given {
			if against(a.Status) {
				m.CounterClaims = []string{claimRef(r.Requirement)}
			} else {
				m.Claims = []string{claimRef(r.Requirement)}
			}
			level := w.level(r.Requirement, a)
			m.Confidence = &score{confidence(level), w.in(level.Text())}
		}
		out = append(out, m)
	}
	return out
}

// against says that an answer speaks against conformance.
func against(s approval.Status) bool {
	return s == approval.No || s == approval.Partial || s == approval.Planned
}

// conformance is 1 for what is met and 0 for what is not, also when that is accepted for now. What does not apply, was not answered or waits
// for a panel has none.
func conformance(r approval.Result) *float64 {
	n := 0.0
	switch r {
	case approval.ResultMet:
		n = 1
	case approval.ResultNotMet, approval.ResultPlanned, approval.ResultWaived:
	default:
		return nil
	}
	return &n
}

// confidence in an answer by how well it is proven. That the levels lie evenly between 0 and 1 is an assumption of this project: CycloneDX does
// not say what a number means. Read the rationale.
func confidence(l approval.Level) *float64 {
	n := map[approval.Level]float64{approval.Declared: 0.25, approval.Documented: 0.5, approval.Checked: 0.75, approval.ThirdParty: 1}[l]
	return &n
}

// level is the highest among the evidence of the answer that counts for the requirement on the day of the decision; confidential evidence too.
func (w *writer) level(id string, a approval.Answer) approval.Level {
	best := approval.Declared
	r, _ := w.set.Requirement(id)
	for _, ref := range a.Evidence {
		e, known := w.find(ref)
		counts := known && (e.Expires == "" || e.Expires >= w.dec.Day) && (r.Evidence == nil || slices.Contains(r.Evidence.Kinds, e.Kind))
		if l := w.dec.Proven(w.d, e); counts && l.AtLeast(best) {
			best = l
		}
	}
	return best
}

// evidence are the documents that are not confidential.
func (w *writer) evidence() []evidence {
	var out []evidence
	for _, e := range w.d.Evidence {
		if e.Confidential {
			continue
		}
		one := evidence{Ref: evidenceRef(e.ID), Description: e.Title, Created: midnight(e.Issued, 0), Author: named(e.Issuer), Reviewer: named(e.CheckedBy)}
		if e.SHA256 != "" {
			one.Description += " (SHA-256 " + string(e.SHA256) + ")"
		}
		if e.Expires != "" {
			one.Expires = midnight(e.Expires, 1)
		}
		if e.URL != "" {
			one.Data = []data{{Name: e.Title, Contents: contents{e.URL}}}
		}
		out = append(out, one)
	}
	return out
}

func named(name string) *contact {
	if name == "" {
		return nil
	}
	return &contact{name}
}

// midnight UTC when a day begins, some days later. The day was checked with the declaration.
func midnight(d catalogue.Date, later int) string {
	t, _ := time.Parse(time.DateOnly, string(d))
	return t.AddDate(0, 0, later).Format(time.RFC3339)
}

// statement is what the signatory affirms; it is the project's wording.
var statement = catalogue.Text{
	catalogue.Bokmaal: "Leverandøren står inne for at svarene i selvdeklarasjonen er riktige og fullstendige.",
	catalogue.Nynorsk: "Leverandøren står inne for at svara i sjølvdeklarasjonen er rette og fullstendige.",
	catalogue.English: "The vendor affirms that the answers in the self-declaration are right and complete.",
}
