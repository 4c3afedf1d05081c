package main

import (
	"crypto/rand"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
)

// Sessions end when a person does nothing for [helsenorge.Inactivity], and after
// a working day; there are at most so many.
const (
	sessionAge  = 8 * time.Hour
	maxSessions = 100_000
)

// sessions are the tool's own: who came by which launch.
type sessions struct {
	cookie http.Cookie
	login  *helsenorge.Profile // nil without Helsenorge
	log    *slog.Logger
	now    func() time.Time

	mu   sync.Mutex
	byID map[string]session
}

type session struct {
	launch *launch.Launch
	until  time.Time
	helsenorge.Session
}

func newSessions(cfg config, log *slog.Logger) *sessions {
	s := &sessions{byID: map[string]session{}, log: log, now: cfg.now}
	s.cookie = http.Cookie{Name: "session", Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: int(sessionAge.Seconds())}
	if strings.HasPrefix(cfg.BaseURL, "https:") {
		s.cookie.Name, s.cookie.Secure = "__Host-session", true
	}
	return s
}

// start begins a session under a new id, and ends the one that is there: it may
// be somebody else's. Of a login, the launch says which that is; a portal's form
// comes from another site without Lax cookies, and then the cookie is replaced at
// least, so that this browser cannot reach the old session any more.
func (s *sessions) start(w http.ResponseWriter, r *http.Request, l *launch.Launch) {
	cookie := s.cookie
	cookie.Value = rand.Text()
	if !s.keep(cookie.Value, l, s.id(r), l.Earlier.Reveal()) {
		http.Error(w, "too many sessions, try again later", http.StatusServiceUnavailable)
		return
	}
	http.SetCookie(w, &cookie)
	http.Redirect(w, r, "/whoami", http.StatusSeeOther)
}

// keep ends the old sessions and begins one, if there is room.
func (s *sessions) keep(id string, l *launch.Launch, old ...string) bool {
	for _, earlier := range old {
		s.end(earlier)
	}
	one := session{launch: l, until: s.now().Add(sessionAge), Session: s.begin(l)}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.byID) >= maxSessions {
		s.forget()
	}
	if len(s.byID) >= maxSessions {
		return false
	}
	s.byID[id] = one
	return true
}

func (s *sessions) id(r *http.Request) string {
	cookie, err := r.Cookie(s.cookie.Name)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// running says where this browser is at work with that very launch.
func (s *sessions) running(r *http.Request, issuer, messageID string) string {
	if l := s.current(r); l != nil && l.Issuer == issuer && l.MessageID == messageID {
		return "/whoami"
	}
	return ""
}

// whoami gives the launch: who, for whom, about what, and how sure that is.
func (s *sessions) whoami(w http.ResponseWriter, r *http.Request) {
	l := s.current(r)
	w.Header().Set("Cache-Control", "no-store")
	if l == nil {
		http.Error(w, "nobody is here, or for half an hour nothing was done: start the tool from the portal", http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(l) // who went away needs no answer
}

// logout ends the session here, and its tokens at Helsenorge. The person stays
// logged in there.
func (s *sessions) logout(w http.ResponseWriter, r *http.Request) {
	s.end(s.id(r))
	cookie := s.cookie
	cookie.MaxAge = -1
	http.SetCookie(w, &cookie)
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte("You are logged out of this tool, and still logged in where you came from.\n")) // fails if nobody listens
}
