package launchtest_test

import (
	"crypto/rand"
	"net/http"
	"sync"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// site is what a tool has around its launch handler: sessions, and a page that shows one.
type site struct {
	open bool // to scripts

	mu       sync.Mutex
	sessions map[string]string
}

const cookie = "__Host-session"

// begin starts a session under a new id, and ends the one that is there.
func (s *site) begin(w http.ResponseWriter, r *http.Request, patient string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old, err := r.Cookie(cookie); err == nil {
		delete(s.sessions, old.Value)
	}
	s.set(w, rand.Text(), patient)
	w.Header().Set("Location", "/task")
	w.WriteHeader(http.StatusSeeOther)
}

func (s *site) set(w http.ResponseWriter, id, patient string) {
	s.sessions[id] = patient
	http.SetCookie(w, &http.Cookie{Name: cookie, Value: id, Path: "/", Secure: true, HttpOnly: !s.open, SameSite: http.SameSiteLaxMode})
}

func (s *site) whoami(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := r.Cookie(cookie)
	if err != nil || s.sessions[c.Value] == "" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	_, _ = w.Write([]byte(s.sessions[c.Value]))
}

func (s *site) handler(launches http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/launch", launches)
	mux.HandleFunc("GET /whoami", s.whoami)
	return mux
}

func newSite(open bool) *site { return &site{open: open, sessions: map[string]string{}} }

// careful is a tool made with this SDK.
func careful(a launchtest.Agreement) (http.Handler, error) {
	var issuers []hti.Issuer
	for _, i := range a.Issuers {
		keys, err := launch.NewJWKS(launch.JWKSConfig{URL: i.JWKS, AllowLoopback: true, Now: now})
		if err != nil {
			return nil, err
		}
		issuers = append(issuers, hti.Issuer{ID: i.ID, Keys: keys, Algorithms: i.Algorithms})
	}
	profile, err := hti.New(hti.Config{Audience: a.Audience, Issuers: issuers})
	if err != nil {
		return nil, err
	}
	s := newSite(false)
	h, err := launch.NewHandler(launch.HandlerConfig{
		Profiles: []launch.Profile{profile},
		Replay:   launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: now}),
		Policy:   launch.Policy{BearerReason: "a test"},
		OnLaunch: func(w http.ResponseWriter, r *http.Request, l *launch.Launch) { s.begin(w, r, l.Patient.String()) },
		Now:      now,
	})
	return s.handler(h), err
}

// target is a tool in this process that has the suite's clock.
func target(tool func(launchtest.Agreement) (http.Handler, error)) launchtest.Target {
	return launchtest.Target{URL: "https://tool.example/launch", Whoami: "https://tool.example/whoami", SecondIssuer: "https://second.example",
		Tool: tool, Now: now, Portal: onePortal()}
}
