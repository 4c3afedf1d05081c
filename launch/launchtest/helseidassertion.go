package launchtest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

const (
	helseIDAssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
	// helseIDAssertionLife is how far ahead an assertion's exp may be.
	helseIDAssertionLife = 60 * time.Second
)

// authenticate finds the client by its assertion: RFC 7521, section 4.2; RFC 7523, section 3.
func (h *HelseID) authenticate(r *http.Request, form url.Values) (HelseIDClient, *strictjson.Value, *helseIDRefusal) {
	if r.Header.Get("Authorization") != "" || form.Has("client_secret") {
		return HelseIDClient{}, nil, refusal(invalidRequest, "one way of authentication, the client assertion") // RFC 6749, section 2.3
	}
	if form.Get("client_assertion_type") != helseIDAssertionType {
		return HelseIDClient{}, nil, refusal(invalidClient, "client_assertion_type jwt-bearer")
	}
	m, claims, f := h.readAssertion(form.Get("client_assertion"))
	if f != nil {
		return HelseIDClient{}, nil, f
	}
	client, known := h.clients[textOf(claims, "iss")]
	if !known {
		return client, nil, refusal(invalidClient, "iss, a registered client")
	}
	if f := verifyAssertion(r, client, m); f != nil {
		return client, nil, f
	}
	return client, claims, h.checkAssertion(client, claims, form)
}

func (h *HelseID) readAssertion(text string) (*jose.Message, *strictjson.Value, *helseIDRefusal) {
	m, err := jose.Parse(text, h.algorithms())
	if err != nil {
		return nil, nil, refusal(invalidClient, "a client_assertion that is one compact signed message: "+err.Error())
	}
	if m.Type != "client-authentication+jwt" && (m.Type != "JWT" || !h.cfg.AlsoJWT) {
		return nil, nil, refusal(invalidClient, "an assertion of typ client-authentication+jwt")
	}
	claims, err := strictjson.Parse(m.Payload, strictjson.Message())
	if err != nil || claims.Kind != strictjson.Object {
		return nil, nil, refusal(invalidClient, "claims that are one JSON object with unique names")
	}
	return m, claims, nil
}

func verifyAssertion(r *http.Request, c HelseIDClient, m *jose.Message) *helseIDRefusal {
	public, err := c.Keys.Key(r.Context(), m.KeyID)
	if err != nil {
		return refusal(invalidClient, "a registered key")
	}
	data, err := json.Marshal(public)
	if err != nil {
		return refusal(invalidClient, "a registered key")
	}
	key, err := jose.ParseKey(data)
	if err != nil {
		return refusal(invalidClient, "a registered key that is usable")
	}
	if err := m.Verify(key.Bind(m.Algorithm)); err != nil {
		return refusal(invalidClient, "an assertion signed by its key: "+err.Error())
	}
	return nil
}

func (h *HelseID) checkAssertion(c HelseIDClient, claims *strictjson.Value, form url.Values) *helseIDRefusal {
	jti := textOf(claims, "jti")
	h.log.assertion(jti)
	now := h.Now()
	for _, rule := range []struct {
		good bool
		want string
	}{
		{textOf(claims, "sub") == c.ID, "sub, equal to iss"},
		{!form.Has("client_id") || form.Get("client_id") == c.ID, "client_id, if it is there, equal to iss"},
		{textOf(claims, "aud") == h.cfg.Issuer, "aud, the issuer alone, as a string"},
		{jti != "", "jti, not empty"},
		{isTime(claims, "nbf") && isTime(claims, "iat") && isTime(claims, "exp"), "nbf, iat and exp, as numbers of seconds"},
		{!timeOf(claims, "nbf").After(now.Add(h.cfg.Skew)), "nbf, not in the future"},
		{!timeOf(claims, "iat").After(now.Add(h.cfg.Skew)), "iat, not in the future"},
		{timeOf(claims, "exp").After(now), "exp, in the future"},
		{!timeOf(claims, "exp").After(now.Add(helseIDAssertionLife)), "exp, at most 60 seconds ahead"},
		{timeOf(claims, "exp").Sub(timeOf(claims, "iat")) <= helseIDAssertionLife, "exp, at most 60 seconds after iat"},
	} {
		if !rule.good {
			return refusal(invalidClient, rule.want)
		}
	}
	if !h.firstTime("assertion", c.ID, jti) {
		return refusal(invalidClient, "jti, used once")
	}
	return nil
}
