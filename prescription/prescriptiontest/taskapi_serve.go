package prescriptiontest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/prescription"
)

// TaskOperation is one of the API's operations.
type TaskOperation string

// The operations. OtherTask is every other address.
const (
	CreateTask TaskOperation = "create"
	UpdateTask TaskOperation = "update"
	ReadTask   TaskOperation = "read"
	AskActive  TaskOperation = "active"
	OtherTask  TaskOperation = "other"
)

const maxTaskBody = 256 << 10 // bytes

// taskRefusal is an answer that is no good: its status, the API's code ("" where none is known), and what was wanted.
type taskRefusal struct {
	status     int
	code, want string
}

func (r *taskRefusal) Error() string { return r.want }

func wanted(want string) *taskRefusal { return &taskRefusal{400, "", want} }

var (
	noToken      = &taskRefusal{401, "EHSEC-110002", "a token that is good, with the organisation's number"}
	expiredToken = &taskRefusal{403, "", "a token that has not expired"}
	noFocus      = &taskRefusal{400, "2109", "Task.focus"}
	notActive    = &taskRefusal{400, "2118", "a citizen who is digitally active in the service area"}
	noLink       = &taskRefusal{400, "2147", "Task.instantiatesUri"}
	notHTTPS     = &taskRefusal{400, "2174", "Task.instantiatesUri that is https"}
	alreadyThere = &taskRefusal{409, "", "an identifier that is not in use"}
	hasEnded     = &taskRefusal{409, "", "a task that has not ended"}
	isClosed     = &taskRefusal{409, "", "a task whose later deadline has not passed"}
	noTask       = &taskRefusal{404, "", "a task that there is"}
	notTaskJSON  = &taskRefusal{415, "", "the Content-Type of the operation"}
)

type taskAnswer func(r *http.Request) (status int, body any, err error)

func (a *TaskAPI) routes() *http.ServeMux {
	mux := http.NewServeMux()
	handle := func(pattern string, op TaskOperation, do taskAnswer) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { a.serve(w, r, op, do) })
	}
	for _, word := range []string{"task", "Task"} { // both were seen
		handle("POST /oppgave/v1/"+word, CreateTask, a.create)
		handle("PATCH /oppgave/v1/"+word+"/{id}", UpdateTask, a.update)
		handle("GET /oppgave/v1/"+word+"/{id}", ReadTask, a.read)
	}
	handle("POST /digitaltaktiv/v1/DigitaltAktivOmraade", AskActive, a.active)
	handle("/", OtherTask, func(*http.Request) (int, any, error) { return 0, nil, noTask })
	return mux
}

// ServeHTTP answers as the API does.
func (a *TaskAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.mux.ServeHTTP(w, r) }

func (a *TaskAPI) serve(w http.ResponseWriter, r *http.Request, op TaskOperation, do taskAnswer) {
	body, _ := io.ReadAll(http.MaxBytesReader(w, r.Body, maxTaskBody)) // cut off, it is not JSON
	r.Body = io.NopCloser(bytes.NewReader(body))
	a.log.arrived(op, r, body)
	planned := a.plan.take(op)
	if planned.answer != nil && !planned.after {
		planned.answer.ServeHTTP(w, r)
		return
	}
	status, answer, err := a.answer(r, do)
	if planned.answer != nil { // carried out, and then the answer gets lost
		planned.answer.ServeHTTP(w, r)
		return
	}
	var no *taskRefusal
	if errors.As(err, &no) {
		a.log.refused(no)
		status, answer = no.status, outcome(no)
	}
	w.Header().Set("Content-Type", "application/fhir+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer) // fails if nobody listens
}

func (a *TaskAPI) answer(r *http.Request, do taskAnswer) (int, any, error) {
	if query, err := url.QueryUnescape(r.URL.RawQuery); err != nil || nationalid.Contains(query) || nationalid.Contains(r.URL.Path) {
		return 0, nil, wanted("an address without an identity number")
	}
	if a.cfg.Authorize != nil {
		switch err := a.cfg.Authorize(r); {
		case errors.Is(err, ErrTokenExpired):
			return 0, nil, expiredToken
		case err != nil:
			return 0, nil, noToken
		}
	}
	return do(r)
}

// outcome is a refusal as FHIR has it, with Helsenorge's code if there is one.
func outcome(no *taskRefusal) any {
	issue := map[string]any{"severity": "error", "code": "processing", "diagnostics": "wanted: " + no.want}
	if no.code != "" {
		issue["details"] = map[string]any{"coding": []any{map[string]any{"code": no.code}}}
	}
	return map[string]any{"resourceType": "OperationOutcome", "issue": []any{issue}}
}

// take decodes a JSON body of one of those types.
func take(r *http.Request, to any, kinds ...string) error {
	for _, kind := range kinds {
		if r.Header.Get("Content-Type") == kind {
			data, err := io.ReadAll(r.Body)
			if err != nil || strictjson.Unmarshal(data, to, strictjson.Document()) != nil {
				return wanted("a JSON body that is right")
			}
			return nil
		}
	}
	return notTaskJSON
}

func (a *TaskAPI) active(r *http.Request) (int, any, error) {
	var q struct {
		Number string `json:"fnr"`
		Area   string `json:"omraade"`
	}
	if err := take(r, &q, "application/json"); err != nil {
		return 0, nil, err
	}
	if !nationalid.Valid(q.Number) || !nationalid.Synthetic(q.Number) || q.Area == "" {
		return 0, nil, wanted("a synthetic identity number and an area")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return http.StatusOK, map[string]any{"erDigitaltAktiv": !a.inactive[q.Number]}, nil
}

func (a *TaskAPI) read(r *http.Request) (int, any, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	t, known := a.tasks[prescription.ID(r.PathValue("id"))]
	if !known {
		return 0, nil, noTask
	}
	return http.StatusOK, t.resource(), nil
}

// resource is the task as FHIR has it.
func (t Task) resource() any {
	return map[string]any{"resourceType": "Task", "id": t.ID, "status": t.Status, "intent": "proposal", "description": t.Description,
		"identifier": []any{map[string]any{"value": t.ID}}, "code": map[string]any{"text": t.Title}, "instantiatesUri": t.Link,
		"lastModified": t.Updated.Format(time.RFC3339),
		"owner":        map[string]any{"identifier": map[string]any{"system": citizenSystem, "value": t.Citizen}}}
}
