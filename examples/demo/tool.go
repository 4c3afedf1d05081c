package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/helsenorge"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

// toolSite is the vendor's web application: it accepts launches, shows one small
// exercise and reports back. In the demo it stands in for every tool.
type toolSite struct {
	url       string
	portal    *peer
	catalogue *catalogue.Live     // names the tools that are open to all
	logins    http.Handler        // citizens who are logged in at Helsenorge
	signed    http.Handler        // signed messages (HTI)
	profile   *helsenorge.Profile // ends what a login gave
	pages     pages
	now       func() time.Time
	log       *slog.Logger

	reporter *report.Reporter
	queue    report.Queue // what waits to be reported
	sender   report.Sender

	mu       sync.Mutex
	sessions map[string]session
}

// session is one citizen at work. It is all that the tool keeps of them, in
// memory, until it ends.
type session struct {
	launch *launch.Launch
	about  about
	note   string // what the citizen has written so far
	helsenorge.Session
}

// subject is what a session is about, for reports.
func (s session) subject() report.Subject {
	return report.Subject{Portal: s.launch.Issuer, Task: s.launch.TaskID(), Launch: s.launch.MessageID}
}

const sessionCookie = "demo-tool-session"

// started asks the portal what the launch is about, and gives the citizen a
// session of the tool's own. Its identifier is new for every launch, so that
// nobody can plant one; the earlier one, maybe somebody else's, ends.
func (s *toolSite) started(w http.ResponseWriter, r *http.Request, l *launch.Launch) {
	s.end(l.Earlier.Reveal())
	s.end(s.id(r))
	begun := session{launch: l, Session: helsenorge.Session{LastSeen: s.now()}}
	if l.Profile == helsenorge.ID {
		begun.Session = s.profile.NewSession(l)
	}
	var err error
	if begun.about, err = s.ask(r.Context(), l); err != nil {
		s.logOut(begun)
		s.refuse(w, r, err)
		return
	}
	s.report(r.Context(), begun.subject(), s.reporter.Started)
	id := rand.Text()
	s.mu.Lock()
	s.sessions[id] = begun
	s.mu.Unlock()
	// A real tool serves https and adds Secure and the __Host- prefix; the demo is plain http on loopback.
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Value: id, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// ask gives what the portal says of a task; it knows whether the person is the one whose task it is.
func (s *toolSite) ask(ctx context.Context, l *launch.Launch) (about, error) {
	var a about
	return a, s.portal.post(ctx, "/tasks/"+l.TaskID()+"/about", question{l.Patient.ID}, &a)
}

// refuse says why somebody who is logged in cannot go on.
func (s *toolSite) refuse(w http.ResponseWriter, r *http.Request, err error) {
	var refused *refusedError
	if errors.As(err, &refused) && refused.code == http.StatusNotFound {
		s.stop(w, r, http.StatusForbidden, "not-your-task")
		return
	}
	s.log.Warn("the portal does not answer", "error", err)
	s.stop(w, r, http.StatusBadGateway, "portal-silent")
}

// report writes what has happened, and tries to deliver it. What the line of
// reports does not allow, such as a second end, was said before.
func (s *toolSite) report(ctx context.Context, about report.Subject, what func(context.Context, report.Store, report.Subject) (report.Report, error)) {
	_, err := what(ctx, s.queue, about)
	if err != nil && !errors.Is(err, prescription.ErrNotAllowed{}) {
		s.log.Error("a report could not be written", "error", err)
		return
	}
	s.deliver(ctx)
}

// deliver sends what waits; what does not arrive is tried again later.
func (s *toolSite) deliver(ctx context.Context) {
	if _, err := s.reporter.Drain(ctx, s.queue, s.sender); err != nil {
		s.log.Warn("a report will be delivered later", "error", err)
	}
}

// whoami shows the launch as JSON: what the tool knows of the person, and no more.
func (s *toolSite) whoami(w http.ResponseWriter, r *http.Request) {
	current, there := s.session(r)
	if !there {
		http.Error(w, "no launch yet: start the tool from the portal", http.StatusUnauthorized)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(current.launch)
}
