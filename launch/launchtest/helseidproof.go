package launchtest

import (
	"crypto/sha256"
	"net/http"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// maxProof is the greatest size of a DPoP proof, in bytes: room for an RSA key of 8192 bits.
const maxProof = 8 << 10

// helseIDProof is a DPoP proof that is good for the request it came with. What
// it says of a token and a nonce is not judged yet.
type helseIDProof struct {
	thumbprint string // of its key
	ath, nonce string
}

// proof checks the request's DPoP proof. The numbers are those of the list in RFC 9449, section 4.3.
func (h *HelseID) proof(r *http.Request) (*helseIDProof, *helseIDRefusal) {
	fields := r.Header.Values("DPoP")
	if len(fields) != 1 || fields[0] == "" { // 1
		return nil, refusal(invalidProof, "one header field DPoP, not empty")
	}
	if len(fields[0]) > maxProof {
		return nil, refusal(invalidProof, "a proof of at most 8 KiB")
	}
	m, key, f := h.openProof(fields[0])
	if f != nil {
		return nil, f
	}
	claims, err := strictjson.Parse(m.Payload, strictjson.Message())
	if err != nil || claims.Kind != strictjson.Object {
		return nil, refusal(invalidProof, "claims that are one JSON object with unique names")
	}
	if f := h.checkProof(r, claims); f != nil {
		return nil, f
	}
	thumbprint, err := key.Thumbprint()
	if err != nil {
		return nil, refusal(invalidProof, "a key with a thumbprint")
	}
	return &helseIDProof{thumbprint, textOf(claims, "ath"), textOf(claims, "nonce")}, nil
}

// openProof reads the proof and checks its signature with its own key.
func (h *HelseID) openProof(text string) (*jose.Message, *jose.Key, *helseIDRefusal) {
	m, err := jose.Parse(text, h.algorithms()) // 2 and 5
	if err != nil {
		return nil, nil, refusal(invalidProof, "one compact signed message: "+err.Error())
	}
	if m.Type != "dpop+jwt" { // 4
		return nil, nil, refusal(invalidProof, "typ dpop+jwt")
	}
	jwk, there := m.Header("jwk")
	if !there || jwk.Kind != strictjson.Object { // 3
		return nil, nil, refusal(invalidProof, "jwk, a public key")
	}
	key, err := jose.ParseKey(jsonOf(jwk)) // 7
	if err != nil {
		return nil, nil, refusal(invalidProof, "jwk, a public key: "+err.Error())
	}
	key = key.Bind(m.Algorithm)
	if err := m.Verify(key, "jwk"); err != nil { // 6
		return nil, nil, refusal(invalidProof, "a proof signed by its key: "+err.Error())
	}
	return m, key, nil
}

func (h *HelseID) checkProof(r *http.Request, claims *strictjson.Value) *helseIDRefusal {
	jti := textOf(claims, "jti")
	h.log.proof(jti)
	now := h.Now()
	for _, rule := range []struct {
		good bool
		want string
	}{
		{jti != "", "jti, not empty"},                                                                                      // 3
		{textOf(claims, "htm") == r.Method, "htm, the request's method"},                                                   // 8
		{h.sameTarget(textOf(claims, "htu"), r), "htu, the request's address without query and fragment"},                  // 9
		{isTime(claims, "iat"), "iat, a number of seconds"},                                                                // 3
		{!timeOf(claims, "iat").Before(now.Add(-h.cfg.Window)), "iat, not long ago"},                                       // 11
		{!timeOf(claims, "iat").After(now.Add(h.cfg.Window)), "iat, not in the future"},                                    // 11
		{!has(claims, "exp") || timeOf(claims, "exp").After(now), "exp, if it is there, in the future"},                    // RFC 7519, section 4.1.4
		{!has(claims, "nbf") || isTime(claims, "nbf") && !timeOf(claims, "nbf").After(now.Add(h.cfg.Window)), "nbf, past"}, // RFC 7519, section 4.1.5
		{isTextOrNone(claims, "ath") && isTextOrNone(claims, "nonce"), "ath and nonce, strings"},
	} {
		if !rule.good {
			return refusal(invalidProof, rule.want)
		}
	}
	if !h.firstTime("proof", jti) { // section 11.1
		return refusal(invalidProof, "jti, used once")
	}
	return nil
}

func has(v *strictjson.Value, name string) bool {
	_, there := v.Member(name)
	return there
}

func isTextOrNone(v *strictjson.Value, name string) bool {
	m, there := v.Member(name)
	return !there || m.Kind == strictjson.String && m.Text != ""
}

// tokenHash is the ath of a token. RFC 9449, section 4.2.
func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return b64(sum[:])
}
