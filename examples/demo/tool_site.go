package main

import (
	"net/http"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/prescription"
)

// maxNote is how much the citizen may write, in bytes.
const maxNote = 10_000

func (s *toolSite) handler(p pages) http.Handler {
	s.pages = p
	mux := http.NewServeMux()
	mux.Handle("/launch", inChosenLanguage(s.signed))
	mux.Handle("/uthopp/", inChosenLanguage(s.logins))
	mux.HandleFunc("GET /{$}", s.exercise)
	mux.HandleFunc("POST /{$}", s.act)
	mux.HandleFunc("GET /open/{tool}", s.openTool)
	mux.HandleFunc("GET /goodbye", s.goodbye)
	mux.HandleFunc("GET /whoami", s.whoami)
	// A launch is a form from another site by design: its signature, or the login's
	// cookie, decides and not its origin.
	return named("tool-site", mux, site(mux, p, "POST /launch", "POST "+callbackPath))
}

func (s *toolSite) stop(w http.ResponseWriter, r *http.Request, code int, key string) {
	s.pages.stop(w, r, code, key, s.portal.url+"/mine", "to-portal")
}

// exercisePage is the tool's only page: who has come and why, the exercise, and what is kept.
type exercisePage struct {
	Launch *launch.Launch
	About  about
	Child  bool
	State  prescription.State // as the tool has reported it
	Ended  bool               // by the clinician, or the deadline is over
	Asked  bool               // the clinician wants to end it
	Late   bool               // the portal did not take what was reported
	Note   string
	Error  string
	Portal string
}

func (s *toolSite) exercise(w http.ResponseWriter, r *http.Request) {
	s.showExercise(w, r, http.StatusOK, "")
}

func (s *toolSite) showExercise(w http.ResponseWriter, r *http.Request, code int, problem string) {
	current, there := s.session(r)
	if !there {
		s.nobody(w, r)
		return
	}
	if now, err := s.ask(r.Context(), current.launch); err == nil {
		s.change(r, func(c *session) { c.about = now })
		current.about = now
	}
	line, err := s.queue.Line(r.Context(), current.subject())
	if err != nil {
		s.log.Error("the reports could not be read", "error", err)
	}
	page := exercisePage{Launch: current.launch, About: current.about, Child: current.launch.Acting == launch.ActingParent, State: line.State,
		Note: current.note, Error: problem, Portal: s.portal.url + "/mine", Asked: current.about.State == prescription.CancelAsked}
	page.Ended = current.about.State.Ended()
	page.Late = line.State == prescription.Completed && current.about.State != prescription.Completed
	s.pages.show(w, r, code, "exercise.html", page)
}

// nobody tells who has no session where to begin: the cookie says whether there was one.
func (s *toolSite) nobody(w http.ResponseWriter, r *http.Request) {
	if s.id(r) != "" {
		s.stop(w, r, http.StatusUnauthorized, "session-gone")
		return
	}
	s.stop(w, r, http.StatusUnauthorized, "no-launch")
}

// act does what a button of the exercise says, and keeps what was written until then.
func (s *toolSite) act(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 2*maxNote)
	current, there := s.session(r)
	if !there {
		s.nobody(w, r)
		return
	}
	err := r.ParseForm()
	note := r.PostForm.Get("note")
	if err != nil || len(note) > maxNote {
		s.showExercise(w, r, http.StatusBadRequest, "note-too-long")
		return
	}
	if r.PostForm.Has("note") {
		s.change(r, func(c *session) { c.note = note })
	}
	subject := current.subject()
	switch r.PostFormValue("do") {
	case "done":
		s.report(r.Context(), subject, s.reporter.Completed)
		s.change(r, func(c *session) { c.note = "" })
	case "pause":
		s.report(r.Context(), subject, s.reporter.Paused)
	case "resume":
		s.report(r.Context(), subject, s.reporter.Resumed)
	case "end":
		s.report(r.Context(), subject, s.reporter.ConfirmCancel)
	case "leave":
		s.leave(w, r)
		return
	default:
		s.showExercise(w, r, http.StatusBadRequest, "choose-button")
		return
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// leave ends the session and forgets all that it held.
func (s *toolSite) leave(w http.ResponseWriter, r *http.Request) {
	s.end(s.id(r))
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, "/goodbye", http.StatusSeeOther)
}

func (s *toolSite) goodbye(w http.ResponseWriter, r *http.Request) {
	s.pages.show(w, r, http.StatusOK, "goodbye.html", s.portal.url+"/mine")
}

// openPage is a tool that anybody may open: which one it is, and the way back.
type openPage struct {
	Tool   catalogue.Tool
	Portal string
}

// openTool is what somebody sees who opens a tool that needs no login: it knows nobody and keeps nothing. A vendor's own
// server knows its tools; the demo's stands in for every tool, and looks in the catalogue, which is open to all.
func (s *toolSite) openTool(w http.ResponseWriter, r *http.Request) {
	tool, found := s.catalogue.Get(catalogue.ToolID(r.PathValue("tool")))
	switch err := tool.CheckStart(s.now()); {
	case !found:
		s.stop(w, r, http.StatusNotFound, "start-no-tool")
	case err != nil:
		s.stop(w, r, http.StatusConflict, startReason(err))
	case !tool.Access.WithoutLogin:
		s.stop(w, r, http.StatusUnauthorized, "no-launch")
	default:
		s.pages.show(w, r, http.StatusOK, "open.html", openPage{tool, s.portal.url + "/mine"})
	}
}
