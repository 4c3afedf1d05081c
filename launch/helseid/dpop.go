package helseid

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/oauth"
)

// proofAlgorithm is that of the key that tokens are bound to.
const proofAlgorithm = "ES256"

// prover proves that a request comes from who holds the key. RFC 9449. The key
// is made at start and never leaves the process; the tokens end with it.
type prover struct {
	key    *jose.Signer
	header []byte
	now    func() time.Time

	mu     sync.Mutex
	nonces map[string]string // by origin
}

func newProver(now func() time.Time) (*prover, error) {
	key, err := jose.Generate(proofAlgorithm)
	if err != nil {
		return nil, err
	}
	header, err := proofHeader(key.Public())
	return &prover{key: key, header: header, now: now, nonces: map[string]string{}}, err
}

// proofHeader has the public key in it, and no more of it than that. RFC 9449, section 4.2.
func proofHeader(key *jose.Key) ([]byte, error) {
	jwk, err := key.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var public struct {
		Type  string `json:"kty"`
		Curve string `json:"crv"`
		X     string `json:"x"`
		Y     string `json:"y"`
	}
	if err := json.Unmarshal(jwk, &public); err != nil {
		return nil, err
	}
	return json.Marshal(map[string]any{"typ": "dpop+jwt", "alg": proofAlgorithm, "jwk": public})
}

// proof makes one for one attempt. Token is "" towards the token endpoint.
func (p *prover) proof(method string, u *url.URL, token string) (string, error) {
	claims := map[string]any{"jti": oauth.GUID(), "htm": method, "htu": target(u), "iat": p.now().Unix()}
	if token != "" {
		sum := sha256.Sum256([]byte(token))
		claims["ath"] = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	if nonce := p.nonce(u); nonce != "" {
		claims["nonce"] = nonce
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	return p.key.SignHeader(p.header, payload)
}

// target is the address without query and fragment.
func target(u *url.URL) string {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	return origin(u) + path
}

func origin(u *url.URL) string { return strings.ToLower(u.Scheme + "://" + u.Host) }

func (p *prover) nonce(u *url.URL) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.nonces[origin(u)]
}

// learn keeps the newest nonce of the answer's origin, whatever its status, and
// says whether there was one. RFC 9449, sections 8 and 8.2.
func (p *prover) learn(u *url.URL, h http.Header) bool {
	nonce := h.Get("DPoP-Nonce")
	if len(nonce) > 1024 || notScope(nonce) { // RFC 9449, section 8.1: the same characters
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.nonces[origin(u)] = nonce
	return true
}
