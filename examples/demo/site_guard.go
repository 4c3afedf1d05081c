package main

import "net/http"

// site adds what all sites share: style and script, language, headers that keep
// pages out of frames and caches, and a guard against forms that another site
// sends in the reader's name. open are patterns that the guard lets through.
func site(mux *http.ServeMux, p pages, open ...string) http.Handler {
	for path, file := range map[string]string{"/style.css": "style.css", "/site.js": "site.js", "/icon.svg": "icon.svg"} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, files, "templates/"+file) })
	}
	mux.HandleFunc("/", p.problem(http.StatusNotFound, "not-found"))
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(p.problem(http.StatusForbidden, "other-site"))
	for _, pattern := range open {
		guard.AddInsecureBypassPattern(pattern)
	}
	guarded := guard.Handler(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		harden(w.Header())
		if r.URL.Query().Get("lang") != "" {
			http.SetCookie(w, &http.Cookie{Name: "demo-lang", Value: string(language(r)), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
		}
		guarded.ServeHTTP(w, r)
	})
}

const contentPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

func harden(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", contentPolicy)
}

// letFormsLeadTo allows forms whose answer sends the browser on to another site:
// browsers hold redirects to form-action, too.
func letFormsLeadTo(h http.Header, origin string) {
	h.Set("Content-Security-Policy", contentPolicy+" "+origin)
}

// problemPage says what went wrong and what to do next.
type problemPage struct {
	Key   string // of the text
	Href  string // where to go on
	Label string // a key of the texts
}

// Title is the key of the page's heading: not everything that stops somebody is a fault.
func (p problemPage) Title() string {
	switch p.Key {
	case "not-found", "no-tool", "no-prescription", "start-not-yours", "start-no-tool":
		return "lost"
	case "no-launch", "session-gone", "not-logged-in":
		return "not-in"
	}
	return "problem"
}

func (p pages) problem(code int, key string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { p.stop(w, r, code, key, "/", "to-start") }
}

// stop shows a problem with the way on.
func (p pages) stop(w http.ResponseWriter, r *http.Request, code int, key, href, label string) {
	p.show(w, r, code, "problem.html", problemPage{key, href, label})
}
