package approval

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

// caseRule is a rule of [CaseTransition.Errors]: when it is broken, where, and the words for it.
type caseRule struct {
	broken func(Case, Event) bool
	place  string
	code   problem.Code
	words  phrase
}

var caseRules = map[error]caseRule{
	ErrFourEyes:         {Case.sameEyes, "/by/id", CodeFourEyes, refFourEyes},
	ErrNotFinal:         {notFinal, "/decision/outcome", problem.NotAllowed, refNotFinal},
	ErrOtherTool:        {Case.otherTool, "/decision", problem.Contradiction, refOtherTool},
	ErrOtherDeclaration: {Case.otherDeclaration, "/decision/declaration", problem.Contradiction, refOtherDeclaration},
	ErrOtherFinding:     {Case.otherFinding, "/findings", problem.Contradiction, refOtherFinding},
	ErrFindingsDiffer:   {Case.findingsDiffer, "/decision/findings", problem.Contradiction, refFindingsDiffer},
	ErrUsedDecision:     {Case.usedDecision, "/decision/id", problem.Repeated, refUsedDecision},
	ErrNotYetDecided:    {notYetDecided, "/decision/decided", problem.OutOfRange, refFuture},
	ErrDecisionExpired:  {decisionOver, "/decision/validUntil", problem.OutOfRange, refDecisionOver},
	ErrAltered:          {altered, "/decision/id", problem.BadValue, refAltered},
	ErrNotApproved:      {Case.notApproved, "/event", problem.NotAllowed, refNotApproved},
	ErrPublished:        {Case.published, "/event", problem.Repeated, refPublished},
	ErrSuspended:        {Case.suspended, "/event", problem.Repeated, refSuspended},
}

// sameEyes looks at all who decide: the actor, and the panel's voters. Who
// suspended cannot lift that, neither with a resumption nor with a new decision.
func (c Case) sameEyes(ev Event) bool {
	deciding := []string{ev.By.ID}
	if ev.Decision != nil && ev.Decision.Panel != nil {
		for _, v := range ev.Decision.Panel.Votes {
			deciding = append(deciding, v.Member)
		}
	}
	return slices.ContainsFunc(deciding, func(id string) bool {
		involved := ev.Event == EventDecide && (among(c.PreparedBy, id) || among(c.VendorPeople, id))
		return involved || c.suspendedBy(id)
	})
}

func notFinal(_ Case, ev Event) bool {
	return !ev.Decision.Outcome.Approves() && ev.Decision.Outcome != Rejected
}

func (c Case) otherTool(ev Event) bool {
	return ev.Decision.Tool != c.Tool || !sameVendor(ev.Decision.Vendor, c.Vendor)
}

func (c Case) otherDeclaration(ev Event) bool {
	p := ev.Decision.Panel
	return ev.Decision.Declaration != *c.Declaration || p != nil && p.Case != "" && p.Case != c.ID
}

func (c Case) usedDecision(ev Event) bool {
	return c.Decision != nil && c.Decision.ID == ev.Decision.ID
}

func notYetDecided(_ Case, ev Event) bool { return whole(ev.At).Before(ev.Decision.Decided) }

func decisionOver(_ Case, ev Event) bool {
	d := ev.Decision
	return d.Outcome.Approves() && CaseDecision{ValidUntil: d.ValidUntil}.over(ev.At)
}

func altered(_ Case, ev Event) bool { return ev.Decision.intact() != nil }

func (c Case) notApproved(Event) bool { return !c.approved() }

func (c Case) published(Event) bool { return !c.Decision.Published.IsZero() }

func (c Case) suspended(Event) bool { return c.Suspension != nil }
