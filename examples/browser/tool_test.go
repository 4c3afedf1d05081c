package browser_test

import (
	"crypto/rand"
	"html/template"
	"net/http"
	"slices"
	"sync"

	"github.com/verktoykatalog/verktoy/launch"
)

// sessionName is the cookie of the tool's own session. It is SameSite=Lax: Strict
// would be missing when the person comes from the portal.
const (
	sessionName = "__Host-session"
	begunName   = "__Host-begun"
)

// tool is a tool's sessions and pages.
type tool struct {
	mu       sync.Mutex
	begun    map[string]*launch.Launch // not yet a session
	sessions map[string]*launch.Launch
	launches []*launch.Launch
	answers  []http.Header // of requests that reached the callback address
}

// routes are the tool's site. logins answers at the start and callback addresses.
func (o *tool) routes(logins http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/uthopp/", logins)
	mux.HandleFunc("POST /uthopp/callback", func(w http.ResponseWriter, r *http.Request) {
		o.mu.Lock()
		o.answers = append(o.answers, r.Header.Clone())
		o.mu.Unlock()
		logins.ServeHTTP(w, r)
	})
	mux.HandleFunc("GET /begin", o.enter)
	mux.HandleFunc("GET /task", o.task)
	return mux
}

// begin keeps an accepted launch for the next request. The one that brought it was
// posted by another site, so whether there is a session cannot be seen in it.
func (o *tool) begin(w http.ResponseWriter, r *http.Request, l *launch.Launch) {
	id := rand.Text()
	o.mu.Lock()
	defer o.mu.Unlock()
	o.begun[id], o.launches = l, append(o.launches, l)
	o.set(w, begunName, id, 60)
	http.Redirect(w, r, "/begin", http.StatusSeeOther)
}

// enter starts the session, under a new id, and ends the one that was there.
func (o *tool) enter(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if c, err := r.Cookie(begunName); err == nil && o.begun[c.Value] != nil {
		if old, err := r.Cookie(sessionName); err == nil {
			delete(o.sessions, old.Value)
		}
		id := rand.Text()
		o.sessions[id] = o.begun[c.Value]
		delete(o.begun, c.Value)
		o.set(w, sessionName, id, 0)
		o.set(w, begunName, "", -1)
	}
	http.Redirect(w, r, "/task", http.StatusSeeOther)
}

func (o *tool) set(w http.ResponseWriter, name, value string, age int) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: age, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// session is who is at work in the request's browser; nil for nobody.
func (o *tool) session(r *http.Request) *launch.Launch {
	c, err := r.Cookie(sessionName)
	if err != nil {
		return nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.sessions[c.Value]
}

// running sends somebody who comes back with the same login to where he is.
func (o *tool) running(r *http.Request, issuer, messageID string) string {
	if l := o.session(r); l != nil && l.Issuer == issuer && l.MessageID == messageID {
		return "/task"
	}
	return ""
}

func (o *tool) task(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "frame-ancestors 'none'")
	l := o.session(r)
	if l == nil {
		w.WriteHeader(http.StatusForbidden)
	}
	_ = taskPage.Execute(w, l) // fails if nobody listens
}

// posted are the headers of requests that reached the callback address.
func (o *tool) posted() []http.Header {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.answers)
}

// end ends all sessions.
func (o *tool) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	clear(o.sessions)
}

// count is how many sessions run.
func (o *tool) count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.sessions)
}

// began are the launches so far.
func (o *tool) began() []*launch.Launch {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.launches)
}

var taskPage = template.Must(template.New("task").Parse(`<!doctype html>
<html lang="nb">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Søvn steg for steg</title>
<style>body{font:1.125rem/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1.5rem;color:#1c1c28;overflow-wrap:anywhere}
h1{font-size:1.75rem;line-height:1.25}</style>
</head>
<body>
<main>
<h1>Søvn steg for steg</h1>
{{if .}}<p>Du er logget inn fra Helsenorge.</p>
<p>Gjelder: <span id="acting">{{.Acting}}</span></p>
<p>Oppgave: <span id="entry">{{.Context.Get "prom_entry_id"}}</span></p>
<p>Pseudonym: <span id="patient">{{.Patient.ID}}</span></p>
{{else}}<p id="nobody">Du er ikke logget inn.</p>
{{end}}</main>
</body>
</html>
`))
