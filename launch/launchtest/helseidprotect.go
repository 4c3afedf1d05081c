package launchtest

import (
	"context"
	"net/http"
	"slices"
	"strings"
)

// HelseIDCaller is who called a protected handler.
type HelseIDCaller struct {
	// Client is the client's id.
	Client string
	// Scopes are the token's.
	Scopes []string
	// Parent, Child and Supplier are organisation numbers; "" for none.
	Parent, Child, Supplier string
}

type helseIDCallerKey struct{}

// HelseIDCallerFrom gives the caller that [HelseID.Protect] let pass.
func HelseIDCallerFrom(ctx context.Context) (HelseIDCaller, bool) {
	c, there := ctx.Value(helseIDCallerKey{}).(HelseIDCaller)
	return c, there
}

// Protect is an API of the first audience: next gets the calls that have an
// access token with all the scopes, and a DPoP proof for the token and the call
// (RFC 9449, section 7). All others are refused with 401, 403 for want of a
// scope, or 400 for more than one token.
func (h *HelseID) Protect(next http.Handler, scopes ...string) http.Handler {
	return h.ProtectAs(h.cfg.Audiences[0], next, scopes...)
}

// ProtectAs is [HelseID.Protect] for another audience.
func (h *HelseID) ProtectAs(audience string, next http.Handler, scopes ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.log.arrived(HelseIDProtected)
		h.log.sawHeader(r)
		caller, f := h.admit(r, audience, scopes)
		switch {
		case h.plan.answered(HelseIDProtected, w, r):
		case f != nil:
			h.refuseCall(w, r, f, scopes)
		default:
			h.log.passed()
			h.nonces.announce(w, targetHost(r))
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), helseIDCallerKey{}, caller)))
		}
	})
}

func (h *HelseID) admit(r *http.Request, audience string, scopes []string) (HelseIDCaller, *helseIDRefusal) {
	proof, unproven := h.proof(r)
	token, f := credentials(r)
	if f == nil {
		f = unproven
	}
	if f != nil {
		return HelseIDCaller{}, f
	}
	claims, f := h.open(token, audience)
	if f != nil {
		return HelseIDCaller{}, f
	}
	if f := h.bound(r, proof, token, claims); f != nil {
		return HelseIDCaller{}, f
	}
	c := HelseIDCaller{claims.ClientID, strings.Fields(claims.Scope), claims.Parent, claims.Child, claims.Supplier}
	return c, c.allowed(scopes)
}

// credentials takes the access token from the one place where it may be. RFC
// 9449, section 7.1; no other scheme is taken: section 7.2.
func credentials(r *http.Request) (string, *helseIDRefusal) {
	fields := r.Header.Values("Authorization")
	if len(fields) > 1 || r.URL.Query().Has("access_token") { // RFC 6750, section 3.1
		return "", refusal(invalidRequest, "one access token, in the header field Authorization")
	}
	if len(fields) == 0 {
		return "", refusal("", "an access token")
	}
	scheme, token, _ := strings.Cut(fields[0], " ")
	if !strings.EqualFold(scheme, "DPoP") || token == "" {
		return "", refusal(invalidToken, "an access token of the scheme DPoP")
	}
	return token, nil
}

// bound checks that token and proof belong together. RFC 9449, section 4.3, steps 10 and 12.
func (h *HelseID) bound(r *http.Request, p *helseIDProof, token string, c *helseIDClaims) *helseIDRefusal {
	switch {
	case p.ath != tokenHash(token):
		return refusal(invalidProof, "ath, the hash of the access token")
	case p.thumbprint != c.Key.Thumbprint:
		return refusal(invalidToken, "a proof by the key that the token is bound to")
	}
	return h.nonces.check(targetHost(r), p.nonce)
}

// missingOrganisation stands for the answer that was seen when a token had no organisation number.
const missingOrganisation = "EHSEC-110002"

func (c HelseIDCaller) allowed(scopes []string) *helseIDRefusal {
	if c.Parent == "" {
		return refusal(missingOrganisation, "an organisation number")
	}
	if slices.ContainsFunc(scopes, func(s string) bool { return !slices.Contains(c.Scopes, s) }) {
		return refusal("insufficient_scope", "an access token with the scopes of this API")
	}
	return nil
}
