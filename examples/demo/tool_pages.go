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
	mux.HandleFunc("POST /done", v.finish)
	// A launch is a form from another site by design: its signature decides, not its origin.
	return site(mux, p, "POST /launch")
}

type exercisePage struct {
	Launch *launch.Launch
	Done   string // a key of the texts, empty before the end
}

func (v toolPages) exercise(w http.ResponseWriter, r *http.Request) {
	current := v.session(r)
	if current == nil {
		v.pages.show(w, r, http.StatusUnauthorized, "problem.html", "no-launch")
		return
	}
	v.mu.Lock()
	page := exercisePage{current.launch, current.done}
	v.mu.Unlock()
	v.pages.show(w, r, http.StatusOK, "exercise.html", page)
}

// finish reports that the citizen is done. The report's identifier makes a second click harmless.
func (v toolPages) finish(w http.ResponseWriter, r *http.Request) {
	current := v.session(r)
	if current == nil {
		v.pages.show(w, r, http.StatusUnauthorized, "problem.html", "no-launch")
		return
	}
	applied, err := v.report(r.Context(), current.launch, current.launch.MessageID+"-complete", "complete", v.now())
	if err != nil {
		v.pages.show(w, r, http.StatusBadGateway, "problem.html", "report-failed")
		return
	}
	v.mu.Lock()
	if current.done == "" {
		current.done = thanks(applied)
	}
	v.mu.Unlock()
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// thanks does not say that a clinician sees it when nothing was taken in.
func thanks(applied string) string {
	if applied == "late" {
		return "thanks-late"
	}
	return "thanks"
}
