package launchtest

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"
)

// exchange is one request and what becomes of it.
type exchange struct {
	w    *noted
	r    *http.Request
	now  time.Time
	form url.Values
	seen Seen
	slot *Seen // the record
}

// noted remembers the status of an answer.
type noted struct {
	http.ResponseWriter
	status int
}

func (w *noted) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *noted) Write(data []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(data)
}

// Unwrap is for [http.ResponseController].
func (w *noted) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// route makes an endpoint's handler: what is ordered of delays and failures, and then the answer.
func (h *Helsenorge) route(e Endpoint, method string, answer func(*exchange) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := &exchange{w: &noted{ResponseWriter: w}, r: r, slot: h.note(e)}
		x.seen = Seen{Endpoint: e, At: x.slot.At}
		err := h.delayed(r.Context(), e)
		x.now = h.Now()
		if err == nil {
			err = x.method(method)
		}
		if err == nil && !signedRequest[e] {
			err = h.ordered(e)
		}
		if err == nil {
			err = answer(x)
		}
		h.finish(x, err)
	})
}

// signedRequest are the endpoints that want a client assertion; what is ordered
// of failures comes after it there, so that its jti is used up.
var signedRequest = map[Endpoint]bool{EndpointPAR: true, EndpointToken: true, EndpointRevoke: true, EndpointExtend: true, EndpointIntrospect: true}

func (x *exchange) method(want string) error {
	if x.r.Method == want || want == http.MethodGet && x.r.Method == http.MethodHead && !atPortal[x.seen.Endpoint] {
		return nil
	}
	x.w.Header().Set("Allow", want)
	return refuse(http.StatusMethodNotAllowed, "invalid_request", want)
}

// finish answers with the error, if there is one, and completes the record.
func (h *Helsenorge) finish(x *exchange, err error) {
	var no *refused
	switch {
	case errors.As(err, &no):
		x.seen.Refused = no.want
		h.refuse(x, no)
	case err != nil && x.r.Context().Err() != nil: // who asked has gone, or the server ends
		h.refuse(x, &refused{http.StatusServiceUnavailable, "temporarily_unavailable", "a longer wait"})
	case err != nil:
		h.refuse(x, &refused{http.StatusInternalServerError, "server_error", "no fault of the simulator: " + err.Error()})
	}
	x.seen.Status = x.w.status
	h.save(x)
	h.cfg.Logger.InfoContext(x.r.Context(), "helsenorge", "endpoint", string(x.seen.Endpoint), "client", x.seen.Client, "status", x.seen.Status,
		"want", x.seen.Refused)
}

func (h *Helsenorge) save(x *exchange) {
	h.mu.Lock()
	defer h.mu.Unlock()
	*x.slot = x.seen
}

// refused is an error of OAuth (RFC 6749, section 5.2). It holds no value of the request.
type refused struct {
	status     int
	code, want string
}

func (e *refused) Error() string { return e.code + ", want " + e.want }

func refuse(status int, code, want string) error { return &refused{status, code, want} }

func invalid(want string) error { return refuse(http.StatusBadRequest, "invalid_request", want) }

func (h *Helsenorge) refuse(x *exchange, no *refused) {
	if atPortal[x.seen.Endpoint] {
		h.errorPage(x, no)
		return
	}
	if no.status == http.StatusServiceUnavailable {
		x.w.Header().Set("Retry-After", "1")
	}
	x.json(no.status, map[string]any{"error": no.code, "error_description": no.want})
}

// json answers with an object that nobody may keep (RFC 6749, section 5.1).
func (x *exchange) json(status int, members map[string]any) {
	header := x.w.Header()
	header.Set("Content-Type", "application/json;charset=UTF-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Pragma", "no-cache")
	x.w.WriteHeader(status)
	_ = json.NewEncoder(x.w).Encode(members) // fails if nobody listens
}
