package main

import (
	"context"
	"net/http"
	"time"

	"github.com/verktoykatalog/verktoy/launch/helsenorge"
)

func (s *toolSite) id(r *http.Request) string {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// session gives the request's session, which counts as something that the person
// did. It ends after half an hour in which nothing was done (Helsenorge's rule).
func (s *toolSite) session(r *http.Request) (session, bool) {
	id := s.id(r)
	s.mu.Lock()
	one, there := s.sessions[id]
	alive := there && s.now().Sub(one.LastSeen) < helsenorge.Inactivity
	if alive {
		one.LastSeen = s.now()
		s.sessions[id] = one
	}
	s.mu.Unlock()
	if !alive {
		s.end(id)
	}
	return one, alive
}

// change keeps what is new in the request's session.
func (s *toolSite) change(r *http.Request, with func(*session)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if one, there := s.sessions[s.id(r)]; there {
		with(&one)
		s.sessions[s.id(r)] = one
	}
}

// end forgets a session, if there is one, and all that it holds.
func (s *toolSite) end(id string) {
	s.mu.Lock()
	one, there := s.sessions[id]
	delete(s.sessions, id)
	s.mu.Unlock()
	if there {
		s.logOut(one)
	}
}

// logOut ends the tokens at Helsenorge. The person stays logged in at the portal.
func (s *toolSite) logOut(one session) {
	if one.launch.Profile != helsenorge.ID {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := s.profile.Logout(ctx, one.Session); err != nil {
		s.log.Warn("a session has ended, but its tokens at Helsenorge have not", "error", err)
	}
}

// running sends somebody who goes back or reloads to where the same launch is at work.
func (s *toolSite) running(r *http.Request, issuer, messageID string) string {
	if one, there := s.session(r); there && one.launch.Issuer == issuer && one.launch.MessageID == messageID {
		return "/"
	}
	return ""
}
