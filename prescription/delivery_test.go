package prescription_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
)

// refusal is a delivery's error with a code, and a wait that the receiver asks for.
type refusal struct {
	coded
	wait  time.Duration
	cause error
}

func (r refusal) RetryAfter() time.Duration { return r.wait }
func (r refusal) Unwrap() error             { return r.cause }

func TestTheTherapistSeesWhyItFailed(t *testing.T) {
	w := newWorld(t)
	to := &portal{says: func(prescription.Delivery) error { return refusal{coded: "2118", cause: prescription.ErrUndeliverable} }}
	p := w.prescribe(t, request("visit-1"))
	_, err := w.Drain(t.Context(), w.store, to)
	require.EqualError(t, err, "prescription: message "+string(p.ID)+"/1 is not delivered: 2118")
	now, err := w.Get(t.Context(), w.store, p.ID)
	require.NoError(t, err)
	assert.Equal(t, prescription.Failed, now.State)
	assert.Equal(t, "2118", now.Reason)
	entries, err := w.store.Audit(t.Context(), p.ID)
	require.NoError(t, err)
	assert.Equal(t, "2118", entries[len(entries)-1].Reason)
	require.NoError(t, now.CheckAudit(entries))
	noted, err := w.Note(t.Context(), w.store, prescription.Ref{ID: p.ID, Version: now.Version}, therapist, "ringer i morgen")
	require.NoError(t, err)
	assert.Equal(t, "2118", noted.Reason, "a note does not hide it")
}

func TestTheReceiverMayAskToWait(t *testing.T) {
	for asked, want := range map[time.Duration]time.Duration{
		-time.Hour: 30 * time.Second, 0: 30 * time.Second, time.Second: 30 * time.Second,
		10 * time.Minute: 10 * time.Minute, 48 * time.Hour: time.Hour,
	} {
		w := newWorld(t)
		to := &portal{says: func(prescription.Delivery) error { return refusal{coded: "http-429", wait: asked} }}
		w.prescribe(t, request("visit-1"))
		_, err := w.Drain(t.Context(), w.store, to)
		require.Error(t, err)
		to.says = nil
		w.clock.at = noon.Add(want - time.Microsecond)
		assert.Zero(t, w.drain(t, to), "%s", asked)
		w.clock.at = noon.Add(want)
		assert.Equal(t, 1, w.drain(t, to), "%s", asked)
	}
}

var errHost = errors.New("not with this portal")

func TestChangePolicyIsAskedBeforeAnythingIsQueued(t *testing.T) {
	var seen []prescription.Event
	w, to := newWorld(t, func(cfg *prescription.Config) {
		cfg.ChangePolicy = func(before prescription.Prescription, c prescription.Change) error {
			assert.Equal(t, c.Version, before.Version)
			seen = append(seen, c.Event)
			return errHost
		}
	}), &portal{}
	p := w.prescribe(t, request("visit-1"))
	assert.Equal(t, 1, w.drain(t, to))
	ref := prescription.Ref{ID: p.ID, Version: 2}
	_, err := w.Extend(t.Context(), w.store, ref, therapist, p.Expires.Add(time.Hour))
	require.ErrorIs(t, err, errHost)
	_, err = w.Cancel(t.Context(), w.store, ref, therapist, prescription.ReasonOther)
	require.ErrorIs(t, err, errHost)
	_, err = w.Extend(t.Context(), w.store, ref, therapist, p.Expires)
	require.ErrorIs(t, err, prescription.ErrNotLonger, "the table comes first")
	other := request("visit-2")
	other.Patient = p.Patient
	_, err = w.Renew(t.Context(), w.store, ref, other)
	require.ErrorIs(t, err, errHost)
	assert.Equal(t, []prescription.Event{prescription.EventExtend, prescription.EventCancel, prescription.EventSupersede}, seen)
	assert.Zero(t, w.drain(t, to), "nothing was queued")
	_, applied, err := w.Apply(t.Context(), w.store, prescription.Report{ID: "r1", Prescription: p.ID, Event: prescription.EventStart, At: noon, By: tool})
	require.NoError(t, err)
	assert.Equal(t, prescription.Changed, applied, "reports are not asked about")
}

// A portal that cannot show "asked to cancel" keeps the task until now.
func TestThePortalHearsThatACancellationIsConfirmed(t *testing.T) {
	w, to := newWorld(t), &portal{}
	p := w.prescribe(t, request("visit-1"))
	w.drain(t, to)
	report := prescription.Report{ID: "r1", Prescription: p.ID, Event: prescription.EventStart, At: noon, By: tool}
	_, _, err := w.Apply(t.Context(), w.store, report)
	require.NoError(t, err)
	_, err = w.Cancel(t.Context(), w.store, prescription.Ref{ID: p.ID, Version: 3}, therapist, prescription.ReasonOther)
	require.NoError(t, err)
	report.ID, report.Event = "r2", prescription.EventConfirmCancel
	for range 2 {
		_, _, err = w.Apply(t.Context(), w.store, report)
		require.NoError(t, err)
	}
	w.drain(t, to)
	assert.Equal(t, []prescription.Event{prescription.EventPrescribe, prescription.EventCancel, prescription.EventConfirmCancel}, to.eventsOf(prescription.ForPortal))
}

// What has ended must not stay in the portal, which would remind the citizen of it.
func TestThePortalHearsOfEndsThatItCannotKnow(t *testing.T) {
	system := prescription.Actor{Role: prescription.RoleSystem, ID: "helsenorge"}
	citizen := prescription.Actor{Role: prescription.RoleCitizen, ID: "helsenorge"}
	for _, tt := range []struct {
		event      prescription.Event
		by         prescription.Actor
		tellPortal bool
		want       bool
	}{
		{prescription.EventOpen, tool, true, false},
		{prescription.EventStart, tool, true, false},
		{prescription.EventDecline, tool, false, true},
		{prescription.EventDecline, citizen, false, true},
		{prescription.EventFail, tool, false, true},
		{prescription.EventFail, system, true, false}, // a delivery has said it
		{prescription.EventComplete, tool, false, false},
		{prescription.EventComplete, tool, true, true},
	} {
		w, to := newWorld(t, func(cfg *prescription.Config) { cfg.TellPortal = tt.tellPortal }), &portal{}
		p := w.prescribe(t, request("visit-1"))
		w.drain(t, to)
		for range 2 { // the second is a duplicate
			_, _, err := w.Apply(t.Context(), w.store, prescription.Report{ID: "r1", Prescription: p.ID, Event: tt.event, At: noon, By: tt.by})
			require.NoError(t, err)
		}
		w.drain(t, to)
		want := []prescription.Event{prescription.EventPrescribe}
		if tt.want {
			want = append(want, tt.event)
		}
		assert.Equal(t, want, to.eventsOf(prescription.ForPortal), "%s by %s", tt.event, tt.by.Role)
	}
}

func (p *portal) eventsOf(a prescription.Audience) []prescription.Event {
	var all []prescription.Event
	for _, d := range p.got {
		if d.Message.Audience == a {
			all = append(all, d.Message.Event)
		}
	}
	return all
}
