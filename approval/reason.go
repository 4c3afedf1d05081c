package approval

import (
	"maps"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

func copyText(t catalogue.Text) catalogue.Text { return maps.Clone(t) }

// reason puts into words what was found for one requirement. Plain sentences are
// taken from those that were said before.
func (a *assessment) reason(i int, plain map[*phrase]catalogue.Text) Reason {
	r, s := &a.set.Requirements[i], &a.standings[i]
	return Reason{Requirement: r.ID, Title: copyText(r.Title), Severity: r.Severity, Result: s.result, Text: s.why.textOnce(plain)}
}

// find finds out about one requirement.
func (a *assessment) find(i int) standing {
	r := &a.set.Requirements[i]
	if why := a.outOfForce(r); why.as != nil {
		return notApplicable(why)
	}
	applies := r.When.ask(a)
	if applies == False {
		return notApplicable(said{as: &whyNotThisTool})
	}
	s := a.answer(i)
	s.applies = applies
	if applies == Unknown {
		s.can |= only(ResultNotApplicable)
		s.result, s.why = ResultUnanswered, a.unknown(r.When)
		s.waits, s.itself = []*Condition{r.When}, false
	}
	return s
}

func notApplicable(why said) standing {
	return standing{applies: False, result: ResultNotApplicable, can: only(ResultNotApplicable), why: why, evidence: -1}
}

func (a *assessment) outOfForce(r *Requirement) said {
	switch {
	case r.Withdrawn:
		return said{as: &whyWithdrawn}
	case r.From != "" && r.From > a.today:
		return said{&whyNotYet, []any{r.From}}
	case r.Until != "" && r.Until < a.today:
		return said{&whyNoLonger, []any{r.Until}}
	}
	return said{}
}

// unknown says what must be known before a condition can be answered: the first such fact or answer.
func (a *assessment) unknown(c *Condition) said {
	var why said
	c.walk("", func(_ string, leaf *Condition) {
		if why.as != nil {
			return
		}
		if _, known := a.facts[leaf.Fact]; leaf.Fact != "" && !known {
			f, _ := a.set.Fact(leaf.Fact)
			why = said{&whyFactMissing, []any{f.Question}}
			if a.unassessed(f) {
				why.as = &whyFactUnassessed
			}
		} else if leaf.Answer != "" && leaf.ask(a) == Unknown {
			r, _ := a.set.Requirement(leaf.Answer)
			why = said{&whyAnswerMissing, []any{leaf.Answer, r.Title}}
		}
	})
	return why
}

// answer judges the answer to a requirement, as if it applies.
func (a *assessment) answer(i int) standing {
	r := &a.set.Requirements[i]
	answer, given := a.d.Answers[r.ID]
	s := standing{status: answer.Status, evidence: -1}
	if s.why = a.unusableAnswer(i, answer, given); s.why.as != nil {
		s.result, s.itself = ResultUnanswered, true
	} else {
		a.judge(r, answer, &s)
	}
	if s.usable = s.result != ResultUnanswered; !s.usable {
		s.can = a.open(r)
		return s
	}
	if s.result == ResultNotMet {
		a.pass(r, &s)
	}
	if answer.Inherited != nil {
		s.inherited = answer.Inherited.Until
	}
	s.can = only(s.result)
	return s
}

// unusableAnswer says why an answer counts as none, whatever it says.
func (a *assessment) unusableAnswer(i int, answer Answer, given bool) said {
	r := &a.set.Requirements[i]
	switch {
	case !given || !slices.Contains(statuses, answer.Status):
		return said{as: &whyNoAnswer}
	case answer.Status != NotApplicable && !r.allows(answer.Status):
		return said{as: &whyStatus}
	case a.set.Tracked && !a.tracked(answer.Answered):
		return said{as: &whyNotTracked}
	case a.set.Tracked && answer.Answered.Wording != a.set.wordings[i]:
		return said{as: &whyWording}
	case answer.Inherited != nil && !a.lasts(answer.Inherited):
		return said{as: &whyInherited}
	}
	return said{}
}

// lasts says whether an inherited answer may be relied on today; without a last day it may not.
func (a *assessment) lasts(from *Origin) bool {
	return isDay(from.Until) && from.Until >= a.today
}

var statuses = []Status{Yes, No, NotApplicable, Partial, Planned, Alternative}

// allows says whether an answer may have this status; [NotApplicable] follows from the reasons.
func (r *Requirement) allows(s Status) bool {
	return s == Yes || s == No || slices.Contains(r.Allowed, s)
}

// tracked says whether it is known who answered and that it was not after the submission.
func (a *assessment) tracked(by *Answered) bool {
	return by != nil && !blank(by.By) && !by.At.IsZero() && catalogue.DateOf(a.local(by.At)) <= a.submitted()
}

func (a *assessment) local(t time.Time) time.Time {
	if a.zone == nil {
		return t
	}
	return t.In(a.zone)
}

// judge finds the result of an answer that can be used.
func (a *assessment) judge(r *Requirement, answer Answer, s *standing) {
	switch answer.Status {
	case No:
		s.result, s.why = ResultNotMet, said{as: &whyNo}
	case Partial:
		s.result, s.why = ResultNotMet, said{as: &whyPartial}
	case NotApplicable:
		a.notConcerned(r, answer, s)
	case Planned:
		a.planned(r, answer, s)
	case Alternative:
		a.alternative(r, answer, s)
	default:
		a.yes(r, answer, s)
	}
}

func (a *assessment) notConcerned(r *Requirement, answer Answer, s *standing) {
	s.result, s.itself = ResultUnanswered, true
	n, ok := r.Reason(answer.Reason)
	if !ok {
		s.why = said{as: &whyNoReason}
		return
	}
	switch n.When.ask(a) {
	case False:
		s.why = said{&whyContradiction, []any{n.Text}}
	case Unknown:
		s.why, s.waits, s.itself = a.unknown(n.When), []*Condition{n.When}, false
	default:
		s.result, s.why, s.itself = ResultNotApplicable, said{&whyReason, []any{n.Text}}, false
	}
}

// mostPlannedMonths is how long after the submission a plan may end, in calendar months.
const mostPlannedMonths = 6

// planned: a plan counts until the day before it is due.
func (a *assessment) planned(r *Requirement, answer Answer, s *standing) {
	s.result = ResultNotMet
	switch {
	case r.Severity == Blocker:
		s.why = said{as: &whyPlannedBlocker}
	case !isDay(answer.Due) || answer.Due <= a.today:
		s.why = said{as: &whyPlannedOver}
	case answer.Due > addMonths(a.submitted(), mostPlannedMonths):
		s.why = said{&whyPlannedLate, []any{mostPlannedMonths}}
	default:
		s.result, s.due, s.why = ResultPlanned, answer.Due, said{&whyPlanned, []any{answer.Due}}
	}
}

// alternative: what a yes needs a panel or evidence for, another way does too.
// What an assessor must have found does not go to the panel without it.
func (a *assessment) alternative(r *Requirement, answer Answer, s *standing) {
	if blank(answer.Explanation) {
		s.result, s.why, s.itself = ResultUnanswered, said{as: &whyUnexplained}, true
		return
	}
	a.yes(r, answer, s)
	documented := s.result != ResultUnanswered
	switch {
	case documented && r.Severity != Blocker && !r.Panel:
		s.why = said{as: &whyAlternative}
	case !documented && (r.assessed() || len(s.waits) > 0):
	default:
		s.result, s.why, s.itself = a.panel(r), said{as: &whyAlternativePanel}, false
	}
}

func (a *assessment) yes(r *Requirement, answer Answer, s *standing) {
	if r.Evidence != nil {
		if s.evidence = a.best(r, answer); s.evidence < 0 {
			s.result, s.why, s.itself = ResultUnanswered, a.undocumented(r, answer), true
			s.unassessed = s.why.as == &whyUnassessed
			s.waits = r.Evidence.unknownRaise(a)
			return
		}
	}
	s.result, s.why = ResultMet, said{as: &whyYes}
	if r.Panel {
		s.result, s.why = a.panel(r), said{as: &whyPanel}
	}
}

// panel is what the panel finds, as long as it is not taken to have accepted.
func (a *assessment) panel(r *Requirement) Result {
	if a.accepted[r.ID] {
		return ResultMet
	}
	return ResultNeedsPanel
}

// pass lets a requirement pass that is not met, if a waiver does.
func (a *assessment) pass(r *Requirement, s *standing) {
	if s.waiver = a.waiver(r.ID); s.waiver != nil {
		s.result, s.why = ResultWaived, said{&whyWaived, []any{s.why.text(), s.waiver.ID, s.waiver.Until}}
	}
}

// best is the place of the evidence that counts and lasts longest, -1 if none
// does. One piece is enough, so evidence that is taken away never makes a
// decision hold longer.
func (a *assessment) best(r *Requirement, answer Answer) int {
	best, level := -1, r.Evidence.level(a)
	for _, id := range answer.Evidence {
		i := a.document(id)
		if i >= 0 && a.weigh(r, a.d.Evidence[i], level) == "" && (best < 0 || lasting(a.d.Evidence[i], a.d.Evidence[best])) {
			best = i
		}
	}
	return best
}

// weigh is [EvidenceRule.judge] and then the level.
func (a *assessment) weigh(r *Requirement, e Evidence, level Level) fault {
	if f := r.Evidence.judge(e, a.submitted(), a.today); f != "" {
		return f
	}
	if !a.proves(r, e).AtLeast(level) {
		return CodeEvidenceLevel
	}
	return ""
}

func (a *assessment) undocumented(r *Requirement, answer Answer) said {
	rule, level := r.Evidence, r.Evidence.level(a)
	var places []int
	for _, id := range answer.Evidence {
		if i := a.document(id); i >= 0 {
			places = append(places, i)
		}
	}
	if why := a.unproven(r, places, level); why.as != nil {
		return why
	}
	for _, i := range places {
		switch a.weigh(r, a.d.Evidence[i], level) {
		case CodeEvidenceExpired:
			return said{as: &whyExpired}
		case CodeEvidenceTooOld:
			return said{&whyTooOld, []any{rule.MaxAgeMonths}}
		case CodeEvidenceLevel:
			return said{&whyLevel, []any{levels[level].text()}}
		}
	}
	return said{&whyNoEvidence, []any{list(rule.Kinds)}}
}
