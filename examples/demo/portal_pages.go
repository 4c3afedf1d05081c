package main

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// portalSite draws what the citizen sees. The demo asks who you are instead of
// a login: a real portal has ID-porten there.
type portalSite struct {
	*portal
	pages pages
}

func (p *portal) handler(pg pages) http.Handler {
	s := portalSite{p, pg}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.home)
	mux.HandleFunc("POST /login", s.login)
	mux.HandleFunc("GET /mine", s.mine)
	mux.HandleFunc("POST /choose", s.chooseTool)
	mux.HandleFunc("POST /start", s.startTask)
	mux.Handle("/.well-known/jwks.json", p.keys)
	mux.HandleFunc("POST /tasks", system(p.secret, p.received))
	mux.HandleFunc("POST /tasks/{id}/withdrawal", system(p.secret, p.withdrawn))
	mux.HandleFunc("POST /tasks/{id}/status", system(p.secret, p.reported))
	return site(mux, pg)
}

const portalCookie = "demo-portal-person"

func (s portalSite) home(w http.ResponseWriter, r *http.Request) {
	s.pages.show(w, r, http.StatusOK, "portal.html", persons(s.people))
}

func (s portalSite) login(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: portalCookie, Value: r.FormValue("person"), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, "/mine", http.StatusSeeOther)
}

func (s portalSite) citizen(r *http.Request) (citizen, bool) {
	c, err := r.Cookie(portalCookie)
	if err != nil {
		return citizen{}, false
	}
	return find(s.people, c.Value)
}

type minePage struct {
	Name  string
	Tasks []taskRow
	Open  []catalogue.Tool
}

type taskRow struct {
	citizenTask
	Name catalogue.Text
	Stop string // why it cannot be started, a key of the texts
}

func (s portalSite) mine(w http.ResponseWriter, r *http.Request) {
	who, found := s.citizen(r)
	if !found {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	s.pages.show(w, r, http.StatusOK, "mine.html", minePage{who.name, s.rows(who), s.open(language(r))})
}

func (s portalSite) rows(who citizen) []taskRow {
	var out []taskRow
	for _, t := range s.list(who) {
		tool, _ := s.catalogue.Index().Get(catalogue.ToolID(t.Tool))
		row := taskRow{citizenTask: t, Name: tool.Name}
		if _, err := s.startable(who, t.ID); err != nil {
			row.Stop = startReason(err)
		}
		out = append(out, row)
	}
	return out
}

// open lists tools that the citizen may take up alone, a handful by name.
func (s portalSite) open(lang catalogue.Lang) []catalogue.Tool {
	var out []catalogue.Tool
	for _, tool := range s.catalogue.Index().Tools() {
		if !tool.Access.RequiresPrescription && tool.CheckStart(s.now()) == nil {
			out = append(out, tool)
		}
	}
	slices.SortFunc(out, func(a, b catalogue.Tool) int { return strings.Compare(a.Name.In(lang), b.Name.In(lang)) })
	return out[:min(len(out), 8)]
}

func (s portalSite) chooseTool(w http.ResponseWriter, r *http.Request) {
	who, found := s.citizen(r)
	if !found {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	if _, err := s.choose(who, catalogue.ToolID(r.FormValue("tool"))); err != nil {
		s.pages.show(w, r, http.StatusConflict, "problem.html", startReason(err))
		return
	}
	http.Redirect(w, r, "/mine", http.StatusSeeOther)
}

// startTask sends the browser to the tool with the signed message in a form: never in an address.
func (s portalSite) startTask(w http.ResponseWriter, r *http.Request) {
	who, found := s.citizen(r)
	if !found {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	out, address, err := s.start(who, r.FormValue("task"), language(r))
	if err != nil {
		s.pages.show(w, r, http.StatusConflict, "problem.html", startReason(err))
		return
	}
	if err := out.Form(w, address); err != nil {
		s.pages.show(w, r, http.StatusInternalServerError, "problem.html", "try-again")
	}
}

// startReason turns a refusal into the key of a text that a citizen can act on.
func startReason(err error) string {
	for cause, key := range map[error]string{
		catalogue.ErrWithdrawn: "start-withdrawn", catalogue.ErrPaused: "start-paused", catalogue.ErrApprovalEnded: "start-withdrawn",
		errNeedsClinician: "start-needs-clinician", errDeadline: "start-deadline", errDone: "start-done", errTakenBack: "start-taken-back",
		errNoTask: "start-not-yours", errNoTool: "start-no-tool",
	} {
		if errors.Is(err, cause) {
			return key
		}
	}
	return "try-again"
}
