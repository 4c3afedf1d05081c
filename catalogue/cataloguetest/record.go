package cataloguetest

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// record is what the simulator has seen.
type record struct {
	mu       sync.Mutex
	requests map[Operation]int
	refusals []string
	secrets  map[string]bool
}

// Requests counts what came to an operation, refused or not.
func (a *API) Requests(op Operation) int {
	a.log.mu.Lock()
	defer a.log.mu.Unlock()
	return a.log.requests[op]
}

// Refusals lists what was wanted of each request that was refused, in order.
func (a *API) Refusals() []string {
	a.log.mu.Lock()
	defer a.log.mu.Unlock()
	return slices.Clone(a.log.refusals)
}

// Secrets lists everything secret that came in, carried out or not: rows of eleven digits from bodies and addresses, and
// credentials. Look for them in logs and errors.
func (a *API) Secrets() []string {
	a.log.mu.Lock()
	defer a.log.mu.Unlock()
	return slices.Sorted(maps.Keys(a.log.secrets))
}

func (l *record) arrived(op Operation, r *http.Request, body []byte) {
	l.mu.Lock()
	if l.requests == nil {
		l.requests = map[Operation]int{}
	}
	l.requests[op]++
	l.mu.Unlock()
	for _, number := range digits.FindAll(append(body, r.URL.String()...), -1) {
		l.secret(string(number))
	}
	for _, field := range r.Header.Values("Authorization") {
		_, credentials, found := strings.Cut(field, " ")
		if !found {
			credentials = field
		}
		l.secret(credentials)
	}
}

func (l *record) refused(no *refusal) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refusals = append(l.refusals, no.want)
}

// secret keeps what is long enough not to be found by chance.
func (l *record) secret(text string) {
	if len(text) < 8 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.secrets == nil {
		l.secrets = map[string]bool{}
	}
	l.secrets[text] = true
}
