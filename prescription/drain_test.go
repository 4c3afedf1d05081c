package prescription_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// portal is a deliverer that says what it is told to.
type portal struct {
	got  []prescription.Delivery
	says func(prescription.Delivery) error
}

func (p *portal) Deliver(_ context.Context, d prescription.Delivery) error {
	p.got = append(p.got, d)
	if p.says == nil {
		return nil
	}
	return p.says(d)
}

func (p *portal) events() []prescription.Event {
	var all []prescription.Event
	for _, d := range p.got {
		all = append(all, d.Message.Event)
	}
	return all
}

func (w *world) drain(t *testing.T, p *portal) int {
	t.Helper()
	n, err := w.Drain(t.Context(), w.store, p)
	require.NoError(t, err)
	return n
}

func (w *world) state(t *testing.T, id prescription.ID) prescription.State {
	t.Helper()
	p, err := w.Get(t.Context(), w.store, id)
	require.NoError(t, err)
	return p.State
}

// Who delivers nothing claims nothing: no try is counted.
func TestDrainWithoutADeliverer(t *testing.T) {
	w := newWorld(t)
	w.prescribe(t, request("visit-1"))
	for _, d := range []prescription.Deliverer{nil, (*pointed)(nil)} {
		n, err := w.Drain(t.Context(), w.store, d)
		require.EqualError(t, err, "prescription: Drain: the Deliverer is nil")
		assert.Zero(t, n)
	}
	for _, q := range []prescription.Queue{nil, (*prescription.Memory)(nil)} {
		_, err := w.Drain(t.Context(), q, quiet{})
		require.EqualError(t, err, "prescription: Drain: the Queue is nil")
	}
	n, err := w.Drain(t.Context(), w.store, quiet{})
	require.NoError(t, err)
	assert.Equal(t, 1, n)
}

// pointed is a deliverer that is a pointer.
type pointed struct{ prescription.Deliverer }

func TestDrainDeliversOnce(t *testing.T) {
	w, to := newWorld(t), &portal{}
	p := w.prescribe(t, request("visit-1"))
	w.clock.at = noon.Add(time.Minute)
	assert.Equal(t, 1, w.drain(t, to))
	assert.Equal(t, 0, w.drain(t, to))
	require.Len(t, to.got, 1)
	assert.Equal(t, prescription.MessageID(p.ID+"/1"), to.got[0].Message.ID)
	assert.Equal(t, p, to.got[0].Prescription)
	now, err := w.Get(t.Context(), w.store, p.ID)
	require.NoError(t, err)
	assert.Equal(t, prescription.Delivered, now.State)
	assert.Equal(t, noon.Add(time.Minute), now.Delivered)
}

func TestDrainDeliversMoreThanOneBatch(t *testing.T) {
	w, to := newWorld(t), &portal{}
	for i := range 37 {
		w.prescribe(t, request(fmt.Sprint("visit-", i)))
	}
	assert.Equal(t, 37, w.drain(t, to))
}

func TestADeliveryThatFailsIsTriedAgainLaterAndLater(t *testing.T) {
	w := newWorld(t)
	digits, _ := complete(t, "158190")
	to := &portal{says: func(prescription.Delivery) error { return errors.New("person " + digits + " is unknown") }}
	p := w.prescribe(t, request("visit-1"))
	for _, wait := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute,
		16 * time.Minute, 32 * time.Minute, time.Hour, time.Hour} {
		_, err := w.Drain(t.Context(), w.store, to)
		require.EqualError(t, err, "prescription: message "+string(p.ID)+"/1 is not delivered: failed")
		tried := len(to.got)
		w.clock.at = w.clock.at.Add(wait - time.Microsecond)
		assert.Equal(t, 0, w.drain(t, to))
		assert.Len(t, to.got, tried, "not before %s", wait)
		w.clock.at = w.clock.at.Add(time.Microsecond)
	}
	assert.Equal(t, prescription.Sent, w.state(t, p.ID))
	to.says = nil
	assert.Equal(t, 1, w.drain(t, to))
	assert.Equal(t, 10, to.got[9].Message.Attempts)
	assert.Equal(t, "failed", to.got[9].Message.Code)
}

type coded string

func (c coded) Error() string { return "secret text" }
func (c coded) Code() string  { return string(c) }

func TestOnlyCodesOfErrorsAreKept(t *testing.T) {
	digits, _ := complete(t, "158190")
	tests := []struct {
		says error
		want string
	}{
		{coded("http-503"), "http-503"}, {fmt.Errorf("x: %w", coded("a.b")), "a.b"}, {coded(digits), "failed"},
		{coded("not a code"), "failed"}, {context.DeadlineExceeded, "timeout"}, {errors.New("text"), "failed"},
	}
	for _, tt := range tests {
		w, to := newWorld(t), &portal{says: func(prescription.Delivery) error { return tt.says }}
		p := w.prescribe(t, request("visit-1"))
		_, err := w.Drain(t.Context(), w.store, to)
		assert.EqualError(t, err, "prescription: message "+string(p.ID)+"/1 is not delivered: "+tt.want)
		messages, err := w.store.Claim(t.Context(), noon.Add(time.Hour), noon.Add(2*time.Hour), 9)
		require.NoError(t, err)
		require.Len(t, messages, 1)
		assert.Equal(t, tt.want, messages[0].Code)
	}
}

// Of 119 prescriptions in a pilot 91 were never redeemed: who sent one that does
// not arrive hears of it, once.
func TestTheTherapistHearsThatADeliveryFailed(t *testing.T) {
	for _, tell := range []bool{true, false} {
		w := newWorld(t, func(cfg *prescription.Config) { cfg.TellTherapist = tell })
		p := w.prescribe(t, request("visit-1"))
		toPortal, toTherapist := &portal{says: func(prescription.Delivery) error { return prescription.ErrUndeliverable }}, &portal{}
		route := prescription.Routes{prescription.ForPortal: toPortal, prescription.ForTherapist: toTherapist}
		for _, want := range []string{"prescription: message " + string(p.ID) + "/1 is not delivered: undeliverable", ""} {
			_, err := w.Drain(t.Context(), w.store, route)
			require.Equal(t, want, errText(err))
			w.clock.at = w.clock.at.Add(time.Hour)
		}
		heard := []string{}
		for _, d := range toTherapist.got {
			heard = append(heard, string(d.Message.ID), string(d.Message.Event), d.Message.Recipient, d.Prescription.Reason)
		}
		want := []string{}
		if tell {
			want = []string{string(p.ID) + "/2/therapist/" + therapist.ID, "fail", therapist.ID, "undeliverable"}
		}
		assert.Equal(t, want, heard)
		failed, err := w.store.Ended(t.Context(), p.Tenant, prescription.Failed, noon, prescription.Prescription{}, 9)
		require.NoError(t, err)
		require.Len(t, failed, 1)
		assert.Equal(t, "undeliverable", failed[0].Reason)
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestWhatCannotBeDeliveredFails(t *testing.T) {
	w := newWorld(t)
	to := &portal{says: func(prescription.Delivery) error {
		return fmt.Errorf("no such citizen: %w", prescription.ErrUndeliverable)
	}}
	p := w.prescribe(t, request("visit-1"))
	_, err := w.Drain(t.Context(), w.store, to)
	require.EqualError(t, err, "prescription: message "+string(p.ID)+"/1 is not delivered: undeliverable")
	assert.Equal(t, prescription.Failed, w.state(t, p.ID))
	w.clock.at = noon.Add(24 * time.Hour)
	assert.Zero(t, w.drain(t, to))
	assert.Len(t, to.got, 1)
}

func TestAnnouncementAndCancellationComeInOrder(t *testing.T) {
	w, to := newWorld(t), &portal{says: func(prescription.Delivery) error { return errors.New("down") }}
	p := w.prescribe(t, request("visit-1"))
	_, err := w.Drain(t.Context(), w.store, to)
	require.Error(t, err)
	_, err = w.Change(t.Context(), w.store, prescription.Ref{ID: p.ID, Version: 1}, prescription.EventCancel, therapist, prescription.ReasonOther)
	require.NoError(t, err)
	to.says, to.got = nil, nil
	assert.Equal(t, 1, w.drain(t, to), "the cancellation does not wait until the announcement is to be tried again")
	assert.Equal(t, []prescription.Event{prescription.EventCancel}, to.events(), "what has ended is no longer announced")
	assert.Equal(t, prescription.Cancelled, w.state(t, p.ID))
}

// The first delivery came through and only its answer was lost: the citizen has
// begun. That a later delivery cannot succeed must not end the treatment.
func TestAFailedAnnouncementDoesNotEndWhatHasBegun(t *testing.T) {
	w, to := newWorld(t), &portal{says: func(prescription.Delivery) error { return context.DeadlineExceeded }}
	p := w.prescribe(t, request("visit-1"))
	_, err := w.Drain(t.Context(), w.store, to)
	require.Error(t, err)
	_, applied, err := w.Apply(t.Context(), w.store, prescription.Report{ID: "r1", Prescription: p.ID, Event: prescription.EventStart, At: noon, By: tool})
	require.NoError(t, err)
	require.Equal(t, prescription.Changed, applied)
	w.clock.at, to.says = noon.Add(time.Hour), func(prescription.Delivery) error { return prescription.ErrUndeliverable }
	_, err = w.Drain(t.Context(), w.store, to)
	require.Error(t, err)
	assert.Equal(t, prescription.Started, w.state(t, p.ID))
	w.clock.at = noon.Add(48 * time.Hour)
	assert.Zero(t, w.drain(t, to), "the announcement is done with")
}

// Nobody else tells the citizen's side that a prescription is cancelled: it is
// kept where somebody sees it, and goes when it is released.
func TestACancellationThatCannotBeDeliveredIsKept(t *testing.T) {
	w, to := newWorld(t), &portal{}
	p := w.prescribe(t, request("visit-1"))
	w.drain(t, to)
	_, err := w.Cancel(t.Context(), w.store, prescription.Ref{ID: p.ID, Version: 2}, therapist, prescription.ReasonWrongPatient)
	require.NoError(t, err)
	to.says, to.got = func(prescription.Delivery) error { return prescription.ErrUndeliverable }, nil
	_, err = w.Drain(t.Context(), w.store, to)
	id := prescription.MessageID(string(p.ID) + "/3")
	require.EqualError(t, err, "prescription: message "+string(id)+" is not delivered: undeliverable")
	w.clock.at = noon.Add(100 * 24 * time.Hour)
	assert.Zero(t, w.drain(t, to), "it was given up")
	dead, err := w.store.Dead(t.Context(), 10)
	require.NoError(t, err)
	require.Len(t, dead, 1)
	assert.Equal(t, prescription.Message{ID: id, Prescription: p.ID, Version: 3, Audience: prescription.ForPortal, Event: prescription.EventCancel,
		Due: noon, Attempts: 1, Code: "undeliverable", Dead: noon}, dead[0])
	to.says = nil
	require.NoError(t, w.store.Release(t.Context(), id, w.clock.at))
	assert.Equal(t, 1, w.drain(t, to))
	require.ErrorIs(t, w.store.Release(t.Context(), id, noon), prescription.ErrNotFound)
}

func TestAMessageIsGivenUpAfterManyTries(t *testing.T) {
	w, to := newWorld(t), &portal{says: func(prescription.Delivery) error { return errors.New("down") }}
	w.prescribe(t, request("visit-1"))
	for range prescription.DefaultAttempts {
		_, err := w.Drain(t.Context(), w.store, to)
		require.Error(t, err)
		w.clock.at = w.clock.at.Add(time.Hour)
	}
	assert.Zero(t, w.drain(t, to))
	dead, err := w.store.Dead(t.Context(), 10)
	require.NoError(t, err)
	require.Len(t, dead, 1)
	assert.Equal(t, prescription.DefaultAttempts, dead[0].Attempts)
}

func TestRoutes(t *testing.T) {
	portal, therapists := &portal{}, &portal{}
	routes := prescription.Routes{prescription.ForPortal: portal, prescription.ForTherapist: therapists}
	for _, audience := range []prescription.Audience{prescription.ForPortal, prescription.ForTherapist} {
		require.NoError(t, routes.Deliver(t.Context(), prescription.Delivery{Message: prescription.Message{Audience: audience}}))
	}
	assert.Len(t, portal.got, 1)
	assert.Len(t, therapists.got, 1)
	err := routes.Deliver(t.Context(), prescription.Delivery{Message: prescription.Message{Audience: prescription.ForTool}})
	require.NotErrorIs(t, err, prescription.ErrUndeliverable)
	require.EqualError(t, err, `prescription: Routes: nobody delivers to "tool"`)
}

// Whose set-up lacks a route mends it: nothing is lost meanwhile.
func TestAMissingRouteFailsNothing(t *testing.T) {
	for name, lacking := range map[string]prescription.Routes{"none": {}, "nil": {prescription.ForPortal: nil}} {
		w, to := newWorld(t, func(cfg *prescription.Config) { cfg.MaxAttempts = 2 }), &portal{}
		p := w.prescribe(t, request("visit-1"))
		for range 2 {
			_, err := w.Drain(t.Context(), w.store, lacking)
			require.EqualError(t, err, "prescription: message "+string(p.ID)+"/1 is not delivered: no-route-portal", name)
			assert.Equal(t, prescription.Sent, w.state(t, p.ID), name)
			w.clock.at = w.clock.at.Add(time.Hour)
		}
		dead, err := w.store.Dead(t.Context(), 9)
		require.NoError(t, err)
		require.Len(t, dead, 1, name)
		require.NoError(t, w.store.Release(t.Context(), dead[0].ID, w.clock.at))
		n, err := w.Drain(t.Context(), w.store, prescription.Routes{prescription.ForPortal: to})
		require.NoError(t, err)
		assert.Equal(t, 1, n, name)
		assert.Equal(t, prescription.Delivered, w.state(t, p.ID), name)
	}
}

// One prescription whose trail is damaged must not stop the others, nor be delivered anew all the time.
func TestADamagedPrescriptionDoesNotStopTheOthers(t *testing.T) {
	w, to := newWorld(t), &portal{}
	bad, good := w.prescribe(t, request("visit-1")), w.prescribe(t, request("visit-2"))
	store := damaged{w.store, bad.ID}
	n, err := w.Drain(t.Context(), store, to)
	require.ErrorIs(t, err, prescription.ErrAudit)
	assert.Equal(t, 2, n, "both reached the portal")
	assert.Equal(t, prescription.Delivered, w.state(t, good.ID))
	n, err = w.Drain(t.Context(), store, to)
	require.NoError(t, err)
	assert.Zero(t, n, "it waits")
}

// damaged cannot change one prescription.
type damaged struct {
	*prescription.Memory
	id prescription.ID
}

func (d damaged) Change(ctx context.Context, c prescription.Change) (prescription.Prescription, prescription.Applied, error) {
	if c.ID == d.id {
		return prescription.Prescription{}, "", prescription.ErrAudit
	}
	return d.Memory.Change(ctx, c)
}

func TestWhatHasExpiredIsNotAnnounced(t *testing.T) {
	for _, tt := range []struct {
		after time.Duration
		want  int
	}{{-time.Microsecond, 1}, {0, 0}} {
		w, to := newWorld(t), &portal{}
		p := w.prescribe(t, request("visit-1"))
		w.clock.at = p.Expires.Add(tt.after)
		n, err := w.Drain(t.Context(), w.store, to)
		assert.Equal(t, tt.want, n)
		assert.Equal(t, tt.want == 0, err != nil)
		assert.Len(t, to.got, tt.want)
		w.clock.at = p.Expires.Add(1000 * time.Hour)
		assert.Zero(t, w.drain(t, to), "the message is gone")
	}
}

// Was it the clock that said so, the announcement is not lost.
func TestWhatAWrongClockCalledExpiredCanBeAnnounced(t *testing.T) {
	w, to := newWorld(t), &portal{}
	p := w.prescribe(t, request("visit-1"))
	w.clock.at = p.Expires.AddDate(4, 0, 0)
	_, err := w.Drain(t.Context(), w.store, to)
	require.EqualError(t, err, "prescription: message "+string(p.ID)+"/1 is not delivered: expired")
	dead, err := w.store.Dead(t.Context(), 9)
	require.NoError(t, err)
	require.Len(t, dead, 1)
	assert.Equal(t, "expired", dead[0].Code)
	w.clock.at = noon.Add(time.Hour)
	require.NoError(t, w.store.Release(t.Context(), dead[0].ID, w.clock.at))
	assert.Equal(t, 1, w.drain(t, to))
}

// A clock that was four years ahead while the portal was away puts nothing off.
func TestWhatAWrongClockPutOffIsDue(t *testing.T) {
	for name, wrong := range map[string]func(w *world){
		"a try that failed": func(w *world) {
			_, err := w.Drain(t.Context(), w.store, &portal{says: func(prescription.Delivery) error { return errHost }})
			require.Error(t, err)
		},
		"a program that died": func(w *world) {
			claimed, err := w.store.Claim(t.Context(), w.clock.at, w.clock.at.Add(5*time.Minute), 9)
			require.NoError(t, err)
			require.Len(t, claimed, 1)
		},
	} {
		w, to := newWorld(t), &portal{}
		p := w.prescribe(t, request("visit-1"))
		w.drain(t, to)
		_, err := w.Cancel(t.Context(), w.store, prescription.Ref{ID: p.ID, Version: 2}, therapist, prescription.ReasonOther)
		require.NoError(t, err)
		w.clock.at = noon.AddDate(4, 0, 0)
		wrong(w)
		w.clock.at = noon.Add(time.Minute)
		assert.Equal(t, 1, w.drain(t, to), name)
	}
}

// Each delivery of a batch takes its longest while another program drains too, whose
// clock is ahead: by a minute it gets nothing of the batch, by the lease all of it.
func TestHowFarClocksMayBeApart(t *testing.T) {
	for ahead, want := range map[time.Duration]int{time.Minute: 0, 5 * time.Minute: 10} {
		w, twice := newWorld(t), &portal{}
		other, err := prescription.NewService(prescription.Config{Now: func() time.Time { return w.clock.at.Add(ahead) },
			Tools: func(id catalogue.ToolID) (catalogue.Tool, bool) { return w.tools[id], true }})
		require.NoError(t, err)
		for i := range 10 {
			w.prescribe(t, request(fmt.Sprintf("visit-%d", i)))
		}
		slow := &portal{says: func(prescription.Delivery) error {
			w.clock.at = w.clock.at.Add(20 * time.Second)
			_, err := other.Drain(t.Context(), w.store, twice)
			return err
		}}
		assert.Equal(t, 10, w.drain(t, slow))
		assert.Len(t, twice.got, want, "%s ahead", ahead)
	}
}

// The program ends after the delivery and before it is noted: the message comes
// again, and the history shows it once.
func TestADeliveryThatWasNotNotedIsRepeated(t *testing.T) {
	w, to := newWorld(t), &portal{}
	p := w.prescribe(t, request("visit-1"))
	for _, lost := range []lossy{{w.store, "change"}, {w.store, "done"}} {
		_, err := w.Drain(t.Context(), lost, to)
		require.ErrorIs(t, err, errLost)
		assert.Zero(t, w.drain(t, to), "the lease has not ended")
		w.clock.at = w.clock.at.Add(5 * time.Minute)
	}
	assert.Equal(t, 1, w.drain(t, to))
	assert.Len(t, to.got, 3)
	entries, err := w.store.Audit(t.Context(), p.ID)
	require.NoError(t, err)
	assert.Len(t, entries, 2)
}

var errLost = errors.New("connection lost")

// lossy fails at one kind of call.
type lossy struct {
	*prescription.Memory
	at string
}

func (l lossy) Change(ctx context.Context, c prescription.Change) (prescription.Prescription, prescription.Applied, error) {
	if l.at == "change" {
		return prescription.Prescription{}, "", errLost
	}
	return l.Memory.Change(ctx, c)
}

func (l lossy) Done(ctx context.Context, m prescription.MessageID) error {
	if l.at == "done" {
		return errLost
	}
	return l.Memory.Done(ctx, m)
}

func TestReportsPutNothingIntoTheOutbox(t *testing.T) {
	w, to := newWorld(t), &portal{}
	p := w.prescribe(t, request("visit-1"))
	w.drain(t, to)
	_, _, err := w.Apply(t.Context(), w.store, prescription.Report{ID: "r1", Prescription: p.ID, Event: prescription.EventStart, At: noon, By: tool})
	require.NoError(t, err)
	assert.Zero(t, w.drain(t, to))
	_, err = w.Change(t.Context(), w.store, prescription.Ref{ID: p.ID, Version: 3}, prescription.EventPause, therapist, "")
	require.NoError(t, err)
	assert.Equal(t, 1, w.drain(t, to), "what the therapist does is told")
}
