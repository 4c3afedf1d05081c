package approval

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// changed is the case as it would be after some changes.
func (a *assessment) changed(changes []Step) *assessment {
	d := *a.d
	d.Facts, d.Answers, d.Evidence = maps.Clone(d.Facts), maps.Clone(d.Answers), slices.Clone(d.Evidence)
	if d.Facts == nil {
		d.Facts = map[string]FactValue{}
	}
	if d.Answers == nil {
		d.Answers = map[string]Answer{}
	}
	return a.otherwise(func(b *assessment) {
		b.d, b.unfit, b.waivers = &d, a.unfit, slices.Clone(a.waivers)
		b.accepted, b.assured, b.confirmed = map[string]bool{}, map[string]bool{}, map[string]bool{}
		for i := range changes {
			b.apply(&d, &changes[i])
		}
		b.listed = d.listed()
	})
}

// apply makes one change. Names and addresses that nobody knows yet stand in for the real ones.
func (a *assessment) apply(d *SelfDeclaration, c *Step) {
	switch c.Kind {
	case StepDeclaration:
		a.unfit = nil
		if !isDay(d.Submitted) || d.Submitted > a.today || addMonths(d.Submitted, a.set.ReviewMonths) < a.today {
			d.Submitted = a.today
		}
	case StepFact:
		d.Facts[c.Fact] = c.Value
	case StepPanel:
		a.accepted[c.Requirement] = true
	case StepFinding:
		a.assured[c.Requirement], a.confirmed[c.Fact] = c.Requirement != "", c.Fact != ""
	case StepWaiver:
		a.waivers = append(a.waivers, Waiver{ID: "new", Tool: d.Tool.ID, Requirement: c.Requirement, Justification: "new",
			By: "new", ApprovedBy: "other than " + d.SignedBy.Name, From: a.today, Until: a.today})
	default:
		d.Answers[c.Requirement] = a.newAnswer(d, c)
	}
}

func (a *assessment) newAnswer(d *SelfDeclaration, c *Step) Answer {
	i := a.set.places[c.Requirement]
	out := Answer{Status: c.Status}
	if a.set.Tracked {
		out.Answered = &Answered{By: "new", At: a.noon(d.Submitted), Wording: a.set.wordings[i]}
	}
	if len(c.Evidence) > 0 {
		e := Evidence{ID: "new " + c.Requirement, Kind: c.Evidence[0], Issued: d.Submitted, Level: c.Level,
			CheckedBy: "new", Issuer: "other than " + d.Vendor.Name, SHA256: DigestOf(nil)}
		d.Evidence, out.Evidence = append(d.Evidence, e), []string{e.ID}
	}
	return out
}

func (a *assessment) noon(d catalogue.Date) time.Time {
	t, _ := day(d)
	return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, cmp.Or(a.zone, time.UTC))
}

// worded puts what was found into words.
func (s *seeker) worded() []StepSet {
	out := make([]StepSet, len(s.found))
	for i, changes := range s.found {
		for j := range changes {
			changes[j].Text = s.start.changeText(&changes[j])
		}
		out[i] = StepSet{changes}
	}
	return out
}

func (a *assessment) changeText(c *Step) catalogue.Text {
	r, _ := a.set.Requirement(c.Requirement)
	f, _ := a.set.Fact(c.Fact)
	switch {
	case c.Kind == StepDeclaration:
		return a.unfit
	case c.Kind == StepFact && c.Declared:
		return changeDeclared.text(f.Question, f.valueText(c.Value))
	case c.Kind == StepFact:
		return changeFact.text(f.Question, f.valueText(c.Value))
	case c.Kind == StepFinding && c.Fact != "":
		return changeFindingFact.text(f.Question, f.valueText(c.Value))
	case c.Kind == StepFinding:
		return changeFinding.text(r.ID, r.Title)
	case c.Kind == StepPanel:
		return changePanel.text(r.ID, r.Title)
	case c.Kind == StepWaiver:
		return changeWaiver.text(r.ID, r.Title)
	case c.Status == No:
		return changeNo.text(r.ID, r.Title)
	case c.Kind == StepEvidence:
		return changeEvidence.text(r.ID, r.Title, list(c.Evidence), levels[c.Level].text())
	case len(c.Evidence) > 0:
		return changeDocumented.text(r.ID, r.Title, list(c.Evidence), levels[c.Level].text())
	}
	return changeYes.text(r.ID, r.Title)
}
