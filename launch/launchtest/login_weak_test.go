package launchtest_test

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// loginTool is a tool that logs citizens in and is not made with this SDK (but
// for the signature of its assertions). Without flaws it is a careful one; with
// a flaw it leaves one thing out.
type loginTool struct {
	flaws  []string
	agreed launchtest.LoginAgreement
	client *http.Client

	mu       sync.Mutex
	begun    map[string]begun // by state
	last     string           // state
	sessions map[string]string
	found    map[string]any // the discovery document
	keys     map[string]map[string]string
	fetched  time.Time
}

// begun is a login under way.
type begun struct{ binding, nonce, verifier, next string }

func loginToolWith(flaws ...string) func(launchtest.LoginAgreement) (http.Handler, error) {
	return func(a launchtest.LoginAgreement) (http.Handler, error) {
		x := &loginTool{flaws: flaws, agreed: a, client: a.Client, begun: map[string]begun{}, sessions: map[string]string{}}
		mux := http.NewServeMux()
		mux.HandleFunc("/uthopp/start", x.start)
		mux.HandleFunc("/uthopp/callback", x.callback)
		mux.HandleFunc("GET /whoami", x.whoami)
		mux.HandleFunc("GET /task", func(http.ResponseWriter, *http.Request) {})
		return x.headers(mux), nil
	}
}

func (x *loginTool) has(flaw string) bool { return slices.Contains(x.flaws, flaw) }

func (x *loginTool) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !x.has("no headers") {
			w.Header().Set("Cache-Control", "no-store")
			w.Header().Set("X-Frame-Options", "DENY")
		}
		next.ServeHTTP(w, r)
	})
}

// cookieFor is the browser's cookie for a login: one for each tab.
func (x *loginTool) cookieFor(state string) string {
	sum := sha256.Sum256([]byte(state))
	if x.has("one cookie for all tabs") {
		return "__Host-login"
	}
	return "__Host-login-" + encode(sum[:6])
}

func (x *loginTool) start(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 10*time.Second)
	defer cancel()
	b := begun{binding: rand.Text(), nonce: rand.Text(), verifier: rand.Text() + rand.Text(), next: r.URL.Query().Get("next")}
	state := rand.Text()
	if x.has("one state for all") {
		state = "one-state-for-all"
	}
	to, err := x.push(ctx, state, b)
	if err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	c := &http.Cookie{Name: x.cookieFor(state), Value: b.binding, Path: "/", MaxAge: 600, Secure: true, HttpOnly: true, SameSite: http.SameSiteNoneMode}
	switch {
	case x.has("SameSite=Lax cookie"):
		c.SameSite = http.SameSiteLaxMode
	case x.has("login cookie open to scripts"):
		c.HttpOnly = false
	case x.has("verifier in the cookie"):
		c.Value = b.binding + "." + encode([]byte(`{"v":"`+b.verifier+`"}`))
		b.binding = c.Value
	}
	x.mu.Lock()
	x.begun[state], x.last = b, state
	x.mu.Unlock()
	http.SetCookie(w, c)
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// push sends the request, and once more if the provider is down.
func (x *loginTool) push(ctx context.Context, state string, b begun) (string, error) {
	server, err := x.discover(ctx)
	if err != nil {
		return "", err
	}
	digest := sha256.Sum256([]byte(b.verifier))
	form := url.Values{"client_id": {x.agreed.ClientID}, "redirect_uri": {x.agreed.Callback}, "response_type": {"code"}, "response_mode": {"form_post"},
		"state": {state}, "nonce": {b.nonce}, "ui_locales": {"nb"}, "scope": {"openid"}, "code_challenge": {encode(digest[:])}, "code_challenge_method": {"S256"}}
	if x.has("no ui_locales") {
		form.Del("ui_locales")
	}
	tries := 2
	if x.has("PAR five times") {
		tries = 5
	}
	var answer map[string]any
	for i := range tries {
		if i == 0 || !x.has("assertion used again") {
			x.sign(form)
		}
		var status int
		if status, answer, err = x.post(ctx, text(server, "pushed_authorization_request_endpoint"), form); err == nil && status < 500 {
			break
		}
	}
	if text(answer, "request_uri") == "" {
		return "", errors.New("no request_uri")
	}
	return text(server, "authorization_endpoint") + "?" + url.Values{"client_id": {x.agreed.ClientID}, "request_uri": {text(answer, "request_uri")}}.Encode(), nil
}

func text(members map[string]any, name string) string {
	s, _ := members[name].(string)
	return s
}

func (x *loginTool) discover(ctx context.Context) (map[string]any, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.found != nil {
		return x.found, nil
	}
	_, found, err := x.get(ctx, x.agreed.Issuer+"/.well-known/openid-configuration")
	if err != nil || text(found, "issuer") != x.agreed.Issuer && !x.has("discovery issuer not compared") {
		return nil, errors.New("another issuer")
	}
	x.found = found
	return found, nil
}

func (x *loginTool) sign(form url.Values) {
	at := x.agreed.Now().Unix()
	claims, err := json.Marshal(map[string]any{"iss": x.agreed.ClientID, "sub": x.agreed.ClientID, "aud": x.agreed.Issuer, "jti": jti(), "iat": at, "nbf": at, "exp": at + 60})
	if err != nil {
		panic(err)
	}
	signed, err := x.agreed.Key.Sign("JWT", claims)
	if err != nil {
		panic(err)
	}
	form.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
	form.Set("client_assertion", signed)
}

func (x *loginTool) get(ctx context.Context, address string) (int, map[string]any, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, nil, err
	}
	return x.do(r)
}

func (x *loginTool) post(ctx context.Context, address string, form url.Values) (int, map[string]any, error) {
	if x.has("waits for ever") {
		ctx = context.WithoutCancel(ctx)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return x.do(r)
}

func (x *loginTool) do(r *http.Request) (int, map[string]any, error) {
	resp, err := x.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return 0, nil, err
	}
	var members map[string]any
	return resp.StatusCode, members, json.Unmarshal(body, &members)
}

// begin starts a session under a new id.
func (x *loginTool) begin(w http.ResponseWriter, r *http.Request, patient, next string, form url.Values) {
	c := &http.Cookie{Name: cookie, Value: rand.Text(), Path: "/", Secure: true, HttpOnly: !x.has("session cookie open to scripts"), SameSite: http.SameSiteLaxMode}
	if x.has("session id kept") || x.has("old session lives on") {
		c.SameSite = http.SameSiteNoneMode
	}
	old, err := r.Cookie(cookie)
	x.mu.Lock()
	defer x.mu.Unlock()
	switch {
	case err == nil && x.has("session id kept"):
		c.Value = old.Value
	case err == nil && !x.has("old session lives on"):
		delete(x.sessions, old.Value)
	}
	x.sessions[c.Value] = patient
	http.SetCookie(w, c)
	to := "/task"
	switch {
	case x.has("open redirect") && next != "":
		to = next
	case x.has("code in the address"):
		to += "?code=" + form.Get("code")
	}
	if w.Header().Set("Location", to); !x.has("no redirect") {
		w.WriteHeader(http.StatusSeeOther)
	}
}

func (x *loginTool) whoami(w http.ResponseWriter, r *http.Request) {
	c, err := r.Cookie(cookie)
	x.mu.Lock()
	defer x.mu.Unlock()
	if err != nil || x.sessions[c.Value] == "" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	_, _ = io.WriteString(w, x.sessions[c.Value])
}
