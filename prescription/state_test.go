package prescription_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
)

func events() []prescription.Event {
	var all []prescription.Event
	for _, t := range prescription.Transitions() {
		if !slices.Contains(all, t.Event) {
			all = append(all, t.Event)
		}
	}
	return append(all, "unknown-event")
}

// table is what the tests read.
var table = prescription.Transitions()

// want is the table, read by itself: the row's target, or "" if there is no row.
func want(s prescription.State, e prescription.Event, r prescription.Role) prescription.State {
	for _, t := range table {
		if t.Event == e && slices.Contains(t.From, s) && slices.Contains(t.Roles, r) {
			return cmp.Or(t.To, s)
		}
	}
	return ""
}

// special are those with a method of their own.
var special = []prescription.Event{prescription.EventExtend, prescription.EventTransfer, prescription.EventNote, prescription.EventSupersede}

// Every state, event and role: a change does what the table says and nothing else.
func TestChangeFollowsTheTable(t *testing.T) {
	w, cases := newWorld(t), 0
	for _, state := range prescription.States()[1:] {
		for _, e := range events() {
			for _, role := range append(prescription.Roles(), "unknown-role") {
				cases++
				p := w.in(t, state, cases)
				got, err := w.Change(t.Context(), w.store, prescription.Ref{ID: p.ID, Version: 1}, e,
					prescription.Actor{Role: role, ID: "someone"}, prescription.ReasonOther)
				name := fmt.Sprint(state, " ", e, " ", role)
				if to := want(state, e, role); to != "" && !slices.Contains(special, e) {
					require.NoError(t, err, name)
					assert.Equal(t, to, got.State, name)
					continue
				}
				refused(t, w, p, err, name, role)
			}
		}
	}
	assert.Equal(t, 12*17*5, cases)
}

func refused(t *testing.T, w *world, p prescription.Prescription, err error, name string, role prescription.Role) {
	t.Helper()
	if role == "unknown-role" {
		require.ErrorIs(t, err, prescription.ErrRequest, name)
	} else {
		require.ErrorIs(t, err, prescription.ErrNotAllowed{}, name)
	}
	now, getErr := w.Get(t.Context(), w.store, p.ID)
	require.NoError(t, getErr)
	assert.Equal(t, p, now, name)
}

// The same for reports: what is past is late, what is not theirs is refused.
func TestApplyFollowsTheTable(t *testing.T) {
	w, cases := newWorld(t), 0
	for _, state := range prescription.States()[1:] {
		for _, e := range events() {
			for _, role := range prescription.Roles() {
				cases++
				p := w.in(t, state, cases)
				got, applied, err := w.Apply(t.Context(), w.store, prescription.Report{ID: "r1", Prescription: p.ID, Event: e, At: noon,
					By: prescription.Actor{Role: role, ID: "someone"}})
				name := fmt.Sprint(state, " ", e, " ", role)
				switch to := want(state, e, role); {
				case !reportable(e, role):
					refused(t, w, p, err, name, role)
				case to == "":
					require.NoError(t, err, name)
					assert.Equal(t, prescription.Late, applied, name)
					assert.Equal(t, p, got, name)
				default:
					require.NoError(t, err, name)
					assert.Equal(t, prescription.Changed, applied, name)
					assert.Equal(t, to, got.State, name)
				}
			}
		}
	}
	assert.Equal(t, 12*17*4, cases)
}

func reportable(e prescription.Event, r prescription.Role) bool {
	if r == prescription.RoleTherapist || e == prescription.EventCancel || slices.Contains(special, e) {
		return false
	}
	return slices.ContainsFunc(table, func(t prescription.Transition) bool {
		return t.Event == e && slices.Contains(t.Roles, r)
	})
}

func TestTheTableIsSound(t *testing.T) {
	reached := map[prescription.State]bool{prescription.Drafted: true, prescription.Expired: true}
	seen := map[string]bool{}
	for _, row := range prescription.Transitions() {
		reached[row.To] = true
		assert.NotEmpty(t, row.Roles, row.Event)
		assert.NotEmpty(t, row.From, row.Event)
		require.Error(t, row.Else, row.Event)
		for _, from := range row.From {
			step := fmt.Sprint(row.Event, " from ", from)
			assert.False(t, seen[step], "%s has two rows", step)
			seen[step] = true
			assert.False(t, from.Ended() && row.To != "", "%s leaves a state that has ended", step)
		}
	}
	for _, s := range prescription.States() {
		assert.True(t, reached[s], "nothing leads to %s", s)
	}
}

func TestTransitionsAreTheCallersOwn(t *testing.T) {
	mine := prescription.Transitions()
	mine[0].From[0], mine[0].Roles[0], mine[0].To = "x", "x", "x"
	assert.NotEqual(t, mine, prescription.Transitions())
	assert.Equal(t, prescription.Drafted, prescription.Transitions()[0].From[0])
}

func TestEnded(t *testing.T) {
	ended := []prescription.State{prescription.Completed, prescription.Declined, prescription.Failed, prescription.Cancelled,
		prescription.Expired, prescription.EnteredInError}
	for _, s := range prescription.States() {
		assert.Equal(t, slices.Contains(ended, s), s.Ended(), s)
	}
	assert.True(t, prescription.State("").Ended(), "an unknown state changes no more")
}

func TestExpiryIsComputedOnBothSidesOfTheBoundary(t *testing.T) {
	p := prescription.Prescription{State: prescription.Started, Expires: noon}
	before, at := noon.Add(-time.Nanosecond), noon
	assert.Equal(t, prescription.Started, p.StateAt(before))
	assert.Equal(t, prescription.Expired, p.StateAt(at))
	assert.Equal(t, prescription.Started, p.State, "never stored")
	p.State = prescription.Completed
	assert.Equal(t, prescription.Completed, p.StateAt(at), "what has ended does not expire")
	assert.Equal(t, prescription.Expired, prescription.Prescription{State: prescription.Sent}.StateAt(noon), "no expiry time")
}

func TestCheckLaunch(t *testing.T) {
	tests := []struct {
		state prescription.State
		at    time.Time
		want  error
	}{
		{prescription.Sent, noon, nil}, {prescription.Delivered, noon, nil}, {prescription.Opened, noon, nil},
		{prescription.Started, noon, nil}, {prescription.Paused, noon, nil},
		{prescription.Started, noon.Add(time.Hour - time.Nanosecond), nil},
		{prescription.Started, noon.Add(time.Hour), prescription.ErrExpired},
		{prescription.Drafted, noon, prescription.ErrNotSent}, {prescription.Completed, noon, prescription.ErrEnded},
		{prescription.Cancelled, noon.Add(2 * time.Hour), prescription.ErrEnded}, {prescription.EnteredInError, noon, prescription.ErrEnded},
		{prescription.Declined, noon, prescription.ErrEnded}, {prescription.Failed, noon, prescription.ErrEnded}, {"", noon, prescription.ErrEnded},
	}
	require.NotEmpty(t, tests)
	for _, tt := range tests {
		err := prescription.Prescription{State: tt.state, Expires: noon.Add(time.Hour)}.CheckLaunch(tt.at)
		assert.Equal(t, tt.want, err, "%s at %s", tt.state, tt.at)
	}
}
