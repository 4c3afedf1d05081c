package catalogue

import "sync/atomic"

// visible gives the tools that the query sees at all, by their status and their days. What cannot be seen is not found and does not make a
// word common; only its length counts, among all, in how long a text is thought to be. Queries of one day share the answer, which none of
// them may change.
func (x *Index) visible(q Query) *visibility {
	shared := &x.seen[0]
	if q.All {
		shared = &x.seen[1]
	}
	day := q.day()
	if v := shared.Load(); v != nil && v.day == day {
		return v
	}
	v := &visibility{day: day, tools: newSet(len(x.tools))}
	for i := range x.tools {
		if sees(&x.tools[i], day, q.All) {
			v.tools.add(int32(i))
			v.count++
		}
	}
	shared.Store(v)
	return v
}

// visibility is what can be seen on a day.
type visibility struct {
	day   Date
	tools set
	count int // of those that can be seen
}

// seen holds the latest visibility, without and with [Query.All].
type seen [2]atomic.Pointer[visibility]

// sees leaves drafts and listings to come to those who write them.
func sees(t *Tool, day Date, all bool) bool {
	switch t.Status {
	case StatusListed:
		err := t.Listing.on(day)
		return err == nil || all && err == ErrListingEnded
	case StatusPaused, StatusWithdrawn:
		return all
	}
	return false
}
