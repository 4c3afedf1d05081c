package approval

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// of is the outcome that enough of the votes are for, or needs-review.
func (m Majority) of(votes []Vote) (Outcome, Rule) {
	count := map[Outcome]int{}
	for _, v := range votes {
		count[v.Outcome]++
	}
	for outcome, n := range count {
		if m.reached(n, len(votes)) {
			return outcome, RulePanelMajority
		}
	}
	return NeedsReview, RulePanelUndecided
}

// reached is true for one outcome at most.
func (m Majority) reached(n, of int) bool {
	if m == MajorityTwoThirds {
		return n*3 >= of*2
	}
	return n*2 > of
}

// reviewed is a copy with the panel's outcome in place of the rules'.
func (d *Decision) reviewed(outcome Outcome, rule Rule) *Decision {
	out := *d
	out.Outcome, out.Rule, out.Summary = outcome, rule, panelSummaries[outcome].text()
	if rule == RulePanelUndecided {
		out.Summary = sumPanelUndecided.text()
	}
	out.Possible, out.Missing = nil, nil
	out.ToolName, out.SetNote, out.Waivers = copyText(d.ToolName), copyText(d.SetNote), slices.Clone(d.Waivers)
	out.Findings, out.FindingsNotUsed = copyRecords(d.Findings), copyRecords(d.FindingsNotUsed)
	out.Reasons = slices.Clone(d.Reasons)
	for i := range out.Reasons {
		r := &out.Reasons[i]
		r.Title, r.Text = copyText(r.Title), copyText(r.Text)
	}
	return &out
}

var panelSummaries = map[Outcome]phrase{
	ApprovedWithoutTherapist: sumPanelWithout,
	ApprovedWithTherapist:    sumPanelWith,
	Rejected:                 sumPanelRejected,
	NeedsReview:              sumPanelAgain,
}

// answer settles the reasons that needed the panel.
func (d *Decision) answer(votes []Vote) {
	if d.Outcome == NeedsReview {
		return
	}
	for i := range d.Reasons {
		r := &d.Reasons[i]
		switch {
		case r.Result != ResultNeedsPanel:
		case d.finds(r.Requirement, votes):
			r.Result, r.Text = ResultMet, whyPanelMet.text()
		default:
			r.Result, r.Text = ResultNotMet, whyPanelNotMet.text()
		}
	}
}

// finds is what most of the winning side's findings say; where they are none or even, the outcome.
func (d *Decision) finds(requirement string, votes []Vote) bool {
	balance := 0
	for _, v := range votes {
		for _, f := range v.Findings {
			switch {
			case v.Outcome != d.Outcome || f.Requirement != requirement:
			case f.Result == ResultMet:
				balance++
			default:
				balance--
			}
		}
	}
	return balance > 0 || balance == 0 && d.Outcome.Approves()
}

// conclude sets conditions and days of an approval. Conditions of the rules
// stay while a panel may still approve.
func (d *Decision) conclude(s Session) error {
	d.ValidUntil, d.ValidBecause, d.NextReview = "", nil, ""
	if d.Outcome == Rejected {
		d.Conditions = nil
	}
	if !d.Outcome.Approves() {
		return nil
	}
	today := catalogue.DateOf(s.At)
	if err := d.impose(s.Conditions, today); err != nil {
		return err
	}
	limit := d.limit(today)
	if !isDay(s.ValidUntil) || s.ValidUntil < today || s.ValidUntil > limit {
		return refuse(ErrValidity, "/validUntil", problem.OutOfRange, refValidity, today, limit)
	}
	if s.NextReview != "" && (!isDay(s.NextReview) || s.NextReview <= today || s.NextReview > s.ValidUntil) {
		return refuse(ErrValidity, "/nextReview", problem.OutOfRange, refNextReview, s.ValidUntil)
	}
	d.ValidUntil, d.ValidBecause = s.ValidUntil, untilPanel.text(s.ValidUntil)
	d.NextReview = cmp.Or(s.NextReview, d.remind(today))
	return nil
}

// remind is the day of the next review where the panel sets none, as for an approval by the rules.
func (d *Decision) remind(today catalogue.Date) catalogue.Date {
	if d.Terms.RemindDays == 0 {
		return ""
	}
	return max(addDays(d.ValidUntil, -d.Terms.RemindDays), today)
}

// LatestEnd is the last day that [Panel.Decide] takes as [Session.ValidUntil] on
// the strength of this decision, if the panel meets at that time and asks for
// these conditions: neither beyond the set's review months, nor the last day on
// which the declaration can be used, nor the evidence that is relied on, nor the day before a condition is due. It may lie before the day
// of at: then no approval is possible. The day is read in at's location.
func (d *Decision) LatestEnd(at time.Time, conditions ...Obligation) catalogue.Date {
	imposed := *d
	imposed.Conditions = append(slices.Clone(d.Conditions), conditions...)
	return imposed.limit(catalogue.DateOf(at))
}

// limit is the last day that an approval may have.
func (d *Decision) limit(today catalogue.Date) catalogue.Date {
	limit := addMonths(today, d.Terms.ReviewMonths)
	for _, end := range []catalogue.Date{d.Terms.DecideBy, d.Terms.EvidenceUntil} {
		if end != "" {
			limit = min(limit, end)
		}
	}
	for _, c := range d.Conditions {
		limit = min(limit, dayBefore(c.Due))
	}
	return limit
}

func dayBefore(d catalogue.Date) catalogue.Date {
	t, _ := day(d)
	return catalogue.DateOf(t.AddDate(0, 0, -1))
}

// impose adds the panel's conditions to those that the rules have set.
func (d *Decision) impose(conditions []Obligation, today catalogue.Date) error {
	var r refusal
	all := slices.Clone(d.Conditions)
	for i, c := range conditions {
		d.checkCondition(&r, i, c, today)
		all = append(all, c)
	}
	for i := range all {
		all[i].Text = copyText(all[i].Text)
	}
	d.Conditions = all
	return r.err(ErrSession)
}

func (d *Decision) checkCondition(r *refusal, i int, c Obligation, today catalogue.Date) {
	known := slices.ContainsFunc(d.Reasons, func(r Reason) bool { return r.Requirement == c.Requirement })
	if c.Requirement != "" && !known {
		r.say(at("conditions", i, "requirement"), problem.Unknown, refNoRequirement)
	}
	if !isDay(c.Due) || c.Due <= today {
		r.say(at("conditions", i, "due"), problem.OutOfRange, refDue)
	}
	if strings.TrimSpace(c.Text["nb"]) == "" {
		r.missing(at("conditions", i, "text") + "/nb")
	}
	for lang, text := range c.Text {
		r.prose(at("conditions", i, "text")+"/"+string(lang), text, lang != "nb")
	}
}
