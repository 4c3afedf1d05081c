package main

import (
	"errors"
	"html/template"
	"net/http"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// portalSite draws what the citizen sees. The demo asks who you are instead of a
// login: a real portal has ID-porten there.
type portalSite struct {
	*portal
	pages pages
}

func (p *portal) handler(pg pages) http.Handler {
	s := portalSite{p, pg}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.home)
	mux.HandleFunc("POST /{$}", s.logIn)
	mux.HandleFunc("GET /mine", s.known(s.mine))
	mux.HandleFunc("POST /mine", s.known(s.chooseTool))
	mux.HandleFunc("GET /tasks/{id}", s.known(s.taskPage))
	mux.HandleFunc("POST /tasks/{id}", s.known(s.act))
	mux.Handle("/.well-known/jwks.json", p.keys)
	mux.HandleFunc("POST /tasks", system(p.secret, p.received))
	mux.HandleFunc("POST /tasks/{id}/about", system(p.secret, p.asked))
	mux.HandleFunc("POST /reports", p.reports)
	return p.besideLogin(named("portal", mux, site(mux, pg)))
}

// besideLogin serves the pages of the simulated Helsenorge as they are, with
// their own headers, and all else as the portal. They speak the language that was
// chosen at the portal.
func (p *portal) besideLogin(portal http.Handler) http.Handler {
	login := inChosenLanguage(p.login.PortalHandler())
	outer := http.NewServeMux()
	outer.Handle("/sts/", login)
	outer.Handle("/simulator/", login)
	outer.Handle("/", portal)
	return outer
}

const portalCookie = "demo-portal-person"

// portalBar is what stands above every page of somebody who is logged in.
type portalBar struct{ Name string }

func (s portalSite) show(w http.ResponseWriter, r *http.Request, code int, name string, data any) {
	s.pages.showWith(w, r, code, name, data, template.FuncMap{"bar": func() any {
		if who, found := s.citizen(r); found {
			return portalBar{who.name}
		}
		return nil
	}})
}

func (s portalSite) stop(w http.ResponseWriter, r *http.Request, code int, key string) {
	s.show(w, r, code, "problem.html", problemPage{key, "/mine", "to-mine"})
}

func (s portalSite) home(w http.ResponseWriter, r *http.Request) {
	var people []person
	for _, c := range s.people {
		if !c.small {
			people = append(people, person{ID: c.id, Name: c.name, Age: c.age(s.now())})
		}
	}
	s.show(w, r, http.StatusOK, "portal.html", people)
}

// logIn is the form of the first page, and the one in the bar that ends it.
func (s portalSite) logIn(w http.ResponseWriter, r *http.Request) {
	if r.PostFormValue("do") == "log-out" {
		http.SetCookie(w, &http.Cookie{Name: portalCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	who, found := find(s.people, r.PostFormValue("person"))
	if !found || who.small {
		s.show(w, r, http.StatusBadRequest, "problem.html", problemPage{"no-such-person", "/", "choose-again"})
		return
	}
	http.SetCookie(w, &http.Cookie{Name: portalCookie, Value: who.id, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, "/mine", http.StatusSeeOther)
}

func (s portalSite) citizen(r *http.Request) (citizen, bool) {
	c, err := r.Cookie(portalCookie)
	if err != nil {
		return citizen{}, false
	}
	return find(s.people, c.Value)
}

// known lets through who is logged in, and says to all others where to do so.
func (s portalSite) known(next func(http.ResponseWriter, *http.Request, citizen)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who, found := s.citizen(r)
		if !found {
			s.show(w, r, http.StatusUnauthorized, "problem.html", problemPage{"not-logged-in", "/", "log-in-again"})
			return
		}
		next(w, r, who)
	}
}

// startReasons are the texts for what stops a citizen.
var startReasons = []struct {
	cause error
	key   string
}{
	{catalogue.ErrWithdrawn, "start-withdrawn"},
	{catalogue.ErrPaused, "start-paused"},
	{catalogue.ErrUnavailable, "start-withdrawn"},
	{errNeedsClinician, "start-needs-clinician"},
	{errNotOnBehalf, "start-not-on-behalf"},
	{errDeadline, "start-deadline"},
	{errDone, "start-done"},
	{errDeclined, "start-declined"},
	{errTakenBack, "start-taken-back"},
	{errAsked, "start-asked"},
	{errNoTask, "start-not-yours"},
	{errNoTool, "start-no-tool"},
}

// startReason turns a refusal into the key of a text that a citizen can act on.
func startReason(err error) string {
	for _, r := range startReasons {
		if errors.Is(err, r.cause) {
			return r.key
		}
	}
	return "try-again"
}
