package cataloguetest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
)

// Operation is one of the API's operations.
type Operation string

// The operations. Other is every other address.
const (
	List       Operation = "list"
	Search     Operation = "search"
	Get        Operation = "get"
	Invite     Operation = "invite"
	Therapists Operation = "therapists"
	Other      Operation = "other"
)

// maxBody is the greatest size of a request's body, in bytes.
const maxBody = 64 << 10

// refusal is an answer that is no good: its status, the API's code ("" where none is known), and what was wanted.
type refusal struct {
	status     int
	code, want string
}

func (r *refusal) Error() string { return r.want }

// The refusals. Those with a code are documented; the others have the status that HTTP has for them.
var (
	noToken      = &refusal{401, "EHSEC-110002", "a token that is good"}
	expired      = &refusal{403, "", "a token that has not expired"}
	notTheTool   = &refusal{403, "", "the tool itself, for its own citizens"}
	numberInURL  = &refusal{400, "", "an address without an identity number"}
	badQuery     = &refusal{400, "", "a query with members that the operation has, and good values"}
	badBody      = &refusal{400, "", "a JSON body that is right"}
	notJSON      = &refusal{415, "", "Content-Type application/json"}
	notSynthetic = &refusal{400, "", "a synthetic identity number"}
	noTool       = &refusal{404, "", "a tool that is in the catalogue"}
	notListed    = &refusal{409, "", "a tool that can be started"}
	notActive    = &refusal{400, "2118", "a citizen who is digitally active"}
	noLink       = &refusal{400, "2147", "a start address"}
	notHTTPS     = &refusal{400, "2174", "a start address that is https"}
	pastDate     = &refusal{400, "", "a deadline that is ahead"}
	otherBody    = &refusal{422, "", "the body that had this Idempotency-Key before"}
)

// routes are the paths as they are assumed.
func (a *API) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for pattern, op := range map[string]struct {
		name Operation
		do   func(*http.Request, Caller) (int, any, error)
	}{
		"GET /verktoy/v1/Verktoy":           {List, a.list},
		"GET /verktoy/v1/Verktoy/Sok":       {Search, a.search},
		"GET /verktoy/v1/Verktoy/{verktoy}": {Get, a.get},
		"POST /verktoy/v1/Invitasjon":       {Invite, a.invite},
		"POST /verktoy/v1/Avsendere":        {Therapists, a.therapists},
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { a.serve(w, r, op.name, op.do) })
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		a.serve(w, r, Other, func(*http.Request, Caller) (int, any, error) {
			return 0, nil, &refusal{404, "", "an address that there is"}
		})
	})
	return mux
}

// ServeHTTP answers as the API does.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.mux.ServeHTTP(w, r) }

func (a *API) serve(w http.ResponseWriter, r *http.Request, op Operation, do func(*http.Request, Caller) (int, any, error)) {
	body, _ := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody)) // cut off, it is not JSON
	r.Body = io.NopCloser(bytes.NewReader(body))
	a.log.arrived(op, r, body)
	done, late := a.plan.begin(op, w, r)
	if done {
		return
	}
	status, answer, err := a.answer(r, do)
	if late != nil { // carried out, and then the answer gets lost
		late.ServeHTTP(w, r)
		return
	}
	var no *refusal
	if errors.As(err, &no) {
		a.log.refused(no)
		status, answer = no.status, outcome(no)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer) // fails if nobody listens
}

func (a *API) answer(r *http.Request, do func(*http.Request, Caller) (int, any, error)) (int, any, error) {
	if query, err := url.QueryUnescape(r.URL.RawQuery); err != nil || nationalid.Contains(query) || nationalid.Contains(r.URL.Path) {
		return 0, nil, numberInURL
	}
	caller := Caller{}
	if a.cfg.Authorize != nil {
		var err error
		caller, err = a.cfg.Authorize(r)
		switch {
		case errors.Is(err, ErrExpired):
			return 0, nil, expired
		case err != nil:
			return 0, nil, noToken
		}
	}
	return do(r, caller)
}

// outcome is a refusal as FHIR has it (OperationOutcome), with Helsenorge's code if there is one.
func outcome(no *refusal) any {
	issue := map[string]any{"severity": "error", "code": "processing", "diagnostics": "wanted: " + no.want}
	if no.code != "" {
		issue["details"] = map[string]any{"coding": []any{map[string]any{"code": no.code}}}
	}
	return map[string]any{"resourceType": "OperationOutcome", "issue": []any{issue}}
}

// read takes a JSON body whose members are all known.
func read(r *http.Request, to any) ([]byte, error) {
	if r.Header.Get("Content-Type") != "application/json" {
		return nil, notJSON
	}
	data, err := io.ReadAll(r.Body)
	if err != nil || decode(data, to) != nil {
		return nil, badBody
	}
	return data, nil
}
