package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
)

// toolSite is the vendor's web application: it accepts launches, shows one
// small exercise and reports back. In the demo it stands in for every tool.
type toolSite struct {
	url     string
	launch  *launch.Handler
	reports *peer
	now     func() time.Time
	log     *slog.Logger

	mu       sync.Mutex
	sessions map[string]*session
}

// session is one citizen at work.
type session struct {
	launch *launch.Launch
	done   string // what the portal said when the citizen was done; empty before
}

func newToolSite(now func() time.Time, urls [3]string, secret string, log *slog.Logger) (*toolSite, error) {
	s := &toolSite{url: urls[2], reports: newPeer(urls[1], secret), now: now, log: log, sessions: map[string]*session{}}
	keys, err := launch.NewJWKS(launch.JWKSConfig{
		URL: urls[1] + "/.well-known/jwks.json", Client: &http.Client{Timeout: 5 * time.Second}, AllowLoopback: true, Now: now,
	})
	if err != nil {
		return nil, err
	}
	profile, err := hti.New(hti.Config{Audience: urls[2], Issuers: []hti.Issuer{{ID: urls[1], Keys: keys, Algorithms: []string{"ES256"}}}})
	if err != nil {
		return nil, err
	}
	s.launch, err = launch.NewHandler(launch.HandlerConfig{
		Profiles: []launch.Profile{profile},
		Replay:   launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: now}),
		Policy:   launch.Policy{BearerReason: "The demo's exercise holds no health data, and the portal has logged the citizen in."},
		OnLaunch: s.started,
		Logger:   log,
		Now:      now,
	})
	return s, err
}

const sessionCookie = "demo-tool-session"

// started tells the portal that the citizen has begun and gives the citizen a
// session of the tool's own. Its identifier is new for every launch, so that
// nobody can plant one.
func (s *toolSite) started(w http.ResponseWriter, r *http.Request, l *launch.Launch) {
	if _, err := s.report(r.Context(), l, l.MessageID+"-start", "start", s.now()); err != nil {
		s.log.Warn("the start is not reported", "message", l.MessageID) // the end will be, and says as much
	}
	id := rand.Text()
	s.mu.Lock()
	s.sessions[id] = &session{launch: l}
	s.mu.Unlock()
	// A real tool serves https and adds Secure and the __Host- prefix; the demo is plain http on loopback.
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Value: id, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (s *toolSite) session(r *http.Request) *session {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions[cookie.Value]
}

// whoami shows the launch as JSON: what the tool knows of the person, and no more.
func (s *toolSite) whoami(w http.ResponseWriter, r *http.Request) {
	current := s.session(r)
	if current == nil {
		http.Error(w, "no launch yet: start the tool from the portal", http.StatusUnauthorized)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	json.NewEncoder(w).Encode(current.launch)
}

// report tells the portal what happened. id is the report's own, the same when it is sent again.
func (s *toolSite) report(ctx context.Context, l *launch.Launch, id, event string, at time.Time) (string, error) {
	var answer map[string]string
	err := s.reports.post(ctx, "/tasks/"+l.Task.ID+"/status", status{ID: id, Event: event, At: at}, &answer)
	return answer["applied"], err
}
