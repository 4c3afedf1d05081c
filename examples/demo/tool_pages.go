package main

import (
	"net/http"

	"github.com/verktoykatalog/verktoy/launch"
)

// toolPages draws the tool: who has come, one small exercise, and a button that reports back.
type toolPages struct {
	*toolSite
	pages pages
}

func (s *toolSite) handler(p pages) http.Handler {
	v := toolPages{s, p}
	mux := http.NewServeMux()
	mux.Handle("/launch", s.launch)
	mux.HandleFunc("GET /{$}", v.exercise)
	mux.HandleFunc("GET /whoami", s.whoami)
	mux.HandleFunc("POST /done", v.done)
	// A launch is a form from another site by design: its signature decides, not its origin.
	return sameOrigin(site(mux), "POST /launch")
}

type exercisePage struct {
	Launch *launch.Launch
	Done   bool
}

// exercise tells the portal that the citizen has begun; the report's identifier makes a reload harmless.
func (v toolPages) exercise(w http.ResponseWriter, r *http.Request) {
	l := v.session(r)
	if l == nil {
		v.pages.show(w, r, http.StatusUnauthorized, "problem.html", "no-launch")
		return
	}
	if _, err := v.report(r.Context(), l, l.MessageID+"-start", "start", v.now()); err != nil {
		v.pages.show(w, r, http.StatusBadGateway, "problem.html", "report-failed")
		return
	}
	v.pages.show(w, r, http.StatusOK, "exercise.html", exercisePage{l, false})
}

func (v toolPages) done(w http.ResponseWriter, r *http.Request) {
	l := v.session(r)
	if l == nil {
		v.pages.show(w, r, http.StatusUnauthorized, "problem.html", "no-launch")
		return
	}
	if _, err := v.report(r.Context(), l, l.MessageID+"-complete", "complete", v.now()); err != nil {
		v.pages.show(w, r, http.StatusBadGateway, "problem.html", "report-failed")
		return
	}
	v.pages.show(w, r, http.StatusOK, "exercise.html", exercisePage{l, true})
}
