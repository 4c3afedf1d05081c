package approval

import (
	"fmt"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

var errPanelAndSession = fmt.Errorf("%w, %w", ErrPanel, ErrSession)

// check finds what makes the panel itself unusable, whatever the case, and says it together with what the session lacks.
func (p Panel) check(session refusal) error {
	r := p.faults()
	switch {
	case len(session.found) == 0:
		return r.err(ErrPanel)
	case len(r.found) == 0:
		return session.err(ErrSession)
	}
	r.found = append(r.found, session.found...)
	return r.err(errPanelAndSession)
}

func (p Panel) faults() (r refusal) {
	if p.ID == "" {
		r.missing("/id")
	}
	p.checkMembers(&r)
	if p.Quorum < 1 || p.Quorum > len(p.Members) {
		r.say("/quorum", problem.OutOfRange, refQuorum, len(p.Members))
	}
	if _, ok := p.seat(p.Chair); p.Chair != "" && !ok {
		r.say("/chair", problem.Unknown, refChair)
	}
	if p.Majority != "" && p.Majority != MajoritySimple && p.Majority != MajorityTwoThirds {
		r.add("/majority", problem.NotAllowed, string(MajoritySimple+", "+MajorityTwoThirds))
	}
	p.checkRoles(&r)
	return r
}

func (p Panel) checkMembers(r *refusal) {
	seen := map[string]bool{}
	for i, m := range p.Members {
		switch {
		case m.ID == "" || seen[m.ID]:
			r.say(at("members", i, "id"), problem.Repeated, refMemberID)
		case nationalid.Contains(m.ID):
			r.say(at("members", i, "id"), CodePersonalData, refNumber)
		}
		seen[m.ID] = true
		if strings.TrimSpace(m.Name) == "" {
			r.missing(at("members", i, "name"))
		}
		m.checkTerm(r, i)
	}
}

func (m Member) checkTerm(r *refusal, i int) {
	from, until := isDay(m.From), isDay(m.Until)
	if m.From != "" && !from {
		r.say(at("members", i, "from"), problem.BadFormat, sayDate)
	}
	if m.Until != "" && !until {
		r.say(at("members", i, "until"), problem.BadFormat, sayDate)
	}
	if from && until && m.Until < m.From {
		r.say(at("members", i, "until"), problem.Contradiction, refEndsFirst)
	}
}

// checkRoles wants roles that the panel can ever fill.
func (p Panel) checkRoles(r *refusal) {
	seen := map[string]bool{}
	for i, n := range p.NeedRoles {
		have := 0
		for _, m := range p.Members {
			if m.Role == n.Role {
				have++
			}
		}
		switch {
		case strings.TrimSpace(n.Role) == "" || seen[n.Role]:
			r.say(at("needRoles", i, "role"), problem.Repeated, refRoleTwice)
		case nationalid.Contains(n.Role):
			r.say(at("needRoles", i, "role"), CodePersonalData, refNumber)
		case n.Count < 1 || n.Count > have:
			r.say(at("needRoles", i, "count"), problem.OutOfRange, refRoleCount, n.Role, have)
		}
		seen[n.Role] = true
	}
}

// reviewable says whether a panel may decide on this ground at that time.
func (d *Decision) reviewable(at time.Time) error {
	switch {
	case d == nil || d.Outcome != NeedsReview:
		return refuse(ErrNotForReview, strictjson.Pointer("outcome"), problem.NotAllowed, refNotForReview)
	case whole(at).Before(d.Decided):
		return refuse(ErrNotForReview, strictjson.Pointer("decided"), problem.Contradiction, refDecidedLater)
	case d.Terms.DecideBy == "" || d.Terms.DecideBy.Before(at):
		return refuse(ErrNotForReview, strictjson.Pointer("terms", "decideBy"), problem.OutOfRange, refDeclarationOld)
	case d.intact() != nil:
		return refuse(ErrAltered, "/id", problem.BadValue, refAltered)
	}
	return nil
}
