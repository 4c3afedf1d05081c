package launchtest

import (
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

// helseIDClaims are an access token's. RFC 9068, section 2.2; RFC 9449, section
// 6.1; the names of the organisations are NHN's.
type helseIDClaims struct {
	Issuer    string       `json:"iss"`
	Subject   string       `json:"sub"`
	Audience  []string     `json:"aud"`
	ClientID  string       `json:"client_id"`
	Scope     string       `json:"scope"`
	ID        string       `json:"jti"`
	IssuedAt  int64        `json:"iat"`
	NotBefore int64        `json:"nbf"`
	Expires   int64        `json:"exp"`
	Key       confirmation `json:"cnf"`
	Parent    string       `json:"helseid://claims/client/claims/orgnr_parent,omitempty"`
	Child     string       `json:"helseid://claims/client/claims/orgnr_child,omitempty"`
	Supplier  string       `json:"helseid://claims/client/claims/orgnr_supplier,omitempty"`
}

type confirmation struct {
	Thumbprint string `json:"jkt"`
}

// issue makes the token and the answer that carries it.
func (h *HelseID) issue(g *helseIDGrant) []byte {
	claims := h.claims(g)
	token := h.sign(claims)
	h.log.issued(token)
	answer := map[string]any{"access_token": token, "token_type": "DPoP", "expires_in": int(h.cfg.TokenLife / time.Second), "scope": claims.Scope}
	if len(g.rejected) > 0 {
		answer["rejected_scope"] = strings.Join(g.rejected, " ")
	}
	return raw(nil, answer)
}

func (h *HelseID) claims(g *helseIDGrant) helseIDClaims {
	now := h.Now().Unix()
	c := helseIDClaims{Issuer: h.cfg.Issuer, Subject: g.client.ID, Audience: g.audiences, ClientID: g.client.ID, ID: rand.Text(),
		Scope: strings.Join(g.scopes, " "), IssuedAt: now, NotBefore: now, Expires: now + int64(h.cfg.TokenLife/time.Second),
		Key: confirmation{g.jkt}, Parent: g.unit.parent, Child: g.unit.child}
	if g.client.MultiTenant {
		c.Supplier = g.client.Organisation
	}
	return c
}

func (h *HelseID) sign(c helseIDClaims) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.live[c.ID] = true
	token, err := h.keys[len(h.keys)-1].Sign("at+jwt", object(c))
	if err != nil {
		panic("launchtest: " + err.Error()) // cannot be: the key is ours
	}
	return token
}

// open reads an access token as an API must: its signature, type, issuer,
// audience and times, and that it was not called back.
func (h *HelseID) open(token, audience string) (*helseIDClaims, *helseIDRefusal) {
	m, err := jose.Parse(token, []string{"ES256"})
	if err != nil || m.Type != "at+jwt" {
		return nil, refusal(invalidToken, "an access token of this issuer")
	}
	key := h.key(m.KeyID)
	var c helseIDClaims
	if key == nil || m.Verify(key) != nil || json.Unmarshal(m.Payload, &c) != nil {
		return nil, refusal(invalidToken, "an access token of this issuer")
	}
	now := h.Now().Unix()
	switch {
	case c.Issuer != h.cfg.Issuer || !slices.Contains(c.Audience, audience):
		return nil, refusal(invalidToken, "an access token for this API")
	case now >= c.Expires || now < c.NotBefore || !h.isLive(c.ID):
		return nil, refusal(invalidToken, "an access token that is not expired")
	}
	return &c, nil
}

// key finds a published key; nil if there is none.
func (h *HelseID) key(id string) *jose.Key {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, signer := range h.keys {
		if signer.Public().ID == id {
			return signer.Public()
		}
	}
	return nil
}

// isLive says whether a token was not called back.
func (h *HelseID) isLive(jti string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.live[jti]
}
