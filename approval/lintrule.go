package approval

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// strictness of outcomes: a rule should not come before one whose outcome stands further left.
var strictness = []Outcome{Rejected, NeedsReview, ApprovedWithTherapist, ApprovedWithoutTherapist}

// rules looks at the order of rules and whether each can be reached.
func (l *linter) rules() {
	if d := l.set.Default; d != "" && d != NeedsReview && d != Rejected {
		l.add("/default", LintDefault)
	}
	for j := range l.set.Rules {
		l.reached(j)
		l.inOrder(j)
	}
}

// reached: a rule must be able to hold, and to do so where no earlier one does.
func (l *linter) reached(j int) {
	r := l.set.Rules[j]
	at := strictjson.Pointer("rules", j)
	if r.When != nil && !l.canHold(r.When) {
		l.add(at+"/when", LintRuleNever, r.ID)
		return
	}
	for _, earlier := range l.set.Rules[:j] {
		if earlier.When == nil || !l.canHold(both(r.When, &Condition{Not: earlier.When})) {
			l.add(at, LintRuleCovered, r.ID, earlier.ID)
			return
		}
	}
}

// inOrder names the first later rule that is stricter than an approving one.
func (l *linter) inOrder(j int) {
	r := l.set.Rules[j]
	if !r.Outcome.Approves() {
		return
	}
	for _, later := range l.set.Rules[j+1:] {
		if slices.Index(strictness, later.Outcome) < slices.Index(strictness, r.Outcome) {
			l.add(strictjson.Pointer("rules", j), LintRuleOrder, r.ID, later.ID)
			return
		}
	}
}
