package catalogue

import "time"

// Listing says on which days a listed tool is there: from the beginning of From through the end of To. An empty day sets no limit at that
// end. Outside its days the tool is not found and not started; its id resolves all the same. For a tool that is not listed the days are
// history.
type Listing struct {
	From Date `json:"from,omitempty"`
	To   Date `json:"to,omitempty"`
}

// on answers whether a day lies within the limits: nil, [ErrNotYetListed] or [ErrListingEnded]. A nil Listing has no limits.
func (l *Listing) on(day Date) error {
	switch {
	case l == nil:
		return nil
	case l.From > day:
		return ErrNotYetListed
	case l.To != "" && l.To < day:
		return ErrListingEnded
	}
	return nil
}

// Listed says that the tool is there for all to see at that time: listed, and within its days as they are in at's location.
func (t Tool) Listed(at time.Time) bool {
	return t.Status == StatusListed && t.Listing.on(DateOf(at)) == nil
}
