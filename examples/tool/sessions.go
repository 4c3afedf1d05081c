package main

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// Sessions end after an hour; there are at most so many.
const (
	sessionAge  = time.Hour
	maxSessions = 100_000
)

// sessions are the tool's own: who came by which launch.
type sessions struct {
	cookie http.Cookie

	mu   sync.Mutex
	byID map[string]session
}

type session struct {
	launch *launch.Launch
	until  time.Time
}

func newSessions(baseURL string) *sessions {
	s := &sessions{byID: map[string]session{}}
	s.cookie = http.Cookie{Name: "session", Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: int(sessionAge.Seconds())}
	if strings.HasPrefix(baseURL, "https:") {
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
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, earlier := range old {
		delete(s.byID, earlier)
	}
	if len(s.byID) >= maxSessions {
		s.forget(time.Now())
	}
	if len(s.byID) >= maxSessions {
		return false
	}
	s.byID[id] = session{l, time.Now().Add(sessionAge)}
	return true
}

func (s *sessions) forget(now time.Time) {
	for id, one := range s.byID {
		if !now.Before(one.until) {
			delete(s.byID, id)
		}
	}
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

// current is the launch of the request's session, nil if there is none.
func (s *sessions) current(r *http.Request) *launch.Launch {
	s.mu.Lock()
	defer s.mu.Unlock()
	one, there := s.byID[s.id(r)]
	if !there || !time.Now().Before(one.until) {
		return nil
	}
	return one.launch
}

// whoami gives the launch: who, for whom, about what, and how sure that is.
func (s *sessions) whoami(w http.ResponseWriter, r *http.Request) {
	l := s.current(r)
	w.Header().Set("Cache-Control", "no-store")
	if l == nil {
		http.Error(w, "nobody is here yet: start the tool from the portal", http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(l) // who went away needs no answer
}
