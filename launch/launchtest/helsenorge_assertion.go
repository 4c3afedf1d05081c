package launchtest

import (
	"errors"
	"math"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/launch"
)

// The rules for client assertions. RFC 7523, section 3; Helsenorge, "Client Assertion".
const (
	assertionType  = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
	fixedAudience  = "sikkerhet.helsenorge.no"
	assertionLimit = 120 // seconds; exp is less than that after iat
	assertionSkew  = 10 * time.Second
)

// assertionAlgorithms: RS256 is documented, PS512 was seen in use.
var assertionAlgorithms = []string{"RS256", "PS512"}

var guid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// authenticate checks who the client is, and uses up the assertion.
func (h *Helsenorge) authenticate(x *exchange) (HelsenorgeClient, error) {
	defer h.save(x)
	if x.r.Header.Get("Authorization") != "" {
		return HelsenorgeClient{}, h.notClient("no Authorization header beside the client assertion")
	}
	if x.form.Get("client_assertion_type") != assertionType {
		return HelsenorgeClient{}, h.notClient("client_assertion_type " + assertionType)
	}
	m, err := jose.Parse(x.form.Get("client_assertion"), assertionAlgorithms)
	if err != nil {
		return HelsenorgeClient{}, h.notClient("a client_assertion that is signed with RS256 or PS512")
	}
	claims, err := strictjson.Parse(m.Payload, strictjson.Message())
	if err != nil || claims.Kind != strictjson.Object {
		return HelsenorgeClient{}, h.notClient("an assertion with one JSON object with unique names")
	}
	client, known := h.client(textOf(claims, "iss"))
	x.seen.Client, x.seen.JTI = client.ID, textOf(claims, "jti")
	if !known {
		return HelsenorgeClient{}, h.notClient("the iss of a registered client")
	}
	if err := h.signedBy(x, client, m); err != nil {
		return HelsenorgeClient{}, err
	}
	if want := h.wanted(x, client, m, claims); want != "" {
		return HelsenorgeClient{}, h.notClient(want)
	}
	return client, h.useUp(x, client.ID)
}

func (h *Helsenorge) notClient(want string) error {
	return refuse(h.cfg.InvalidClient, "invalid_client", want)
}

// signedBy checks the signature with the registered key.
func (h *Helsenorge) signedBy(x *exchange, client HelsenorgeClient, m *jose.Message) error {
	public, err := client.Keys.Key(x.r.Context(), m.KeyID)
	if errors.Is(err, launch.KindUnknownKey) && m.KeyID != "" {
		public, err = client.Keys.Key(x.r.Context(), "")
	}
	if err != nil && (errors.Is(err, launch.KindUnknownKey) || errors.Is(err, launch.KindKeyUnusable)) {
		return h.notClient("a key that is registered")
	}
	if err != nil {
		return refuse(http.StatusServiceUnavailable, "temporarily_unavailable", "the client's keys, which could not be had")
	}
	data, err := public.MarshalJSON()
	if err != nil {
		return h.notClient("a key that is registered")
	}
	if !isRSA(public) {
		return h.notClient("a registered key that is RSA")
	}
	key, err := jose.ParseKey(data)
	if err != nil || m.Verify(key.Bind(m.Algorithm)) != nil {
		return h.notClient("a signature by the registered key, and no header but alg, kid and typ")
	}
	return nil
}

// wanted says what is wrong with the claims, "" for nothing.
func (h *Helsenorge) wanted(x *exchange, client HelsenorgeClient, m *jose.Message, claims *strictjson.Value) string {
	id, sent := x.form["client_id"]
	issued, expires, notBefore := secondsOf(claims, "iat"), secondsOf(claims, "exp"), secondsOf(claims, "nbf")
	now, skew := float64(x.now.UnixMicro())/1e6, assertionSkew.Seconds()
	switch {
	case m.Type != "JWT":
		return "an assertion with typ JWT"
	case textOf(claims, "sub") != client.ID:
		return "an assertion whose sub is its iss, the client id"
	case sent && id[0] != client.ID:
		return "the client_id that is the assertion's iss"
	case !h.forUs(claims):
		return "an assertion with aud " + h.Issuer() + " or " + fixedAudience
	case math.IsNaN(issued) || math.IsNaN(expires) || math.IsNaN(notBefore):
		return "an assertion with iat, nbf and exp, numbers"
	case expires-issued >= assertionLimit || expires <= issued:
		return "an assertion whose exp is less than 120 s after its iat"
	case now >= expires:
		return "an assertion that has not expired"
	case issued > now+skew || notBefore > now+skew:
		return "an assertion whose iat and nbf have come"
	case !guid.MatchString(textOf(claims, "jti")):
		return "an assertion whose jti is a GUID"
	}
	return ""
}

func (h *Helsenorge) forUs(claims *strictjson.Value) bool {
	aud, there := claims.Member("aud")
	if there && aud.Kind == strictjson.Array && len(aud.Items) == 1 {
		aud = aud.Items[0]
	}
	return there && aud.Kind == strictjson.String && (aud.Text == h.Issuer() || aud.Text == fixedAudience)
}

// useUp takes every jti once.
func (h *Helsenorge) useUp(x *exchange, client string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tidy(x.now)
	id := [2]string{client, x.seen.JTI}
	if _, used := h.state.jtis[id]; used {
		return h.notClient("an assertion whose jti was not used before")
	}
	h.state.jtis[id] = x.now.Add(2*assertionLimit*time.Second + assertionSkew)
	return nil
}

// textOf gives a claim that is a text, else "".
func textOf(claims *strictjson.Value, name string) string {
	if v, there := claims.Member(name); there && v.Kind == strictjson.String {
		return v.Text
	}
	return ""
}

// secondsOf gives a claim that is a number of seconds since 1970, else NaN.
func secondsOf(claims *strictjson.Value, name string) float64 {
	v, there := claims.Member(name)
	if !there || v.Kind != strictjson.Number {
		return math.NaN()
	}
	seconds, err := strconv.ParseFloat(v.Text, 64)
	if err != nil {
		return math.NaN()
	}
	return seconds
}
