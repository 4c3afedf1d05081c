package approval

import (
	"fmt"
	"slices"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// until is the last day on which an answer may be relied on; holds is false when
// that is over. One piece of evidence that counts is enough, so the one that
// lasts longest decides.
func (h *heir) until(r Requirement, a Answer) (until catalogue.Date, holds bool) {
	best, found := h.lastingLongest(r, a)
	needed := a.Status == Yes && r.Evidence != nil
	switch {
	case needed && !found:
		return "", false
	case found && best.Expires != "":
		until = min(h.last, best.Expires)
	default:
		until = h.last
	}
	return until, until >= h.today
}

// lastingLongest looks among what counts, if the answer needs evidence, and otherwise among all that it refers to.
func (h *heir) lastingLongest(r Requirement, a Answer) (best Evidence, found bool) {
	for _, e := range h.from.Evidence {
		counts := a.Status != Yes || r.Evidence == nil || r.Evidence.judge(e, h.from.Submitted, h.today) == ""
		if counts && slices.Contains(a.Evidence, e.ID) && (!found || lasting(e, best)) {
			best, found = e, true
		}
	}
	return best, found
}

// evidence copies a piece of the vendor's evidence, unless the tool's
// declaration has the very same, and gives the id under which it is there.
func (h *heir) evidence(id string) string {
	i := slices.IndexFunc(h.from.Evidence, func(e Evidence) bool { return e.ID == id })
	if i < 0 {
		return id
	}
	e := h.from.Evidence[i]
	for n := 1; ; n++ {
		e.ID = numbered(id, n)
		j := slices.IndexFunc(h.to.Evidence, func(o Evidence) bool { return o.ID == e.ID })
		if j < 0 {
			h.to.Evidence = append(h.to.Evidence, e)
		}
		if j < 0 || h.to.Evidence[j] == e {
			h.rename(id, e.ID)
			return e.ID
		}
	}
}

func (h *heir) rename(from, to string) {
	if from == to {
		return
	}
	if h.report.Renamed == nil {
		h.report.Renamed = map[string]string{}
	}
	h.report.Renamed[from] = to
}

// longestID is how many letters an id of evidence may have.
const longestID = 64

// numbered is the id itself first, and then with a number at its end.
func numbered(id string, n int) string {
	if n == 1 {
		return id
	}
	end := fmt.Sprintf("-%d", n)
	return id[:min(len(id), longestID-len(end))] + end
}
