package launchtest_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"math/big"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

const (
	toolID   = "ada0b9c2-tool"
	callback = "https://tool.example/callback"
)

// rsaKeys are made once: that takes a while.
var rsaKeys = sync.OnceValue(func() (keys [3]*rsa.PrivateKey) {
	for i := range keys {
		var err error
		if keys[i], err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			panic(err)
		}
	}
	return keys
})

func toolKey() *rsa.PrivateKey     { return rsaKeys()[0] }
func strangeKey() *rsa.PrivateKey  { return rsaKeys()[1] }
func providerKey() *rsa.PrivateKey { return rsaKeys()[2] }

func encode(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

// jwkOf writes the public part; "" leaves a member out.
func jwkOf(key *rsa.PrivateKey, kid, alg string) []byte {
	members := map[string]string{"kty": "RSA", "n": encode(key.N.Bytes()), "e": encode(big.NewInt(int64(key.E)).Bytes()), "kid": kid, "alg": alg}
	maps.DeleteFunc(members, func(_, value string) bool { return value == "" })
	data, err := json.Marshal(members)
	if err != nil {
		panic(err)
	}
	return data
}

func keysOf(t testing.TB, jwks ...[]byte) launch.Keys {
	t.Helper()
	list := make([]launch.PublicKey, len(jwks))
	for i, data := range jwks {
		var err error
		list[i], err = launch.ParsePublicKey(data)
		require.NoError(t, err)
	}
	keys, err := launch.NewStaticKeys(list...)
	require.NoError(t, err)
	return keys
}

// assertion is a client assertion before it is signed.
type assertion struct {
	header, claims map[string]any
	key            *rsa.PrivateKey
}

func (a assertion) sign(t testing.TB) string {
	t.Helper()
	header, err := json.Marshal(a.header)
	require.NoError(t, err)
	claims, err := json.Marshal(a.claims)
	require.NoError(t, err)
	signed := encode(header) + "." + encode(claims)
	var signature []byte
	if a.header["alg"] == "PS512" {
		digest := sha512.Sum512([]byte(signed))
		signature, err = rsa.SignPSS(rand.Reader, a.key, crypto.SHA512, digest[:], &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash})
	} else {
		digest := sha256.Sum256([]byte(signed))
		signature, err = rsa.SignPKCS1v15(rand.Reader, a.key, crypto.SHA256, digest[:])
	}
	require.NoError(t, err)
	return signed + "." + encode(signature)
}

// handTool writes its requests by hand. It is a tool's server and its handler.
type handTool struct {
	t      testing.TB
	h      *launchtest.Helsenorge
	client *http.Client

	mu       sync.Mutex
	verifier map[string]string // by state
	answers  []map[string]any  // of the token endpoint
}

func registered(t testing.TB, edit ...func(*launchtest.HelsenorgeClient)) launchtest.HelsenorgeClient {
	c := launchtest.HelsenorgeClient{ID: toolID, Name: "Søvnskolen", RedirectURIs: []string{callback}, Keys: keysOf(t, jwkOf(toolKey(), "k1", "")),
		Refresh: true, OnBehalf: true, Grants: []string{launchtest.GrantNationalID}}
	for _, e := range edit {
		e(&c)
	}
	return c
}

// newHandTool is a tool at a provider of its own.
func newHandTool(t testing.TB, edit ...func(*launchtest.HelsenorgeConfig)) *handTool {
	t.Helper()
	cfg := launchtest.HelsenorgeConfig{Clients: []launchtest.HelsenorgeClient{registered(t)}, Key: providerKey(), Now: now}
	for _, e := range edit {
		e(&cfg)
	}
	h := launchtest.NewHelsenorge(t, cfg)
	return &handTool{t: t, h: h, client: h.Client(), verifier: map[string]string{}}
}

func jti() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	s := strings.ToLower(base16(b[:]))
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

func base16(data []byte) string {
	return new(big.Int).SetBytes(append([]byte{1}, data...)).Text(16)[1:]
}

func (a *handTool) assertion() assertion {
	at := a.h.Now().Unix()
	return assertion{header: map[string]any{"alg": "RS256", "typ": "JWT", "kid": "k1"}, key: toolKey(), claims: map[string]any{
		"iss": toolID, "sub": toolID, "aud": a.h.Issuer(), "jti": jti(), "iat": at, "nbf": at, "exp": at + 60}}
}

// signed adds the assertion to a form.
func (a *handTool) signed(form url.Values) url.Values {
	form.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
	form.Set("client_assertion", a.assertion().sign(a.t))
	return form
}

// pushForm is a good pushed request.
func (a *handTool) pushForm(state, verifier string) url.Values {
	digest := sha256.Sum256([]byte(verifier))
	return a.signed(url.Values{"client_id": {toolID}, "redirect_uri": {callback}, "response_type": {"code"}, "response_mode": {"form_post"},
		"state": {state}, "nonce": {"nonce-" + state}, "ui_locales": {"nb"}, "scope": {"openid offline_access"},
		"code_challenge": {encode(digest[:])}, "code_challenge_method": {"S256"}})
}

func (a *handTool) tokenForm(code, verifier string) url.Values {
	return a.signed(url.Values{"grant_type": {"authorization_code"}, "code": {code}, "code_verifier": {verifier}, "redirect_uri": {callback}})
}

// reply is an answer of the provider.
type reply struct {
	status  int
	header  http.Header
	members map[string]any
	body    string
}

func (r reply) text(name string) string {
	text, _ := r.members[name].(string)
	return text
}

func (a *handTool) post(e launchtest.Endpoint, form url.Values) reply {
	r, err := http.NewRequestWithContext(a.t.Context(), http.MethodPost, a.h.Address(e), strings.NewReader(form.Encode()))
	require.NoError(a.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return a.do(r)
}

func (a *handTool) get(address string) reply {
	r, err := http.NewRequestWithContext(a.t.Context(), http.MethodGet, address, nil)
	require.NoError(a.t, err)
	return a.do(r)
}

func (a *handTool) do(r *http.Request) reply {
	resp, err := a.client.Do(r)
	require.NoError(a.t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(a.t, err)
	got := reply{status: resp.StatusCode, header: resp.Header, body: string(body)}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
		_ = json.Unmarshal(body, &got.members) // some answers are broken on purpose
	}
	return got
}

// ServeHTTP is the tool's site: /start, /callback and /home.
func (a *handTool) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/start":
		a.start(w, r)
	case "/callback":
		a.callback(w, r)
	case "/home":
		_, _ = io.WriteString(w, "welcome "+who(r))
	default:
		http.NotFound(w, r)
	}
}

func who(r *http.Request) string {
	c, err := r.Cookie("__Host-session")
	if err != nil {
		return "nobody"
	}
	return c.Value
}

func (a *handTool) start(w http.ResponseWriter, r *http.Request) {
	state, verifier := rand.Text(), rand.Text()+rand.Text()
	pushed := a.post(launchtest.EndpointPAR, a.pushForm(state, verifier))
	if pushed.status != http.StatusCreated {
		http.Error(w, "try later", http.StatusServiceUnavailable)
		return
	}
	a.mu.Lock()
	a.verifier[state] = verifier
	a.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: "__Host-l-" + state, Value: state, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteNoneMode})
	to := a.h.Address(launchtest.EndpointAuthorize) + "?" + url.Values{"client_id": {toolID}, "request_uri": {pushed.text("request_uri")}}.Encode()
	http.Redirect(w, r, to, http.StatusSeeOther)
}

func (a *handTool) callback(w http.ResponseWriter, r *http.Request) {
	state := r.PostFormValue("state")
	if _, err := r.Cookie("__Host-l-" + state); err != nil {
		http.Error(w, "not this browser's login", http.StatusForbidden)
		return
	}
	if r.PostFormValue("error") != "" {
		http.Error(w, "you stopped", http.StatusForbidden)
		return
	}
	a.mu.Lock()
	verifier := a.verifier[state]
	a.mu.Unlock()
	got := a.post(launchtest.EndpointToken, a.tokenForm(r.PostFormValue("code"), verifier))
	if got.status != http.StatusOK {
		http.Error(w, "no login", http.StatusForbidden)
		return
	}
	a.mu.Lock()
	a.answers = append(a.answers, got.members)
	a.mu.Unlock()
	sub, _ := a.claims(got.text("id_token"))["sub"].(string)
	http.SetCookie(w, &http.Cookie{Name: "__Host-session", Value: sub, Path: "/", Secure: true, HttpOnly: true,
		SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, "/home", http.StatusSeeOther)
}

func (a *handTool) claims(idToken string) (claims map[string]any) { return part(a.t, idToken, 1) }

func part(t testing.TB, token string, at int) (members map[string]any) {
	t.Helper()
	parts := strings.Split(token, ".")
	require.Len(t, parts, 3)
	data, err := base64.RawURLEncoding.DecodeString(parts[at])
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &members))
	return members
}

// last is the newest token answer.
func (a *handTool) last() map[string]any {
	a.mu.Lock()
	defer a.mu.Unlock()
	require.NotEmpty(a.t, a.answers, "logins")
	return a.answers[len(a.answers)-1]
}

func (a *handTool) browser() *launchtest.Browser {
	return a.h.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{"https://tool.example": a}})
}

const toolStart = "https://tool.example/start"

func TestHelsenorgeLogin(t *testing.T) {
	a := newHandTool(t)
	page, err := a.browser().Login(t.Context(), toolStart, "per", "")
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, page.Status)
	assert.Equal(t, "welcome "+a.h.Subject(toolID, "per"), page.Body)
	got := a.last()
	assert.Equal(t, "Bearer", got["token_type"])
	assert.InDelta(t, 1800, got["expires_in"], 0)
	assert.Equal(t, "openid offline_access", got["scope"])
	assert.True(t, a.h.Active(got["access_token"].(string)))
	assert.False(t, a.h.Active(got["refresh_token"].(string)), "a refresh token is no access token")
	header, claims := part(t, got["id_token"].(string), 0), a.claims(got["id_token"].(string))
	assert.Equal(t, "RS256", header["alg"])
	assert.Equal(t, "JWT", header["typ"])
	assert.NotEmpty(t, header["kid"])
	assert.ElementsMatch(t, []string{"iss", "aud", "sub", "actor_sub", "nonce", "iat", "exp", "auth_time", "pid"}, slices.Collect(maps.Keys(claims)))
	assert.Equal(t, a.h.Issuer(), claims["iss"])
	assert.Equal(t, toolID, claims["aud"])
	assert.Equal(t, claims["sub"], claims["actor_sub"])
	assert.InDelta(t, start.Unix(), claims["iat"], 0)
	assert.InDelta(t, start.Add(5*time.Minute).Unix(), claims["exp"], 0)
}
