package approval

import (
	"maps"

	"github.com/verktoykatalog/verktoy/catalogue"
)

func copyText(t catalogue.Text) catalogue.Text { return maps.Clone(t) }

// reason finds out about one requirement.
func (a *assessment) reason(r Requirement) Reason {
	result, text := a.find(r)
	return Reason{Requirement: r.ID, Title: copyText(r.Title), Severity: r.Severity, Result: result, Text: text}
}

func (a *assessment) find(r Requirement) (Result, catalogue.Text) {
	switch r.When.Holds(a.facts) {
	case False:
		return ResultNotApplicable, whyNotThisTool.text()
	case Unknown:
		return ResultUnanswered, whyFactMissing.text(a.missing(r.When))
	}
	answer, given := a.d.Answers[r.ID]
	switch {
	case !given:
		return ResultUnanswered, whyNoAnswer.text()
	case answer.Status == No:
		return ResultNotMet, whyNo.text()
	case answer.Status == NotApplicable:
		return a.notApplicable(r, answer)
	case answer.Status == Yes:
		return a.yes(r, answer)
	}
	return ResultUnanswered, whyNoAnswer.text()
}

// missing is the question of the first fact of a condition that is not known.
func (a *assessment) missing(c *Condition) catalogue.Text {
	for _, id := range c.facts() {
		if _, known := a.facts[id]; !known {
			f, _ := a.set.Fact(id)
			return f.Question
		}
	}
	return nil
}

func (a *assessment) notApplicable(r Requirement, answer Answer) (Result, catalogue.Text) {
	n, ok := r.Reason(answer.Reason)
	if !ok {
		return ResultUnanswered, whyNoReason.text()
	}
	switch n.When.Holds(a.facts) {
	case False:
		return ResultUnanswered, whyContradiction.text(n.Text)
	case Unknown:
		return ResultUnanswered, whyFactMissing.text(a.missing(n.When))
	}
	return ResultNotApplicable, whyReason.text(n.Text)
}

func (a *assessment) yes(r Requirement, answer Answer) (Result, catalogue.Text) {
	if r.Evidence != nil {
		e, ok := a.best(*r.Evidence, answer)
		if !ok {
			return ResultUnanswered, a.undocumented(*r.Evidence, answer)
		}
		a.rely(e)
	}
	if r.Panel {
		return ResultNeedsPanel, whyPanel.text()
	}
	return ResultMet, whyYes.text()
}

// best is the evidence that counts and lasts longest. One piece is enough, so
// evidence that is taken away never makes a decision hold longer.
func (a *assessment) best(rule EvidenceRule, answer Answer) (Evidence, bool) {
	var best Evidence
	found := false
	for _, i := range a.d.evidence(answer.Evidence) {
		e := a.d.Evidence[i]
		if rule.judge(e, a.d.Submitted, a.today) == "" && (!found || lasting(e, best)) {
			best, found = e, true
		}
	}
	return best, found
}

func (a *assessment) undocumented(rule EvidenceRule, answer Answer) catalogue.Text {
	for _, i := range a.d.evidence(answer.Evidence) {
		switch rule.judge(a.d.Evidence[i], a.d.Submitted, a.today) {
		case CodeEvidenceExpired:
			return whyExpired.text()
		case CodeEvidenceTooOld:
			return whyTooOld.text(rule.MaxAgeMonths)
		}
	}
	return whyNoEvidence.text(list(rule.Kinds))
}

func (a *assessment) rely(e Evidence) {
	if e.Expires != "" && (a.until == "" || e.Expires < a.until) {
		a.until, a.expiring = e.Expires, e.Title
	}
}
