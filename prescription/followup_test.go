package prescription_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

var colleague = prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144897"}

func ref(p prescription.Prescription) prescription.Ref {
	return prescription.Ref{ID: p.ID, Version: p.Version}
}

// claimed are the messages that are due, by audience, recipient and event.
func (w *world) claimed(t *testing.T) (found []string) {
	t.Helper()
	messages, err := w.store.Claim(t.Context(), w.clock.at.Add(time.Hour), w.clock.at.Add(2*time.Hour), 100)
	require.NoError(t, err)
	for _, m := range messages {
		require.NoError(t, w.store.Done(t.Context(), m.ID))
		found = append(found, strings.TrimSpace(string(m.Audience)+" "+string(m.Event)+" "+m.Recipient))
	}
	return found
}

// trail checks the audit trail and gives its last entry.
func (w *world) trail(t *testing.T, p prescription.Prescription) prescription.AuditEntry {
	t.Helper()
	entries, err := w.store.Audit(t.Context(), p.ID)
	require.NoError(t, err)
	require.NoError(t, p.CheckAudit(entries))
	return entries[len(entries)-1]
}

func TestExtend(t *testing.T) {
	w := newWorld(t)
	p := w.prescribe(t, request("visit-1"))
	w.claimed(t)
	until := p.Expires.Add(14 * 24 * time.Hour)
	got, err := w.Extend(t.Context(), w.store, ref(p), therapist, until)
	require.NoError(t, err)
	assert.Equal(t, until, got.Expires)
	assert.Equal(t, prescription.Sent, got.State)
	assert.Equal(t, until.Format(time.RFC3339), w.trail(t, got).Detail)
	assert.Equal(t, []string{"portal extend"}, w.claimed(t))

	_, err = w.Extend(t.Context(), w.store, ref(got), therapist, until)
	require.ErrorIs(t, err, prescription.ErrNotLonger)
	_, err = w.Extend(t.Context(), w.store, ref(p), therapist, until.Add(time.Hour))
	require.ErrorIs(t, err, prescription.ErrConflict{})
	_, err = w.Extend(t.Context(), w.store, ref(got), tool, until.Add(time.Hour))
	require.ErrorIs(t, err, prescription.ErrRole)
	w.clock.at = until
	_, err = w.Extend(t.Context(), w.store, ref(got), therapist, until.Add(time.Hour))
	require.ErrorIs(t, err, prescription.ErrExpired, "a new one is needed")
	for _, wrong := range []time.Time{{}, until, until.AddDate(11, 0, 0)} {
		_, err = w.Extend(t.Context(), w.store, ref(got), therapist, wrong)
		require.EqualError(t, err, "prescription: request refused: field Until: want a time from now to 3650 days ahead")
	}
}

func TestTransferTellsBoth(t *testing.T) {
	w := newWorld(t)
	p := w.prescribe(t, request("visit-1"))
	w.claimed(t)
	got, err := w.Transfer(t.Context(), w.store, ref(p), therapist, colleague, prescription.ReasonOther)
	require.NoError(t, err)
	assert.Equal(t, colleague, got.Prescriber)
	assert.Equal(t, p.ID, got.ID)
	assert.Equal(t, colleague.ID, w.trail(t, got).Detail)
	assert.ElementsMatch(t, []string{"therapist transfer hpr/9144897", "therapist transfer hpr/9144889"}, w.claimed(t))
	_, err = w.Transfer(t.Context(), w.store, ref(got), therapist, tool, prescription.ReasonOther)
	require.EqualError(t, err, "prescription: request refused: field Therapist.Role: want therapist")
	_, err = w.Transfer(t.Context(), w.store, ref(got), therapist, colleague, "")
	require.ErrorIs(t, err, prescription.ErrRequest, "a reason is needed")
}

func TestNote(t *testing.T) {
	w := newWorld(t)
	number, _ := complete(t, "158190")
	p := w.prescribe(t, request("visit-1"))
	p, err := w.Cancel(t.Context(), w.store, ref(p), therapist, prescription.ReasonOther)
	require.NoError(t, err)
	got, err := w.Note(t.Context(), w.store, ref(p), therapist, "Ring meg når du vil – æøå.")
	require.NoError(t, err, "in any state")
	notes, err := w.store.Notes(t.Context(), p.ID)
	require.NoError(t, err)
	assert.Equal(t, []prescription.Note{{Version: 3, At: noon, By: therapist, Text: "Ring meg når du vil – æøå."}}, notes)
	last := w.trail(t, got)
	assert.Equal(t, prescription.EventNote, last.Event)
	assert.Empty(t, last.Detail+last.Reason, "the text is not in the trail")
	for _, text := range []string{"", strings.Repeat("å", prescription.MaxNote+1), "a\xff", "født " + number} {
		_, err := w.Note(t.Context(), w.store, ref(got), therapist, text)
		require.EqualError(t, err, "prescription: request refused: field Text: want 1 to 2000 characters without an identity number")
	}
	_, err = w.store.Notes(t.Context(), "unknown")
	require.ErrorIs(t, err, prescription.ErrNotFound)
}

// after is a request by the therapist for the same citizen.
func after(p prescription.Prescription, key string) prescription.Request {
	r := request(key)
	r.Patient = p.Patient
	return r
}

func TestRenewAndReplace(t *testing.T) {
	w := newWorld(t)
	first := w.prescribe(t, request("visit-1"))
	w.claimed(t)
	second, err := w.Renew(t.Context(), w.store, ref(first), after(first, "visit-2"))
	require.NoError(t, err)
	assert.Equal(t, first.ID, second.Replaces)
	old, err := w.Get(t.Context(), w.store, first.ID)
	require.NoError(t, err)
	assert.Equal(t, []any{prescription.Cancelled, second.ID, prescription.ReasonRenewed}, []any{old.State, old.ReplacedBy, old.Reason})
	assert.Equal(t, string(second.ID), w.trail(t, old).Detail)
	assert.ElementsMatch(t, []string{"portal supersede", "portal prescribe"}, w.claimed(t))

	again, err := w.Renew(t.Context(), w.store, ref(first), after(first, "visit-2"))
	require.NoError(t, err, "the same request once more")
	assert.Equal(t, second, again)

	r := after(second, "visit-3")
	r.Unit = "no-days"
	third, err := w.Replace(t.Context(), w.store, ref(second), r)
	require.NoError(t, err)
	assert.Equal(t, second.ID, third.Replaces)
	w.clock.at = third.Expires
	fourth, err := w.Renew(t.Context(), w.store, ref(third), after(third, "visit-4"))
	require.NoError(t, err, "what has expired may be renewed")
	old, err = w.Get(t.Context(), w.store, third.ID)
	require.NoError(t, err)
	assert.Equal(t, []any{prescription.Sent, prescription.Expired, fourth.ID}, []any{old.State, old.StateAt(w.clock.at), old.ReplacedBy})
	w.trail(t, old)
}

// Whoever replaces another prescription with a used key must not take the answer
// for theirs.
func TestTheKeyOfAReplacementIsForOnePrescription(t *testing.T) {
	w := newWorld(t)
	a := w.prescribe(t, request("visit-1"))
	r := after(a, "visit-2")
	r.Second = prescription.ReasonOther
	b := w.prescribe(t, r)
	next := after(a, "visit-3")
	next.Second = prescription.ReasonOther
	first, err := w.Replace(t.Context(), w.store, ref(a), next)
	require.NoError(t, err)
	for name, refused := range map[string]func() (prescription.Prescription, error){
		"another one":        func() (prescription.Prescription, error) { return w.Replace(t.Context(), w.store, ref(b), next) },
		"renewed":            func() (prescription.Prescription, error) { return w.Renew(t.Context(), w.store, ref(a), next) },
		"prescribed":         func() (prescription.Prescription, error) { return w.Prescribe(t.Context(), w.store, next) },
		"a prescription's":   func() (prescription.Prescription, error) { return w.Replace(t.Context(), w.store, ref(b), r) },
		"itself, by its own": func() (prescription.Prescription, error) { return w.Renew(t.Context(), w.store, ref(b), r) },
	} {
		_, err := refused()
		require.ErrorIs(t, err, prescription.ErrKeyReused, name)
	}
	again, err := w.Replace(t.Context(), w.store, ref(a), next)
	require.NoError(t, err)
	assert.Equal(t, first, again)
	now, err := w.Get(t.Context(), w.store, b.ID)
	require.NoError(t, err)
	assert.Equal(t, b, now, "nothing was written")
}

func TestRenewRefuses(t *testing.T) {
	w := newWorld(t)
	pain := sleepTool()
	pain.ID = "pain"
	w.tools["pain"] = pain
	p := w.prescribe(t, request("visit-1"))
	other := after(p, "visit-2")
	other.Patient.Pseudonym = "patient-other"
	elsewhere := after(p, "visit-2")
	elsewhere.Tenant = "888888888"
	tool := after(p, "visit-2")
	tool.Tool = "pain"
	for name, test := range map[string]struct {
		ref  prescription.Ref
		r    prescription.Request
		want error
	}{
		"another citizen": {ref(p), other, prescription.ErrOtherPatient},
		"another tenant":  {ref(p), elsewhere, prescription.ErrOtherPatient},
		"another tool":    {ref(p), tool, prescription.ErrOtherTool},
		"another version": {prescription.Ref{ID: p.ID, Version: 7}, after(p, "visit-2"), prescription.ErrConflict{Have: 1, Want: 7}},
		"unknown":         {prescription.Ref{ID: "unknown", Version: 1}, after(p, "visit-2"), prescription.ErrNotFound},
		"no version":      {prescription.Ref{ID: p.ID}, after(p, "visit-2"), prescription.ErrRequest},
	} {
		_, err := w.Renew(t.Context(), w.store, test.ref, test.r)
		require.ErrorIs(t, err, test.want, name)
	}
	now, err := w.Get(t.Context(), w.store, p.ID)
	require.NoError(t, err)
	assert.Equal(t, p, now, "nothing was written")
	found, err := w.store.ForPatient(t.Context(), p.Tenant, p.Patient.Pseudonym, "", 10)
	require.NoError(t, err)
	assert.Len(t, found, 1)
	_, err = w.Replace(t.Context(), w.store, ref(p), tool)
	require.NoError(t, err, "in place of it another tool may be had")
}

func TestASecondActiveOneNeedsAReason(t *testing.T) {
	w := newWorld(t)
	p := w.prescribe(t, request("visit-1"))
	r := after(p, "visit-2")
	_, err := w.Prescribe(t.Context(), w.store, r)
	require.ErrorIs(t, err, prescription.ErrAlreadyActive)
	r.Second = "because"
	_, err = w.Prescribe(t.Context(), w.store, r)
	require.ErrorIs(t, err, prescription.ErrRequest)
	r.Second = prescription.ReasonOther
	second := w.prescribe(t, r)
	assert.Equal(t, prescription.ReasonOther, w.trail(t, second).Reason)

	elsewhere := after(p, "visit-3")
	elsewhere.Tenant = "888888888"
	w.prescribe(t, elsewhere)
	w.clock.at = second.Expires
	w.prescribe(t, after(p, "visit-4"))
}

func TestAges(t *testing.T) {
	w := newWorld(t)
	s := sleepTool()
	youngest := 16
	s.Ages = &catalogue.Ages{Min: &youngest}
	w.tools["sleep"] = s
	strict, err := prescription.NewService(prescription.Config{Now: w.clock.now, Synthetic: true, RequireAge: true,
		Tools: func(id catalogue.ToolID) (catalogue.Tool, bool) { return s, true }})
	require.NoError(t, err)
	r := request("visit-1")
	_, err = strict.Prescribe(t.Context(), w.store, r)
	require.EqualError(t, err, "prescription: request refused: field Age: want the citizen's age in years, because the tool is for certain ages")
	for age, want := range map[int]string{15: "an age that the tool is meant for", -1: "0 to 150", 151: "0 to 150"} {
		r.Age = &age
		_, err = w.Prescribe(t.Context(), w.store, r)
		require.EqualError(t, err, "prescription: request refused: field Age: want "+want)
	}
	r.Age = &youngest
	w.prescribe(t, r)
}

func TestPolicy(t *testing.T) {
	w := newWorld(t)
	full, open := errors.New("no room"), false
	s, err := prescription.NewService(prescription.Config{Now: w.clock.now, Synthetic: true,
		Tools: func(id catalogue.ToolID) (catalogue.Tool, bool) { found, ok := w.tools[id]; return found, ok },
		Policy: func(_ context.Context, r prescription.Request, _ catalogue.Tool, u catalogue.Unit) error {
			assert.Equal(t, r.Unit, u.ID)
			if open {
				return nil
			}
			return full
		}})
	require.NoError(t, err)
	_, err = s.Prescribe(t.Context(), w.store, request("visit-1"))
	require.ErrorIs(t, err, full)
	open = true
	first, err := s.Prescribe(t.Context(), w.store, request("visit-1"))
	require.NoError(t, err)
	open = false
	again, err := s.Prescribe(t.Context(), w.store, request("visit-1"))
	require.NoError(t, err, "it came through before")
	assert.Equal(t, first, again)
}

func TestReportsReachTheTherapist(t *testing.T) {
	w := newWorld(t)
	s, err := prescription.NewService(prescription.Config{Now: w.clock.now, TellTherapist: true, TellTool: true, Synthetic: true,
		Tools: func(id catalogue.ToolID) (catalogue.Tool, bool) { found, ok := w.tools[id]; return found, ok }})
	require.NoError(t, err)
	p, err := s.Prescribe(t.Context(), w.store, request("visit-1"))
	require.NoError(t, err)
	w.claimed(t)
	r := prescription.Report{ID: "r1", Prescription: p.ID, Event: prescription.EventStart, At: noon, By: tool}
	for range 2 {
		p, _, err = s.Apply(t.Context(), w.store, r)
		require.NoError(t, err)
	}
	assert.Equal(t, []string{"therapist start hpr/9144889"}, w.claimed(t), "once")
	_, err = s.Cancel(t.Context(), w.store, ref(p), therapist, prescription.ReasonOther)
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{"portal cancel", "tool cancel"}, w.claimed(t))
}

// What has begun is not torn away: the tool confirms, or may still complete it.
func TestCancellingWhatHasBegunAsksFirst(t *testing.T) {
	for name, ends := range map[string]struct {
		event prescription.Event
		want  prescription.State
	}{
		"confirmed": {prescription.EventConfirmCancel, prescription.Cancelled},
		"completed": {prescription.EventComplete, prescription.Completed},
		"failed":    {prescription.EventFail, prescription.Failed},
	} {
		w := newWorld(t)
		p := w.prescribe(t, request("visit-1"))
		report := prescription.Report{ID: "r1", Prescription: p.ID, Event: prescription.EventConfirmCancel, At: noon, By: tool}
		_, applied, err := w.Apply(t.Context(), w.store, report)
		require.NoError(t, err)
		assert.Equal(t, prescription.Late, applied, "nobody has asked")
		report.ID, report.Event = "r2", prescription.EventStart
		p, _, err = w.Apply(t.Context(), w.store, report)
		require.NoError(t, err)
		w.clock.at = noon.Add(time.Hour)
		p, err = w.Cancel(t.Context(), w.store, ref(p), therapist, prescription.ReasonPatientAsked)
		require.NoError(t, err)
		assert.Equal(t, prescription.CancelAsked, p.State, name)
		assert.Equal(t, w.clock.at, p.CancelAsked, name)
		assert.True(t, p.Ended.IsZero(), name)
		require.NoError(t, p.CheckLaunch(w.clock.at), name)
		report.ID, report.Event = "r3", ends.event
		p, applied, err = w.Apply(t.Context(), w.store, report)
		require.NoError(t, err)
		assert.Equal(t, []any{prescription.Changed, ends.want}, []any{applied, p.State}, name)
		want := map[string]string{"confirmed": prescription.ReasonPatientAsked}[name]
		assert.Equal(t, want, p.Reason, name)
		assert.Equal(t, want, w.trail(t, p).Reason, name)
	}
}

// Earlier versions kept no reason when a cancellation was confirmed, and that of a
// transfer before: their trails are whole.
func TestTrailsOfConfirmedCancellationsOfEarlierVersionsVerify(t *testing.T) {
	w := newWorld(t)
	p := w.prescribe(t, request("visit-1"))
	p, _, err := w.Apply(t.Context(), w.store, prescription.Report{ID: "r1", Prescription: p.ID, Event: prescription.EventStart, At: noon, By: tool})
	require.NoError(t, err)
	p, err = w.Cancel(t.Context(), w.store, ref(p), therapist, prescription.ReasonPatientAsked)
	require.NoError(t, err)
	p, err = w.Transfer(t.Context(), w.store, ref(p), therapist, colleague, prescription.ReasonOther)
	require.NoError(t, err)
	old := p
	old.Reason = prescription.ReasonOther
	w.trail(t, old)
	p, _, err = w.Apply(t.Context(), w.store, prescription.Report{ID: "r2", Prescription: p.ID, Event: prescription.EventConfirmCancel, At: noon, By: tool})
	require.NoError(t, err)
	assert.Equal(t, prescription.ReasonPatientAsked, p.Reason)
	entries, err := w.store.Audit(t.Context(), p.ID)
	require.NoError(t, err)
	old, last := p, len(entries)-1
	old.Reason, entries[last].Reason = "", ""
	entries[last] = entries[last].Linked(entries[last-1].Hash)
	require.NoError(t, old.CheckAudit(entries))
	require.ErrorContains(t, p.CheckAudit(entries), "another Reason")
}

// Why something is refused has a name of its own.
func TestNamedErrors(t *testing.T) {
	w := newWorld(t)
	for n, test := range []struct {
		state prescription.State
		event prescription.Event
		role  prescription.Role
		want  error
	}{
		{prescription.Sent, prescription.EventResume, prescription.RoleTherapist, prescription.ErrNotPaused},
		{prescription.Paused, prescription.EventPause, prescription.RoleTherapist, prescription.ErrCannotPause},
		{prescription.Delivered, prescription.EventDeliver, prescription.RoleSystem, prescription.ErrAlreadyDelivered},
		{prescription.Started, prescription.EventOpen, prescription.RoleTool, prescription.ErrAlreadyOpened},
		{prescription.Started, prescription.EventStart, prescription.RoleTool, prescription.ErrAlreadyStarted},
		{prescription.Started, prescription.EventDecline, prescription.RoleCitizen, prescription.ErrAlreadyStarted},
		{prescription.Started, prescription.EventConfirmCancel, prescription.RoleTool, prescription.ErrNotAsked},
		{prescription.Completed, prescription.EventCancel, prescription.RoleTherapist, prescription.ErrEnded},
		{prescription.Expired, prescription.EventCancel, prescription.RoleTherapist, prescription.ErrExpired},
		{prescription.Sent, prescription.EventCancel, prescription.RoleTool, prescription.ErrRole},
	} {
		p := w.in(t, test.state, n)
		_, err := w.Change(t.Context(), w.store, ref(p), test.event, prescription.Actor{Role: test.role, ID: "someone"}, prescription.ReasonOther)
		require.ErrorIs(t, err, test.want, "%s %s", test.state, test.event)
		require.ErrorIs(t, err, prescription.ErrNotAllowed{})
	}
}
