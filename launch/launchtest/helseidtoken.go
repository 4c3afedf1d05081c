package launchtest

import (
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// helseIDForm is the greatest size of a token request, in bytes.
const helseIDForm = 64 << 10

// helseIDGrant is what a token request gets.
type helseIDGrant struct {
	client    HelseIDClient
	unit      helseIDUnit
	scopes    []string
	rejected  []string
	audiences []string
	jkt       string
}

// serveToken judges the request before a planned failure is answered: what it
// brought is used up then, as it may be at a server that fails late.
func (h *HelseID) serveToken(w http.ResponseWriter, r *http.Request) {
	h.log.arrived(HelseIDToken)
	h.log.sawHeader(r)
	grant, refused := h.judgeToken(w, r)
	if h.plan.answered(HelseIDToken, w, r) {
		return
	}
	// RFC 6749, section 5.1.
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Pragma", "no-cache")
	if refused != nil {
		h.refuseToken(w, r, refused)
		return
	}
	h.nonces.announce(w, targetHost(r))
	writeJSON(w, http.StatusOK, h.issue(grant))
}

func (h *HelseID) refuseToken(w http.ResponseWriter, r *http.Request, f *helseIDRefusal) {
	status := http.StatusBadRequest
	switch f.code {
	case invalidClient:
		status = http.StatusUnauthorized
	case useNonce: // RFC 9449, section 8
		h.nonces.demand(w, targetHost(r))
	}
	writeJSON(w, status, f.body())
}

// judgeToken reads the proof first, whatever else is wrong, so that its jti is known.
func (h *HelseID) judgeToken(w http.ResponseWriter, r *http.Request) (*helseIDGrant, *helseIDRefusal) {
	proof, unproven := h.proof(r)
	form, f := tokenForm(w, r)
	if f != nil {
		return nil, f
	}
	h.log.sawForm(form)
	client, claims, f := h.authenticate(r, form)
	if f != nil {
		return nil, f
	}
	if grant := form.Get("grant_type"); grant != "client_credentials" {
		return nil, wrongGrant(grant)
	}
	if unproven != nil {
		return nil, unproven
	}
	if f := h.nonces.check(targetHost(r), proof.nonce); f != nil {
		return nil, f
	}
	return h.grant(form, client, claims, proof)
}

func wrongGrant(grant string) *helseIDRefusal {
	if grant == "" {
		return refusal(invalidRequest, "the parameter grant_type")
	}
	return refusal("unsupported_grant_type", "grant_type client_credentials")
}

// tokenForm takes the parameters from the body alone, each once. RFC 6749, sections 3.2 and 4.4.2.
func tokenForm(w http.ResponseWriter, r *http.Request) (url.Values, *helseIDRefusal) {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); r.Method != http.MethodPost || err != nil || media != "application/x-www-form-urlencoded" {
		return nil, refusal(invalidRequest, "a POST with Content-Type application/x-www-form-urlencoded")
	}
	r.Body = http.MaxBytesReader(w, r.Body, helseIDForm)
	if err := r.ParseForm(); err != nil {
		return nil, refusal(invalidRequest, "a form of at most 64 KiB")
	}
	if r.URL.RawQuery != "" {
		return nil, refusal(invalidRequest, "an address without query")
	}
	for _, values := range r.PostForm {
		if len(values) != 1 {
			return nil, refusal(invalidRequest, "each parameter once")
		}
	}
	return r.PostForm, nil
}

func (h *HelseID) grant(form url.Values, c HelseIDClient, claims *strictjson.Value, proof *helseIDProof) (*helseIDGrant, *helseIDRefusal) {
	g := &helseIDGrant{client: c, audiences: h.cfg.Audiences, jkt: proof.thumbprint}
	asked := strings.Fields(form.Get("scope"))
	if len(asked) == 0 || slices.ContainsFunc(asked, func(s string) bool { return !slices.Contains(c.Scopes, s) }) {
		return nil, refusal(invalidScope, "scopes that are registered for the client")
	}
	if form.Has("resource") { // RFC 8707, section 2
		if g.audiences = []string{form.Get("resource")}; !slices.Contains(h.cfg.Audiences, form.Get("resource")) {
			return nil, refusal("invalid_target", "a known resource")
		}
	}
	unit, f := h.unit(c, claims)
	if f != nil {
		return nil, f
	}
	g.unit = unit
	return g.sort(asked)
}

// sort tells the scopes that the organisation has signed for from the others.
func (g *helseIDGrant) sort(asked []string) (*helseIDGrant, *helseIDRefusal) {
	for _, scope := range asked {
		if slices.Contains(g.unit.rejected, scope) {
			g.rejected = append(g.rejected, scope)
		} else {
			g.scopes = append(g.scopes, scope)
		}
	}
	if len(g.scopes) == 0 {
		return nil, refusal(invalidScope, "a scope whose terms of use the organisation has signed")
	}
	return g, nil
}
