package approval

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Panel is a board of experts. Who may sit on it and who is disqualified in a
// case is for the caller to know; leave out those who are.
type Panel struct {
	ID      string   `json:"id"`
	Members []Member `json:"members"`
	// Quorum is how many members must vote, from 1 to all. Zero is refused.
	Quorum int `json:"quorum"`
}

// Member is a member of a panel.
type Member struct {
	// ID is a name for the member within the panel; no identity number.
	ID   string `json:"id"`
	Name string `json:"name"`
	Role string `json:"role,omitempty"`
}

// Vote is one member's view. The rationale is part of the decision and is published with it.
type Vote struct {
	Member string `json:"member"`
	// Outcome is any but [Incomplete].
	Outcome   Outcome `json:"outcome"`
	Rationale string  `json:"rationale"`
}

// PanelRecord keeps who decided and how, dissent included.
type PanelRecord struct {
	Panel
	Votes []Vote `json:"votes"`
	// Reviewed is the id of the decision that the panel had before it.
	Reviewed string `json:"reviewed"`
}

// Errors of [Panel.Review].
var (
	// ErrPanel: the panel itself cannot decide: no id, no members, an id twice, no quorum set.
	ErrPanel = errors.New("approval: unusable panel")
	// ErrNotForReview: only a decision with the outcome needs-review can be reviewed, and only
	// while the declaration behind it is recent.
	ErrNotForReview = errors.New("approval: the decision is not up for review")
	// ErrVotes: votes that do not count; all of them are named.
	ErrVotes = errors.New("approval: unusable votes")
	// ErrNoQuorum: too few members have voted.
	ErrNoQuorum = errors.New("approval: too few votes for a quorum")
	// ErrValidity: the last day of an approval is missing, over already or too late.
	ErrValidity = errors.New("approval: the last day of the approval cannot be used")
)

// Review makes a new decision of one that needs review, by the votes. More than
// half of the votes for one outcome decide; otherwise, and when the majority
// wants it, the outcome stays [NeedsReview] and the case can come back. On an
// approval or a rejection the reasons that needed the panel are answered
// accordingly. validUntil is the last day of an approval: on the day at or
// later, and neither beyond the set's review months nor beyond the evidence
// that is relied on; for other outcomes it is not used. A panel cannot approve
// a tool for use without a therapist that is meant for use with one only.
//
// Neither d nor votes is changed. Days are read in at's location.
func (p Panel) Review(d *Decision, votes []Vote, validUntil catalogue.Date, at time.Time) (*Decision, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if err := d.reviewable(at); err != nil {
		return nil, err
	}
	if err := p.checkVotes(votes, d.Terms.GuidedOnly); err != nil {
		return nil, err
	}
	out := d.reviewed(majority(votes))
	if err := out.last(validUntil, at); err != nil {
		return nil, err
	}
	out.Decided, out.Day = whole(at), catalogue.DateOf(at)
	out.Panel = &PanelRecord{Panel: p.copy(), Votes: slices.Clone(votes), Reviewed: d.ID}
	out.ID = out.id()
	return out, nil
}

func (p Panel) copy() Panel {
	p.Members = slices.Clone(p.Members)
	return p
}

func (p Panel) check() error {
	var faults []string
	if p.ID == "" {
		faults = append(faults, "the id is empty")
	}
	seen := map[string]bool{}
	for i, m := range p.Members {
		if m.ID == "" || m.Name == "" || seen[m.ID] {
			faults = append(faults, fmt.Sprintf("member %d needs a name and an id of its own", i+1))
		}
		seen[m.ID] = true
	}
	if p.Quorum < 1 || p.Quorum > len(p.Members) {
		faults = append(faults, fmt.Sprintf("the quorum must be from 1 to the number of members, %d", len(p.Members)))
	}
	return joinFaults(ErrPanel, faults)
}

func joinFaults(kind error, faults []string) error {
	if len(faults) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s", kind, strings.Join(faults, "; "))
}

func (d *Decision) reviewable(at time.Time) error {
	switch {
	case d == nil || d.Outcome != NeedsReview:
		return fmt.Errorf("%w: its outcome must be %s", ErrNotForReview, NeedsReview)
	case whole(at).Before(d.Decided):
		return fmt.Errorf("%w: it was made later than the time given", ErrNotForReview)
	case d.Terms.DecideBy == "" || d.Terms.DecideBy.Before(at):
		return fmt.Errorf("%w: the declaration is too old, a new one is needed", ErrNotForReview)
	}
	return d.intact()
}

func (p Panel) checkVotes(votes []Vote, guidedOnly bool) error {
	var faults []string
	seen := map[string]bool{}
	for i, v := range votes {
		faults = append(faults, p.voteFaults(i+1, v, seen[v.Member], guidedOnly)...)
		seen[v.Member] = true
	}
	if len(faults) > 0 {
		return joinFaults(ErrVotes, faults)
	}
	if len(votes) < p.Quorum {
		return fmt.Errorf("%w: %d of at least %d", ErrNoQuorum, len(votes), p.Quorum)
	}
	return nil
}

func (p Panel) voteFaults(n int, v Vote, voted, guidedOnly bool) (faults []string) {
	add := func(text string) { faults = append(faults, fmt.Sprintf("vote %d %s", n, text)) }
	if !slices.ContainsFunc(p.Members, func(m Member) bool { return m.ID == v.Member }) {
		add("is not by a member")
	} else if voted {
		add("is by a member who has voted already")
	}
	if strings.TrimSpace(v.Rationale) == "" {
		add("has no rationale")
	}
	switch {
	case v.Outcome == ApprovedWithoutTherapist && guidedOnly:
		add("is for use without a therapist, and the tool is meant for use with one only")
	case !v.Outcome.Approves() && v.Outcome != Rejected && v.Outcome != NeedsReview:
		add("is for no outcome that a panel can decide")
	}
	return faults
}

// majority is the outcome that more than half of the votes are for, or needs-review.
func majority(votes []Vote) (Outcome, Rule) {
	count := map[Outcome]int{}
	for _, v := range votes {
		count[v.Outcome]++
		if count[v.Outcome]*2 > len(votes) {
			return v.Outcome, RulePanelMajority
		}
	}
	return NeedsReview, RulePanelUndecided
}

// reviewed is a copy with the panel's outcome in place of the rules'.
func (d *Decision) reviewed(outcome Outcome, rule Rule) *Decision {
	out := *d
	out.Outcome, out.Rule, out.Summary = outcome, rule, panelSummaries[outcome].text()
	if rule == RulePanelUndecided {
		out.Summary = sumPanelUndecided.text()
	}
	out.ToolName = copyText(d.ToolName)
	out.Reasons = slices.Clone(d.Reasons)
	for i := range out.Reasons {
		out.Reasons[i] = out.Reasons[i].resolved(outcome)
	}
	return &out
}

var panelSummaries = map[Outcome]phrase{
	ApprovedWithoutTherapist: sumPanelWithout,
	ApprovedWithTherapist:    sumPanelWith,
	Rejected:                 sumPanelRejected,
	NeedsReview:              sumPanelAgain,
}

func (r Reason) resolved(outcome Outcome) Reason {
	r.Title, r.Text = copyText(r.Title), copyText(r.Text)
	switch {
	case r.Result != ResultNeedsPanel:
	case outcome.Approves():
		r.Result, r.Text = ResultMet, whyPanelMet.text()
	case outcome == Rejected:
		r.Result, r.Text = ResultNotMet, whyPanelNotMet.text()
	}
	return r
}

// last sets the last day of an approval.
func (d *Decision) last(until catalogue.Date, at time.Time) error {
	d.ValidUntil, d.ValidBecause = "", nil
	if !d.Outcome.Approves() {
		return nil
	}
	limit := addMonths(catalogue.DateOf(at), d.Terms.ReviewMonths)
	if e := d.Terms.EvidenceUntil; e != "" && e < limit {
		limit = e
	}
	if _, ok := day(until); !ok || until.Before(at) || until > limit {
		return fmt.Errorf("%w: want a day from %s to %s", ErrValidity, catalogue.DateOf(at), limit)
	}
	d.ValidUntil, d.ValidBecause = until, untilPanel.text(until)
	return nil
}
