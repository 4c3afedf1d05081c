package launchtest

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// helseIDLog is what the simulator has seen.
type helseIDLog struct {
	mu         sync.Mutex
	requests   map[HelseIDEndpoint]int
	tokens     int
	calls      int
	assertions []string
	proofs     []string
	secrets    map[string]bool
}

// Requests counts what came to an endpoint, refused or not.
func (h *HelseID) Requests(e HelseIDEndpoint) int {
	h.log.mu.Lock()
	defer h.log.mu.Unlock()
	return h.log.requests[e]
}

// Tokens counts the access tokens that were issued.
func (h *HelseID) Tokens() int {
	h.log.mu.Lock()
	defer h.log.mu.Unlock()
	return h.log.tokens
}

// Calls counts the calls that were let through to protected handlers.
func (h *HelseID) Calls() int {
	h.log.mu.Lock()
	defer h.log.mu.Unlock()
	return h.log.calls
}

// Assertions lists the jti of every client assertion that was signed by its
// client, and Proofs of every DPoP proof that was signed by its key, in order
// and as often as they came: also those that were refused, or answered by a
// planned failure. A jti that is no text is "".
func (h *HelseID) Assertions() []string { return h.log.list(&h.log.assertions) }

// Proofs lists the jti of DPoP proofs; see [HelseID.Assertions].
func (h *HelseID) Proofs() []string { return h.log.list(&h.log.proofs) }

// Secrets lists everything secret that was issued or that came in, good or
// not: access tokens, client assertions, proofs and other credentials; each
// signed message whole, and its payload and its signature alone, so that a part
// of it is found too. Look for them in logs and errors.
func (h *HelseID) Secrets() []string {
	h.log.mu.Lock()
	defer h.log.mu.Unlock()
	return slices.Sorted(maps.Keys(h.log.secrets))
}

func (l *helseIDLog) list(of *[]string) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(*of)
}

func (l *helseIDLog) assertion(jti string) { l.add(&l.assertions, jti) }
func (l *helseIDLog) proof(jti string)     { l.add(&l.proofs, jti) }

func (l *helseIDLog) add(to *[]string, jti string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	*to = append(*to, jti)
}

func (l *helseIDLog) arrived(e HelseIDEndpoint) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.requests == nil {
		l.requests = map[HelseIDEndpoint]int{}
	}
	l.requests[e]++
}

func (l *helseIDLog) passed() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.calls++
}

func (l *helseIDLog) issued(token string) {
	l.secret(token)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tokens++
}

// sawHeader keeps the credentials of a request's header and address.
func (l *helseIDLog) sawHeader(r *http.Request) {
	for _, field := range r.Header.Values("Authorization") {
		scheme, credentials, found := strings.Cut(field, " ")
		if !found {
			credentials = scheme
		}
		l.secret(credentials)
	}
	for _, proof := range r.Header.Values("DPoP") {
		l.secret(proof)
	}
	l.sawForm(r.URL.Query())
}

// sawForm keeps the credentials of a form.
func (l *helseIDLog) sawForm(form url.Values) {
	for _, name := range []string{"client_assertion", "client_secret", "access_token", "refresh_token", "code", "code_verifier", "assertion"} {
		for _, value := range form[name] {
			l.secret(value)
		}
	}
}

// secret keeps what is long enough not to be found by chance.
func (l *helseIDLog) secret(text string) {
	parts := append([]string{text}, strings.Split(text, ".")...)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.secrets == nil {
		l.secrets = map[string]bool{}
	}
	for i, part := range parts {
		if len(part) >= 8 && (i != 1 || len(parts) == 2) { // a message's header is no secret
			l.secrets[part] = true
		}
	}
}
