package launchtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// HelseIDEndpoint is a part of the simulated HelseID that can be made to fail.
type HelseIDEndpoint string

// The endpoints, by their paths; HelseIDProtected is everything behind [HelseID.Protect].
const (
	HelseIDDiscovery HelseIDEndpoint = "/.well-known/openid-configuration"
	HelseIDJWKS      HelseIDEndpoint = "/.well-known/openid-configuration/jwks"
	HelseIDToken     HelseIDEndpoint = "/connect/token"
	HelseIDProtected HelseIDEndpoint = "protected"
)

// ServeHTTP answers for the issuer.
func (h *HelseID) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch e := HelseIDEndpoint(r.URL.Path); e {
	case HelseIDDiscovery:
		h.publish(w, r, e, h.metadata())
	case HelseIDJWKS:
		h.publish(w, r, e, h.keySet())
	case HelseIDToken:
		h.serveToken(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (h *HelseID) publish(w http.ResponseWriter, r *http.Request, e HelseIDEndpoint, body []byte) {
	h.log.arrived(e)
	switch {
	case h.plan.answered(e, w, r):
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
	default:
		writeJSON(w, http.StatusOK, body)
	}
}

// metadata: RFC 8414, section 2; RFC 9449, section 5.1.
func (h *HelseID) metadata() []byte {
	return raw(nil, map[string]any{
		"issuer": h.cfg.Issuer, "token_endpoint": h.cfg.Issuer + string(HelseIDToken), "jwks_uri": h.cfg.Issuer + string(HelseIDJWKS),
		"grant_types_supported": []string{"client_credentials"}, "token_endpoint_auth_methods_supported": []string{"private_key_jwt"},
		"token_endpoint_auth_signing_alg_values_supported": h.algorithms(), "dpop_signing_alg_values_supported": h.algorithms(),
		"scopes_supported": h.scopes(),
	})
}

func (h *HelseID) scopes() []string {
	list := []string{}
	for _, c := range h.cfg.Clients {
		list = append(list, c.Scopes...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func (h *HelseID) keySet() []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []*jose.Key
	for _, signer := range h.keys {
		list = append(list, signer.Public())
	}
	set, err := jose.MarshalSet(list)
	if err != nil {
		panic("launchtest: " + err.Error()) // cannot be: the keys are ours
	}
	return set
}

func writeJSON(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// helseIDRefusal is a request that is refused: the error code, and what was wanted, never what was found.
type helseIDRefusal struct{ code, want string }

func refusal(code, want string) *helseIDRefusal { return &helseIDRefusal{code, want} }

// The codes. RFC 6749, section 5.2; RFC 6750, section 3.1; RFC 9449, sections 5 to 9.
const (
	invalidRequest = "invalid_request"
	invalidClient  = "invalid_client"
	invalidScope   = "invalid_scope"
	invalidProof   = "invalid_dpop_proof"
	invalidToken   = "invalid_token"
	useNonce       = "use_dpop_nonce"
)

// description: no quotes and no backslash. RFC 6749, section 5.2.
func (f *helseIDRefusal) description() string {
	return strings.NewReplacer(`"`, "'", `\`, "/").Replace("wanted: " + f.want)
}

func (f *helseIDRefusal) body() []byte {
	body, err := json.Marshal(map[string]string{"error": f.code, "error_description": f.description()})
	if err != nil {
		panic("launchtest: " + err.Error()) // cannot be: strings
	}
	return body
}
