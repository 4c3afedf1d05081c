package main

import (
	"context"
	"net/http"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
)

// begin is what a session keeps of a launch: of a login the tokens, and of all
// when the person last did something.
func (s *sessions) begin(l *launch.Launch) helsenorge.Session {
	if l.Profile == helsenorge.ID {
		return s.login.NewSession(l)
	}
	return helsenorge.Session{LastSeen: s.now()}
}

// current is the launch of the request's session, nil if there is none. The
// request counts as something that the person did.
func (s *sessions) current(r *http.Request) *launch.Launch {
	id := s.id(r)
	s.mu.Lock()
	one, there := s.byID[id]
	alive := there && s.seen(&one)
	if alive {
		s.byID[id] = one
	}
	s.mu.Unlock()
	if !alive {
		s.end(id)
		return nil
	}
	return one.launch
}

// seen notes that the person did something; false if the session has ended.
// Helsenorge's rule holds for portals' launches, too.
func (s *sessions) seen(one *session) bool {
	now := s.now()
	if !now.Before(one.until) {
		return false
	}
	if one.launch.Profile == helsenorge.ID {
		var err error
		one.Session, err = s.login.Seen(one.Session)
		return err == nil
	}
	idle := now.Sub(one.LastSeen)
	one.LastSeen = now
	return idle < helsenorge.Inactivity
}

// forget drops the sessions that have ended. Their tokens end by themselves: access
// tokens last for about half an hour, and this tool asks for no others.
func (s *sessions) forget() {
	for id, one := range s.byID {
		if !s.seen(&one) {
			delete(s.byID, id)
		}
	}
}

// revokeTime is how long the tool waits until Helsenorge has ended the tokens.
const revokeTime = 5 * time.Second

// end ends a session, if there is one, and its tokens at Helsenorge. A person who
// closes the page does not stop that, so it is not bound to a request.
func (s *sessions) end(id string) {
	s.mu.Lock()
	one, there := s.byID[id]
	delete(s.byID, id)
	s.mu.Unlock()
	if !there || one.launch.Profile != helsenorge.ID {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), revokeTime)
	defer cancel()
	if err := s.login.Logout(ctx, one.Session); err != nil {
		s.log.Warn("a session has ended, but its tokens at Helsenorge have not", "error", err)
	}
}
