package approval

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Panel is a board of experts (fagpanel). Who may sit on it is for the caller
// to know. How such a panel is composed and votes in Norway is not public:
// what is here is the panel's own data.
type Panel struct {
	// ID names the panel; required.
	ID string `json:"id"`
	// Members are at least one.
	Members []Member `json:"members"`
	// Quorum is how many members must vote, from 1 to all. Zero is refused.
	Quorum int `json:"quorum"`
	// Chair is the id of the member who leads the panel; empty if none is named.
	// The chair's vote weighs as much as the others'.
	Chair string `json:"chair,omitempty"`
	// NeedRoles are roles that must be among those who vote.
	NeedRoles []RoleCount `json:"needRoles,omitempty"`
	// Majority is what an outcome needs; empty means [MajoritySimple].
	Majority Majority `json:"majority,omitempty"`
}

// RoleCount asks for members with a role, at least 1.
type RoleCount struct {
	Role  string `json:"role"`
	Count int    `json:"count"`
}

// Majority is how many of the votes an outcome needs. The empty Majority, which
// older panels have, is [MajoritySimple]; an unknown one is refused.
type Majority string

// The majorities.
const (
	MajoritySimple    Majority = "simple"     // more than half of the votes
	MajorityTwoThirds Majority = "two-thirds" // two thirds of the votes, or more
)

// Member is a member of a panel.
type Member struct {
	// ID is a name for the member within the panel; required, no identity number.
	ID string `json:"id"`
	// Name is the person's, for those who read the decision; required.
	Name string `json:"name"`
	Role string `json:"role,omitempty"`
	// From and Until are the first and last day of the member's term; empty
	// means no limit at that end.
	From  catalogue.Date `json:"from,omitempty"`
	Until catalogue.Date `json:"until,omitempty"`
}

// sits says whether the day lies in the member's term.
func (m Member) sits(day catalogue.Date) bool {
	return m.From <= day && (m.Until == "" || day <= m.Until)
}

// Vote is one member's view. The rationale is part of the decision and is published with it.
type Vote struct {
	Member string `json:"member"`
	// Outcome is any but [Incomplete].
	Outcome   Outcome `json:"outcome"`
	Rationale string  `json:"rationale"`
	// At is when it was given, UTC, whole seconds. [Panel.Decide] refuses a vote
	// without, [Panel.Review] takes it. Of several votes of one member, all with
	// times, the last one counts.
	At time.Time `json:"at,omitzero"`
	// Findings say what the member found for single requirements; none is needed.
	Findings []VoteFinding `json:"findings,omitempty"`
}

// VoteFinding is what a member found for one requirement.
type VoteFinding struct {
	Requirement string `json:"requirement"`
	// Result is [ResultMet] or [ResultNotMet].
	Result Result `json:"result"`
	// Text is optional and published.
	Text string `json:"text,omitempty"`
}

// PanelRecord keeps who decided and how, dissent included.
type PanelRecord struct {
	Panel
	// Votes are those that counted.
	Votes []Vote `json:"votes"`
	// Reviewed is the id of the decision that the panel had before it.
	Reviewed string `json:"reviewed"`
	// Case is the id of the case; empty if none was named.
	Case string `json:"case,omitempty"`
	// Earlier are votes that their members changed before the decision.
	Earlier []Vote `json:"earlier,omitempty"`
	// Conflicts are the interests for which members stood aside.
	Conflicts []Conflict `json:"conflicts,omitempty"`
}

// Errors of [Panel.Review] and [Panel.Decide], each in a [*RefusedError] that says more.
var (
	// ErrPanel: the panel itself cannot decide: no id, no members, an id twice, a
	// member without a name, no quorum set.
	ErrPanel = errors.New("approval: unusable panel")
	// ErrSession: the case is not named, who must stand aside is not said, a vote
	// has no time, or a condition cannot be used.
	ErrSession = errors.New("approval: unusable session")
	// ErrNotForReview: only a decision with the outcome needs-review can be reviewed, and only
	// while the declaration behind it is recent.
	ErrNotForReview = errors.New("approval: the decision is not up for review")
	// ErrVotes: votes that do not count; all of them are named.
	ErrVotes = errors.New("approval: unusable votes")
	// ErrRecused is an [ErrVotes] in which somebody votes who must stand aside:
	// for an interest, or as one of the vendor's people.
	ErrRecused = fmt.Errorf("%w: by somebody who must stand aside", ErrVotes)
	// ErrNoQuorum: too few members have voted, or a role is missing among them.
	ErrNoQuorum = errors.New("approval: too few votes for a quorum")
	// ErrValidity: the last day of an approval is missing, over already or too late.
	ErrValidity = errors.New("approval: the last day of the approval cannot be used")
)

// Review is [Panel.Decide] for a caller who has left out those who must stand
// aside, and keeps no times: votes need none.
func (p Panel) Review(d *Decision, votes []Vote, validUntil catalogue.Date, at time.Time) (*Decision, error) {
	return p.decide(d, Session{Votes: votes, ValidUntil: validUntil, At: at}, refusal{})
}

// Decide makes a new decision of one that needs review, by the votes of a
// session. Votes of members whose term does not cover the day, who have
// declared an interest in the case, or who are the vendor's people are refused;
// the quorum must be reached without them. The outcome with the panel's
// majority of the votes decides; otherwise, also on a tie, and when the
// majority wants it, the outcome stays [NeedsReview] and the case can come back.
//
// On an approval or a rejection the reasons that needed the panel are answered
// by what most of the winning side found for them, and where it says nothing by
// the outcome. An approval may have conditions; it ends on the day before the
// first is due. A panel cannot approve a tool for use without
// a therapist that is meant for use with one only, nor find a requirement that
// must be met not met and approve all the same.
//
// What is wrong with the panel and what is missing in the session is said
// together. Nothing that is passed in is changed. Days are read in the location of
// s.At.
func (p Panel) Decide(d *Decision, s Session) (*Decision, error) {
	return p.decide(d, s, s.incomplete())
}

func (p Panel) decide(d *Decision, s Session, incomplete refusal) (*Decision, error) {
	if err := p.check(incomplete); err != nil {
		return nil, err
	}
	if err := d.reviewable(s.At); err != nil {
		return nil, err
	}
	votes, earlier, err := p.counted(d, s)
	if err != nil {
		return nil, err
	}
	out := d.reviewed(p.Majority.of(votes))
	out.answer(votes)
	if err := out.conclude(s); err != nil {
		return nil, err
	}
	out.Decided, out.Day = whole(s.At), catalogue.DateOf(s.At)
	out.Panel = &PanelRecord{Panel: p.copy(), Votes: votes, Reviewed: d.ID, Case: s.Case, Earlier: earlier, Conflicts: s.declared()}
	out.ID = out.id()
	return out, nil
}

func (p Panel) copy() Panel {
	p.Members, p.NeedRoles = slices.Clone(p.Members), slices.Clone(p.NeedRoles)
	return p
}

func (p Panel) seat(id string) (Member, bool) {
	i := slices.IndexFunc(p.Members, func(m Member) bool { return m.ID == id })
	if i < 0 {
		return Member{}, false
	}
	return p.Members[i], true
}
