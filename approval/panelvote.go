package approval

import (
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Codes of problems with votes, waivers and events.
const (
	CodeRecused      = "recused"       // by somebody with an interest in the case
	CodeVendorPerson = "vendor-person" // by one of the vendor's people
	CodeFourEyes     = "four-eyes"     // by the person who has done the other half
)

// counted separates the votes that count from those that were changed, or says
// everything that is wrong with them.
func (p Panel) counted(d *Decision, s Session) (votes, earlier []Vote, err error) {
	var r refusal
	p.checkConflicts(s, &r)
	if err := r.err(ErrSession); err != nil {
		return nil, nil, err
	}
	b := ballot{panel: p, d: d, s: s}
	for i, v := range s.Votes {
		b.check(i, v)
	}
	if err := b.err(b.kind()); err != nil {
		return nil, nil, err
	}
	for i, v := range s.Votes {
		if b.last(v.Member) == i {
			votes = append(votes, v.copy())
		} else {
			earlier = append(earlier, v.copy())
		}
	}
	return votes, earlier, p.quorate(votes)
}

func (v Vote) copy() Vote {
	v.At, v.Findings = whole(v.At), slices.Clone(v.Findings)
	return v
}

// ballot checks the votes of a session.
type ballot struct {
	refusal
	panel Panel
	d     *Decision
	s     Session
}

// kind is the narrower error when somebody votes who must stand aside.
func (b *ballot) kind() error {
	if slices.ContainsFunc(b.found, func(f finding) bool { return f.Code == CodeRecused || f.Code == CodeVendorPerson }) {
		return ErrRecused
	}
	return ErrVotes
}

// last is the place of a member's last vote.
func (b *ballot) last(member string) int {
	for i, v := range slices.Backward(b.s.Votes) {
		if v.Member == member {
			return i
		}
	}
	return -1
}

func (b *ballot) check(i int, v Vote) {
	b.voter(i, v)
	b.prose(at("votes", i, "rationale"), v.Rationale, true)
	switch {
	case v.Outcome == ApprovedWithoutTherapist && b.d.Terms.GuidedOnly:
		b.say(at("votes", i, "outcome"), problem.Contradiction, refGuidedOnly)
	case !v.Outcome.Approves() && v.Outcome != Rejected && v.Outcome != NeedsReview:
		b.add(at("votes", i, "outcome"), problem.NotAllowed, allOf([]Outcome{ApprovedWithoutTherapist, ApprovedWithTherapist, NeedsReview, Rejected}))
	}
	b.time(i, v)
	for j, f := range v.Findings {
		b.finding(strictjson.Pointer("votes", i, "findings", j), v, j, f)
	}
}

// voter must be a member now and when voting, and have nothing to gain.
func (b *ballot) voter(i int, v Vote) {
	place := at("votes", i, "member")
	m, ok := b.panel.seat(v.Member)
	switch {
	case !ok:
		b.say(place, problem.Unknown, refNotMember)
	case b.s.interest(v.Member) != "":
		b.say(place, CodeRecused, refRecused)
	case among(b.s.VendorPeople, v.Member):
		b.say(place, CodeVendorPerson, refVendorVote)
	case !m.sits(catalogue.DateOf(b.s.At)), !v.At.IsZero() && !m.sits(b.day(v.At)):
		b.say(place, problem.OutOfRange, refNotSitting)
	}
}

func (b *ballot) day(t time.Time) catalogue.Date { return catalogue.DateOf(t.In(b.s.At.Location())) }

// time must lie between the decision under review and the session's end, and after the member's vote before.
func (b *ballot) time(i int, v Vote) {
	place, when := at("votes", i, "at"), whole(v.At)
	if !v.At.IsZero() && (when.Before(b.d.Decided) || when.After(whole(b.s.At))) {
		b.say(place, problem.OutOfRange, refVoteTime)
	}
	for _, w := range b.s.Votes[:i] {
		if w.Member == v.Member && (w.At.IsZero() || !when.After(whole(w.At))) {
			b.say(place, problem.Repeated, refVotedAlready)
			return
		}
	}
}

func (b *ballot) finding(place string, v Vote, j int, f VoteFinding) {
	i := slices.IndexFunc(b.d.Reasons, func(r Reason) bool { return r.Requirement == f.Requirement })
	switch {
	case i < 0:
		b.say(place+"/requirement", problem.Unknown, refNoRequirement)
	case slices.ContainsFunc(v.Findings[:j], func(e VoteFinding) bool { return e.Requirement == f.Requirement }):
		b.say(place+"/requirement", problem.Repeated, refFoundTwice)
	case f.Result != ResultMet && f.Result != ResultNotMet:
		b.add(place+"/result", problem.NotAllowed, string(ResultMet+", "+ResultNotMet))
	case v.Outcome.Approves() && f.Result == ResultNotMet && b.d.Reasons[i].Severity == Blocker:
		b.say(place+"/result", problem.Contradiction, refBlockerNotMet)
	}
	b.prose(place+"/text", f.Text, false)
}

// quorate counts only votes that count.
func (p Panel) quorate(votes []Vote) error {
	var r refusal
	if len(votes) < p.Quorum {
		r.say("/votes", problem.TooFew, refNoQuorum, len(votes), p.Quorum)
	}
	for _, n := range p.NeedRoles {
		have := 0
		for _, v := range votes {
			if m, _ := p.seat(v.Member); m.Role == n.Role {
				have++
			}
		}
		if have < n.Count {
			r.say("/votes", problem.TooFew, refNoRole, strings.TrimSpace(n.Role), have, n.Count)
		}
	}
	return r.err(ErrNoQuorum)
}
