package catalogue

import (
	"errors"
	"fmt"
	"time"
)

// ErrUnavailable is the parent of all reasons why a tool may not be started now.
var ErrUnavailable = errors.New("catalogue: tool cannot be started")

// The reasons why a tool may not be started or prescribed.
var (
	ErrWithdrawn     = fmt.Errorf("%w: it is withdrawn", ErrUnavailable)
	ErrPaused        = fmt.Errorf("%w: it is paused", ErrUnavailable)
	ErrNotPublished  = fmt.Errorf("%w: it is not published", ErrUnavailable)
	ErrNotYetListed  = fmt.Errorf("%w: its first day has not come", ErrUnavailable)
	ErrListingEnded  = fmt.Errorf("%w: its last day is over", ErrUnavailable)
	ErrApprovalEnded = fmt.Errorf("%w: its approval has ended", ErrUnavailable)
	ErrNoStart       = fmt.Errorf("%w: it has no start address", ErrUnavailable)

	ErrNotPrescribable = errors.New("catalogue: tool has no unit that can be prescribed")
	ErrUnknownUnit     = errors.New("catalogue: tool has no such unit")
)

// CheckStart answers whether a citizen may start the tool at that time: nil, or the first of [ErrWithdrawn], [ErrPaused],
// [ErrNotPublished], [ErrNotYetListed], [ErrListingEnded], [ErrApprovalEnded] and [ErrNoStart], all of which wrap [ErrUnavailable]. A
// listing and an approval count through their last day, as the day is in at's location: pass a time in Norway's for a catalogue of
// Norway's. A tool without recorded days or approval is not held back by them.
//
// It does not check who the citizen is: whether a login or a prescription is needed is in [Tool.Access], whether there is one is known
// to others.
func (t Tool) CheckStart(at time.Time) error {
	switch t.Status {
	case StatusWithdrawn:
		return ErrWithdrawn
	case StatusPaused:
		return ErrPaused
	case StatusListed:
	default:
		return ErrNotPublished
	}
	if err := t.Listing.on(DateOf(at)); err != nil {
		return err
	}
	if t.Approval != nil && (t.Approval.ValidUntil == "" || t.Approval.ValidUntil.Before(at)) {
		return ErrApprovalEnded
	}
	if len(t.Start) == 0 {
		return ErrNoStart
	}
	return nil
}

// CheckPrescribe answers whether a therapist may prescribe the unit at that time: nil, an error of [Tool.CheckStart], or one of
// [ErrNotPrescribable] and [ErrUnknownUnit]. It does not check whether the unit suits the citizen, nor whether the approval lasts as long
// as the unit.
func (t Tool) CheckPrescribe(unit UnitID, at time.Time) error {
	if err := t.CheckStart(at); err != nil {
		return err
	}
	if len(t.Units) == 0 {
		return ErrNotPrescribable
	}
	if _, known := t.Unit(unit); !known {
		return ErrUnknownUnit
	}
	return nil
}
