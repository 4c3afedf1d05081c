package approval

import (
	"errors"
	"slices"

	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Errors about the findings of a case, each in a [*RefusedError] with words for people.
var (
	// ErrOtherFinding: a finding is about another declaration than the one submitted, or its id was used for another one.
	ErrOtherFinding = errors.New("approval: the finding is not about what was submitted, or has an id that is taken")
	// ErrFindingsDiffer: the decision was not made with all the findings of the case, and no others.
	ErrFindingsDiffer = errors.New("approval: the decision was made with other findings than those of the case")
)

// CaseFinding is what a case keeps of a [Finding].
type CaseFinding struct {
	ID string `json:"id"`
	// SHA256 is [Finding.Digest].
	SHA256 Digest `json:"sha256"`
	// By is who recorded it.
	By string `json:"by"`
}

func (f CaseFinding) is(id string, sum Digest) bool { return f.ID == id && f.SHA256 == sum }

// checkFindings wants findings in their form, each by the one who records it.
func (ev Event) checkFindings(r *refusal) {
	for i := range ev.Findings {
		f, place := &ev.Findings[i], at("findings", i, "")
		f.faults(r, place)
		mayAssess := slices.Contains(assessing, ev.By.Role) // another role is refused by the table
		if f.By.ID != ev.By.ID || mayAssess && f.By.Role != ev.By.Role {
			r.say(place+"/by", problem.Contradiction, refFindingBy)
		}
	}
}

// otherFinding also tells of an id that two findings of the event have.
func (c Case) otherFinding(ev Event) bool {
	known := slices.Clone(c.Findings)
	for _, f := range ev.Findings {
		taken := func(k CaseFinding) bool { return k.ID == f.ID && k.SHA256 != f.Digest() }
		if f.Declaration != *c.Declaration || slices.ContainsFunc(known, taken) {
			return true
		}
		known = append(known, CaseFinding{ID: f.ID, SHA256: f.Digest()})
	}
	return false
}

// findingsDiffer compares both ways: one that was left out may be the one that lowers.
func (c Case) findingsDiffer(ev Event) bool {
	given := slices.Concat(ev.Decision.Findings, ev.Decision.FindingsNotUsed)
	recorded := func(r FindingRecord) bool {
		return slices.ContainsFunc(c.Findings, func(f CaseFinding) bool { return f.is(r.ID, r.SHA256) })
	}
	used := func(f CaseFinding) bool {
		return slices.ContainsFunc(given, func(r FindingRecord) bool { return f.is(r.ID, r.SHA256) })
	}
	return slices.ContainsFunc(given, func(r FindingRecord) bool { return !recorded(r) }) ||
		slices.ContainsFunc(c.Findings, func(f CaseFinding) bool { return !used(f) })
}

// assess keeps findings, each once, and who made them.
func (c *Case) assess(ev Event) {
	for _, f := range ev.Findings {
		sum := f.Digest()
		if !slices.ContainsFunc(c.Findings, func(k CaseFinding) bool { return k.is(f.ID, sum) }) {
			c.Findings = append(c.Findings, CaseFinding{f.ID, sum, ev.By.ID})
		}
	}
	c.AssessedBy = withPeople(c.AssessedBy, ev.By.ID)
}

// submit takes another declaration, about which nobody has found anything yet.
func (c *Case) submit(of DeclarationRef) {
	if c.Declaration == nil || *c.Declaration != of {
		c.Findings = nil
	}
	c.Declaration = &of
}

func (c Case) checkAssessed(r *refusal) {
	for i, f := range c.Findings {
		r.name(at("findings", i, "id"), f.ID)
		r.digest(at("findings", i, "sha256"), f.SHA256)
		r.code(at("findings", i, "by"), f.By)
	}
	if len(c.Findings) > 0 && c.Declaration == nil {
		r.missing("/declaration")
	}
	if len(c.Findings) > 0 && !anybody(c.AssessedBy) {
		r.missing("/assessedBy")
	}
}

// vendorAssesses says whether one of the vendor's people is named as assessor.
func (c Case) vendorAssesses(ev Event) bool {
	return slices.ContainsFunc(ev.Findings, func(f Finding) bool { return among(c.VendorPeople, f.By.Name) })
}

var (
	refFindingBy = phrase{
		"Funnet må føres opp av den som har gjort det, i samme rolle. Logg inn som den personen, eller rett funnet.",
		"Funnet må førast opp av den som har gjort det, i same rolle. Logg inn som den personen, eller rett funnet.",
		"A finding must be entered by whoever made it, in the same role. Log in as that person, or correct the finding."}
	refOtherFinding = phrase{
		"Funnet gjelder en annen erklæring enn den som er levert, eller har en id som er brukt før. Vurder den leverte, og gi funnet en ny id.",
		"Funnet gjeld ei anna erklæring enn den som er levert, eller har ein id som er brukt før. Vurder den leverte, og gi funnet ein ny id.",
		"The finding is about another declaration than the one submitted, or has an id that is used already. Assess the one submitted, and give the finding a new id."}
	refFindingsDiffer = phrase{
		"Vedtaket er ikke gjort med alle funnene i saken, eller med andre i tillegg. Vurder saken på nytt med nettopp de funnene som er ført opp i den.",
		"Vedtaket er ikkje gjort med alle funna i saka, eller med andre i tillegg. Vurder saka på nytt med nettopp dei funna som er førte opp i ho.",
		"The decision was not made with all the findings of the case, or with others besides. Evaluate again with exactly those that are entered in the case."}
)
