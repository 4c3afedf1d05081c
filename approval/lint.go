package approval

import (
	"slices"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// LintLevel is how much an issue of [RequirementSet.Lint] weighs.
type LintLevel string

// The levels of issues.
const (
	LintError   LintLevel = "error"   // the set does not do what it says
	LintWarning LintLevel = "warning" // most likely a mistake
	LintHint    LintLevel = "hint"    // may be meant so; look at it
)

// LintIssue is something in a set that can be read and is still not right.
type LintIssue struct {
	// Pointer is the place in the set (RFC 6901); "" is the whole set.
	Pointer string `json:"pointer"`
	// Code is stable, for programs: one of the Lint constants.
	Code  string    `json:"code"`
	Level LintLevel `json:"level"`
	// Text says to the editor of the set what is wrong and what to do: nb, nn and en.
	Text catalogue.Text `json:"text"`
}

// Codes of issues of [RequirementSet.Lint].
const (
	LintUnusedFact     = "unused-fact"     // no condition asks for it, and it is not published
	LintUnusedSource   = "unused-source"   // no requirement refers to it
	LintUnusedGroup    = "unused-group"    // no requirement stands under it
	LintNoRefs         = "no-refs"         // a requirement that does not say where it is from
	LintNoHelp         = "no-help"         // evidence is asked for, and nothing helps to answer
	LintSameText       = "same-text"       // one language holds the text of another
	LintReasonUnbound  = "reason-unbound"  // a reason for not-applicable that no fact can contradict
	LintReasonNever    = "reason-never"    // a reason that never holds where its requirement applies
	LintReasonSibling  = "reason-sibling"  // like requirements have a reason that this one lacks
	LintWhenNever      = "when-never"      // a requirement that applies to no tool
	LintRuleNever      = "rule-never"      // a rule that can never hold
	LintRuleCovered    = "rule-covered"    // a rule that is never reached: an earlier one always holds first
	LintRuleOrder      = "rule-order"      // an approving rule before a stricter one
	LintDefault        = "default"         // a default that approves or leaves open
	LintAgeMissing     = "age-missing"     // third-party evidence of any age
	LintRaiseIdle      = "raise-idle"      // a level that is raised to no more than it is
	LintWithdrawnAlone = "withdrawn-alone" // nothing says what follows a withdrawn requirement
	LintAsksWithdrawn  = "asks-withdrawn"  // a condition on a withdrawn requirement
	LintNeverInForce   = "never-in-force"  // from and until lie outside the set's own days
	LintDayIdle        = "day-idle"        // a day that changes nothing
	LintDepth          = "fhir-depth"      // nested too deeply for a FHIR Questionnaire
	LintNot            = "fhir-not"        // turned around in a way that a FHIR Questionnaire cannot say
)

var lintLevels = map[string]LintLevel{
	LintWhenNever: LintError, LintRuleNever: LintError, LintRuleCovered: LintError,
	LintDefault: LintError, LintNeverInForce: LintError,
	LintRaiseIdle: LintHint, LintDayIdle: LintHint,
	LintOtherSet: LintError, LintVersion: LintError, LintIDGone: LintError,
	LintIDReused: LintError, LintWording: LintError,
}

// Lint finds what an editor of a set may have done wrong though the set can be
// read: what is not used, said in one language only, never reached, or cannot be
// shown as a form. A set without issues may still ask for the wrong things.
// Issues are sorted by place, and the same on every call.
//
// What never holds is found by trying the values that make a difference; counts
// are taken to be independent of each other, and a rule is compared with one
// earlier rule at a time. What is said to be unreachable is. Very large
// conditions are given up on in silence, after 20,000 steps in all.
//
// Days are compared with the set's own days, not with a calendar: nothing here
// knows which day it is.
func (s *RequirementSet) Lint() []LintIssue {
	if s == nil {
		return nil
	}
	l := &linter{set: s, steps: mostLintSteps}
	l.uses()
	l.sameTexts()
	for i := range s.Requirements {
		l.requirement(strictjson.Pointer("requirements", i), &s.Requirements[i])
	}
	l.siblings()
	l.rules()
	return l.sorted()
}

// linter collects issues of one set.
type linter struct {
	set    *RequirementSet
	issues []LintIssue
	// steps are those that searches have left.
	steps int
}

// add puts an issue down, in the words of its code.
func (l *linter) add(pointer, code string, args ...any) {
	level, special := lintLevels[code]
	if !special {
		level = LintWarning
	}
	l.issues = append(l.issues, LintIssue{Pointer: pointer, Code: code, Level: level, Text: lintWords[code].text(args...)})
}

func (l *linter) sorted() []LintIssue {
	slices.SortStableFunc(l.issues, func(a, b LintIssue) int {
		return problem.Compare(problem.Problem{Pointer: a.Pointer, Code: problem.Code(a.Code)}, problem.Problem{Pointer: b.Pointer, Code: problem.Code(b.Code)})
	})
	return l.issues
}

// requirement looks at one requirement by itself. Of a withdrawn one only what it leaves behind matters.
func (l *linter) requirement(at string, r *Requirement) {
	if r.Withdrawn {
		if len(r.ReplacedBy) == 0 && len(r.Help) == 0 {
			l.add(at, LintWithdrawnAlone, r.ID)
		}
		return
	}
	if len(r.Refs) == 0 {
		l.add(at, LintNoRefs, r.ID)
	}
	if r.Evidence != nil && len(r.Help) == 0 {
		l.add(at, LintNoHelp, r.ID)
	}
	if r.When != nil && !l.canHold(r.When) {
		l.add(at+"/when", LintWhenNever, r.ID)
	}
	l.evidence(at+"/evidence", r)
	l.reasons(at, r)
	l.days(at, r)
	l.form(at+"/when", r)
}

// evidence must not be of any age where somebody else must have issued it, and a raise must raise.
func (l *linter) evidence(at string, r *Requirement) {
	if r.Evidence == nil {
		return
	}
	third := r.Evidence.MinLevel == ThirdParty
	for i, raised := range r.Evidence.Raised {
		third = third || raised.MinLevel == ThirdParty
		if r.Evidence.MinLevel.AtLeast(raised.MinLevel) {
			l.add(at+strictjson.Pointer("raised", i, "minLevel"), LintRaiseIdle, r.ID)
		} else if raised.When != nil && !l.canHold(both(r.When, raised.When)) {
			l.add(at+strictjson.Pointer("raised", i, "when"), LintRaiseIdle, r.ID)
		}
	}
	if third && r.Evidence.MaxAgeMonths == 0 {
		l.add(at, LintAgeMissing, r.ID)
	}
}

// days are compared with those of the set.
func (l *linter) days(at string, r *Requirement) {
	from, to := l.set.ValidFrom, l.set.ValidTo
	switch {
	case r.Until != "" && r.Until < from:
		l.add(at+"/until", LintNeverInForce, r.ID)
	case r.Until != "" && to != "" && r.Until >= to:
		l.add(at+"/until", LintDayIdle, r.ID)
	}
	switch {
	case r.From != "" && to != "" && r.From > to:
		l.add(at+"/from", LintNeverInForce, r.ID)
	case r.From != "" && r.From <= from:
		l.add(at+"/from", LintDayIdle, r.ID)
	}
}
