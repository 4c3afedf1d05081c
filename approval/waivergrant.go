package approval

import (
	"errors"
	"slices"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// ErrWaiver: a waiver cannot be granted or relied on. It comes in a
// [*RefusedError] that names every fault.
var ErrWaiver = errors.New("approval: unusable waiver")

// DefaultWaiverMonths is the longest time of a waiver where the policy says
// nothing: a project rule, taken from no public source.
const DefaultWaiverMonths = 12

// WaiverPolicy limits the waivers that may be granted.
type WaiverPolicy struct {
	// VendorPeople are those who signed the declaration or belong to the vendor,
	// as names or ids in the form that waivers have them; at least one. None of
	// them may grant. [Case.VendorPeople] has them.
	VendorPeople []string
	// LongestMonths is the longest time from first to last day, in calendar
	// months, 1 to 120. Zero means [DefaultWaiverMonths].
	LongestMonths int
}

// GrantWaiver gives the waiver that by grants on a day to whoever asked for it:
// another person, and none of the vendor's. An empty first day becomes the day
// itself; an earlier one is refused, since a waiver does not reach back. Every
// fault is named, by its place in the waiver. Whether tool and requirement
// exist, and whether by may grant waivers, is not checked.
func GrantWaiver(w Waiver, by string, on catalogue.Date, p WaiverPolicy) (Waiver, error) {
	w.ApprovedBy = by
	if w.From == "" {
		w.From = on
	}
	r := w.faults()
	p.check(&r)
	if among(p.VendorPeople, by) {
		r.say("/approvedBy", CodeVendorPerson, refVendorGrants)
	}
	w.checkTime(&r, on, p.months())
	if err := r.err(ErrWaiver); err != nil {
		return Waiver{}, err
	}
	w.Compensating = slices.Clone(w.Compensating)
	return w, nil
}

func (p WaiverPolicy) months() int {
	if p.LongestMonths == 0 {
		return DefaultWaiverMonths
	}
	return p.LongestMonths
}

func (p WaiverPolicy) check(r *refusal) {
	if !anybody(p.VendorPeople) {
		r.say("", problem.MissingMember, refVendorPeople)
	}
	if m := p.months(); m < 1 || m > 120 {
		r.add("", problem.OutOfRange, "1–120")
	}
}

// checkTime looks at days that are days; faults has named the others.
func (w Waiver) checkTime(r *refusal, on catalogue.Date, months int) {
	from, until := isDay(w.From), isDay(w.Until)
	longest := addMonths(w.From, months)
	if !isDay(on) {
		r.say("", problem.BadFormat, sayDate)
		return
	}
	if from && w.From < on {
		r.say("/from", problem.OutOfRange, refBackdated, on)
	}
	if from && until && w.Until > longest {
		r.say("/until", problem.OutOfRange, refTooLong, longest)
	}
}
