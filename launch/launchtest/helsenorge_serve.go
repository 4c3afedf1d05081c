package launchtest

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Endpoint names a part of the simulator.
type Endpoint string

// The endpoints. Where the shape of the real one is not public, it says so.
const (
	EndpointDiscovery  Endpoint = "discovery"
	EndpointJWKS       Endpoint = "jwks" // assumption: its path
	EndpointPAR        Endpoint = "par"
	EndpointAuthorize  Endpoint = "authorize"
	EndpointLogin      Endpoint = "login"  // the simulator's own pages
	EndpointChoose     Endpoint = "choose" // the simulator's own pages
	EndpointToken      Endpoint = "token"
	EndpointRevoke     Endpoint = "revoke"
	EndpointExtend     Endpoint = "extend" // assumption: all but that it is there
	EndpointIntrospect Endpoint = "introspect"
	EndpointLogout     Endpoint = "logout"
)

// Endpoints lists them all.
func Endpoints() []Endpoint {
	return []Endpoint{EndpointDiscovery, EndpointJWKS, EndpointPAR, EndpointAuthorize, EndpointLogin, EndpointChoose, EndpointToken,
		EndpointRevoke, EndpointExtend, EndpointIntrospect, EndpointLogout}
}

// paths below the two hosts. The mix of versions is the real one's.
var paths = map[Endpoint]string{
	EndpointDiscovery:  "/sts/oidcprov/v3/.well-known/openid-configuration",
	EndpointJWKS:       "/sts/oidcprov/v3/jwks",
	EndpointPAR:        "/sts/oidcprov/v1/par",
	EndpointAuthorize:  "/sts/oidcprov/v2/authorize",
	EndpointLogin:      "/simulator/login",
	EndpointChoose:     "/simulator/choose",
	EndpointToken:      "/sts/oidcprov/v3/token",
	EndpointRevoke:     "/sts/oidcprov/v1/revoke",
	EndpointExtend:     "/sts/oidcprov/v1/extend",
	EndpointIntrospect: "/sts/oidcprov/introspect/v1",
	EndpointLogout:     "/sts/oidcprov/v2/logout",
}

// atPortal are the endpoints that a browser goes to.
var atPortal = map[Endpoint]bool{EndpointAuthorize: true, EndpointLogin: true, EndpointChoose: true, EndpointLogout: true}

// Issuer is the provider's issuer, where discovery starts.
func (h *Helsenorge) Issuer() string { return h.cfg.API + "/sts/oidcprov/v3" }

// Address is where an endpoint is.
func (h *Helsenorge) Address(e Endpoint) string {
	if atPortal[e] {
		return h.cfg.Portal + paths[e]
	}
	return h.cfg.API + paths[e]
}

// APIHandler answers on the API host.
func (h *Helsenorge) APIHandler() http.Handler { return h.api }

// PortalHandler answers on the portal's host.
func (h *Helsenorge) PortalHandler() http.Handler { return h.portal }

func (h *Helsenorge) apiRoutes() http.Handler {
	mux := http.NewServeMux()
	for e, answer := range map[Endpoint]func(*exchange) error{EndpointDiscovery: h.discovery, EndpointJWKS: h.jwks} {
		mux.Handle(paths[e], h.route(e, http.MethodGet, answer))
	}
	for e, answer := range map[Endpoint]func(*exchange, HelsenorgeClient) error{EndpointPAR: h.par, EndpointToken: h.token,
		EndpointRevoke: h.revoke, EndpointExtend: h.extend, EndpointIntrospect: h.introspect} {
		mux.Handle(paths[e], h.route(e, http.MethodPost, h.forClients(answer)))
	}
	return mux
}

func (h *Helsenorge) portalRoutes() http.Handler {
	mux := http.NewServeMux()
	for e, answer := range map[Endpoint]func(*exchange) error{EndpointAuthorize: h.authorize, EndpointLogout: h.logout} {
		mux.Handle(paths[e], h.route(e, http.MethodGet, answer))
	}
	for e, answer := range map[Endpoint]func(*exchange) error{EndpointLogin: h.login, EndpointChoose: h.choose} {
		mux.Handle(paths[e], h.route(e, http.MethodPost, answer))
	}
	return mux
}

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

// maxForm is the greatest size of a request's body.
const maxForm = 64 << 10

// readForm takes a form in the body, every field once, and nothing in the address.
func (h *Helsenorge) readForm(x *exchange) error {
	kind, _, err := mime.ParseMediaType(x.r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return refuse(http.StatusUnsupportedMediaType, "invalid_request", "an application/x-www-form-urlencoded body")
	}
	if x.r.URL.RawQuery != "" {
		return invalid("every field in the body, none in the address")
	}
	body, err := io.ReadAll(io.LimitReader(x.r.Body, maxForm+1))
	if err != nil {
		return invalid("a body that can be read")
	}
	if len(body) > maxForm {
		return refuse(http.StatusRequestEntityTooLarge, "invalid_request", "at most 64 KiB")
	}
	if x.form, err = url.ParseQuery(string(body)); err != nil {
		return invalid("a form that can be read")
	}
	h.remember(x.form)
	return once(x.form)
}

func once(form url.Values) error {
	for name, values := range form {
		if len(values) > 1 {
			return invalid(known(name) + " once")
		}
	}
	return nil
}

// known gives the name of a field that has a meaning here. Others are not said
// again: they may be secrets that came to the wrong place.
func known(name string) string {
	if strings.Contains(" client_id redirect_uri response_type response_mode state nonce ui_locales scope code_challenge code_challenge_method "+
		"client_assertion client_assertion_type grant_type code code_verifier token token_type_hint refresh_token request_uri request ", " "+name+" ") {
		return "the field " + name
	}
	return "every field"
}

// remember notes the secrets of a request, good or bad.
func (h *Helsenorge) remember(form url.Values) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, name := range []string{"state", "nonce", "client_assertion", "code", "code_verifier", "token", "refresh_token", "request_uri"} {
		h.secret(form[name]...)
	}
}

// forClients reads the form and the client assertion before the answer.
func (h *Helsenorge) forClients(answer func(*exchange, HelsenorgeClient) error) func(*exchange) error {
	return func(x *exchange) error {
		if err := h.readForm(x); err != nil {
			return err
		}
		client, err := h.authenticate(x)
		if err == nil {
			err = h.ordered(x.seen.Endpoint)
		}
		if err != nil {
			return err
		}
		return answer(x, client)
	}
}
