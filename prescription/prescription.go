package prescription

import (
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// ID identifies a prescription for ever, also towards the citizen's portal and
// the tool. It is a UUID in lower case unless [Config.NewID] makes others.
type ID string

// Patient is the citizen that a tool is prescribed to.
type Patient struct {
	// Pseudonym is how the host knows the citizen: a random text of 8 to 64
	// letters, digits and . _ : / - with at least one letter, see [ValidPseudonym]. It
	// may stay when all else about the citizen is deleted, so it must not be made
	// from personal data.
	Pseudonym string
	// NationalID is needed where the delivery needs it. Zero means none.
	NationalID NationalID
	// Lang is the language that the citizen reads. Empty means Bokmål.
	Lang catalogue.Lang
}

// Prescription is one unit of one tool, prescribed to one citizen. All times
// are UTC in whole microseconds; a zero time means that it has not happened.
type Prescription struct {
	ID ID
	// Version is 1 when prescribed and grows by one with each change.
	Version int64
	// Tenant and Key are those of the [Request]: the key is unique in its tenant.
	Tenant, Key string
	Tool        catalogue.ToolID
	Unit        catalogue.UnitID
	Patient     Patient
	Prescriber  Actor
	// Text is what the citizen was told, as it was sent. Empty if the catalogue had no text.
	Text string
	// State is the stored state. Ask [Prescription.StateAt] instead: expiry is not stored.
	State State
	// Replaces is the prescription that this one took the place of, and ReplacedBy
	// the one that took the place of this; empty if there is none.
	Replaces, ReplacedBy ID
	// Expires is the first moment at which the prescription no longer counts.
	Issued, Expires time.Time
	// When the state was first reached. Ended is when no further change became
	// possible; it stays zero for what merely expired.
	Sent, Delivered, Opened, Started, CancelAsked, Completed, Ended time.Time
	// Updated is when the newest change happened.
	Updated time.Time
	// Reason is the code given with the newest change of the state; empty if it had
	// none. A later change that leaves the state and gives a reason, such as a
	// transfer, takes its place, but not that of a cancellation that somebody has
	// asked for: that one stays when it is confirmed. A note has none. When an announcement could not be
	// delivered it is the delivery's code.
	Reason string
}

// StateAt is the state at a time not before [Prescription.Updated]: the stored
// state, or [Expired] from Expires on if nothing had ended it. A prescription
// without an expiry time has expired at all times.
func (p Prescription) StateAt(at time.Time) State {
	if p.State.Ended() || at.Before(p.Expires) {
		return p.State
	}
	return Expired
}

// CheckLaunch says whether the citizen may open the tool with this prescription
// at that time: nil, [ErrExpired], [ErrEnded], or [ErrNotSent] for one that was
// never sent. A paused treatment may be opened. It does not look at the tool
// itself: ask [catalogue.Tool.CheckStart] too.
func (p Prescription) CheckLaunch(at time.Time) error {
	switch state := p.StateAt(at); {
	case state == Expired:
		return ErrExpired
	case state.Ended():
		return ErrEnded
	case !state.reachedCitizen():
		return ErrNotSent
	}
	return nil
}

// stamped brings all times to the precision that stores keep.
func (p Prescription) stamped() Prescription {
	for _, t := range []*time.Time{&p.Issued, &p.Expires, &p.Sent, &p.Delivered, &p.Opened, &p.Started, &p.CancelAsked, &p.Completed, &p.Ended, &p.Updated} {
		*t = stamp(*t)
	}
	return p
}
