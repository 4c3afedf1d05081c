package launchtest

import (
	"fmt"
	"net/http"
	"strings"
)

// refuseCall answers a call that is not let through. RFC 6750, section 3; RFC 9449, sections 7.1 and 9.
func (h *HelseID) refuseCall(w http.ResponseWriter, r *http.Request, f *helseIDRefusal, scopes []string) {
	status := http.StatusUnauthorized
	switch f.code {
	case invalidRequest:
		status = http.StatusBadRequest
	case "insufficient_scope":
		status = http.StatusForbidden
	case useNonce:
		h.nonces.demand(w, targetHost(r))
	case missingOrganisation:
		h.misleading(w)
		return
	}
	w.Header().Set("WWW-Authenticate", h.challenge(f, scopes))
	w.Header().Set("Cache-Control", "no-store")
	if f.code == "" {
		w.WriteHeader(status)
		return
	}
	writeJSON(w, status, f.body())
}

// challenge: who sent no token at all gets no error code. RFC 6750, section 3.1.
func (h *HelseID) challenge(f *helseIDRefusal, scopes []string) string {
	algs := fmt.Sprintf(`algs="%s"`, strings.Join(h.algorithms(), " "))
	switch f.code {
	case "":
		return "DPoP " + algs
	case "insufficient_scope":
		algs = fmt.Sprintf(`scope="%s", `, strings.Join(scopes, " ")) + algs
	}
	return fmt.Sprintf(`DPoP error="%s", error_description="%s", %s`, f.code, f.description(), algs)
}

// misleading is the answer to a token without an organisation number: it says
// that the token is expired, and a new one does not help. The shape of the body is assumed.
func (h *HelseID) misleading(w http.ResponseWriter) {
	w.Header().Set("WWW-Authenticate", `DPoP error="invalid_token", error_description="token expired or invalid"`)
	writeJSON(w, http.StatusUnauthorized, object(map[string]string{"code": missingOrganisation, "message": "token expired or invalid"}))
}
