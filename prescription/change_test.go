package prescription_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
)

func TestCancelNeedsAReasonFromTheList(t *testing.T) {
	w := newWorld(t)
	p := w.prescribe(t, request("visit-1"))
	ref := prescription.Ref{ID: p.ID, Version: 1}
	for _, reason := range []string{"", "Ola har flyttet", "unheard-of"} {
		_, err := w.Cancel(t.Context(), w.store, ref, therapist, reason)
		require.ErrorIs(t, err, prescription.ErrRequest)
		assert.NotContains(t, err.Error(), "Ola")
	}
	got, err := w.Cancel(t.Context(), w.store, ref, therapist, prescription.ReasonWrongPatient)
	require.NoError(t, err)
	assert.Equal(t, prescription.Cancelled, got.State)
	assert.Equal(t, prescription.ReasonWrongPatient, got.Reason)
	assert.Equal(t, noon, got.Ended)
	_, err = w.Cancel(t.Context(), w.store, ref, therapist, prescription.ReasonOther)
	assert.ErrorIs(t, err, prescription.ErrConflict{Have: 2, Want: 1})
	ref.Version = 2
	_, err = w.Cancel(t.Context(), w.store, ref, therapist, prescription.ReasonOther)
	assert.ErrorIs(t, err, prescription.ErrNotAllowed{State: prescription.Cancelled, Event: prescription.EventCancel, Role: prescription.RoleTherapist})
}

func TestAVersionIsCompulsory(t *testing.T) {
	w := newWorld(t)
	p := w.prescribe(t, request("visit-1"))
	for _, v := range []int64{0, -1} {
		_, err := w.Cancel(t.Context(), w.store, prescription.Ref{ID: p.ID, Version: v}, therapist, prescription.ReasonOther)
		assert.ErrorContains(t, err, "field Version")
	}
}

func TestFaultsOfAReport(t *testing.T) {
	digits, _ := complete(t, "158190")
	good := prescription.Report{ID: "r1", Prescription: "p1", Event: prescription.EventStart, At: noon, By: tool}
	edits := map[string]func(*prescription.Report){
		"ID":           func(r *prescription.Report) { r.ID = "" },
		"Prescription": func(r *prescription.Report) { r.Prescription = prescription.ID(digits) },
		"At":           func(r *prescription.Report) { r.At = time.Time{} },
		"By.Role":      func(r *prescription.Report) { r.By.Role = "" },
		"By.ID":        func(r *prescription.Report) { r.By.ID = digits },
	}
	w := newWorld(t)
	for field, edit := range edits {
		r := good
		edit(&r)
		_, _, err := w.Apply(t.Context(), w.store, r)
		var refused *prescription.RequestError
		require.ErrorAs(t, err, &refused, field)
		require.Len(t, refused.Faults, 1)
		assert.Equal(t, field, refused.Faults[0].Field)
		assert.NotContains(t, err.Error(), digits)
	}
	_, _, err := w.Apply(t.Context(), w.store, good)
	assert.ErrorIs(t, err, prescription.ErrNotFound)
}

func TestWhenAReportedEventHappened(t *testing.T) {
	tests := []struct {
		name     string
		at, want time.Time
	}{
		{"as reported", noon.Add(30 * time.Minute), noon.Add(30 * time.Minute)},
		{"a clock that is slow", noon.Add(-time.Hour), noon},
		{"a clock that is fast", noon.Add(5 * time.Hour), noon.Add(time.Hour)},
		{"finer than kept", noon.Add(time.Minute + 999), noon.Add(time.Minute)},
		{"1970", time.Unix(1, 0), noon},
	}
	require.NotEmpty(t, tests)
	for _, tt := range tests {
		w := newWorld(t)
		p := w.prescribe(t, request("visit-1"))
		w.clock.at = noon.Add(time.Hour)
		got, _, err := w.Apply(t.Context(), w.store, prescription.Report{ID: "r1", Prescription: p.ID, Event: prescription.EventStart, At: tt.at, By: tool})
		require.NoError(t, err)
		assert.Equal(t, tt.want, got.Started, tt.name)
		assert.Equal(t, tt.want, got.Updated, tt.name)
	}
}

// What happened before the end counts, whenever it comes in.
func TestReportsOnBothSidesOfTheExpiry(t *testing.T) {
	for _, tt := range []struct {
		happened, received time.Duration
		want               prescription.Applied
	}{
		{-time.Hour, -time.Microsecond, prescription.Changed},
		{-time.Microsecond, 0, prescription.Changed},
		{-time.Hour, 1000 * time.Hour, prescription.Changed},
		{0, 0, prescription.Late},
		{0, time.Hour, prescription.Late},
		{time.Hour, -time.Microsecond, prescription.Changed}, // it cannot have happened after it came
		{time.Hour, 0, prescription.Late},
	} {
		w := newWorld(t)
		p := w.prescribe(t, request("visit-1"))
		w.clock.at = p.Expires.Add(tt.received)
		_, applied, err := w.Apply(t.Context(), w.store, prescription.Report{ID: "r1", Prescription: p.ID, Event: prescription.EventComplete,
			At: p.Expires.Add(tt.happened), By: tool})
		require.NoError(t, err)
		assert.Equal(t, tt.want, applied, "%s %s", tt.happened, tt.received)
	}
}

// A clock that says that a prescription has expired is believed, but not for good.
func TestAReportThatWasLateByAWrongClockMayComeAgain(t *testing.T) {
	w := newWorld(t)
	p := w.prescribe(t, request("visit-1"))
	r := prescription.Report{ID: "r1", Prescription: p.ID, Event: prescription.EventComplete, By: tool}
	for _, step := range []struct {
		now  time.Time
		want prescription.Applied
	}{{p.Expires.AddDate(4, 0, 0), prescription.Late}, {p.Expires.AddDate(4, 0, 0), prescription.Late}, {noon.Add(time.Hour), prescription.Changed},
		{noon.Add(time.Hour), prescription.Duplicate}, {p.Expires.AddDate(4, 0, 0), prescription.Duplicate}} {
		w.clock.at, r.At = step.now, step.now // on the same machine
		_, applied, err := w.Apply(t.Context(), w.store, r)
		require.NoError(t, err)
		require.Equal(t, step.want, applied)
	}
	r.ID, r.Event = "r2", prescription.EventOpen
	for _, want := range []prescription.Applied{prescription.Late, prescription.Duplicate} {
		_, applied, err := w.Apply(t.Context(), w.store, r)
		require.NoError(t, err)
		require.Equal(t, want, applied, "the control: late for good, since it has ended")
	}
}

// Who is refused because of the time sees both times, and so a clock that is wrong.
func TestARefusalNamesBothTimes(t *testing.T) {
	w := newWorld(t)
	p := w.prescribe(t, request("visit-1"))
	_, err := w.Extend(t.Context(), w.store, ref(p), therapist, noon.Add(24*time.Hour))
	require.ErrorIs(t, err, prescription.ErrNotLonger)
	require.EqualError(t, err, "prescription: it lasts as long already: until 2026-12-27T12:00:00Z, asked for 2026-11-02T12:00:00Z")
	w.clock.at = noon.AddDate(4, 0, 0)
	_, err = w.Cancel(t.Context(), w.store, ref(p), therapist, prescription.ReasonOther)
	require.ErrorIs(t, err, prescription.ErrExpired)
	require.ErrorIs(t, err, prescription.ErrNotAllowed{})
	var times *prescription.ExpiryError
	require.ErrorAs(t, err, &times)
	assert.Equal(t, []time.Time{p.Expires, w.clock.at}, []time.Time{times.Expires, times.Asked})
	require.EqualError(t, err, `prescription: "cancel" by "therapist" is not allowed when "expired": it expired at 2026-12-27T12:00:00Z, now it is 2030-11-01T12:00:00Z`)
}

// Random sequences of reports and decisions, repeated, late, with clocks that
// go wrong: an ended state never changes, times never decrease, the trail is
// whole, and whatever is not "changed" changed nothing.
func TestRandomSequencesKeepTheRules(t *testing.T) {
	const sequences, length = 1000, 30
	ended, kinds := 0, map[prescription.Applied]int{}
	for seed := range uint64(sequences) {
		w, r := newWorld(t), rand.New(rand.NewPCG(seed, 1))
		before := w.prescribe(t, request("visit-1"))
		for range length {
			w.clock.at = w.clock.at.Add(time.Duration(r.Int64N(int64(96*time.Hour)) - int64(time.Hour)))
			applied := randomStep(t, w, r, before)
			after, err := w.Get(t.Context(), w.store, before.ID)
			require.NoError(t, err)
			keepsRules(t, before, after, applied, seed)
			kinds[applied]++
			before = after
		}
		entries, err := w.store.Audit(t.Context(), before.ID)
		require.NoError(t, err)
		require.NoError(t, before.CheckAudit(entries), "seed %d", seed)
		if before.State.Ended() {
			ended++
		}
	}
	for _, a := range []prescription.Applied{prescription.Changed, prescription.Duplicate, prescription.Late, ""} {
		assert.Greater(t, kinds[a], 500, "%q", a)
	}
	assert.Greater(t, ended, 100)
	assert.Less(t, ended, sequences, "some expired instead")
}

func randomStep(t *testing.T, w *world, r *rand.Rand, p prescription.Prescription) prescription.Applied {
	t.Helper()
	all := events()
	e := all[r.IntN(len(all))]
	role := prescription.Roles()[r.IntN(4)]
	by := prescription.Actor{Role: role, ID: "someone"}
	if r.IntN(6) == 0 {
		got, err := w.Change(t.Context(), w.store, prescription.Ref{ID: p.ID, Version: max(1, p.Version-int64(r.IntN(2)))}, e, by, prescription.ReasonOther)
		if err != nil {
			return ""
		}
		assert.Equal(t, p.Version+1, got.Version)
		return prescription.Changed
	}
	at := w.clock.at.Add(time.Duration(r.Int64N(int64(200*time.Hour)) - int64(100*time.Hour)))
	_, applied, _ := w.Apply(t.Context(), w.store, prescription.Report{ID: fmt.Sprint("r", r.IntN(20)), Prescription: p.ID, Event: e, At: at, By: by})
	return applied
}

func keepsRules(t *testing.T, before, after prescription.Prescription, applied prescription.Applied, seed uint64) {
	t.Helper()
	if applied != prescription.Changed {
		require.Equal(t, before, after, "seed %d: %q changed something", seed, applied)
		return
	}
	require.Equal(t, before.Version+1, after.Version)
	require.False(t, before.State.Ended(), "seed %d: %s changed", seed, before.State)
	require.False(t, after.Updated.Before(before.Updated), "seed %d: time went back", seed)
	for _, pair := range [][2]time.Time{{before.Delivered, after.Delivered}, {before.Opened, after.Opened}, {before.Started, after.Started}} {
		require.True(t, pair[0].IsZero() || pair[0].Equal(pair[1]), "seed %d: a first time was changed", seed)
	}
	last := time.Time{}
	for _, at := range []time.Time{after.Issued, after.Sent, after.Delivered, after.Opened, after.Started, after.Completed, after.Ended} {
		if !at.IsZero() {
			require.False(t, at.Before(last), "seed %d: times decrease", seed)
			last = at
		}
	}
}
