package approval

import (
	"cmp"
	"slices"
)

// Outcome is what a decision comes to. The empty Outcome is none and does not approve.
type Outcome string

// The outcomes.
const (
	// ApprovedWithoutTherapist: citizens may use the tool on their own.
	ApprovedWithoutTherapist Outcome = "approved-without-therapist"
	// ApprovedWithTherapist: a therapist must send the tool to the citizen and follow up.
	ApprovedWithTherapist Outcome = "approved-with-therapist"
	// NeedsReview: a panel of experts must decide.
	NeedsReview Outcome = "needs-review"
	// Rejected: a requirement that must be met is not met.
	Rejected Outcome = "rejected"
	// Incomplete: something is missing, unknown, expired or contradictory.
	Incomplete Outcome = "incomplete"
)

// Approves says whether a tool with this outcome may be listed.
func (o Outcome) Approves() bool {
	return o == ApprovedWithoutTherapist || o == ApprovedWithTherapist
}

// Severity is how much a requirement weighs.
type Severity string

// The severities.
const (
	// Blocker: not met means [Rejected].
	Blocker Severity = "blocker"
	// Major: not met means [NeedsReview].
	Major Severity = "major"
	// Minor: not met is reported and changes nothing.
	Minor Severity = "minor"
)

// Status is what a vendor answers to a requirement.
type Status string

// The statuses.
const (
	Yes           Status = "yes"
	No            Status = "no"
	NotApplicable Status = "not-applicable" // with one of the requirement's reasons
	// Partial: met in part; the explanation says what is missing.
	Partial Status = "partial"
	// Planned: not met yet; the answer says by which day it will be.
	Planned Status = "planned"
	// Alternative: met in another way than the requirement says, explained
	// (the idea of DiGAV section 4(6)).
	Alternative Status = "alternative"
)

// Result is what an evaluation found for one requirement.
type Result string

// The results.
const (
	ResultMet           Result = "met"
	ResultNotMet        Result = "not-met"
	ResultNotApplicable Result = "not-applicable"
	// ResultNeedsPanel: the vendor says yes, and that is not enough.
	ResultNeedsPanel Result = "needs-panel"
	// ResultUnanswered: no answer that can be used. The reason's text says why.
	ResultUnanswered Result = "unanswered"
	// ResultPlanned: not met yet, and accepted as a condition until its day.
	ResultPlanned Result = "planned"
	// ResultWaived: not met, and a [Waiver] that holds lets it pass.
	ResultWaived Result = "waived"
)

// Level is how well something is proven. The levels are in order; the empty
// Level is [Declared].
type Level string

// The levels of evidence.
const (
	Declared   Level = "declared"    // the vendor says so
	Documented Level = "documented"  // a document shows it
	Checked    Level = "checked"     // somebody other than the author has checked it, and is named
	ThirdParty Level = "third-party" // an independent party has issued it, and is named
)

// Rule names the rule that decided. The first one that fits, in this order, does.
type Rule string

// The rules of [Evaluate], in order, and then those of [Panel.Review].
const (
	RuleBlocker        Rule = "blocker-not-met"
	RuleDeclaration    Rule = "declaration-unusable"
	RuleUnanswered     Rule = "unanswered"
	RuleUnassessed     Rule = "unassessed" // only findings of assessors are missing
	RuleNeedsPanel     Rule = "needs-panel"
	RuleMajor          Rule = "major-not-met"
	RuleGuidedOnly     Rule = "guided-only"
	RuleAllMet         Rule = "all-met"
	RuleDefault        Rule = "default" // no rule of the set holds
	RulePanelMajority  Rule = "panel-majority"
	RulePanelUndecided Rule = "panel-undecided"
)

// AtLeast says whether l proves as much as wanted, or more. An unknown level proves nothing.
func (l Level) AtLeast(wanted Level) bool {
	have, want := l.rank(), wanted.rank()
	return have > 0 && want > 0 && have >= want
}

func (l Level) rank() int {
	return 1 + slices.Index([]Level{Declared, Documented, Checked, ThirdParty}, cmp.Or(l, Declared))
}
