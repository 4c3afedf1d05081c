package main

import (
	"html/template"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// deskSite draws what the vendor and those who decide see.
type deskSite struct {
	*desk
	pages pages
	log   *slog.Logger
}

// handler is the desk's site. Its pages are read when the first visitor comes: the demo's start need not wait for them.
func (d *desk) handler(log *slog.Logger) http.Handler {
	made := sync.OnceValues(func() (http.Handler, error) { return d.site(log) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, err := made()
		if err != nil {
			log.Error("the desk has no pages", "error", err)
			http.Error(w, "the pages could not be made", http.StatusInternalServerError)
			return
		}
		h.ServeHTTP(w, r)
	})
}

func (d *desk) site(log *slog.Logger) (http.Handler, error) {
	drawn, err := deskPages()
	if err != nil {
		return nil, err
	}
	s := deskSite{d, drawn, log}
	mux := http.NewServeMux()
	for pattern, serve := range s.routes() {
		mux.HandleFunc(pattern, s.alone(serve))
	}
	mux.HandleFunc("GET /vendor/{id}/why", s.only(vendorSide, s.why)) // takes its time, and holds nobody up
	for _, name := range []string{"desk.css", "desk.js"} {
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, files, "templates/"+name) })
	}
	return site(mux, drawn), nil
}

// routes are the desk's own pages and forms; what is below a side is for those who are on it.
func (s deskSite) routes() map[string]http.HandlerFunc {
	out := map[string]http.HandlerFunc{
		"GET /{$}":                         s.start,
		"GET /who":                         s.who,
		"POST /who":                        s.signIn,
		"GET /cases/{id}/report":           s.report,
		"GET /cases/{id}/report/{as}":      s.download,
		"GET /cases/{id}/declaration":      s.declared,
		"GET /cases/{id}/declaration/{as}": s.give,
	}
	for side, pages := range map[string]map[string]http.HandlerFunc{vendorSide: s.vendorRoutes(), panelSide: s.panelRoutes()} {
		for pattern, serve := range pages {
			out[pattern] = s.only(side, serve)
		}
	}
	return out
}

func (s deskSite) vendorRoutes() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"POST /vendor":                s.open,
		"GET /vendor/{id}":            s.overview,
		"GET /vendor/{id}/{section}":  s.section,
		"POST /vendor/{id}/{section}": s.write,
		"POST /vendor/{id}/submit":    s.submit,
		"POST /vendor/{id}/tidy":      s.tidy,
		"POST /vendor/{id}/event":     s.vendorEvent,
	}
}

func (s deskSite) panelRoutes() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"GET /panel":              s.panel,
		"GET /panel/{id}":         s.kase,
		"POST /panel/{id}/vote":   s.act(s.doVote),
		"POST /panel/{id}/aside":  s.act(s.doStandAside),
		"POST /panel/{id}/waiver": s.act(s.doAskWaiver),
		"POST /panel/{id}/grant":  s.act(s.doGrantWaiver),
		"POST /panel/{id}/decide": s.act(s.doDecide),
		"POST /panel/{id}/event":  s.act(s.doEvent),
	}
}

// deskPages are the desk's own: another frame and more words than the other sites have.
func deskPages() (pages, error) {
	out := pages{}
	for _, lang := range languages {
		own := template.FuncMap{
			"t":        func(key string, values ...any) (string, error) { return deskSay(lang, key, values...) },
			"day":      func(d catalogue.Date) string { return dayIn(lang, d) },
			"sentence": func(text catalogue.Text) string { return sentence(text.In(lang)) },
			"person":   nameOf,
		}
		t, err := template.New("").Funcs(functions(lang)).Funcs(ofRequest(nil)).Funcs(own).ParseFS(files, "templates/desk/*.html")
		if err != nil {
			return nil, err
		}
		out[lang] = t
	}
	return out, nil
}

// deskSay finds the desk's own text, or one that it shares with the other sites.
func deskSay(lang catalogue.Lang, key string, values ...any) (string, error) {
	if text, found := deskTexts[key]; found {
		return filled(text.In(lang), values), nil
	}
	return say(lang, key, values...)
}

// alone lets one request at a time at the desk's files.
func (s deskSite) alone(serve http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, mostForm+mostFile)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.keeping(serve)(w, r)
	}
}

// frame is what the layout shows on every page.
type frame struct {
	Title string
	Side  string   // whose page it is, "" for a page of both
	Who   official // who is signed in; the zero official for nobody
	Here  string   // the page, for who signs in as somebody else
	Note  string   // a key of the texts: what becomes of all this when the demo stops
	// Clinician is the address of the clinician's site.
	Clinician string
	Wrong     []trouble // what was refused, or has to be put right
}

func (s deskSite) frame(r *http.Request, side, title string) frame {
	who, _ := s.official(r)
	note := "desk-note"
	if s.lasting {
		note = "desk-note-kept"
	}
	return frame{Note: note, Title: title, Side: side, Who: who, Here: pageOf(r, side), Clinician: s.clinician}
}

// Vendor says whether the reader is on the vendor's side.
func (f frame) Vendor() bool { return f.Who.side() == vendorSide }

// Panel says whether the reader is on the side of those who decide.
func (f frame) Panel() bool { return f.Who.ID != "" && !f.Vendor() }

// dayIn writes a date as people do.
func dayIn(lang catalogue.Lang, d catalogue.Date) string {
	at, err := time.Parse(time.DateOnly, string(d))
	switch {
	case err != nil:
		return string(d)
	case lang == "en":
		return at.Format("2 January 2006")
	}
	return at.Format("02.01.2006")
}

// At are the problems with one field.
func (f frame) At(anchor string) []trouble {
	var out []trouble
	for _, t := range f.Wrong {
		if t.Anchor == anchor {
			out = append(out, t)
		}
	}
	return out
}

func (s deskSite) say(r *http.Request, key string) string { return deskTexts[key].In(language(r)) }

func (s deskSite) problem(w http.ResponseWriter, r *http.Request, code int, key string) {
	s.pages.show(w, r, code, "problem.html", problemPage{Key: key})
}

// opened finds the file that the address names, or says that there is none.
func (s deskSite) opened(w http.ResponseWriter, r *http.Request) (*file, bool) {
	f, err := s.file(r.PathValue("id"))
	if err != nil {
		s.problem(w, r, http.StatusNotFound, "no-file")
	}
	return f, err == nil
}

// failed is for what nobody at the desk can put right.
func (s deskSite) failed(w http.ResponseWriter, r *http.Request, err error) {
	s.log.Error("the desk failed", "path", r.URL.Path, "error", err)
	s.problem(w, r, http.StatusInternalServerError, "try-again")
}

// state is where a file stands, now.
func (d *desk) state(f *file) approval.CaseState {
	if f.life.ID == "" {
		return approval.CaseDraft
	}
	return f.life.StateAt(d.now())
}

// editable says whether the vendor may write.
func (d *desk) editable(f *file) bool { return d.state(f) == approval.CaseDraft }

func (f *file) name(lang catalogue.Lang) string {
	for _, l := range []catalogue.Lang{lang, "nb", "nn", "en"} {
		if name := strings.TrimSpace(f.draft.text("/tool/name/" + string(l))); name != "" {
			return name
		}
	}
	return f.id
}
