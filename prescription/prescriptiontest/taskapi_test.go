package prescriptiontest_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

const (
	taskDay = 24 * time.Hour
	aTask   = "0193a6f0-1234-7abc-8def-a1234567890b"
	tasks   = "/oppgave/v1/task"
)

var taskNoon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

// taskWorld is the simulator with a clock that can be moved.
type taskWorld struct {
	*prescriptiontest.TaskAPI
	t  *testing.T
	at time.Time
}

func beginTasks(t *testing.T, authorize func(*http.Request) error) *taskWorld {
	t.Helper()
	w := &taskWorld{t: t, at: taskNoon}
	var err error
	w.TaskAPI, err = prescriptiontest.NewTaskAPI(prescriptiontest.TaskAPIConfig{Authorize: authorize, Now: func() time.Time { return w.at }})
	require.NoError(t, err)
	return w
}

// do gives the status, and the code and diagnostics of a refusal.
func (w *taskWorld) do(method, path, kind, body string) (status int, code, wanted string) {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.Address()+path, strings.NewReader(body))
	require.NoError(w.t, err)
	r.Header.Set("Content-Type", kind)
	resp, err := w.Client().Do(r)
	require.NoError(w.t, err)
	defer func() { _ = resp.Body.Close() }()
	var o struct {
		Issue []struct {
			Diagnostics string
			Details     struct{ Coding []struct{ Code string } }
		}
	}
	data, err := io.ReadAll(resp.Body)
	require.NoError(w.t, err)
	require.NoError(w.t, json.Unmarshal(data, &o))
	for _, i := range o.Issue {
		wanted = i.Diagnostics
		for _, c := range i.Details.Coding {
			code = c.Code
		}
	}
	return resp.StatusCode, code, wanted
}

// sentTask is a good task, as text.
func sentTask(final string) string {
	extension := ""
	if final != "" {
		extension = `"extension":[{"url":"http://helsenorge.no/fhir/StructureDefinition/hn-task-deadline","valueDateTime":"` + final + `"}],`
	}
	return `{"resourceType":"Task","id":"` + aTask + `","meta":{"security":[{"system":"urn:oid:2.16.578.1.12.4.1.1.7618","code":"3"}]},` + extension + `
"contained":[{"resourceType":"Organization","id":"requester","identifier":[{"system":"urn:oid:2.16.578.1.12.4.1.4.101","value":"999999999"}],"name":"Klinikken"}],
"identifier":[{"value":"` + aTask + `"}],"instantiatesUri":"https://tool.example/","status":"ready","intent":"proposal","code":{"text":"Søvn"},
"description":"Øv.","focus":{"type":"Task"},"requester":{"reference":"#requester"},
"owner":{"identifier":{"system":"urn:oid:2.16.578.1.12.4.1.4.1","value":"` + prescriptiontest.Number("158190") + `"}},
"restriction":{"period":{"end":"2026-11-12T12:00:00Z"}}}`
}

func TestTaskAPIRefuses(t *testing.T) {
	number := prescriptiontest.Number("158190")
	for _, tt := range []struct {
		name, from, to string
		status         int
		code, want     string
	}{
		{"good", "", "", 201, "", ""},
		{"no focus", `"focus":{"type":"Task"},`, "", 400, "2109", "focus"},
		{"no link", `"instantiatesUri":"https://tool.example/",`, "", 400, "2147", "instantiatesUri"},
		{"link is not https", "https://tool.example/", "http://tool.example/", 400, "2174", "https"},
		{"no service area", "4.1.1.7618", "4.1.1.7619", 400, "", "service area"},
		{"not ready", `"status":"ready"`, `"status":"completed"`, 400, "", "ready"},
		{"no intent", `"intent":"proposal",`, "", 400, "", "intent"},
		{"no title", `"code":{"text":"Søvn"},`, "", 400, "", "code"},
		{"no description", `"description":"Øv.",`, "", 400, "", "description"},
		{"identifier is no GUID", `[{"value":"` + aTask, `[{"value":"visit-17`, 400, "", "GUID"},
		{"id is another", `"id":"` + aTask, `"id":"0193a6f0-1234-7abc-8def-a1234567890c`, 400, "", "GUID"},
		{"no requester", `"requester":{"reference":"#requester"},`, "", 400, "", "requester"},
		{"organisation number", "999999999", "999999998", 400, "", "requester"},
		{"system of the owner", "4.1.4.1\"", "4.1.4.9\"", 400, "", "owner"},
		{"owner", number, "12345678901", 400, "", "owner"},
		{"number in the text", "Øv.", number, 400, "", "identity number"},
		{"no deadline", `"2026-11-12T12:00:00Z"`, `"soon"`, 400, "", "ahead"},
		{"deadline now", "2026-11-12T12:00:00Z", "2026-11-02T12:00:00Z", 400, "", "ahead"},
		{"no JSON", `"Task",`, `"Task"`, 400, "", "JSON"},
		{"unknown priority", `"intent"`, `"priority":"high","intent"`, 400, "", "priority"},
	} {
		w := beginTasks(t, nil)
		body := strings.ReplaceAll(sentTask(""), tt.from, tt.to)
		if tt.from == "" {
			body = sentTask("")
		}
		status, code, wanted := w.do("POST", tasks, "application/fhir+json", body)
		assert.Equal(t, tt.status, status, tt.name)
		assert.Equal(t, tt.code, code, tt.name)
		assert.Contains(t, wanted, tt.want, tt.name)
		assert.Len(t, w.Refusals(), status/400, tt.name)
		assert.Len(t, w.Tasks(), 1-status/400, tt.name)
	}
}

func TestTaskAPIKnowsATaskByItsIdentifier(t *testing.T) {
	w := beginTasks(t, nil)
	number := prescriptiontest.Number("158190")
	w.SetActive(number, false)
	status, code, _ := w.do("POST", tasks, "application/fhir+json", sentTask(""))
	assert.Equal(t, []any{400, "2118"}, []any{status, code})
	w.SetActive(number, true)
	for _, want := range []int{201, 409, 409} {
		status, _, _ = w.do("POST", "/oppgave/v1/Task", "application/fhir+json", sentTask(""))
		assert.Equal(t, want, status)
	}
	assert.Len(t, w.Tasks(), 1)
	assert.Equal(t, "Du har fått en oppgave på Helsenorge fra Klinikken.", w.Tasks()[0].Notice, "the sender was not said to be sensitive")
	data, err := json.Marshal(w.Tasks())
	require.NoError(t, err)
	assert.NotContains(t, string(data), number)
	status, _, _ = w.do("POST", tasks, "text/plain", sentTask(""))
	assert.Equal(t, 415, status)
	status, _, _ = w.do("GET", tasks+"/"+number, "", "")
	assert.Equal(t, 400, status, "no number in an address")
	status, _, _ = w.do("GET", "/elsewhere", "", "")
	assert.Equal(t, 404, status)
}

func TestTaskAPIWantsAToken(t *testing.T) {
	var says error
	w := beginTasks(t, func(*http.Request) error { return says })
	for _, tt := range []struct {
		says   error
		status int
		code   string
	}{{errors.New("no"), 401, "EHSEC-110002"}, {prescriptiontest.ErrTokenExpired, 403, ""}, {nil, 201, ""}} {
		says = tt.says
		status, code, _ := w.do("POST", tasks, "application/fhir+json", sentTask(""))
		assert.Equal(t, []any{tt.status, tt.code}, []any{status, code})
	}
}

func TestTaskAPIKeepsTheRulesOfChanges(t *testing.T) {
	step := func(path, value string) string { return `{"op":"add","path":"` + path + `","value":` + value + `}` }
	cancel, reason := step("/status", `"cancelled"`), step("/statusReason", `{"text":"x"}`)
	end := func(at string) string { return step("/restriction/period/end", `"`+at+`"`) }
	final := func(at string) string {
		return step("/extension", `[{"url":"http://helsenorge.no/fhir/StructureDefinition/hn-task-deadline","valueDateTime":"`+at+`"}]`)
	}
	for _, tt := range []struct {
		name  string
		final string // of the task; "" if none
		act   string // what the citizen did before
		after time.Duration
		steps []string
		want  int
	}{
		{"cancel", "", "", 0, []string{cancel, reason}, 200},
		{"cancel what has begun", "", "in-progress", 0, []string{cancel}, 200},
		{"cancel what is done", "", "completed", 0, []string{cancel}, 409},
		{"reason alone", "", "", 0, []string{reason}, 400},
		{"nothing", "", "", 0, nil, 400},
		{"unknown status", "", "", 0, []string{step("/status", `"on-hold"`)}, 400},
		{"back to ready", "", "in-progress", 0, []string{step("/status", `"ready"`)}, 400},
		{"another member", "", "", 0, []string{step("/owner", `{}`)}, 400},
		{"remove", "", "", 0, []string{`{"op":"remove","path":"/status"}`}, 400},
		{"a day ahead", "", "", 0, []string{end("2026-11-03T12:00:00Z")}, 200},
		{"less than a day ahead", "", "", 0, []string{end("2026-11-03T11:59:59Z")}, 400},
		{"a second deadline", "", "", 0, []string{final("2026-11-20T12:00:00Z")}, 200},
		{"a second deadline that is no later", "", "", 0, []string{final("2026-11-12T12:00:00Z")}, 400},
		{"after the deadline", "", "", 10 * taskDay, []string{end("2026-11-30T12:00:00Z")}, 409},
		{"between the deadlines", "2026-11-20T12:00:00Z", "", 12 * taskDay, []string{end("2026-11-29T12:00:00Z"), final("2026-11-30T12:00:00Z")}, 200},
		{"after the later deadline", "2026-11-20T12:00:00Z", "", 18 * taskDay, []string{end("2026-11-29T12:00:00Z"), final("2026-11-30T12:00:00Z")}, 409},
		{"second less than a day ahead", "2026-11-20T12:00:00Z", "", 9*taskDay + time.Hour, []string{end("2026-11-12T12:00:00Z"), final("2026-11-12T12:59:59Z")}, 400},
		{"one of two deadlines", "2026-11-20T12:00:00Z", "", 0, []string{end("2026-11-15T12:00:00Z")}, 400},
		{"none of two deadlines", "2026-11-20T12:00:00Z", "", 0, []string{cancel}, 400},
		{"cancel with both, unchanged", "2026-11-20T12:00:00Z", "", 17*taskDay + time.Hour,
			[]string{cancel, end("2026-11-12T12:00:00Z"), final("2026-11-20T12:00:00Z")}, 200},
	} {
		w := beginTasks(t, nil)
		status, _, wanted := w.do("POST", tasks, "application/fhir+json", sentTask(tt.final))
		require.Equal(t, 201, status, wanted)
		if tt.act != "" {
			require.NoError(t, w.Act(aTask, tt.act))
		}
		w.at = taskNoon.Add(tt.after)
		before := w.Tasks()[0]
		status, _, wanted = w.do("PATCH", tasks+"/"+aTask, "application/json-patch+json", "["+strings.Join(tt.steps, ",")+"]")
		assert.Equal(t, tt.want, status, "%s: %s", tt.name, wanted)
		if tt.want != 200 {
			assert.Equal(t, before, w.Tasks()[0], "%s: nothing is changed", tt.name)
		} else {
			assert.Equal(t, 1, w.Tasks()[0].Changes, tt.name)
		}
	}
}

func TestTaskAPIFollowsTheCitizen(t *testing.T) {
	w := beginTasks(t, nil)
	require.Error(t, w.Act(aTask, "completed"), "there is none")
	w.do("POST", tasks, "application/fhir+json", sentTask(""))
	require.Error(t, w.Act(aTask, "cancelled"), "a citizen completes")
	require.NoError(t, w.Act(aTask, "in-progress"))
	w.at = taskNoon.Add(10 * taskDay)
	require.Error(t, w.Act(aTask, "completed"), "the deadline has passed")
	w.at = taskNoon
	require.NoError(t, w.Act(aTask, "completed"))
	require.Error(t, w.Act(aTask, "in-progress"), "it has ended")
}

func TestTaskAPIInTrouble(t *testing.T) {
	w := beginTasks(t, nil)
	w.Fail(prescriptiontest.ReadTask, 1, 503)
	resp, err := w.Client().Get(w.Address() + tasks + "/" + aTask)
	require.NoError(t, err)
	assert.Equal(t, 503, resp.StatusCode)
	require.NoError(t, resp.Body.Close())
	status, _, _ := w.do("GET", tasks+"/"+aTask, "", "")
	assert.Equal(t, 404, status, "once")
	assert.Equal(t, 2, w.Requests(prescriptiontest.ReadTask))
	_, err = w.Client().Get("https://elsewhere.example/")
	require.Error(t, err)
	_, err = prescriptiontest.NewTaskAPI(prescriptiontest.TaskAPIConfig{Address: "https://a.example/path"})
	require.Error(t, err)
}
