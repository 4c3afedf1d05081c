package approval

import (
	"cmp"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Waiver lets one requirement pass that is not met, for one tool and a time. It
// never changes what was found, only whether it stands in the way.
//
// [Evaluate] uses a waiver when tool and requirement fit, the day of the
// decision is among its days, it is justified, and the person who granted it is
// neither the one who asked for it nor the one who signed the declaration. One
// that cannot be used is as if it were not there. Who may grant waivers, and
// whether the names are right, is not checked.
type Waiver struct {
	// ID names the waiver: letters, digits, "-", "." and "_", at most 64.
	ID          string           `json:"id"`
	Tool        catalogue.ToolID `json:"tool"`
	Requirement string           `json:"requirement"`
	// Justification says why; required. Compensating says what is done instead.
	Justification string   `json:"justification"`
	Compensating  []string `json:"compensating,omitempty"`
	// By asked for it, ApprovedBy granted it: two persons; no identity numbers.
	By         string `json:"by"`
	ApprovedBy string `json:"approvedBy"`
	// From and Until are its first and last day, both required.
	From  catalogue.Date `json:"from"`
	Until catalogue.Date `json:"until"`
}

// Digest is the SHA-256 of the waiver as JSON in the order of the Go fields.
func (w Waiver) Digest() Digest { return digestOf(w) }

// waiver is the one that holds for a requirement today and lasts longest; nil without.
func (a *assessment) waiver(requirement string) *Waiver {
	var best *Waiver
	for i := range a.waivers {
		w := &a.waivers[i]
		if w.Requirement == requirement && a.grants(w) && (best == nil || w.before(best)) {
			best = w
		}
	}
	return best
}

// grants says whether a waiver can be used for this tool today.
func (a *assessment) grants(w *Waiver) bool {
	return w.Tool == a.d.Tool.ID && !alike(w.ApprovedBy, a.d.SignedBy.Name) && w.Check(a.today) == nil
}

// before puts the one that lasts longest first; the order in which they were passed does not matter.
func (w *Waiver) before(other *Waiver) bool {
	return cmp.Or(cmp.Compare(other.Until, w.Until), cmp.Compare(w.ID, other.ID), w.compareRest(other)) < 0
}

func (w *Waiver) compareRest(other *Waiver) int { return cmp.Compare(w.Digest(), other.Digest()) }

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// alike compares the names of persons or firms as a reader does.
func alike(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

// waived lists the waivers that were relied on, each once, by id.
func (a *assessment) waived() []WaiverRef {
	var out []WaiverRef
	for i := range a.standings {
		if w := a.standings[i].waiver; w != nil && a.standings[i].result == ResultWaived {
			out = append(out, WaiverRef{ID: w.ID, SHA256: w.Digest()})
		}
	}
	slices.SortFunc(out, func(a, b WaiverRef) int { return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.SHA256, b.SHA256)) })
	return slices.Compact(out)
}
