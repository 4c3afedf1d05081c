package launchtest

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"slices"
	"strconv"
	"strings"
	"time"
)

// idToken makes and signs the ID token of a login.
func (h *Helsenorge) idToken(c *issuedCode, now time.Time) (string, error) {
	claims := h.idClaims(c, now)
	for m, change := range h.claimChanges(c, now) {
		if h.misbehaves(m) {
			change(claims)
		}
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	switch {
	case h.misbehaves(BadMemberTwice):
		payload = append([]byte(`{"sub":"`+newGUID()+`",`), payload[1:]...)
	case h.misbehaves(BadUTF8):
		payload = append([]byte("{\"x\":\"\xff\","), payload[1:]...)
	}
	signed, err := h.signIDToken(payload)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.secret(signed)
	return signed, err
}

// idClaims is what the token says: sub is who is represented, the actor who is logged in.
func (h *Helsenorge) idClaims(c *issuedCode, now time.Time) map[string]any {
	h.mu.Lock()
	defer h.mu.Unlock()
	g := c.grant
	claims := map[string]any{"iss": h.Issuer(), "aud": g.client, "sub": h.subject(g.client, g.patient), h.cfg.Claims.Actor: h.subject(g.client, g.actor),
		"nonce": c.pushed.nonce, "iat": now.Unix(), "exp": now.Add(h.cfg.IDTokenLife).Unix(), "auth_time": g.since.Unix()}
	if g.patient != g.actor || h.cfg.RelationAlways {
		claims[h.cfg.Claims.Relation] = string(g.relation)
	}
	if slices.Contains(h.clients[g.client].Grants, GrantNationalID) {
		patient, _ := h.citizen(g.patient)
		claims[h.cfg.Claims.NationalID] = patient.NationalID
	}
	return claims
}

// claimChanges are the misbehaviours that are in the claims.
func (h *Helsenorge) claimChanges(c *issuedCode, now time.Time) map[Misbehaviour]func(map[string]any) {
	set := func(name string, value any) func(map[string]any) {
		return func(claims map[string]any) { claims[name] = value }
	}
	without := func(name string) func(map[string]any) {
		return func(claims map[string]any) { delete(claims, name) }
	}
	return map[Misbehaviour]func(map[string]any){
		BadNonceMissing: without("nonce"), BadNonce: set("nonce", rand.Text()),
		BadAudience:        set("aud", "another-client"),
		BadAudiences:       set("aud", []string{c.grant.client, "another-client"}),
		BadExpired:         func(claims map[string]any) { claims["iat"], claims["exp"] = now.Unix()-7200, now.Unix()-3600 },
		BadAudienceLonger:  set("aud", c.grant.client+"-2"),
		BadExpiresMissing:  without("exp"),
		BadExpiresText:     set("exp", strconv.FormatInt(now.Add(h.cfg.IDTokenLife).Unix(), 10)),
		BadIssuerSlash:     set("iss", h.Issuer()+"/"),
		BadIssuedLater:     func(claims map[string]any) { claims["iat"], claims["exp"] = now.Unix()+3600, now.Unix()+3900 },
		BadIssuedMissing:   without("iat"),
		BadIssuer:          set("iss", otherIssuer),
		BadSubjectMissing:  without("sub"),
		BadSubjectPersonal: func(claims map[string]any) { claims["sub"] = IdentityNumber() },
		BadRelationMissing: without(h.cfg.Claims.Relation),
		BadRelation: func(claims map[string]any) {
			if _, there := claims[h.cfg.Claims.Relation]; there {
				claims[h.cfg.Claims.Relation] = "99"
			}
		},
		BadActorMissing: without(h.cfg.Claims.Actor),
	}
}

// signIDToken signs with the current key, unless it is to do that wrong.
func (h *Helsenorge) signIDToken(payload []byte) (string, error) {
	h.mu.Lock()
	k := h.keys.current
	h.mu.Unlock()
	head, signer := map[string]any{"alg": "RS256", "kid": k.id, "typ": "JWT"}, k.sign
	switch {
	case h.misbehaves(BadType):
		head["typ"] = "at+jwt"
	case h.misbehaves(BadCritical):
		head["crit"], head["x"] = []string{"x"}, "y"
	case h.misbehaves(BadKeyUnknown):
		head["kid"] = rand.Text()
	case h.misbehaves(BadAlgorithmNone):
		head["alg"], signer = "none", func([]byte) ([]byte, error) { return nil, nil }
	case h.misbehaves(BadSharedSecret):
		head["alg"], signer = "HS256", k.asSecret
	case h.misbehaves(BadSignature), h.misbehaves(BadKeyEmbedded):
		attacker, err := h.attackerKey()
		if err != nil {
			return "", err
		}
		if signer = attacker.sign; h.misbehaves(BadKeyEmbedded) {
			head["jwk"] = attacker.jwk(k.id)
		}
	}
	signed := b64(object(head)) + "." + b64(payload)
	signature, err := signer([]byte(signed))
	token := signed + "." + b64(signature)
	if h.misbehaves(BadPadding) {
		token += strings.Repeat("=", 3-len(signature)%3)
	}
	return token, err
}

// asSecret takes the public key for a shared secret. CVE-2015-9235.
func (k providerKey) asSecret(signed []byte) ([]byte, error) {
	der, err := x509.MarshalPKIXPublicKey(k.private.Public())
	mac := hmac.New(sha256.New, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	mac.Write(signed)
	return mac.Sum(nil), err
}
