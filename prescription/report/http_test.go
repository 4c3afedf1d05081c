package report_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/inprocess"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

// at lets a handler answer at every address.
func at(h http.Handler) *http.Client {
	return &http.Client{Transport: inprocess.Transport(func(*url.URL) (http.Handler, error) { return h, nil })}
}

func sender(t *testing.T, client report.Doer, wire report.Wire) *report.HTTPSender {
	t.Helper()
	s, err := report.NewHTTPSender(report.HTTPConfig{Address: "https://epr.example.org/reports/", HTTP: client, Wire: wire,
		Now: func() time.Time { return noon }})
	require.NoError(t, err)
	return s
}

func sample(e prescription.Event) report.Report {
	return report.Report{ID: "report-1", Subject: task, Event: e, At: noon, Sequence: 2}
}

func TestEPRWireWritesWhatTheHandlerReads(t *testing.T) {
	for want, r := range map[string]report.Report{
		`{"version":1,"id":"report-1","sequence":2,"task":"Task/7f3a","launch":"launch-1","event":"start","at":"2026-11-01T12:00:00Z"}`: sample(prescription.EventStart),
		`{"version":1,"id":"report-1","sequence":2,"launch":"l","definition":"https://d.example.org/1|2","event":"progress","at":"2026-11-01T12:00:00Z","progress":0}`: {
			ID: "report-1", Subject: report.Subject{Portal: "p", Launch: "l", Definition: "https://d.example.org/1|2"}, Event: report.EventProgress, At: noon, Sequence: 2},
	} {
		var got string
		client := at(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			assert.NoError(t, err)
			got = string(body)
			assert.Equal(t, []string{"POST", "/reports", "application/json", "report-1"},
				[]string{r.Method, r.RequestURI, r.Header.Get("Content-Type"), r.Header.Get("Idempotency-Key")})
		}))
		require.NoError(t, sender(t, client, report.EPRWire{}).Send(t.Context(), r))
		assert.Equal(t, want, got)
	}
}

func TestStatusWireSaysWhatTheSimpleStatusAPITakes(t *testing.T) {
	own := report.StatusWire{Method: "PATCH", Path: "/t/{task}", Status: map[prescription.Event]string{prescription.EventFail: "failed"}}
	tests := []struct {
		wire  report.StatusWire
		event prescription.Event
		want  string
	}{
		{report.StatusWire{}, prescription.EventStart, `PUT /oppgave/v1/task/7f3a/status {"status":"in-progress"}`},
		{report.StatusWire{}, prescription.EventComplete, `PUT /oppgave/v1/task/7f3a/status {"status":"completed"}`},
		{own, prescription.EventFail, `PATCH /t/7f3a {"status":"failed"}`},
		{own, prescription.EventStart, ""},
	}
	for _, e := range report.Events() {
		if e != prescription.EventStart && e != prescription.EventComplete {
			tests = append(tests, struct {
				wire  report.StatusWire
				event prescription.Event
				want  string
			}{report.StatusWire{}, e, ""})
		}
	}
	for _, tt := range tests {
		method, path, body, ok, err := tt.wire.Request(sample(tt.event))
		require.NoError(t, err)
		assert.Equal(t, tt.want != "", ok, tt.event)
		assert.Equal(t, tt.want, strings.TrimSpace(method+" "+path+" "+string(body)), tt.event)
	}
}

// No task may lead to another address.
func TestStatusWireRefusesTasksThatAreNoID(t *testing.T) {
	tasks := []string{"", "..", "Task/..", "Task/.", "Task/", "a~b", "Task/" + strings.Repeat("a", 65)}
	require.NotEmpty(t, tasks)
	for _, id := range tasks {
		r := sample(prescription.EventStart)
		r.Subject.Task = id
		err := sender(t, at(http.NotFoundHandler()), report.StatusWire{}).Send(t.Context(), r)
		require.ErrorIs(t, err, report.ErrRefused, id)
		assert.EqualError(t, err, "report: not delivered: cannot-be-written", id)
	}
}

func TestStatusesDecideWhetherToTryAgain(t *testing.T) {
	const received, refused, again = "received", "refused", "again"
	tests := map[int]string{200: received, 201: received, 202: received, 204: received, 302: again, 307: again, 400: refused, 401: again,
		403: again, 404: refused, 405: refused, 408: again, 409: refused, 410: refused, 413: refused, 415: refused, 422: refused,
		425: again, 429: again, 500: again, 501: again, 502: again, 503: again, 504: again}
	require.NotEmpty(t, tests)
	for status, want := range tests {
		client := at(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://canary.example.org/")
			w.WriteHeader(status)
		}))
		err := sender(t, client, report.EPRWire{}).Send(t.Context(), sample(prescription.EventStart))
		got := received
		if err != nil {
			got = again
			require.EqualError(t, err, fmt.Sprint("report: not delivered: http-", status))
		}
		if errors.Is(err, report.ErrRefused) {
			got = refused
		}
		assert.Equal(t, want, got, status)
	}
}

func TestRetryAfterIsRead(t *testing.T) {
	tests := map[string]time.Duration{"": 0, "120": 2 * time.Minute, "0": 0, "-1": 0, "x": 0, "99999999999": 0,
		"Sun, 01 Nov 2026 12:10:00 GMT": 10 * time.Minute, "Sun, 01 Nov 2026 11:00:00 GMT": 0}
	require.NotEmpty(t, tests)
	for text, want := range tests {
		client := at(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", text)
			w.WriteHeader(http.StatusServiceUnavailable)
		}))
		var e *report.SendError
		require.ErrorAs(t, sender(t, client, report.EPRWire{}).Send(t.Context(), sample(prescription.EventStart)), &e)
		assert.Equal(t, want, e.RetryAfter(), text)
		assert.Equal(t, 503, e.Status)
	}
}

type failing struct{ err error }

func (f failing) Do(*http.Request) (*http.Response, error) { return nil, f.err }

// Errors of net/http name the whole address, and answers may quote anything.
func TestErrorsHoldNeitherAddressNorContent(t *testing.T) {
	clients := map[string]report.Doer{
		"no connection": failing{&url.Error{Op: "Post", URL: "https://canary.example.org/?token=canary", Err: errors.New("canary")}},
		"timeout":       failing{&url.Error{Op: "Post", URL: "https://canary.example.org/", Err: context.DeadlineExceeded}},
		"answer": at(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Canary", "canary")
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, "canary")
		})),
	}
	for name, client := range clients {
		s, err := report.NewHTTPSender(report.HTTPConfig{Address: "https://canary.example.org", HTTP: client, Wire: report.EPRWire{}})
		require.NoError(t, err)
		r := sample(prescription.EventStart)
		r.Subject.Task = "Task/canary"
		err = s.Send(t.Context(), r)
		require.Error(t, err, name)
		for ; err != nil; err = errors.Unwrap(err) {
			assert.NotContains(t, fmt.Sprintf("%v %+v %#v", err, err, err), "canary", name)
		}
	}
}

func TestAnHTTPSenderIsCheckedWhenItIsMade(t *testing.T) {
	_, err := report.NewHTTPSender(report.HTTPConfig{})
	require.EqualError(t, err, "report: invalid HTTPConfig: field Address is not an https address without query (http needs AllowLoopback and a loopback host); field HTTP is nil; field Wire is nil")
	_, err = report.NewHTTPSender(report.HTTPConfig{Address: "https://epr.example.org", HTTP: (*http.Client)(nil), Wire: (*report.EPRWire)(nil)})
	require.EqualError(t, err, "report: invalid HTTPConfig: field HTTP is nil; field Wire is nil")
	for _, address := range []string{"http://epr.example.org", "https://epr.example.org/?a=b", "https://user@epr.example.org", "ftp://x", "http://127.0.0.1"} {
		_, err := report.NewHTTPSender(report.HTTPConfig{Address: address, HTTP: http.DefaultClient, Wire: report.EPRWire{}})
		assert.ErrorContains(t, err, "field Address", address)
	}
	_, err = report.NewHTTPSender(report.HTTPConfig{Address: "http://127.0.0.1:8080", HTTP: http.DefaultClient, Wire: report.EPRWire{}, AllowLoopback: true})
	assert.NoError(t, err)
}

type strange struct{ path string }

func (s strange) Request(report.Report) (string, string, []byte, bool, error) {
	return "POST", s.path, nil, true, nil
}

func TestAWireCannotChangeTheAddress(t *testing.T) {
	for _, path := range []string{"/?a=b", "/" + strings.Repeat("1", 11), ".canary.org/", "/%zz", "/#a"} {
		err := sender(t, at(http.NotFoundHandler()), strange{path}).Send(t.Context(), sample(prescription.EventStart))
		assert.EqualError(t, err, "report: not delivered: cannot-be-written", path)
	}
}
