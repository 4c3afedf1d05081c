package helseid_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helseid"
)

var start = time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)

// canary stands in everything that must not be seen.
const canary = "kanarifugl"

// stub is HelseID and an API behind it, in one handler: strict about assertions
// and proofs, with a clock that stands until it is moved. It refuses what is
// wrong and keeps the reason.
type stub struct {
	mu      sync.Mutex
	issuer  string
	apiHost string
	at      time.Time
	keys    func(kid string) *jose.Key
	seen    map[string]bool
	granted map[string]grant

	lifetime   any    // expires_in
	tokenNonce string // wanted at the token endpoint, if not empty
	apiNonce   string // wanted at the API
	onToken    http.HandlerFunc
	onAPI      http.HandlerFunc
	answer     map[string]any // more members of a token answer

	wrong      []string
	forms      []map[string][]string
	assertions []map[string]any
	proofs     []map[string]any
	metadata   int
	calls      int
	lengths    []string      // Transfer-Encoding of calls to the API, and Content-Length of those without a body
	least      time.Duration // left of a token that came with a call
}

type grant struct {
	thumbprint string
	ends       time.Time
}

func newStub() *stub {
	return &stub{issuer: "https://helseid.example", apiHost: "api.example", at: start, seen: map[string]bool{}, granted: map[string]grant{},
		lifetime: 300, least: time.Hour}
}

// Do is the stub without a network, so that it lives in a bubble of testing/synctest.
func (s *stub) Do(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	in := r.Clone(r.Context())
	in.RequestURI, in.Host = r.URL.RequestURI(), r.URL.Host
	if in.Body == nil {
		in.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, in)
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

func (s *stub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, path, _ := strings.Cut(r.URL.Path, "/")
	switch {
	case path == ".well-known/openid-configuration":
		s.count(func() { s.metadata++ })
		reply(w, 200, map[string]any{"issuer": s.issuer, "token_endpoint": s.issuer + "/connect/token"})
	case path == "connect/token":
		s.serveToken(w, r)
	default:
		s.serveAPI(w, r)
	}
}

func reply(w http.ResponseWriter, status int, body any) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func (s *stub) count(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

func (s *stub) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

func (s *stub) pass(d time.Duration) { s.count(func() { s.at = s.at.Add(d) }) }

func (s *stub) serveToken(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	s.mu.Lock()
	s.forms = append(s.forms, r.PostForm)
	hook := s.onToken
	thumbprint, err := s.proof(r, "", s.tokenNonce)
	if err == nil {
		err = s.assertion(r.PostForm.Get("client_assertion"))
	}
	if err != nil {
		s.wrong = append(s.wrong, "token: "+err.Error())
	}
	nonce := s.tokenNonce
	s.mu.Unlock()
	if nonce != "" {
		w.Header().Set("DPoP-Nonce", nonce)
	}
	switch {
	case errors.Is(err, errNonce):
		reply(w, 400, map[string]any{"error": "use_dpop_nonce", "error_description": canary})
	case err != nil:
		reply(w, 400, map[string]any{"error": "invalid_client", "error_description": canary})
	case hook != nil:
		hook(w, r)
	default:
		reply(w, 200, s.grant(thumbprint))
	}
}

func (s *stub) grant(thumbprint string) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	token := fmt.Sprintf("%s-%d", canary, len(s.granted))
	seconds, _ := s.lifetime.(int)
	s.granted[token] = grant{thumbprint, s.at.Add(time.Duration(seconds) * time.Second)}
	answer := map[string]any{"access_token": token, "token_type": "DPoP", "expires_in": s.lifetime}
	for name, value := range s.answer {
		answer[name] = value
	}
	return answer
}

func (s *stub) serveAPI(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // whatever the answer: a body is there once
	r.Body = io.NopCloser(bytes.NewReader(body))
	s.mu.Lock()
	s.calls++
	if s.lengths = append(s.lengths, r.TransferEncoding...); len(body) == 0 {
		s.lengths = append(s.lengths, r.Header.Get("Content-Length"))
	}
	hook, nonce := s.onAPI, s.apiNonce
	err := s.authorized(r)
	if err != nil {
		s.wrong = append(s.wrong, "API: "+err.Error())
	}
	s.mu.Unlock()
	if nonce != "" {
		w.Header().Set("DPoP-Nonce", nonce)
	}
	switch {
	case errors.Is(err, errNonce):
		w.Header().Set("WWW-Authenticate", `DPoP error="use_dpop_nonce"`)
		reply(w, 401, canary)
	case err != nil:
		w.Header().Set("WWW-Authenticate", `DPoP error="invalid_token"`)
		reply(w, 401, canary)
	case hook != nil:
		hook(w, r)
	default:
		_, _ = io.Copy(w, r.Body)
	}
}

// authorized is an API's check of token and proof. RFC 9449, sections 4.3 and 7.
func (s *stub) authorized(r *http.Request) error {
	token, is := strings.CutPrefix(r.Header.Get("Authorization"), "DPoP ")
	if !is || len(r.Header.Values("Authorization")) != 1 {
		return errors.New("one Authorization with the scheme DPoP")
	}
	g, known := s.granted[token]
	if !known || !s.at.Before(g.ends) {
		return errors.New("a living token")
	}
	s.least = min(s.least, g.ends.Sub(s.at))
	thumbprint, err := s.proof(r, token, s.apiNonce)
	if err == nil && thumbprint != g.thumbprint {
		err = errors.New("the key of the token")
	}
	return err
}

var errNonce = errors.New("the nonce")

// proof checks the proof in the order of RFC 9449, section 4.3, and gives its key's thumbprint.
func (s *stub) proof(r *http.Request, token, nonce string) (string, error) {
	headers := r.Header.Values("DPoP")
	if len(headers) != 1 {
		return "", errors.New("one proof")
	}
	m, err := jose.Parse(headers[0], []string{"ES256"})
	if err != nil {
		return "", err
	}
	if m.Type != "dpop+jwt" {
		return "", errors.New("typ dpop+jwt")
	}
	key, err := keyOf(m)
	if err != nil {
		return "", err
	}
	if err := m.Verify(key, "jwk"); err != nil {
		return "", err
	}
	claims, err := object(m.Payload)
	if err != nil {
		return "", err
	}
	s.proofs = append(s.proofs, claims)
	thumbprint, _ := key.Thumbprint()
	return thumbprint, s.proofClaims(r, claims, token, nonce)
}

func (s *stub) proofClaims(r *http.Request, claims map[string]any, token, nonce string) error {
	scheme := "https"
	if strings.HasPrefix(s.issuer, "http:") {
		scheme = "http"
	}
	want := map[string]any{"htm": r.Method, "htu": scheme + "://" + r.Host + r.URL.EscapedPath()}
	if token != "" {
		sum := sha256.Sum256([]byte(token))
		want["ath"] = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	for name, value := range want {
		if claims[name] != value {
			return errors.New(name)
		}
	}
	if err := s.time(claims, "iat", -2*time.Second, 10*time.Second); err != nil {
		return err
	}
	if nonce != "" && claims["nonce"] != nonce {
		return errNonce
	}
	return s.once(claims)
}

// time wants a whole number of seconds that is so long ago.
func (s *stub) time(claims map[string]any, name string, least, most time.Duration) error {
	n, err := claims[name].(json.Number).Int64()
	if age := s.at.Sub(time.Unix(n, 0)); err != nil || age < least || age > most {
		return errors.New(name)
	}
	return nil
}

func (s *stub) once(claims map[string]any) error {
	id, _ := claims["jti"].(string)
	if len(id) < 16 || s.seen[id] {
		return errors.New("jti, once")
	}
	s.seen[id] = true
	return nil
}

// assertion checks what proves the client. facts/norway.md 4.6.
func (s *stub) assertion(text string) error {
	m, err := jose.Parse(text, []string{"PS256", "ES256"})
	if err != nil {
		return err
	}
	if m.Type != "client-authentication+jwt" {
		return errors.New("typ client-authentication+jwt")
	}
	key := s.keys(m.KeyID)
	if key == nil {
		return errors.New("a registered key")
	}
	if err := m.Verify(key); err != nil {
		return err
	}
	claims, err := object(m.Payload)
	if err != nil {
		return err
	}
	s.assertions = append(s.assertions, claims)
	for name, value := range map[string]any{"iss": "client-1", "sub": "client-1", "aud": s.issuer} {
		if claims[name] != value {
			return errors.New(name)
		}
	}
	for name, most := range map[string]time.Duration{"iat": 10 * time.Second, "nbf": 10 * time.Second, "exp": -time.Second} {
		if err := s.time(claims, name, -time.Minute, most); err != nil {
			return err
		}
	}
	return s.once(claims)
}

func keyOf(m *jose.Message) (*jose.Key, error) {
	v, there := m.Header("jwk")
	if !there {
		return nil, errors.New("jwk")
	}
	data, err := json.Marshal(v.Any())
	if err != nil {
		return nil, err
	}
	key, err := jose.ParseKey(data)
	if err != nil {
		return nil, err
	}
	return key.Bind("ES256"), nil
}

func object(data []byte) (map[string]any, error) {
	v, err := strictjson.Parse(data, strictjson.Message())
	if err != nil {
		return nil, err
	}
	claims, is := v.Any().(map[string]any)
	if !is {
		return nil, errors.New("an object")
	}
	for _, name := range []string{"iat", "exp", "nbf"} {
		if _, is := claims[name].(json.Number); !is {
			claims[name] = json.Number("none")
		}
	}
	return claims, nil
}

// register makes the stub know one key, and gives it.
func (s *stub) register(t testing.TB) launch.SigningKey {
	t.Helper()
	key, err := s.newKey()
	require.NoError(t, err)
	return key
}

func (s *stub) newKey() (launch.SigningKey, error) {
	key, err := launch.GenerateSigningKey()
	if err != nil {
		return key, err
	}
	public, err := key.Public().MarshalJSON()
	if err != nil {
		return key, err
	}
	known, err := jose.ParseKey(public)
	s.keys = func(kid string) *jose.Key {
		if kid == known.ID {
			return known
		}
		return nil
	}
	return key, err
}

// client makes a client of the stub, without a network.
func (s *stub) client(t testing.TB, edits ...func(*helseid.Config)) *helseid.Client {
	t.Helper()
	cfg := helseid.Config{Issuer: s.issuer, ClientID: "client-1", Key: s.register(t), Scopes: []string{"nhn:api/a", "nhn:api/b"},
		APIs: []string{s.apiHost}, HTTP: s, Now: s.now}
	for _, edit := range edits {
		edit(&cfg)
	}
	c, err := helseid.New(cfg)
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// request has the canary in path, query, header and body.
func (s *stub) request(t testing.TB, method string, header ...string) *http.Request {
	t.Helper()
	scheme, _, _ := strings.Cut(s.issuer, ":")
	r, err := http.NewRequestWithContext(t.Context(), method, scheme+"://"+s.apiHost+"/"+canary+"/a%2Fb?q="+canary, strings.NewReader(canary))
	require.NoError(t, err)
	r.Header.Set("X-Canary", canary)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

// do sends a request and gives the answer's status and body.
func do(t testing.TB, c helseid.Doer, r *http.Request) (int, string, error) {
	t.Helper()
	resp, err := c.Do(r)
	if err != nil {
		require.NotContains(t, fmt.Sprintf("%v %+v %#v", err, err, err), canary)
		return 0, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), err
}
