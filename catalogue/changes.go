package catalogue

import (
	"slices"
	"strings"
	"time"
)

// Changes is what became of a catalogue's tools from one index to another. As JSON its names do not change, and equal changes give
// equal bytes. Make it with [Diff]. It holds which texts changed, but not the texts.
type Changes struct {
	// Tools has the tools that changed, by id. Empty means that the two say the same.
	Tools []ToolChange `json:"tools"`
}

// ChangeKind is what happened to a tool or a unit.
type ChangeKind string

// The kinds of changes. A unit is added, removed or changed only.
const (
	ChangeAdded   ChangeKind = "added"
	ChangeChanged ChangeKind = "changed"
	// ChangeRemoved: the tool is not in the catalogue any more, though ids resolve for ever. [Index.Replace] keeps it as withdrawn.
	ChangeRemoved ChangeKind = "removed"
	// ChangeReturned: a tool that [Index.Replace] had kept is in the catalogue again.
	ChangeReturned ChangeKind = "returned"
	// ChangeRevived: a tool that was withdrawn has another status. [Index.Replace] refuses it, so that only [Diff] of indexes that do
	// not follow from each other shows it.
	ChangeRevived ChangeKind = "revived"
)

// ToolChange is what became of one tool. A member that is nil or empty did not change; an added or removed tool has none but Status.
type ToolChange struct {
	ID   ToolID     `json:"id"`
	Kind ChangeKind `json:"kind"`
	// Status has an empty From for a tool that was added, and an empty To for one that is in the new index no more.
	Status   *StatusChange   `json:"status,omitempty"`
	Access   *AccessChange   `json:"access,omitempty"`
	Approval *ApprovalChange `json:"approval,omitempty"`
	Listing  *ListingChange  `json:"listing,omitempty"`
	// NoStart says that the tool had start addresses and has none now.
	NoStart bool `json:"noStart,omitempty"`
	// Units has the units that changed, by id.
	Units []UnitChange `json:"units,omitempty"`
	// Members are JSON Pointers, from the tool, to all else that changed, texts by language: "/name/nb", "/vendor/orgNumber". A list is
	// one member.
	Members []string `json:"members,omitempty"`
}

// UnitChange is what became of one unit. The pointers of Members are from the unit.
type UnitChange struct {
	ID      UnitID     `json:"id"`
	Kind    ChangeKind `json:"kind"`
	Members []string   `json:"members,omitempty"`
}

// StatusChange is a tool's status before and after.
type StatusChange struct {
	From Status `json:"from,omitempty"`
	To   Status `json:"to,omitempty"`
}

// AccessChange is a tool's access before and after.
type AccessChange struct {
	From Access `json:"from"`
	To   Access `json:"to"`
}

// ApprovalChange is a tool's approval before and after. Nil means that none was or is recorded.
type ApprovalChange struct {
	From *Approval `json:"from"`
	To   *Approval `json:"to"`
}

// ListingChange is the days of a tool's listing before and after. Nil means that there were or are no limits.
type ListingChange struct {
	From *Listing `json:"from"`
	To   *Listing `json:"to"`
}

// Empty says that nothing changed.
func (c Changes) Empty() bool { return len(c.Tools) == 0 }

// Tool gives what became of the tool; false if it did not change.
func (c Changes) Tool(id ToolID) (ToolChange, bool) {
	i, found := slices.BinarySearchFunc(c.Tools, id, func(t ToolChange, id ToolID) int { return strings.Compare(string(t.ID), string(id)) })
	if !found {
		return ToolChange{}, false
	}
	return c.Tools[i], true
}

// Stopped is a tool, or one unit of it, that can be started or prescribed no longer.
type Stopped struct {
	Tool ToolID `json:"tool"`
	// Unit is empty if it is the whole tool.
	Unit UnitID `json:"unit,omitempty"`
	// Reason is what [Tool.CheckStart] answers now, or [ErrUnknownUnit].
	Reason error `json:"-"`
}

// Stopped gives what the changes put an end to, at that time, by tool and unit: prescriptions of these are the ones to look at,
// and ForTool of the Lister of package prescription gives them. A unit that is gone can be prescribed no longer; whoever has it may start
// the tool still.
//
// A tool that is new is not here, withdrawn or not. So what was withdrawn while a program was down is here only if it had kept what it knew:
// see Snapshot and OnChange of [FollowConfig].
//
// A listing or an approval that ends because a day has passed is no change of the catalogue: it is here only if its days were changed to
// ones that are over or to come. [Index.Ended] gives those that end by themselves.
func (c Changes) Stopped(at time.Time) []Stopped {
	var all []Stopped
	for _, t := range c.Tools {
		if reason := t.stopped(at); reason != nil {
			all = append(all, Stopped{Tool: t.ID, Reason: reason})
			continue
		}
		for _, u := range t.Units {
			if u.Kind == ChangeRemoved {
				all = append(all, Stopped{t.ID, u.ID, ErrUnknownUnit})
			}
		}
	}
	return all
}

// Ended gives the tools that could be started at the first time and cannot at the second, though the catalogue is the same: the last day of
// their listing or approval is over. It tells what [Changes.Stopped] cannot: ask once a day, since the time of the last asking, besides
// looking at changes. Days are those of each time's location. No unit ends by itself, so all are whole tools, by id.
func (x *Index) Ended(since, at time.Time) []Stopped {
	var all []Stopped
	for i := range x.tools {
		t := &x.tools[i]
		if t.CheckStart(since) != nil {
			continue
		}
		if reason := t.CheckStart(at); reason != nil {
			all = append(all, Stopped{Tool: t.ID, Reason: reason})
		}
	}
	return all
}

func (t ToolChange) stopped(at time.Time) error {
	if t.Kind == ChangeAdded || t.Status != nil && t.Status.From == StatusDraft {
		return nil // nobody could have it
	}
	if t.Status != nil {
		if err := t.Status.To.checkStart(); err != nil {
			return err
		}
	}
	if t.Listing != nil {
		if err := t.Listing.To.on(DateOf(at)); err != nil {
			return err
		}
	}
	switch {
	case t.Approval != nil && t.Approval.To.ended(at):
		return ErrApprovalEnded
	case t.NoStart:
		return ErrNoStart
	}
	return nil
}

func (s Status) checkStart() error {
	switch s {
	case StatusListed:
		return nil
	case StatusPaused:
		return ErrPaused
	case StatusDraft:
		return ErrNotPublished
	}
	return ErrWithdrawn // or gone
}

func (a *Approval) ended(at time.Time) bool {
	return a != nil && (a.ValidUntil == "" || a.ValidUntil.Before(at))
}
