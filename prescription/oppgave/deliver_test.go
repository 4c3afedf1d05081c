package oppgave_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/oppgave"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

const day = 24 * time.Hour

func TestATaskIsCreated(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	w.drained(1)
	assert.Equal(t, prescriptiontest.Task{ID: p.ID, Citizen: w.number, Sender: "Sandvika DPS", OrgNumber: "999999999",
		Title: "Søvn steg for steg", Description: "Øv litt kvar kveld.", Link: "https://sleep.example/start?secret=" + canary, OnBehalf: true,
		Area: "3", Priority: "routine", Notice: "Du har fått en oppgave på Helsenorge.", Status: "ready", Deadline: noon.Add(56 * day),
		Created: noon, Updated: noon}, w.task())
	assert.Equal(t, prescription.Delivered, w.get(p.ID).State)
}

func TestASenderThatRevealsNothingIsNamed(t *testing.T) {
	w := begin(t)
	w.sender = oppgave.Sender{OrgNumber: "999999999", Name: "Sandvika kommune", NameRevealsNothingAboutHealthUnsafe: true}
	w.prescribe()
	w.drained(1)
	assert.Equal(t, "Du har fått en oppgave på Helsenorge fra Sandvika kommune.", w.task().Notice)
}

func TestOneMessageTwiceIsOneTask(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	for range 3 {
		require.NoError(t, w.deliver(p, prescription.EventPrescribe))
	}
	assert.Len(t, w.api.Tasks(), 1)
	assert.Equal(t, 3, w.api.Requests(prescriptiontest.CreateTask))

	p.Expires = p.Expires.Add(7 * day)
	for range 2 {
		require.NoError(t, w.deliver(p, prescription.EventExtend))
	}
	assert.Equal(t, noon.Add(63*day), w.task().Deadline)

	p.State, p.Reason = prescription.Cancelled, prescription.ReasonWrongTool
	for range 2 {
		require.NoError(t, w.deliver(p, prescription.EventCancel))
	}
	assert.Equal(t, "cancelled", w.task().Status)
	assert.Equal(t, "Verktøyet vart sendt ved ein feil. Du treng ikkje å gjere noko.", w.task().Reason)
}

// The answer gets lost and the program ends: the next one sends it again.
func TestARestartSendsAgain(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	w.api.Lose(prescriptiontest.CreateTask, 1, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	_, err := w.drain()
	require.ErrorContains(t, err, ": no-answer")
	assert.Equal(t, prescription.Sent, w.get(p.ID).State)
	w.at = noon.Add(time.Minute)
	w.restart()
	w.drained(1)
	assert.Equal(t, prescription.Delivered, w.get(p.ID).State)
	assert.Equal(t, noon, w.task().Created, "the first one")
}

func TestExtendAndCancel(t *testing.T) {
	for name, early := range map[string]time.Duration{"one deadline": 0, "two deadlines": 5 * day} {
		t.Run(name, func(t *testing.T) {
			w := begin(t, func(c *oppgave.Config) { c.Early = early })
			p := w.prescribe()
			w.drained(1)
			_, err := w.Extend(t.Context(), w.store, w.ref(p.ID), therapist, noon.Add(70*day))
			require.NoError(t, err)
			w.drained(1)
			assert.Equal(t, noon.Add(70*day-early), w.task().Deadline)
			if early > 0 {
				assert.Equal(t, noon.Add(70*day), w.task().Final)
			}
			w.at = noon.Add(69 * day) // the first of two deadlines has passed
			_, err = w.Cancel(t.Context(), w.store, w.ref(p.ID), therapist, prescription.ReasonNoLongerNeeded)
			require.NoError(t, err)
			w.drained(1)
			assert.Equal(t, "cancelled", w.task().Status)
			assert.NotEmpty(t, w.task().Reason)
			assert.Empty(t, w.api.Refusals())
		})
	}
}

// Helsenorge has no state between asked and cancelled: the task stays until it is confirmed.
func TestWhatHasBegunIsCancelledWhenItIsConfirmed(t *testing.T) {
	for name, confirm := range map[string]func(w *world, p prescription.Prescription){
		"by the tool": func(w *world, p prescription.Prescription) {
			w.apply([]prescription.Report{{ID: "end", Prescription: p.ID, Event: prescription.EventConfirmCancel, At: w.at, By: theTool}})
		},
		"by a second cancellation": func(w *world, p prescription.Prescription) {
			_, err := w.Cancel(w.t.Context(), w.store, w.ref(p.ID), therapist, prescription.ReasonDeceased)
			require.NoError(w.t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			p := w.prescribe()
			w.drained(1)
			require.NoError(t, w.api.Act(p.ID, "in-progress"))
			reports, err := w.to.Look(t.Context(), p.ID)
			require.NoError(t, err)
			w.apply(reports)
			_, err = w.Cancel(t.Context(), w.store, w.ref(p.ID), therapist, prescription.ReasonPatientAsked)
			require.NoError(t, err)
			w.drained(1)
			assert.Equal(t, prescription.CancelAsked, w.get(p.ID).State)
			assert.Equal(t, "in-progress", w.task().Status)
			confirm(w, p)
			w.drained(1)
			assert.Equal(t, "cancelled", w.task().Status)
			assert.Equal(t, prescription.Cancelled, w.get(p.ID).State)
		})
	}
}

func TestReplacedAndEnteredInErrorAreTakenBack(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	w.drained(1)
	next := w.request("visit-2")
	next.Patient = p.Patient
	_, err := w.Renew(t.Context(), w.store, w.ref(p.ID), next)
	require.NoError(t, err)
	w.at = noon.Add(time.Hour)
	w.drained(2)
	tasks := w.api.Tasks()
	require.Len(t, tasks, 2)
	assert.Equal(t, "cancelled", tasks[0].Status)
	assert.Equal(t, "Du har fått verktøyet på nytt. Sjå i oppgåvene dine.", tasks[0].Reason)
	_, err = w.Change(t.Context(), w.store, w.ref(tasks[1].ID), prescription.EventEnterInError, therapist, prescription.ReasonToolWithdrawn)
	require.NoError(t, err)
	w.drained(1)
	assert.Equal(t, "cancelled", w.api.Tasks()[1].Status)
	assert.Contains(t, w.api.Tasks()[1].Reason, "ved ein feil")
}

// What never came needs no taking back; what came and is gone is somebody's business.
func TestATaskThatIsNotThere(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	_, err := w.Cancel(t.Context(), w.store, w.ref(p.ID), therapist, prescription.ReasonOther)
	require.NoError(t, err)
	w.drained(1)
	assert.Empty(t, w.api.Tasks())
	assert.Equal(t, []string{"a task that there is"}, w.api.Refusals())

	p = w.get(p.ID)
	p.Delivered = noon
	err = w.deliver(p, prescription.EventCancel)
	require.ErrorIs(t, err, oppgave.ErrNotFound)
	require.NotErrorIs(t, err, prescription.ErrUndeliverable)
}

// The announcement came through, its answer was lost, and the therapist cancels before it is sent again.
func TestACancellationAfterALostAnswer(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	w.api.Lose(prescriptiontest.CreateTask, 1, answering(503, ""))
	_, err := w.drain()
	require.ErrorContains(t, err, ": http-503")
	_, err = w.Cancel(t.Context(), w.store, w.ref(p.ID), therapist, prescription.ReasonWrongPatient)
	require.NoError(t, err)
	w.drained(1)
	assert.Equal(t, "cancelled", w.task().Status)
}

// An announcement that was given up and is released has the deadline of its day.
func TestAnAnnouncementThatIsReleased(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	w.token = assert.AnError
	for range prescription.DefaultAttempts {
		_, err := w.drain()
		require.ErrorContains(t, err, ": EHSEC-110002")
		w.at = w.at.Add(time.Hour)
	}
	w.token = nil
	_, err := w.Extend(t.Context(), w.store, w.ref(p.ID), therapist, noon.Add(70*day))
	require.NoError(t, err)
	w.drained(1)
	assert.Empty(t, w.api.Tasks(), "there is nothing to extend")
	dead, err := w.store.Dead(t.Context(), 9)
	require.NoError(t, err)
	require.Len(t, dead, 1)
	require.NoError(t, w.store.Release(t.Context(), dead[0].ID, w.at))
	w.drained(1)
	assert.Equal(t, noon.Add(70*day), w.task().Deadline)
}

func TestWhatHelsenorgeHasNoWordForIsNotSent(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	w.drained(1)
	_, err := w.Change(t.Context(), w.store, w.ref(p.ID), prescription.EventPause, therapist, "")
	require.NoError(t, err)
	_, err = w.Note(t.Context(), w.store, w.ref(p.ID), therapist, "ringer i morgen")
	require.NoError(t, err)
	w.drained(2)
	assert.Zero(t, w.api.Requests(prescriptiontest.UpdateTask))
	require.NoError(t, w.deliver(p, prescription.EventCancel), "a message that came before the state")
	assert.Zero(t, w.api.Requests(prescriptiontest.UpdateTask))
}

func TestExtensionOfWhatHasEnded(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	w.drained(1)
	require.NoError(t, w.api.Act(p.ID, "completed"))
	_, err := w.Extend(t.Context(), w.store, w.ref(p.ID), therapist, noon.Add(70*day))
	require.NoError(t, err)
	_, err = w.drain()
	require.ErrorContains(t, err, ": ended")
	dead, err := w.store.Dead(t.Context(), 9)
	require.NoError(t, err)
	require.Len(t, dead, 1, "it is given up, where somebody sees it")
	assert.Equal(t, "ended", dead[0].Code)

	p.State = prescription.Completed
	require.NoError(t, w.deliver(p, prescription.EventExtend))
}

// A state that the therapist sees, and not a retry loop.
func TestACitizenWhoIsNotDigitallyActive(t *testing.T) {
	w := begin(t)
	active, err := w.to.DigitallyActive(t.Context(), w.id())
	require.NoError(t, err)
	assert.True(t, active)
	w.api.SetActive(w.number, false)
	active, err = w.to.DigitallyActive(t.Context(), w.id())
	require.NoError(t, err)
	assert.False(t, active)
	_, err = w.to.DigitallyActive(t.Context(), prescription.NationalID{})
	require.ErrorIs(t, err, oppgave.ErrCitizen)

	p := w.prescribe()
	require.ErrorIs(t, w.deliver(p, prescription.EventPrescribe), oppgave.ErrNotActive)
	_, err = w.drain()
	require.EqualError(t, err, "prescription: message "+string(p.ID)+"/1 is not delivered: 2118")
	now := w.get(p.ID)
	assert.Equal(t, prescription.Failed, now.State)
	assert.Equal(t, "2118", now.Reason)
	assert.Contains(t, oppgave.Text(now.Reason).In("nn"), "bruker ikkje Helsenorge")
	w.at = noon.Add(2 * day)
	w.drained(0)
	assert.Equal(t, 2, w.api.Requests(prescriptiontest.CreateTask))
}

// What the service gives up by itself has a text of its own, too.
func TestAnAnnouncementThatHasExpired(t *testing.T) {
	w := begin(t)
	w.at = w.prescribe().Expires
	_, err := w.drain()
	require.ErrorContains(t, err, ": expired")
	dead, err := w.store.Dead(t.Context(), 9)
	require.NoError(t, err)
	require.Len(t, dead, 1)
	assert.Contains(t, oppgave.Text(dead[0].Code).In("nn"), "Forskrivinga var utgått")
	assert.Zero(t, w.api.Requests(prescriptiontest.CreateTask))
}

func TestATokenThatIsNotGood(t *testing.T) {
	for _, tt := range []struct {
		token error
		want  string
	}{{assert.AnError, "EHSEC-110002"}, {prescriptiontest.ErrTokenExpired, "http-403"}} {
		w := begin(t)
		w.token = tt.token
		p := w.prescribe()
		require.ErrorIs(t, w.deliver(p, prescription.EventPrescribe), oppgave.ErrAccess)
		_, err := w.drain()
		require.EqualError(t, err, "prescription: message "+string(p.ID)+"/1 is not delivered: "+tt.want)
		assert.Equal(t, prescription.Sent, w.get(p.ID).State, "whoever runs the system can mend it")
		w.token, w.at = nil, noon.Add(time.Minute)
		w.drained(1)
		assert.Equal(t, prescription.Delivered, w.get(p.ID).State)
	}
}

func TestTheAPIMayAskToWait(t *testing.T) {
	for _, header := range []string{"600", noon.Add(10 * time.Minute).Format(http.TimeFormat)} {
		w := begin(t)
		w.prescribe()
		w.api.Answer(prescriptiontest.CreateTask, 1, http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Retry-After", header)
			rw.WriteHeader(http.StatusTooManyRequests)
		}))
		_, err := w.drain()
		require.ErrorContains(t, err, ": http-429")
		w.at = noon.Add(9 * time.Minute)
		w.drained(0)
		assert.Equal(t, 1, w.api.Requests(prescriptiontest.CreateTask))
		w.at = noon.Add(10 * time.Minute)
		w.drained(1)
	}
}

func TestASlowAPIIsNotWaitedForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := begin(t)
		p := w.prescribe()
		w.api.Answer(prescriptiontest.CreateTask, 1, prescriptiontest.Hang())
		began := time.Now()
		err := w.deliver(p, prescription.EventPrescribe)
		require.ErrorIs(t, err, oppgave.ErrUnavailable)
		assert.Equal(t, 15*time.Second, time.Since(began))
	})
}

// The tool was withdrawn between prescription and delivery.
func TestAToolThatMayNoLongerBePrescribed(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	w.tool.Status = catalogue.StatusWithdrawn
	_, err := w.drain()
	require.ErrorContains(t, err, ": tool")
	assert.Equal(t, prescription.Failed, w.get(p.ID).State)
	assert.Zero(t, w.api.Requests(prescriptiontest.CreateTask))
}

func TestOnlyThePortalIsDeliveredTo(t *testing.T) {
	w := begin(t)
	err := w.to.Deliver(t.Context(), prescription.Delivery{Message: prescription.Message{Audience: prescription.ForTherapist}})
	require.ErrorIs(t, err, prescription.ErrUndeliverable)
}

// What the citizen does comes back, and coming twice does no harm.
func TestStatusComesBack(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	w.drained(1)
	look := func() []prescription.Applied {
		reports, err := w.to.Look(t.Context(), p.ID)
		require.NoError(t, err)
		return w.apply(reports)
	}
	assert.Equal(t, []prescription.Applied{prescription.Late}, look(), "ready is known")
	w.at = noon.Add(day)
	require.NoError(t, w.api.Act(p.ID, "in-progress"))
	w.at = noon.Add(2 * day)
	assert.Equal(t, []prescription.Applied{prescription.Changed}, look())
	assert.Equal(t, noon.Add(day), w.get(p.ID).Started)
	assert.Equal(t, []prescription.Applied{prescription.Duplicate}, look())
	require.NoError(t, w.api.Act(p.ID, "completed"))
	assert.Equal(t, []prescription.Applied{prescription.Changed}, look())
	assert.Equal(t, prescription.Completed, w.get(p.ID).State)
}

func TestATaskThatSomebodyElseTookBack(t *testing.T) {
	for name, tt := range map[string]struct {
		before []prescription.Event
		want   prescription.State
	}{
		"nobody here knows":     {nil, prescription.Failed},
		"it was asked for":      {[]prescription.Event{prescription.EventStart, prescription.EventCancel}, prescription.Cancelled},
		"it was done from here": {[]prescription.Event{prescription.EventCancel}, prescription.Cancelled},
	} {
		w := begin(t)
		p := w.prescribe()
		w.drained(1)
		for _, e := range tt.before {
			if e == prescription.EventStart {
				w.apply([]prescription.Report{{ID: "start", Prescription: p.ID, Event: e, At: noon, By: theTool}})
				continue
			}
			_, err := w.Change(t.Context(), w.store, w.ref(p.ID), e, therapist, prescription.ReasonOther)
			require.NoError(t, err)
		}
		reports, err := oppgave.StatusReports(p.ID, oppgave.Cancelled, noon)
		require.NoError(t, err)
		w.apply(reports)
		assert.Equal(t, tt.want, w.get(p.ID).State, name)
	}
}

// What is out of order for a while, in the catalogue or in the set-up, ends no
// prescription: it is sent when it is mended.
func TestWhatPassesFailsNothing(t *testing.T) {
	for _, tt := range []struct {
		name string
		edit func(*world)
		want string
	}{
		{"the catalogue is empty", func(w *world) { w.tool = catalogue.Tool{} }, "tool-not-now"},
		{"the tool is paused", func(w *world) { w.tool.Status = catalogue.StatusPaused }, "tool-not-now"},
		{"the unit is gone", func(w *world) { w.tool.Units = nil }, "tool-not-now"},
		{"the approval has ended", func(w *world) { w.tool.Approval = &catalogue.Approval{ValidUntil: "2026-11-01"} }, "tool-not-now"},
		{"the sender has no number", func(w *world) { w.sender.OrgNumber = "" }, "sender"},
		{"the sender is unknown", func(w *world) { w.sender = oppgave.Sender{} }, "sender"},
	} {
		w := begin(t)
		p := w.prescribe()
		tool, sender := w.tool, w.sender
		tt.edit(w)
		_, err := w.drain()
		require.EqualError(t, err, "prescription: message "+string(p.ID)+"/1 is not delivered: "+tt.want, tt.name)
		assert.Equal(t, prescription.Sent, w.get(p.ID).State, tt.name)
		w.tool, w.sender, w.at = tool, sender, noon.Add(time.Minute)
		w.drained(1)
		assert.Equal(t, prescription.Delivered, w.get(p.ID).State, tt.name)
	}
}

// One fault that lasts beside one that passes: it fails, with the code of what lasts.
func TestWhatLastsFailsBesideWhatPasses(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	w.sender = oppgave.Sender{}
	p.Patient.NationalID = prescription.NationalID{}
	err := w.deliver(p, prescription.EventPrescribe)
	require.ErrorIs(t, err, prescription.ErrUndeliverable)
	require.ErrorIs(t, err, oppgave.ErrSender)
	var coded interface{ Code() string }
	require.ErrorAs(t, err, &coded)
	assert.Equal(t, "citizen", coded.Code())
}
