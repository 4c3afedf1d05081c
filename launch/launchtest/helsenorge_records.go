package launchtest

import (
	"slices"
	"time"
)

// Seen is a request that reached the simulator. It holds no secret.
type Seen struct {
	// Endpoint is where.
	Endpoint Endpoint `json:"endpoint"`
	// Client is who asked; "" if that is no registered client.
	Client string `json:"client"`
	// JTI is the client assertion's; "" if there was none that could be read.
	JTI string `json:"jti"`
	// Status is the answer's; 0 while there is none.
	Status int `json:"status"`
	// Refused says what was wanted, "" if the request was good.
	Refused string `json:"refused"`
	// At is the provider's time.
	At time.Time `json:"at"`
}

// mostSeen is how many requests are remembered.
const mostSeen = 10_000

// shortSecret is the least length of what [Helsenorge.Secrets] lists.
const shortSecret = 8

// records is what the simulator keeps for tests.
type records struct {
	seen    []*Seen
	secrets []string
	known   map[string]bool
}

// Requests gives the requests so far, the oldest first; no more than the last 10,000.
func (h *Helsenorge) Requests() []Seen {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := make([]Seen, len(h.records.seen))
	for i, s := range h.records.seen {
		all[i] = *s
	}
	return all
}

// Count says how many requests an endpoint got.
func (h *Helsenorge) Count(e Endpoint) int { return len(h.at(e)) }

// JTIs gives the jti of every client assertion that an endpoint got, in order:
// they must differ, also when the tool tries again.
func (h *Helsenorge) JTIs(e Endpoint) []string {
	var all []string
	for _, s := range h.at(e) {
		if s.JTI != "" {
			all = append(all, s.JTI)
		}
	}
	return all
}

func (h *Helsenorge) at(e Endpoint) []Seen {
	return slices.DeleteFunc(h.Requests(), func(s Seen) bool { return s.Endpoint != e })
}

// Secrets lists every token, code, verifier, assertion, request_uri, state,
// nonce and identity number that was issued or seen, and has eight characters or
// more: none of them may be in a tool's logs or addresses.
func (h *Helsenorge) Secrets() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.records.secrets)
}

// secret remembers secrets. The caller holds the lock.
func (h *Helsenorge) secret(texts ...string) {
	for _, s := range texts {
		if len(s) >= shortSecret && !h.cfg.ForgetSecrets && !h.records.known[s] {
			h.records.known[s] = true
			h.records.secrets = append(h.records.secrets, s)
		}
	}
}

// note begins the record of a request.
func (h *Helsenorge) note(e Endpoint) *Seen {
	s := &Seen{Endpoint: e, At: h.Now()}
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.records.seen) == mostSeen {
		h.records.seen = slices.Delete(h.records.seen, 0, mostSeen/10)
	}
	h.records.seen = append(h.records.seen, s)
	return s
}
