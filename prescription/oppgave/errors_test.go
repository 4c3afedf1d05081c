package oppgave_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/oppgave"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

// answering is a handler with a status and a body.
func answering(status int, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/fhir+json")
		w.WriteHeader(status)
		_, _ = fmt.Fprint(w, body)
	})
}

func outcome(code string) string {
	return `{"resourceType":"OperationOutcome","issue":[{"severity":"error","details":{"coding":[{"system":"x","code":"` + code + `"}]}}]}`
}

func TestAnswersOfTheAPI(t *testing.T) {
	number := prescriptiontest.Number("158190")
	for _, tt := range []struct {
		status int
		body   string
		code   string
		want   error
		final  bool // trying again will not help
		text   string
	}{
		{400, outcome("2109"), "2109", oppgave.ErrRefused, true, "Task.focus is missing"},
		{400, outcome("2118"), "2118", oppgave.ErrNotActive, true, "not digitally active"},
		{400, outcome("2147"), "2147", oppgave.ErrRefused, true, "start link is missing"},
		{400, outcome("2174"), "2174", oppgave.ErrRefused, true, "must be https"},
		{400, `{"code":"2118"}`, "2118", oppgave.ErrNotActive, true, ""},
		{409, outcome("2118"), "2118", oppgave.ErrNotActive, true, ""},
		{400, outcome("2999"), "2999", oppgave.ErrRefused, true, "documentation"},
		{422, "", "http-422", oppgave.ErrRefused, true, ""},
		{413, "", "http-413", oppgave.ErrRefused, true, ""},
		{401, outcome("EHSEC-110002"), "EHSEC-110002", oppgave.ErrAccess, false, "organisation number missing in the HelseID token"},
		{401, "", "http-401", oppgave.ErrAccess, false, ""},
		{403, "", "http-403", oppgave.ErrAccess, false, "expired"},
		{404, "", "http-404", oppgave.ErrNotFound, false, "Config.Paths"},
		{429, "", "http-429", oppgave.ErrUnavailable, false, "try again later"},
		{500, "", "http-500", oppgave.ErrUnavailable, false, ""},
		{503, outcome(number), "http-503", oppgave.ErrUnavailable, false, ""},
		{302, "", "http-302", oppgave.ErrAnswer, false, ""},
		{405, "", "http-405", oppgave.ErrAnswer, false, ""},
		{206, "", "answer", oppgave.ErrAnswer, false, ""},
		{400, outcome("DROP TABLE"), "http-400", oppgave.ErrRefused, true, ""},
		{400, strings.Repeat("{", 1<<20), "http-400", oppgave.ErrRefused, true, ""},
	} {
		name := fmt.Sprint(tt.status, " ", tt.code)
		w := begin(t)
		p := w.prescribe()
		w.api.Answer(prescriptiontest.CreateTask, 1, answering(tt.status, tt.body))
		err := w.deliver(p, prescription.EventPrescribe)
		require.ErrorIs(t, err, tt.want, name)
		var e *oppgave.Error
		require.ErrorAs(t, err, &e, name)
		assert.Equal(t, tt.code, e.Code(), name)
		assert.Equal(t, tt.status, e.Status, name)
		assert.Contains(t, err.Error(), tt.text, name)
		if tt.final {
			assert.ErrorIs(t, err, prescription.ErrUndeliverable, name)
		} else {
			assert.NotErrorIs(t, err, prescription.ErrUndeliverable, name)
		}
		for _, lang := range []catalogue.Lang{"nb", "nn", "en"} {
			assert.NotEmpty(t, e.Text(lang), name)
		}
	}
}

func TestGoodStatuses(t *testing.T) {
	for _, status := range []int{200, 201, 204, 409} {
		w := begin(t)
		p := w.prescribe()
		w.api.Answer(prescriptiontest.CreateTask, 1, answering(status, ""))
		assert.NoError(t, w.deliver(p, prescription.EventPrescribe), status)
	}
}

// Every code that this package can give has a text of its own in all three languages, that differ.
func TestTexts(t *testing.T) {
	general := oppgave.Text("no such code")
	for _, code := range []string{"2109", "2118", "2147", "2174", "204019", "EHSEC-110002", "EHSEC-1", "http-401", "http-403", "http-404", "http-429",
		"http-500", "http-503", "no-answer", "timeout", "answer", "unwritten", "expired", "no-route-portal", "panic", "interrupted", oppgave.ErrIdentifier.Code(), oppgave.ErrCitizen.Code(),
		oppgave.ErrTool.Code(), oppgave.ErrToolNotNow.Code(), oppgave.ErrSender.Code(), oppgave.ErrArea.Code(), oppgave.ErrSensitiveSender.Code(), oppgave.ErrPriority.Code(),
		oppgave.ErrTitle.Code(), oppgave.ErrDescription.Code(), oppgave.ErrPersonal.Code(), oppgave.ErrLink.Code(), oppgave.ErrDeadline.Code(),
		oppgave.ErrDeadlineSoon.Code(), oppgave.ErrDeadlineOrder.Code(), oppgave.ErrDeadlinesTogether.Code(), oppgave.ErrReasonAlone.Code(),
		oppgave.ErrStatus.Code(), oppgave.ErrEnded.Code(), oppgave.ErrClosed.Code(), oppgave.ErrNoChange.Code()} {
		text := oppgave.Text(code)
		require.Len(t, text, 3, code)
		for lang, words := range text {
			assert.NotEqual(t, general[lang], words, code)
			assert.True(t, strings.HasSuffix(words, "."), code)
		}
	}
	assert.Contains(t, oppgave.Text("EHSEC-110002").In("nb"), "Organisasjonsnummeret mangler i HelseID-tokenet")
	general["nb"] = "changed"
	assert.NotEqual(t, "changed", oppgave.Text("other").In("nb"), "the caller's own copy")
	assert.NotEmpty(t, oppgave.ErrArea.Text("nn"))
}

// Whatever the API answers: no number, token or link in an error or the log, and no number in an address.
func TestNothingSecretGetsAround(t *testing.T) {
	operations := map[prescriptiontest.TaskOperation]func(*world, prescription.Prescription) error{
		prescriptiontest.CreateTask: func(w *world, p prescription.Prescription) error { return w.deliver(p, prescription.EventPrescribe) },
		prescriptiontest.UpdateTask: func(w *world, p prescription.Prescription) error {
			p.State, p.Delivered = prescription.Cancelled, noon
			return w.deliver(p, prescription.EventCancel)
		},
		prescriptiontest.ReadTask: func(w *world, p prescription.Prescription) error {
			_, err := w.to.Look(w.t.Context(), p.ID)
			return err
		},
		prescriptiontest.AskActive: func(w *world, _ prescription.Prescription) error {
			_, err := w.to.DigitallyActive(w.t.Context(), w.id())
			return err
		},
	}
	count := 0
	for op, do := range operations {
		for _, status := range []int{0, 200, 201, 302, 400, 401, 403, 404, 409, 429, 500, 503} {
			w := begin(t)
			var addresses []string
			next := w.cfg.HTTP
			w.cfg.HTTP = doer(func(r *http.Request) (*http.Response, error) {
				address, err := url.QueryUnescape(r.URL.String())
				require.NoError(t, err)
				addresses = append(addresses, address+fmt.Sprint(r.Header))
				resp, err := next.Do(r)
				if err != nil {
					err = fmt.Errorf("%w: %s", err, r.Header.Get("Authorization")) // as net/http names the address
				}
				return resp, err
			})
			w.restart()
			p := w.prescribe()
			echo := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				rw.Header().Set("Location", "/"+w.number)
				rw.WriteHeader(status)
				_, _ = fmt.Fprintf(rw, `{"code":"%[1]s","%[1]s":"%[2]s","status":"%[1]s","resourceType":"%[2]s","identifier":[{"value":"%[1]s"}],"erDigitaltAktiv":"%[1]s","lastModified":"%[2]s"}`, w.number, canary)
			})
			if status == 0 {
				echo = func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
			}
			w.api.Answer(op, 1, echo)
			err := do(w, p)
			seen := strings.Join(addresses, " ") + fmt.Sprintf("%v %+v %#v", err, err, err) + w.log.String()
			assert.False(t, nationalid.Contains(seen), "%s %d", op, status)
			assert.NotContains(t, seen, canary, "%s %d", op, status)
			require.NotEmpty(t, addresses)
			assert.Contains(t, w.api.Secrets(), canary, "it was sent")
			count++
		}
	}
	assert.Equal(t, 48, count)
}

// careful is an error of a client that promises to hold nothing of the request.
type careful string

func (c careful) Error() string      { return string(c) }
func (careful) OutcomeUnknown() bool { return false }

func TestTheClientsOwnWords(t *testing.T) {
	for says, want := range map[string]string{"helseid: the scope is not granted": "helseid: the scope is not granted",
		prescriptiontest.Number("158190"): "the connection broke, or the answer was not HTTP"} {
		w := begin(t, func(c *oppgave.Config) {
			c.HTTP = doer(func(*http.Request) (*http.Response, error) { return nil, careful(says) })
		})
		err := w.deliver(w.prescribe(), prescription.EventPrescribe)
		require.EqualError(t, err, "oppgave: create: the API is not available: "+want)
	}
}

func TestRedirectsAreRefused(t *testing.T) {
	w := begin(t, func(c *oppgave.Config) {
		next := c.HTTP
		c.HTTP = doer(func(r *http.Request) (*http.Response, error) {
			resp, err := next.Do(r)
			if err == nil {
				resp.Request = r.Clone(r.Context())
				resp.Request.URL.Path = "/elsewhere"
			}
			return resp, err
		})
	})
	require.ErrorIs(t, w.deliver(w.prescribe(), prescription.EventPrescribe), oppgave.ErrAnswer)
}

func TestLargeAnswersAreNotRead(t *testing.T) {
	w := begin(t)
	p := w.prescribe()
	w.drained(1)
	w.api.Answer(prescriptiontest.ReadTask, 1, answering(200, strings.Repeat(" ", 1<<20+1)))
	_, err := w.to.Look(t.Context(), p.ID)
	require.ErrorIs(t, err, oppgave.ErrAnswer)
	w.api.Answer(prescriptiontest.ReadTask, 1, answering(200, `{"resourceType":"Task","status":"ready","identifier":[{"value":"`+string(taskID)+`"}]}`))
	_, err = w.to.Look(t.Context(), p.ID)
	require.ErrorIs(t, err, oppgave.ErrTask, "another prescription's")
	_, err = w.to.Look(t.Context(), "../active")
	require.ErrorIs(t, err, oppgave.ErrIdentifier)
	w.api.Answer(prescriptiontest.AskActive, 1, answering(200, `{}`))
	_, err = w.to.DigitallyActive(t.Context(), w.id())
	require.ErrorIs(t, err, oppgave.ErrAnswer)
}
