package approval

import (
	"cmp"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

// assessment is what was found in a declaration on a day. It has no words yet,
// so that what would be otherwise can be looked at cheaply.
type assessment struct {
	d       *SelfDeclaration
	set     *RequirementSet
	waivers []Waiver
	own     *insiders
	// listed are the places of the evidence of d; nil where it is little.
	listed map[string]int
	// found is what assessors have found; nil if nothing was given.
	found *findings
	// today is a day in zone, where the decision is made.
	today catalogue.Date
	zone  *time.Location

	// unfit says what is wrong with the declaration as a whole.
	unfit catalogue.Text

	facts     map[string]FactValue
	rules     []SetRule
	guided    Truth
	standings []standing
	tallies   []tally
	// accepted are the requirements that a panel is taken to have accepted,
	// assured those whose evidence an assessor is, and confirmed the facts.
	accepted, assured, confirmed map[string]bool
	// supposed, if any, is what is taken to come of one requirement.
	supposed *supposition
}

// standing is where one requirement stands.
type standing struct {
	seen    bool
	applies Truth
	// status is what the vendor answered; usable says that it counts.
	status Status
	usable bool
	// result is what was found, can what may still come of it.
	result Result
	can    resultSet
	why    said
	// evidence is the place of what is relied on, -1 without; waiver and due likewise.
	evidence  int
	waiver    *Waiver
	due       catalogue.Date
	inherited catalogue.Date
	// waits are conditions that must be known first; itself says that the answer must change.
	waits  []*Condition
	itself bool
	// unassessed says that a finding of an assessor is what the answer lacks.
	unassessed bool
}

// said is a sentence that is not in words yet.
type said struct {
	as   *phrase
	with []any
}

func (s said) text() catalogue.Text { return s.as.text(s.with...) }

// textOnce keeps the texts of plain sentences, and gives the same one again.
func (s said) textOnce(plain map[*phrase]catalogue.Text) catalogue.Text {
	if len(s.with) > 0 {
		return s.text()
	}
	if plain[s.as] == nil {
		plain[s.as] = s.text()
	}
	return plain[s.as]
}

func assess(d *SelfDeclaration, set *RequirementSet, at time.Time, waivers []Waiver, given []Finding) (*assessment, error) {
	a := &assessment{d: d, set: set, waivers: waivers, own: insidersOf(d), listed: d.listed(), today: catalogue.DateOf(at), zone: at.Location()}
	var err error
	if a.found, err = a.hear(given); err != nil {
		return nil, err
	}
	a.unfit = a.unusable()
	a.look()
	return a, nil
}

// look finds out about every requirement.
func (a *assessment) look() {
	a.facts, a.rules = a.known(), a.set.ruling
	a.guided = a.set.guidedOnly().ask(a)
	a.standings = make([]standing, len(a.set.Requirements))
	a.tallies = a.tallies[:0]
	for i := range a.standings {
		a.standing(i)
	}
}

// standing of a requirement is found when it is first asked for: conditions on
// answers ask for others, and never in a circle.
func (a *assessment) standing(i int) *standing {
	s := &a.standings[i]
	if !s.seen {
		found := a.find(i)
		found.seen = true
		*s = found
	}
	return s
}

func (a *assessment) fact(id string) FactValue { return a.facts[id] }

// answered: what does not apply has no answer but not-applicable, whatever the
// vendor wrote; what is not answered so that it can be used is not known.
func (a *assessment) answered(id string, among []Status) Truth {
	i, ok := a.set.places[id]
	if !ok {
		return Unknown
	}
	s := a.standing(i)
	given, none := truth(slices.Contains(among, s.status)), truth(slices.Contains(among, NotApplicable))
	switch {
	case s.applies == False:
		return none
	case s.usable && (s.applies == True || given == none):
		return given
	}
	return Unknown
}

// otherwise is the same case with something changed.
func (a *assessment) otherwise(change func(*assessment)) *assessment {
	b := &assessment{d: a.d, set: a.set, waivers: a.waivers, own: a.own, listed: a.listed, found: a.found, today: a.today, zone: a.zone,
		accepted: a.accepted, assured: a.assured, confirmed: a.confirmed}
	change(b)
	b.look()
	return b
}

// unusable says what is wrong with the declaration as a whole; nil if nothing is.
func (a *assessment) unusable() catalogue.Text {
	_, badTool := catalogue.ParseToolID(string(a.d.Tool.ID))
	_, badVendor := vendor.ParseOrgNumber(string(a.d.Vendor.OrgNumber))
	switch {
	case a.d.ID == "" || a.d.SignedBy.Name == "" || a.d.Version != 0 && a.d.Version != DeclarationVersion:
		return sumUnsigned.text()
	case badTool != nil || badVendor != nil:
		return sumNameless.text()
	case !isDay(a.d.Submitted) || a.d.Submitted > a.today:
		return sumNotSubmitted.text()
	case addMonths(a.d.Submitted, a.set.ReviewMonths) < a.today:
		return sumOutdated.text(a.set.ReviewMonths)
	}
	return nil
}

// submitted is the day that ages are measured on. What is not submitted yet is
// looked at as if it were today; that it is not makes it unusable all the same.
func (a *assessment) submitted() catalogue.Date { return cmp.Or(a.d.Submitted, a.today) }
