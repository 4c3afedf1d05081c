package oppgave_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/oppgave"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

const taskID prescription.ID = "0193a6f0-1234-7abc-8def-a1234567890b"

func goodTask(t *testing.T) oppgave.Task {
	t.Helper()
	id, err := prescription.ParseNationalID(prescriptiontest.Number("158190"))
	require.NoError(t, err)
	return oppgave.Task{ID: taskID, Tool: "sleep", Unit: "8-weeks", Citizen: id, SensitiveSender: true, Area: oppgave.AreaCare, Priority: oppgave.Routine,
		Sender: oppgave.Sender{OrgNumber: "999999999", Name: "Sandvika DPS"}, Title: "Søvn", Description: "Øv litt hver kveld.",
		Link: "https://sleep.example/start", Deadline: noon.Add(56 * day)}
}

func TestCheck(t *testing.T) {
	number := prescriptiontest.Number("158190")
	for _, tt := range []struct {
		name string
		edit func(*oppgave.Task)
		want error
	}{
		{"good", func(*oppgave.Task) {}, nil},
		{"identifier is no GUID", func(k *oppgave.Task) { k.ID = "visit-17" }, oppgave.ErrIdentifier},
		{"identifier in upper case", func(k *oppgave.Task) { k.ID = prescription.ID(strings.ToUpper(string(taskID))) }, oppgave.ErrIdentifier},
		{"no citizen", func(k *oppgave.Task) { k.Citizen = prescription.NationalID{} }, oppgave.ErrCitizen},
		{"sender without number", func(k *oppgave.Task) { k.Sender.OrgNumber = "" }, oppgave.ErrSender},
		{"sender with a wrong number", func(k *oppgave.Task) { k.Sender.OrgNumber = "999999998" }, oppgave.ErrSender},
		{"sender without name", func(k *oppgave.Task) { k.Sender.Name = "" }, oppgave.ErrSender},
		{"no service area", func(k *oppgave.Task) { k.Area = "" }, oppgave.ErrArea},
		{"unknown service area", func(k *oppgave.Task) { k.Area = "6" }, oppgave.ErrArea},
		{"sender is not sensitive", func(k *oppgave.Task) { k.SensitiveSender = false }, oppgave.ErrSensitiveSender},
		{"sender reveals nothing", func(k *oppgave.Task) {
			k.SensitiveSender, k.Sender.NameRevealsNothingAboutHealthUnsafe = false, true
		}, nil},
		{"unknown priority", func(k *oppgave.Task) { k.Priority = "high" }, oppgave.ErrPriority},
		{"no title", func(k *oppgave.Task) { k.Title = "" }, oppgave.ErrTitle},
		{"longest title", func(k *oppgave.Task) { k.Title = strings.Repeat("ø", 200) }, nil},
		{"long title", func(k *oppgave.Task) { k.Title = strings.Repeat("ø", 201) }, oppgave.ErrTitle},
		{"title is no UTF-8", func(k *oppgave.Task) { k.Title = "\xff" }, oppgave.ErrTitle},
		{"no description", func(k *oppgave.Task) { k.Description = "" }, oppgave.ErrDescription},
		{"longest description", func(k *oppgave.Task) { k.Description = strings.Repeat("å", 4_000) }, nil},
		{"long description", func(k *oppgave.Task) { k.Description = strings.Repeat("å", 4_001) }, oppgave.ErrDescription},
		{"number in the description", func(k *oppgave.Task) { k.Description = "For " + number }, oppgave.ErrPersonal},
		{"number in the title", func(k *oppgave.Task) { k.Title = "For " + number }, oppgave.ErrPersonal},
		{"number in the sender's name", func(k *oppgave.Task) { k.Sender.Name = "For " + number }, oppgave.ErrPersonal},
		{"number in the link", func(k *oppgave.Task) { k.Link += "?fnr=" + number }, oppgave.ErrPersonal},
		{"no link", func(k *oppgave.Task) { k.Link = "" }, oppgave.ErrLink},
		{"link is not https", func(k *oppgave.Task) { k.Link = "http://sleep.example" }, oppgave.ErrLink},
		{"link on this machine", func(k *oppgave.Task) { k.Link = "http://127.0.0.1:8080" }, oppgave.ErrLink},
		{"long link", func(k *oppgave.Task) { k.Link += "?" + strings.Repeat("a", 2_000) }, oppgave.ErrLink},
		{"no deadline", func(k *oppgave.Task) { k.Deadline = time.Time{} }, oppgave.ErrDeadline},
		{"deadline now", func(k *oppgave.Task) { k.Deadline = noon }, oppgave.ErrDeadline},
		{"two deadlines", func(k *oppgave.Task) { k.Final = k.Deadline.Add(time.Second) }, nil},
		{"two deadlines at one time", func(k *oppgave.Task) { k.Final = k.Deadline }, oppgave.ErrDeadlineOrder},
	} {
		task := goodTask(t)
		tt.edit(&task)
		judge(t, tt.name, oppgave.Check(task, noon), tt.want)
	}
}

// judge wants exactly one broken rule, or none.
func judge(t *testing.T, name string, err, want error) {
	t.Helper()
	if want == nil {
		assert.NoError(t, err, name)
		return
	}
	require.ErrorIs(t, err, want, name)
	assert.Equal(t, want.Error(), err.Error(), "%s: one rule alone", name)
	assert.Equal(t, want != error(oppgave.ErrSender), errors.Is(err, prescription.ErrUndeliverable), name)
}

func TestCheckNamesEveryRule(t *testing.T) {
	err := oppgave.Check(oppgave.Task{}, noon)
	for _, want := range []error{oppgave.ErrIdentifier, oppgave.ErrCitizen, oppgave.ErrSender, oppgave.ErrArea, oppgave.ErrSensitiveSender,
		oppgave.ErrPriority, oppgave.ErrTitle, oppgave.ErrDescription, oppgave.ErrLink, oppgave.ErrDeadline} {
		assert.ErrorIs(t, err, want)
	}
}

func TestCheckUpdate(t *testing.T) {
	one := oppgave.Standing{Status: oppgave.Ready, Deadline: noon.Add(10 * day)}
	two := oppgave.Standing{Status: oppgave.InProgress, Deadline: noon.Add(10 * day), Final: noon.Add(20 * day)}
	first := func(at time.Duration) oppgave.Update { return oppgave.Update{Deadline: noon.Add(at)} }
	both := func(a, b time.Duration) oppgave.Update {
		return oppgave.Update{Deadline: noon.Add(a), Final: noon.Add(b)}
	}
	for _, tt := range []struct {
		name string
		u    oppgave.Update
		on   oppgave.Standing
		at   time.Duration
		want error
	}{
		{"cancel", oppgave.Update{Status: oppgave.Cancelled, Reason: "x"}, one, 0, nil},
		{"cancel without reason", oppgave.Update{Status: oppgave.Cancelled}, one, 0, nil},
		{"reason alone", oppgave.Update{Reason: "x"}, one, 0, oppgave.ErrReasonAlone},
		{"reason with a deadline", oppgave.Update{Reason: "x", Deadline: noon.Add(12 * day)}, one, 0, oppgave.ErrReasonAlone},
		{"number in the reason", oppgave.Update{Status: oppgave.Cancelled, Reason: prescriptiontest.Number("158190")}, one, 0, oppgave.ErrPersonal},
		{"ready is not for senders", oppgave.Update{Status: oppgave.Ready}, one, 0, oppgave.ErrStatus},
		{"unknown status", oppgave.Update{Status: "on-hold"}, one, 0, oppgave.ErrStatus},
		{"nothing", oppgave.Update{}, one, 0, oppgave.ErrNoChange},

		{"a day ahead", first(day), one, 0, nil},
		{"less than a day ahead", first(day - time.Second), one, 0, oppgave.ErrDeadlineSoon},
		{"the same deadline on the last day", first(10 * day), one, 9*day + time.Hour, nil},
		{"another deadline on the last day", first(10*day + time.Second), one, 9*day + time.Hour, oppgave.ErrDeadlineSoon},
		{"a second deadline", both(10*day, 11*day), one, 0, nil},
		{"a second deadline alone", oppgave.Update{Final: noon.Add(11 * day)}, one, 0, nil},
		{"a second deadline alone, not later", oppgave.Update{Final: noon.Add(10 * day)}, one, 0, oppgave.ErrDeadlineOrder},

		{"both were used first", both(15*day, 30*day), two, 0, nil},
		{"both were used first, one sent", first(15 * day), two, 0, oppgave.ErrDeadlinesTogether},
		{"both were used first, the other sent", oppgave.Update{Final: noon.Add(30 * day)}, two, 0, oppgave.ErrDeadlinesTogether},
		{"both were used first, none sent", oppgave.Update{Status: oppgave.Cancelled}, two, 0, oppgave.ErrDeadlinesTogether},
		{"not later", both(15*day, 15*day), two, 0, oppgave.ErrDeadlineOrder},
		{"second less than a day ahead", both(10*day, 12*day), two, 11*day + time.Hour, oppgave.ErrDeadlineSoon},

		{"after the deadline", first(30 * day), one, 10 * day, oppgave.ErrClosed},
		{"between the two deadlines", both(30*day, 40*day), two, 19 * day, nil},
		{"after the later one", both(30*day, 40*day), two, 20 * day, oppgave.ErrClosed},
		{"deadlines not known", first(30 * day), oppgave.Standing{Status: oppgave.Ready}, 20 * day, nil},
		{"completed", first(30 * day), oppgave.Standing{Status: oppgave.Completed, Deadline: noon.Add(day)}, 0, oppgave.ErrEnded},
		{"cancelled", first(30 * day), oppgave.Standing{Status: oppgave.Cancelled, Deadline: noon.Add(day)}, 0, oppgave.ErrEnded},
		{"entered in error", first(30 * day), oppgave.Standing{Status: oppgave.EnteredInError}, 0, oppgave.ErrEnded},
	} {
		judge(t, tt.name, oppgave.CheckUpdate(tt.u, tt.on, noon.Add(tt.at)), tt.want)
	}
}

// What Helsenorge would refuse is refused before anything is stored or queued.
func TestPolicyRefusesBeforeAnythingIsQueued(t *testing.T) {
	for _, tt := range []struct {
		name string
		edit func(*world, *prescription.Request)
		want error
	}{
		{"no identity number", func(_ *world, r *prescription.Request) { r.Patient.NationalID = prescription.NationalID{} }, oppgave.ErrCitizen},
		{"unknown tenant", func(_ *world, r *prescription.Request) { r.Tenant = "888888888" }, oppgave.ErrSender},
		{"no text for the citizen", func(w *world, _ *prescription.Request) { w.tool.Units[0].PatientText = nil }, oppgave.ErrDescription},
		{"no web address", func(w *world, _ *prescription.Request) { w.tool.Start = w.tool.Start[:1] }, oppgave.ErrLink},
		{"address on this machine", func(w *world, _ *prescription.Request) { w.tool.Start[2].URL = "http://localhost/" }, oppgave.ErrLink},
		{"two deadlines and too few days", func(_ *world, r *prescription.Request) { r.Days = 5 }, oppgave.ErrDeadline},
	} {
		w := begin(t, func(c *oppgave.Config) { c.Early = 5 * day })
		r := w.request("visit-1")
		tt.edit(w, &r)
		_, err := w.Prescribe(t.Context(), w.store, r)
		require.ErrorIs(t, err, tt.want, tt.name)
		w.drained(0)
		assert.Zero(t, w.api.Requests(prescriptiontest.CreateTask), tt.name)
	}
}

func TestChangePolicyRefusesBeforeAnythingIsQueued(t *testing.T) {
	w := begin(t)
	r := w.request("visit-1")
	r.Days = 1
	p, err := w.Prescribe(t.Context(), w.store, r)
	require.NoError(t, err)
	w.drained(1)
	w.at = noon.Add(time.Hour)
	_, err = w.Extend(t.Context(), w.store, w.ref(p.ID), therapist, noon.Add(day+30*time.Minute))
	require.ErrorIs(t, err, oppgave.ErrDeadlineSoon)
	assert.Equal(t, int64(2), w.get(p.ID).Version)
	w.drained(0)
	_, err = w.Extend(t.Context(), w.store, w.ref(p.ID), therapist, noon.Add(day+time.Hour))
	require.NoError(t, err)
	w.drained(1)
	w.at = noon.Add(day + 30*time.Minute)
	_, err = w.Cancel(t.Context(), w.store, w.ref(p.ID), therapist, prescription.ReasonOther)
	require.NoError(t, err, "a cancellation has no day ahead")
	_, err = w.Note(t.Context(), w.store, w.ref(p.ID), therapist, "avsluttet")
	require.NoError(t, err, "a note is always allowed")
	next := w.request("visit-2")
	next.Patient = p.Patient
	_, err = w.Renew(t.Context(), w.store, w.ref(p.ID), next)
	require.NoError(t, err, "what has ended can be renewed")
}

// The rules are asked again before anything is sent: time has passed since, and a host makes ids of its own.
func TestRulesAreAskedAgainAtDelivery(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	erased, other, late := p, p, p
	erased.Patient.NationalID = prescription.NationalID{}
	require.ErrorIs(t, w.deliver(erased, prescription.EventPrescribe), oppgave.ErrCitizen)
	other.ID = "visit-17"
	require.ErrorIs(t, w.deliver(other, prescription.EventPrescribe), oppgave.ErrIdentifier)
	require.ErrorIs(t, w.deliver(other, prescription.EventExtend), oppgave.ErrIdentifier)
	late.Expires = noon.Add(day - time.Second)
	require.ErrorIs(t, w.deliver(late, prescription.EventExtend), oppgave.ErrDeadlineSoon)
	assert.Zero(t, w.api.Requests(prescriptiontest.CreateTask)+w.api.Requests(prescriptiontest.UpdateTask))
}

// What has expired can be renewed: there is nothing to take back.
func TestRenewalOfWhatHasExpired(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	w.drained(1)
	w.at = p.Expires
	next := w.request("visit-2")
	next.Patient = p.Patient
	_, err := w.Renew(t.Context(), w.store, w.ref(p.ID), next)
	require.NoError(t, err)
	w.drained(2)
	assert.Zero(t, w.api.Requests(prescriptiontest.UpdateTask))
}

func TestLinkIsTheHostsToMake(t *testing.T) {
	w := begin(t, func(c *oppgave.Config) {
		c.AllowLoopback = true
		c.Link = func(p prescription.Prescription, tool catalogue.Tool) string {
			return "http://127.0.0.1/" + string(tool.ID) + "/" + string(p.ID)
		}
	})
	p := w.prescribe()
	err := w.deliver(p, prescription.EventPrescribe)
	require.ErrorIs(t, err, oppgave.ErrRefused, "the simulator takes no such address")
	assert.ErrorContains(t, err, "2174")
}
