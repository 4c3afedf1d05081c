package prescription

import (
	"slices"
	"strings"
	"time"
)

// replayFault names the field that is not what the entries made of it; "" if
// there is none.
func (p Prescription) replayFault(entries []AuditEntry) string {
	q := p.replayed(entries)
	for _, field := range []struct {
		name string
		good bool
	}{
		{"Prescriber", p.Prescriber == q.Prescriber}, {"ReplacedBy", p.ReplacedBy == q.ReplacedBy}, {"Reason", p.Reason == q.Reason || p.Reason == newestReason(entries)},
		{"Delivered", p.Delivered.Equal(q.Delivered)}, {"Opened", p.Opened.Equal(q.Opened)}, {"Started", p.Started.Equal(q.Started)},
		{"CancelAsked", p.CancelAsked.Equal(q.CancelAsked)}, {"Completed", p.Completed.Equal(q.Completed)}, {"Ended", p.Ended.Equal(q.Ended)},
		{"Expires", expires(entries, p.Expires)},
	} {
		if !field.good {
			return field.name
		}
	}
	return ""
}

// replayed is the prescription with what its entries say of it.
func (p Prescription) replayed(entries []AuditEntry) Prescription {
	q := Prescription{Prescriber: entries[0].By}
	for _, e := range entries[1:] {
		if e.To != e.From || e.Reason != "" && e.From != CancelAsked {
			q.Reason = e.Reason
		}
		switch e.Event {
		case EventTransfer:
			q.Prescriber = Actor{RoleTherapist, e.Detail}
		case EventSupersede:
			q.ReplacedBy = ID(e.Detail)
		}
		if e.To != e.From {
			q.reach(e.To, e.At)
		}
	}
	return q
}

// newestReason is what earlier versions kept: the reason of a transfer took the
// place of the one with which somebody had asked to cancel.
func newestReason(entries []AuditEntry) (reason string) {
	for _, e := range entries[1:] {
		if e.To != e.From || e.Reason != "" {
			reason = e.Reason
		}
	}
	return reason
}

// reach notes when a state was reached, the first time that it was.
func (p *Prescription) reach(state State, at time.Time) {
	first := map[State]*time.Time{Delivered: &p.Delivered, Opened: &p.Opened, Started: &p.Started, CancelAsked: &p.CancelAsked, Completed: &p.Completed}
	if t := first[state]; t != nil && t.IsZero() {
		*t = at
	}
	if state.Ended() {
		p.Ended = at
	}
}

// expires says whether a prescription expires when the last extension says so, or
// else the first entry. Trails whose first entry has no digests say it in whole
// seconds, or not at all.
func expires(entries []AuditEntry, at time.Time) bool {
	_, said, exact := strings.Cut(entries[0].Detail, "/")
	said, _, _ = strings.Cut(said, "/")
	for _, e := range slices.Backward(entries) {
		if e.Event == EventExtend {
			said = e.Detail
			break
		}
	}
	if !exact {
		at = at.Truncate(time.Second)
	}
	want, err := time.Parse(time.RFC3339Nano, said)
	return said == "" || err == nil && (at.Equal(want) || !exact && at.Equal(want.Truncate(time.Second)))
}
