package main

import (
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
)

// next is who can take the next step.
type next struct {
	Text   string // a key of the texts
	People []official
}

// can are the events that somebody may bring about now.
func (s deskSite) can(f *file, who official) map[string]bool {
	out := map[string]bool{}
	for _, row := range approval.CaseTransitions() {
		out[string(row.Event)] = s.allowed(f, row.Event, who.Role)
	}
	out["publish"] = out["publish"] && f.decision.Outcome.Approves() && f.life.Decision.Published.IsZero()
	out["suspend"] = out["suspend"] && f.life.Decision != nil && f.life.Decision.Outcome.Approves() && f.life.Suspension == nil
	return out
}

// next says what happens now and who can do it.
func (s deskSite) next(f *file) next {
	switch s.state(f) {
	case approval.CaseDraft:
		return next{Text: "next-vendor"}
	case approval.CaseSubmitted:
		return next{"next-start", []official{secretary}}
	case approval.CaseUnderReview:
		if f.basis.Outcome != approval.NeedsReview {
			return next{"next-rules", []official{lister}}
		}
		return next{"next-vote", []official{psychology, medicine, experience}}
	case approval.CaseDecided:
		switch {
		case !f.life.Decision.Outcome.Approves():
			return next{Text: "next-rejected"}
		case f.life.Decision.Published.IsZero():
			return next{"next-publish", []official{lister}}
		}
		return next{Text: "next-listed"}
	case approval.CaseSuspended:
		return next{"next-resume", s.others(f)}
	case approval.CaseExpired:
		return next{"next-expired", []official{secretary}}
	}
	return next{Text: "next-ended"}
}

// nextVote says who can still vote, or that it can be decided, by any of the panel.
func (s deskSite) nextVote(f *file, page *casePage) next {
	if s.state(f) != approval.CaseUnderReview || f.basis.Outcome != approval.NeedsReview {
		return page.Next
	}
	done := len(page.NotYet) == 0
	voted := func(o official) bool {
		return slices.ContainsFunc(page.Votes, func(v approval.Vote) bool { return v.Member == o.ID })
	}
	out := next{Text: "next-vote"}
	if done {
		out.Text = "next-decide"
	}
	for _, o := range []official{psychology, medicine, experience} {
		if (done || !voted(o)) && !f.stoodAside(o.ID) {
			out.People = append(out.People, o)
		}
	}
	return out
}

// others may lift a suspension: not the one who made it.
func (s deskSite) others(f *file) []official {
	return slices.DeleteFunc([]official{lister, psychology}, func(o official) bool { return f.life.Suspension != nil && o.ID == f.life.Suspension.By })
}
