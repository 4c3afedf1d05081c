package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

// epr is the receiving side: a service with a prescription that was delivered.
type epr struct {
	service  *prescription.Service
	store    *prescription.Memory
	handler  *report.Handler
	id       prescription.ID
	progress []int
	log      bytes.Buffer
}

func sleepTool() catalogue.Tool {
	return catalogue.Tool{ID: "sleep", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Søvn"},
		Start: []catalogue.Start{{Platform: "web", URL: "https://tool.example.org/launch", Profile: "hti"}},
		Units: []catalogue.Unit{{ID: "eight-weeks", Title: catalogue.Text{"nb": "Åtte uker"}, Days: 56}}}
}

// bearer takes the token "sleep-token" for the tool sleep, and so on.
func bearer(r *http.Request) (report.Caller, error) {
	tool, ok := strings.CutSuffix(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), "-token")
	if !ok {
		return report.Caller{}, errors.New("canary")
	}
	return report.Caller{Tool: catalogue.ToolID(tool), ID: tool}, nil
}

func newEPR(t testing.TB, edit func(*report.HandlerConfig)) *epr {
	t.Helper()
	e := &epr{store: prescription.NewMemory()}
	var err error
	e.service, err = prescription.NewService(prescription.Config{Now: func() time.Time { return noon }, NewID: func() prescription.ID { return "7f3a" },
		Tools: func(id catalogue.ToolID) (catalogue.Tool, bool) { return sleepTool(), id == "sleep" }})
	require.NoError(t, err)
	p, err := e.service.Prescribe(t.Context(), e.store, prescription.Request{Tenant: "999999999", Key: "visit-1", Tool: "sleep", Unit: "eight-weeks",
		Prescriber: prescription.Actor{Role: prescription.RoleTherapist, ID: "hpr/9144889"}, Patient: prescription.Patient{Pseudonym: "patient-1", Lang: "nb"}})
	require.NoError(t, err)
	e.id = p.ID
	cfg := report.HandlerConfig{Service: e.service, Store: e.store, Authenticate: bearer, Logger: slog.New(slog.NewTextHandler(&e.log, nil)),
		Progress: func(_ context.Context, p prescription.Prescription, r report.Report) error {
			e.progress = append(e.progress, r.Progress)
			return nil
		}}
	if edit != nil {
		edit(&cfg)
	}
	e.handler, err = report.NewHandler(cfg)
	require.NoError(t, err)
	return e
}

func (e *epr) state(t *testing.T) prescription.State {
	t.Helper()
	p, err := e.service.Get(t.Context(), e.store, e.id)
	require.NoError(t, err)
	return p.State
}

const good = `{"version":1,"id":"r1","sequence":1,"task":"7f3a","event":"start","at":"2026-11-01T12:00:00Z"}`

func post(h http.Handler, body string, edit func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer sleep-token")
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", "r1")
	if edit != nil {
		edit(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestAHandlerAppliesReportsOnce(t *testing.T) {
	e := newEPR(t, nil)
	for _, want := range []string{"changed", "duplicate", "duplicate"} {
		w := post(e.handler, good, nil)
		assert.Equal(t, http.StatusOK, w.Code)
		assert.JSONEq(t, `{"applied":"`+want+`"}`, w.Body.String())
		assert.Equal(t, prescription.Started, e.state(t))
	}
	complete := strings.NewReplacer(`"r1"`, `"r2"`, "start", "complete").Replace(good)
	w := post(e.handler, complete, func(r *http.Request) { r.Header.Del("Idempotency-Key") })
	assert.JSONEq(t, `{"applied":"changed"}`, w.Body.String())
	late := strings.NewReplacer(`"r1"`, `"r3"`, "start", "pause").Replace(good)
	w = post(e.handler, late, func(r *http.Request) { r.Header.Del("Idempotency-Key") })
	assert.Equal(t, http.StatusOK, w.Code, "nothing would be better if it came again")
	assert.JSONEq(t, `{"applied":"late"}`, w.Body.String())
	assert.Equal(t, prescription.Completed, e.state(t))
	entries, err := e.store.Audit(t.Context(), e.id)
	require.NoError(t, err)
	assert.Equal(t, prescription.Actor{Role: prescription.RoleTool, ID: "sleep"}, entries[1].By)
}

// A host that forgets to name the caller hears of it, and the tool's report is not
// lost: refused with 401 it would wait for somebody who looks at the tool's token.
func TestACallerWithoutAnIDIsTheHostsFault(t *testing.T) {
	for name, caller := range map[string]report.Caller{
		"no id": {Tool: "sleep"}, "an id that the audit trail refuses": {Tool: "sleep", ID: "canary@example.org"},
	} {
		e := newEPR(t, func(cfg *report.HandlerConfig) {
			cfg.Authenticate = func(*http.Request) (report.Caller, error) { return caller, nil }
		})
		w := post(e.handler, good, nil)
		assert.Equal(t, http.StatusServiceUnavailable, w.Code, name)
		assert.Equal(t, "30", w.Header().Get("Retry-After"), name)
		assert.Equal(t, "busy", decode(t, w)["code"], name)
		assert.Contains(t, e.log.String(), "HandlerConfig.Authenticate", name)
		assert.NotContains(t, e.log.String()+w.Body.String(), "canary", name)
		assert.Equal(t, prescription.Sent, e.state(t), name)
	}
}

// A launch names the task as Task/ and its id, and a tool gives that as it is.
func TestAHandlerFindsATaskByItsReference(t *testing.T) {
	for name, want := range map[string]int{"7f3a": http.StatusOK, "Task/7f3a": http.StatusOK, "Task/Task/7f3a": http.StatusNotFound,
		"Task/": http.StatusNotFound, "task/7f3a": http.StatusNotFound, "ServiceRequest/7f3a": http.StatusNotFound} {
		w := post(newEPR(t, nil).handler, strings.Replace(good, `"task":"7f3a"`, `"task":"`+name+`"`, 1), nil)
		assert.Equal(t, want, w.Code, name)
	}
}

// A tool that gives two reports one id hears of it, and the second is not lost
// unseen.
func TestAHandlerRefusesTheIDOfAnotherReport(t *testing.T) {
	e := newEPR(t, nil)
	require.Equal(t, http.StatusOK, post(e.handler, good, nil).Code)
	w := post(e.handler, strings.Replace(good, "start", "complete", 1), nil)
	assert.Equal(t, http.StatusUnprocessableEntity, w.Code)
	problem := decode(t, w)
	assert.Equal(t, "id-reused", problem["code"])
	assert.Equal(t, "want an id of its own for each report", problem["detail"])
	assert.Equal(t, prescription.Started, e.state(t), "nothing was changed")
	assert.Empty(t, e.log.String(), "a bad request is no error of ours")
}

func TestAHandlerPassesProgressOn(t *testing.T) {
	e := newEPR(t, nil)
	w := post(e.handler, strings.Replace(good, `"event":"start"`, `"event":"progress","progress":40`, 1), nil)
	assert.Equal(t, http.StatusOK, w.Code)
	assert.JSONEq(t, `{"applied":"noted"}`, w.Body.String())
	assert.Equal(t, []int{40}, e.progress)
	assert.Equal(t, prescription.Sent, e.state(t), "progress changes no state")
}

func TestAHandlerRefuses(t *testing.T) {
	number := strings.Repeat("1", 11)
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	edit := func(from, to string) string {
		if !strings.Contains(good, from) {
			panic(from)
		}
		return strings.Replace(good, from, to, 1)
	}
	tests := []struct {
		name, body string
		request    func(*http.Request)
		status     int
		code, want string
	}{
		{"GET", good, func(r *http.Request) { r.Method = http.MethodGet }, 405, "method", "want POST"},
		{"PUT", good, func(r *http.Request) { r.Method = http.MethodPut }, 405, "method", "want POST"},
		{"no token", good, func(r *http.Request) { r.Header.Del("Authorization") }, 401, "unauthenticated", "which tool"},
		{"token of nobody", good, header("Authorization", "Bearer -token"), 401, "unauthenticated", "which tool"},
		{"another tool", good, header("Authorization", "Bearer other-token"), 404, "unknown", "no prescription of this tool"},
		{"form", good, header("Content-Type", "application/x-www-form-urlencoded"), 415, "media-type", "application/json"},
		{"no type", good, func(r *http.Request) { r.Header.Del("Content-Type") }, 415, "media-type", "application/json"},
		{"large", good + strings.Repeat(" ", 1<<20), nil, 413, "too-large", "shorter"},
		{"empty", "", nil, 400, "malformed", ""},
		{"not JSON", "{", nil, 400, "malformed", ""},
		{"array", "[]", nil, 400, "malformed", "object"},
		{"unknown member", edit(`"version"`, `"patient":1,"version"`), nil, 400, "malformed", "/patient"},
		{"twice", edit(`"version":1`, `"version":1,"version":1`), nil, 400, "malformed", "/version"},
		{"version", edit(`"version":1`, `"version":2`), nil, 400, "malformed", "/version: want 1"},
		{"no id", edit(`"id":"r1",`, ""), nil, 400, "malformed", "/id: want"},
		{"number as id", edit("r1", number), nil, 400, "malformed", "/id: want"},
		{"number as task", edit("7f3a", number), nil, 400, "malformed", "field Task"},
		{"number as member", edit(`"version"`, `"`+number+`":1,"version"`), nil, 400, "malformed", "redacted"},
		{"number as member, divided", edit(`"version"`, `"111111 22222":1,"version"`), nil, 400, "malformed", "redacted"},
		{"no subject", edit(`"task":"7f3a",`, ""), nil, 400, "malformed", "want a Task or a Launch"},
		{"no time", edit(`,"at":"2026-11-01T12:00:00Z"`, ""), nil, 400, "malformed", "/at: want"},
		{"a time of another world", edit("2026-", "0001-"), nil, 400, "malformed", "/at: want"},
		{"no sequence", edit(`"sequence":1,`, ""), nil, 400, "malformed", "/sequence: want"},
		{"cancel", edit("start", "cancel"), nil, 400, "malformed", "/event: want"},
		{"deliver", edit("start", "deliver"), nil, 400, "malformed", "/event: want"},
		{"note", edit("start", "note"), nil, 400, "malformed", "/event: want"},
		{"progress without", edit("start", "progress"), nil, 400, "malformed", "/progress: want"},
		{"start with progress", edit(`"task"`, `"progress":1,"task"`), nil, 400, "malformed", "/progress: want"},
		{"too much progress", edit(`"event":"start"`, `"event":"progress","progress":101`), nil, 400, "malformed", "/progress: want"},
		{"another key", good, header("Idempotency-Key", "r2"), 400, "malformed", "Idempotency-Key"},
		{"unknown task", edit("7f3a", "7f3b"), nil, 404, "unknown", "no prescription"},
		{"launch alone", edit(`"task":"7f3a"`, `"launch":"l"`), nil, 404, "unknown", "no prescription"},
	}
	require.NotEmpty(t, tests)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := newEPR(t, nil)
			w := post(e.handler, tt.body, tt.request)
			assert.Equal(t, tt.status, w.Code)
			problem := decode(t, w)
			assert.Equal(t, tt.code, problem["code"])
			assert.Contains(t, problem["detail"], tt.want)
			assert.Equal(t, prescription.Sent, e.state(t), "nothing was changed")
			assert.Empty(t, e.progress)
			assert.Empty(t, e.log.String(), "a bad request is no error of ours")
			assert.Equal(t, tt.status == 405, w.Header().Get("Allow") == "POST")
		})
	}
}

// decode checks what every problem has.
func decode(t *testing.T, w *httptest.ResponseRecorder) map[string]any {
	t.Helper()
	var p map[string]any
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &p))
	assert.Equal(t, "application/problem+json", w.Header().Get("Content-Type"))
	assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	assert.InDelta(t, w.Code, p["status"], 0)
	assert.NotEmpty(t, p["title"])
	assert.False(t, nationalid.Contains(w.Body.String()))
	assert.NotContains(t, w.Body.String(), "canary")
	return p
}

func TestTitlesExistInThreeLanguages(t *testing.T) {
	e := newEPR(t, nil)
	for lang, want := range map[string]string{"nb": "Rapporter sendes med POST", "nn-NO, en;q=0.5": "Rapportar blir sende med POST",
		"en-GB": "Reports are sent with POST", "": "Rapporter sendes med POST", "fr": "Rapporter sendes med POST", "x": "Rapporter sendes med POST"} {
		w := post(e.handler, good, func(r *http.Request) {
			r.Method = http.MethodGet
			r.Header.Set("Accept-Language", lang)
		})
		assert.Equal(t, want, decode(t, w)["title"], lang)
	}
}

// What the host cannot do now is asked for again, and its log holds no values.
func TestAHandlerThatCannotDoItNowSaysSo(t *testing.T) {
	canary := errors.New("canary")
	tests := map[string]func(*report.HandlerConfig){
		"find": func(c *report.HandlerConfig) {
			c.Find = func(context.Context, report.Subject) (prescription.ID, error) { return "", canary }
		},
		"store": func(c *report.HandlerConfig) { c.Store = down{prescription.NewMemory()} },
		"progress": func(c *report.HandlerConfig) {
			c.Progress = func(context.Context, prescription.Prescription, report.Report) error { return canary }
		},
	}
	require.NotEmpty(t, tests)
	for name, edit := range tests {
		e := newEPR(t, edit)
		w := post(e.handler, strings.Replace(good, `"event":"start"`, `"event":"progress","progress":40`, 1), nil)
		assert.Equal(t, http.StatusServiceUnavailable, w.Code, name)
		assert.Equal(t, "30", w.Header().Get("Retry-After"), name)
		assert.Equal(t, "busy", decode(t, w)["code"], name)
		assert.Contains(t, e.log.String(), "could not be taken in", name)
		assert.NotContains(t, e.log.String(), "canary", name)
	}
}

type down struct{ prescription.Store }

func (down) Get(context.Context, prescription.ID) (prescription.Prescription, error) {
	return prescription.Prescription{}, errors.New("canary")
}

func TestAHandlerFindsByTheHostsOwnNames(t *testing.T) {
	var asked report.Subject
	e := newEPR(t, func(c *report.HandlerConfig) {
		c.Find = func(_ context.Context, s report.Subject) (prescription.ID, error) { asked = s; return "7f3a", nil }
	})
	w := post(e.handler, strings.Replace(good, `"task":"7f3a"`, `"task":"Task/9","launch":"l","definition":"d"`, 1), nil)
	assert.Equal(t, http.StatusOK, w.Code)
	assert.Equal(t, report.Subject{Task: "Task/9", Launch: "l", Definition: "d"}, asked)
}

// A host that names half a tool has not said which one it is.
func TestACallerWithoutAToolIsNobody(t *testing.T) {
	for c, err := range map[report.Caller]error{{}: nil, {ID: "sleep"}: nil, {Tool: "sleep", ID: "sleep"}: errors.New("expired")} {
		e := newEPR(t, func(cfg *report.HandlerConfig) {
			cfg.Authenticate = func(*http.Request) (report.Caller, error) { return c, err }
		})
		assert.Equal(t, http.StatusUnauthorized, post(e.handler, good, nil).Code)
	}
}

func TestAHandlerWithoutAuthenticationCannotBeMade(t *testing.T) {
	_, err := report.NewHandler(report.HandlerConfig{})
	require.EqualError(t, err, "report: invalid HandlerConfig: field Service is nil; field Store is nil; field Authenticate is nil")
	_, err = report.NewHandler(report.HandlerConfig{Store: (*prescription.Memory)(nil)})
	require.ErrorContains(t, err, "field Store is nil")
}

// carrying is a client that shows who the tool is.
type carrying struct{ next *http.Client }

func (c carrying) Do(r *http.Request) (*http.Response, error) {
	r.Header.Set("Authorization", "Bearer sleep-token")
	return c.next.Do(r)
}

// From the tool's click to the therapist's list: answers are lost on the way, and
// the prescription still ends where the tool says, once.
func TestFromTheToolToTheSystemThatPrescribed(t *testing.T) {
	e, w := newEPR(t, nil), newWorld(t)
	loses := 0
	unreliable := at(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if loses++; loses%2 == 1 {
			e.handler.ServeHTTP(httptest.NewRecorder(), r) // taken in, and the answer is lost
			rw.WriteHeader(http.StatusBadGateway)
			return
		}
		e.handler.ServeHTTP(rw, r)
	}))
	to := sender(t, carrying{unreliable}, report.EPRWire{})
	mine := report.Subject{Portal: "epr", Task: string(e.id)}
	for _, event := range []string{"open", "start", "progress", "pause", "resume", "complete"} {
		_, err := w.say(t, mine, event)
		require.NoError(t, err)
	}
	for range 12 {
		_, _ = w.Drain(t.Context(), w.store, to)
		w.at = w.at.Add(time.Hour)
	}
	assert.Equal(t, prescription.Completed, e.state(t))
	assert.Equal(t, []int{1, 1}, e.progress, "at least once")
	entries, err := e.store.Audit(t.Context(), e.id)
	require.NoError(t, err)
	var events []prescription.Event
	for _, entry := range entries {
		events = append(events, entry.Event)
	}
	assert.Equal(t, []prescription.Event{"prescribe", "open", "start", "pause", "resume", "complete"}, events)
	waiting, err := w.store.Claim(t.Context(), w.at.Add(100*time.Hour), w.at.Add(101*time.Hour), 9)
	require.NoError(t, err)
	assert.Empty(t, waiting)
}
