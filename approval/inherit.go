package approval

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Errors of [Inherit].
var (
	// ErrOtherVendor: the declarations are of two vendors.
	ErrOtherVendor = errors.New("approval: the declaration is another vendor's")
	// ErrNotSubmittedYet: the vendor's declaration is from a later day.
	ErrNotSubmittedYet = errors.New("approval: the vendor's declaration is from a later day")
	// ErrVendorDeclarationOver: the vendor's declaration is older than the set's review time.
	ErrVendorDeclarationOver = errors.New("approval: the vendor's declaration no longer holds")
)

// InheritReport says what became of each requirement that a vendor answers once
// for all its tools, by its id, in the set's order.
type InheritReport struct {
	// Filled were taken from the vendor's declaration.
	Filled []string `json:"filled,omitempty"`
	// Kept have an answer of the tool's own declaration, which wins.
	Kept []string `json:"kept,omitempty"`
	// Over are answered by the vendor with evidence that has expired.
	Over []string `json:"over,omitempty"`
	// Missing are answered by neither.
	Missing []string `json:"missing,omitempty"`
	// Renamed are the ids of copied evidence that the tool's declaration uses
	// for something else, with the new ids.
	Renamed map[string]string `json:"renamed,omitempty"`
}

// Inherit is a copy of a tool's declaration, which may be a draft, with the
// vendor's own answers where it gives none itself. Answers that were inherited
// before are taken anew, so that a renewed declaration replaces an old one. The
// evidence that they refer to comes along; an id that is taken gets another. Each
// such answer has its [Origin]: it may be relied on until the set's review
// months after the vendor's submission, but not longer than its evidence lasts.
//
// Both declarations must be of the same vendor ([ErrOtherVendor]) and answer
// this set ([ErrOtherSet]); own must pass [CheckVendorDeclaration], whose error
// is given, and hold on the day of at, read in at's location. Whether the result
// is complete is not checked: [CheckDeclaration] and [Evaluate] do that. No input
// is changed.
func Inherit(product *SelfDeclaration, own *VendorDeclaration, set *RequirementSet, at time.Time) (*SelfDeclaration, InheritReport, error) {
	today, err := inheritable(product, own, set, at)
	if err != nil {
		return nil, InheritReport{}, err
	}
	h := &heir{to: product.copied(), from: own, today: today, last: addMonths(own.Submitted, set.own.ReviewMonths), digest: own.Digest()}
	h.forget()
	for _, r := range set.own.Requirements {
		if r.vendorWide() && !r.Withdrawn {
			h.take(r)
		}
	}
	return h.to, h.report, nil
}

func inheritable(product *SelfDeclaration, own *VendorDeclaration, set *RequirementSet, at time.Time) (today catalogue.Date, err error) {
	switch {
	case set == nil || set.own == nil:
		return "", ErrSet
	case product == nil || own == nil:
		return "", ErrNoDeclaration
	case at.IsZero():
		return "", ErrNoTime
	case product.Set != set.own.Ref() || own.Set != set.own.Ref():
		return "", fmt.Errorf("%w: want %s %s", ErrOtherSet, set.own.ID, set.own.Version)
	case !sameVendor(product.Vendor.OrgNumber, own.Vendor.OrgNumber):
		return "", ErrOtherVendor
	}
	if err := own.valid(set); err != nil {
		return "", err
	}
	return catalogue.DateOf(at), own.holds(set.own, catalogue.DateOf(at))
}

// valid checks a value made in Go as if it came as a file.
func (d *VendorDeclaration) valid(set *RequirementSet) error {
	data, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("%w: the vendor's declaration has no form in JSON", ErrInvalid)
	}
	_, err = CheckVendorDeclaration(data, set)
	return err
}

func (d *VendorDeclaration) holds(set *RequirementSet, today catalogue.Date) error {
	switch {
	case d.Submitted > today:
		return ErrNotSubmittedYet
	case addMonths(d.Submitted, set.ReviewMonths) < today:
		return fmt.Errorf("%w: its last day was %s", ErrVendorDeclarationOver, addMonths(d.Submitted, set.ReviewMonths))
	}
	return nil
}

// heir is a tool's declaration while it inherits.
type heir struct {
	to     *SelfDeclaration
	from   *VendorDeclaration
	digest Digest
	today  catalogue.Date
	last   catalogue.Date // the last day on which the vendor's declaration holds
	report InheritReport
}

// forget removes what was inherited before, and the evidence that served nothing else.
func (h *heir) forget() {
	var served []string
	for id, a := range h.to.Answers {
		if a.Inherited != nil {
			served = append(served, a.Evidence...)
			delete(h.to.Answers, id)
		}
	}
	for _, a := range h.to.Answers {
		served = slices.DeleteFunc(served, func(id string) bool { return slices.Contains(a.Evidence, id) })
	}
	h.to.Evidence = slices.DeleteFunc(h.to.Evidence, func(e Evidence) bool { return slices.Contains(served, e.ID) })
}

func (h *heir) take(r Requirement) {
	answer, given := h.from.Answers[r.ID]
	_, has := h.to.Answers[r.ID]
	until, holds := h.until(r, answer)
	switch {
	case has:
		h.report.Kept = append(h.report.Kept, r.ID)
	case !given:
		h.report.Missing = append(h.report.Missing, r.ID)
	case !holds:
		h.report.Over = append(h.report.Over, r.ID)
	default:
		h.fill(r, answer.copied(), until)
		h.report.Filled = append(h.report.Filled, r.ID)
	}
}

func (h *heir) fill(r Requirement, a Answer, until catalogue.Date) {
	for i, id := range a.Evidence {
		a.Evidence[i] = h.evidence(id)
	}
	a.Inherited = &Origin{Declaration: h.from.ID, SHA256: h.digest, Until: until}
	if h.to.Answers == nil {
		h.to.Answers = map[string]Answer{}
	}
	h.to.Answers[r.ID] = a
}
