package approval

import (
	"fmt"
	"slices"
)

// Migrate takes a declaration that answers set from over to set to. The new
// declaration is a draft: the day of submission and the signatory are empty, as
// nobody has submitted or signed it, and the revision counts one more. Tool,
// vendor and all evidence are carried.
//
// An answer is carried as it is only where the wording of both requirements is
// the same ([Requirement.Wording]), whatever the mapping says, where it was not
// given to yet another wording, and where the new requirement takes its status
// and, for not-applicable, has the same reason. Otherwise it is a proposal in
// the report, with the old wording and the new, and the new declaration leaves
// it out. A fact is carried where id, type and question are the same and its
// choices mean the same. The report has every earlier answer and fact once.
//
// A nil mapping is [SameIDs]. The error is [ErrSet], [ErrNoDeclaration],
// [ErrOtherSet], or a [*MappingError] for a mapping that does not fit the sets.
// Whether the answers are true, and whether evidence is good enough for the new
// requirements, is not looked at: [CheckDeclaration] and [Evaluate] do. None of
// the arguments is changed or kept.
func Migrate(d *SelfDeclaration, m *Mapping, from, to *RequirementSet) (*SelfDeclaration, *MigrationReport, error) {
	if from == nil || from.own == nil || to == nil || to.own == nil {
		return nil, nil, ErrSet
	}
	if m == nil {
		m = SameIDs(from, to)
	}
	g := &migration{d: d, m: m, from: from.own, to: to.own}
	if err := g.possible(); err != nil {
		return nil, nil, err
	}
	return g.run()
}

// migration is one call of [Migrate].
type migration struct {
	d        *SelfDeclaration
	m        *Mapping
	from, to *RequirementSet
	fits     map[string]int // how many earlier answers could be carried to a later requirement
	out      *SelfDeclaration
	report   *MigrationReport
}

func (g *migration) possible() error {
	if g.d == nil {
		return ErrNoDeclaration
	}
	if g.d.Set != g.from.Ref() {
		return fmt.Errorf("%w: want %s %s", ErrOtherSet, g.from.ID, g.from.Version)
	}
	return mappingError(g.m.check(g.from, g.to))
}

func (g *migration) run() (*SelfDeclaration, *MigrationReport, error) {
	g.out = g.draft()
	g.report = &MigrationReport{From: g.from.Ref(), To: g.to.Ref(), Answers: []MovedAnswer{}, Facts: []MovedFact{}, Gaps: g.m.Gaps(g.from, g.to)}
	ids := g.answered()
	g.count(ids)
	for _, id := range ids {
		g.report.Answers = append(g.report.Answers, g.answer(id))
	}
	g.facts()
	g.open()
	return g.out, g.report, nil
}

func (g *migration) draft() *SelfDeclaration {
	out := *g.d
	out.Version, out.Set, out.Submitted, out.SignedBy = DeclarationVersion, g.to.Ref(), "", Signatory{}
	out.Revision++
	out.Tool.Name = copyText(g.d.Tool.Name)
	out.Evidence = slices.Clone(g.d.Evidence)
	out.Facts, out.Answers = map[string]FactValue{}, map[string]Answer{}
	return &out
}

// answered lists the ids of the answers in the order of the earlier set.
func (g *migration) answered() []string {
	return inOrder(g.from.requirementIDs(), g.d.Answers, nil)
}

// count finds the later requirements that more than one answer fits.
func (g *migration) count(ids []string) {
	g.fits = map[string]int{}
	for _, id := range ids {
		r, _ := g.from.Requirement(id)
		e, _ := g.m.entry(id)
		for _, to := range e.To {
			if why := g.obstacle(r, to, g.d.Answers[id]); why == nil {
				g.fits[to]++
			}
		}
	}
}

func (g *migration) answer(id string) MovedAnswer {
	r, known := g.from.Requirement(id)
	e, mapped := g.m.entry(id)
	moved := MovedAnswer{Requirement: id, Text: copyText(r.Text), Help: copyText(r.Help), Answer: g.d.Answers[id].clone(),
		Relation: e.Relation, Reason: e.Reason}
	for _, to := range e.To {
		moved.Targets = append(moved.Targets, g.target(r, to, moved.Answer))
	}
	fate, why := moved.fate(known, mapped, r.Withdrawn)
	moved.Fate, moved.Why = fate, why.text()
	if fate == FateCarried || fate == FateConfirm {
		moved.Why = copyText(moved.Targets[0].Why)
	}
	return moved
}

func (m MovedAnswer) fate(known, mapped, withdrawn bool) (Fate, phrase) {
	switch {
	case !known:
		return FateUnmapped, moveStranger
	case !mapped && withdrawn:
		return FateUnmapped, moveTombstone
	case !mapped:
		return FateUnmapped, moveUnmapped
	case len(m.Targets) == 0:
		return FateDropped, moveDropped
	case len(m.Targets) > 1:
		return FateSplit, moveSplit
	case m.Targets[0].Carried:
		return FateCarried, moveSameWording
	}
	return FateConfirm, moveOtherWording
}

// target tries one later requirement, and carries the answer where it fits.
func (g *migration) target(r Requirement, to string, a Answer) MoveTarget {
	now, _ := g.to.Requirement(to)
	why := g.obstacle(r, to, a)
	if why == nil && g.fits[to] > 1 {
		why = &moveContested
	}
	t := MoveTarget{Requirement: to, Text: copyText(now.Text), Help: copyText(now.Help), Carried: why == nil}
	if t.Carried {
		g.out.Answers[to] = a.clone()
		why = &moveSameWording
	}
	t.Why = why.text()
	return t
}

// obstacle says why an answer is no answer to a later requirement; nil if it is.
func (g *migration) obstacle(r Requirement, to string, a Answer) *phrase {
	now, _ := g.to.Requirement(to)
	switch {
	case r.Wording() != now.Wording():
		return &moveOtherWording
	case a.Answered != nil && a.Answered.Wording != r.Wording():
		return &moveOlderAnswer
	case a.Status == NotApplicable && !sameReason(r, now, a.Reason):
		return &moveReason
	case !now.takes(a.Status):
		return &moveStatus
	}
	return nil
}

// takes says whether a status may be answered; not-applicable follows from the reasons.
func (r Requirement) takes(s Status) bool {
	return s == Yes || s == No || s == NotApplicable && len(r.NotApplicable) > 0 || slices.Contains(r.Allowed, s)
}

func sameReason(was, now Requirement, code string) bool {
	a, had := was.Reason(code)
	b, has := now.Reason(code)
	return had && has && sameText(a.Text, b.Text)
}

// open lists what is left to answer. What the carried facts rule out is not.
func (g *migration) open() {
	facts := g.to.usable(g.out.Facts)
	proposed := map[string]bool{}
	for _, a := range g.report.Answers {
		for _, t := range a.Targets {
			proposed[t.Requirement] = true
		}
	}
	for _, r := range g.to.Requirements {
		_, has := g.out.Answers[r.ID]
		switch {
		case has || r.Withdrawn || r.When.Holds(facts) == False:
		case proposed[r.ID]:
			g.report.Unconfirmed = append(g.report.Unconfirmed, r.ID)
		default:
			g.report.Unanswered = append(g.report.Unanswered, r.ID)
		}
	}
}

// clone shares nothing with a.
func (a Answer) clone() Answer {
	a.Evidence = slices.Clone(a.Evidence)
	if a.Answered != nil {
		c := *a.Answered
		a.Answered = &c
	}
	if a.Inherited != nil {
		c := *a.Inherited
		a.Inherited = &c
	}
	return a
}
