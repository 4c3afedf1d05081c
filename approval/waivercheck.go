package approval

import (
	"regexp"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Check says everything that keeps the waiver from being relied on that day:
// something is missing or not in its form, one person has both asked and
// granted, or it is not one of its days. The error is a [*RefusedError] of
// [ErrWaiver]. An empty day is refused. Which tool and requirement the waiver
// is for, and whether it was granted under a [WaiverPolicy], is not checked.
func (w Waiver) Check(on catalogue.Date) error {
	r := w.faults()
	from, until := isDay(w.From), isDay(w.Until)
	if !isDay(on) {
		r.say("", problem.BadFormat, sayDate)
		return r.err(ErrWaiver)
	}
	switch {
	case from && on < w.From:
		r.say("/from", problem.OutOfRange, refWaiverEarly, w.From)
	case until && on > w.Until:
		r.say("/until", problem.OutOfRange, refWaiverOver, w.Until)
	}
	return r.err(ErrWaiver)
}

var nameLike = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// faults are those that do not depend on a day.
func (w Waiver) faults() (r refusal) {
	r.name("/id", w.ID)
	r.name("/requirement", w.Requirement)
	if holdsNumber(string(w.Tool)) {
		r.say("/tool", CodePersonalData, refNumber)
	} else if _, err := catalogue.ParseToolID(string(w.Tool)); err != nil {
		r.say("/tool", problem.BadFormat, sayToolID)
	}
	r.prose("/justification", w.Justification, true)
	for i, text := range w.Compensating {
		r.prose(at("compensating", i, ""), text, true)
	}
	r.prose("/by", w.By, true)
	r.prose("/approvedBy", w.ApprovedBy, true)
	if samePerson(w.By, w.ApprovedBy) {
		r.say("/approvedBy", CodeFourEyes, refTwoPersons)
	}
	w.days(&r)
	return r
}

func (w Waiver) days(r *refusal) {
	from, until := isDay(w.From), isDay(w.Until)
	if !from {
		r.say("/from", problem.BadFormat, sayDate)
	}
	if !until {
		r.say("/until", problem.BadFormat, refNoEnd)
	}
	if from && until && w.Until < w.From {
		r.say("/until", problem.Contradiction, refEndsFirst)
	}
}

// Sentences about waivers.
var (
	refTwoPersons = phrase{
		"Den som ber om unntaket, kan ikke gi det. En annen må godkjenne.",
		"Den som ber om unntaket, kan ikkje gi det. Ein annan må godkjenne.",
		"Whoever asks for the waiver cannot grant it. Somebody else must approve."}
	refVendorGrants = phrase{
		"Den som har signert erklæringen eller hører til hos leverandøren, kan ikke gi unntak. En annen må godkjenne.",
		"Den som har signert erklæringa eller høyrer til hos leverandøren, kan ikkje gi unntak. Ein annan må godkjenne.",
		"Whoever signed the declaration or belongs to the vendor cannot grant a waiver. Somebody else must approve."}
	refNoEnd = phrase{
		"Et unntak må ha en siste dag. Skriv den som år-måned-dag, for eksempel 2026-11-30.",
		"Eit unntak må ha ein siste dag. Skriv han som år-månad-dag, til dømes 2026-11-30.",
		"A waiver must have a last day. Write it as year-month-day, such as 2026-11-30."}
	refBackdated = phrase{
		"Et unntak gjelder ikke bakover i tid. Velg %s eller en senere dag.",
		"Eit unntak gjeld ikkje bakover i tid. Vel %s eller ein seinare dag.",
		"A waiver does not reach back in time. Choose %s or a later day."}
	refTooLong = phrase{
		"Unntaket varer for lenge. Det kan vare til og med %s.",
		"Unntaket varer for lenge. Det kan vare til og med %s.",
		"The waiver lasts too long. It may last through %s."}
	refWaiverEarly = phrase{
		"Unntaket gjelder ikke ennå. Det begynner %s.",
		"Unntaket gjeld ikkje enno. Det begynner %s.",
		"The waiver does not hold yet. It begins on %s."}
	refWaiverOver = phrase{
		"Unntaket er over. Siste dag var %s. Be om et nytt hvis det trengs.",
		"Unntaket er over. Siste dag var %s. Be om eit nytt om det trengst.",
		"The waiver is over. Its last day was %s. Ask for a new one if it is needed."}
)
