package main

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"github.com/verktoykatalog/verktoy/prescription"
)

// clinicianSite draws what the clinician sees.
type clinicianSite struct {
	*clinician
	pages pages
}

func (c *clinician) handler(p pages, front frontPage) (http.Handler, error) {
	reports, err := c.reports()
	if err != nil {
		return nil, err
	}
	s := clinicianSite{c, p}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { p.show(w, r, http.StatusOK, "front.html", front) })
	mux.HandleFunc("GET /search", s.search)
	mux.HandleFunc("GET /tools/{id}", s.toolPage)
	mux.HandleFunc("POST /tools/{id}", s.send)
	mux.HandleFunc("GET /prescriptions", s.mine)
	mux.HandleFunc("POST /prescriptions", s.markRead)
	mux.HandleFunc("GET /prescriptions/{id}", s.one)
	mux.HandleFunc("POST /prescriptions/{id}", s.act)
	mux.HandleFunc("GET /statistics", s.statistics)
	mux.HandleFunc("GET /who", s.who)
	mux.HandleFunc("POST /who", s.choose)
	mux.HandleFunc("POST /prescriptions/{id}/citizen", system(c.secret, c.said))
	mux.Handle("POST /reports", reports)
	return named("clinician", mux, site(mux, p)), nil
}

// show writes a page with the clinician's bar above it.
func (s clinicianSite) show(w http.ResponseWriter, r *http.Request, code int, name string, data any) {
	s.pages.showWith(w, r, code, name, data, template.FuncMap{"bar": func() any { return s.bar(r) }})
}

// stop shows a problem with the way on.
func (s clinicianSite) stop(w http.ResponseWriter, r *http.Request, code int, key, href, label string) {
	s.show(w, r, code, "problem.html", problemPage{key, href, label})
}

// broken says that something fails on our side, and keeps the cause for the log.
func (s clinicianSite) broken(w http.ResponseWriter, r *http.Request, err error) {
	s.log.Error("a page could not be made", "path", r.URL.Path, "error", err)
	s.stop(w, r, http.StatusServiceUnavailable, "try-again", r.URL.Path, "again")
}

// clinicianBar is what stands above every page: who is logged in, and whose record is open.
type clinicianBar struct {
	User    person
	Patient person
	Unread  int
	Section string // of the menu
	Switch  string // where to change both, and come back from
}

// person is somebody as the pages show them.
type person struct {
	ID, Name string
	Role     string // a key of the texts, of clinicians
	Lang     string // of patients
	Age      int
}

func (s clinicianSite) bar(r *http.Request) clinicianBar {
	user := s.user(r)
	unread, err := s.unread(r.Context(), user.ID)
	if err != nil {
		s.log.Error("the messages could not be counted", "error", err)
	}
	section, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	return clinicianBar{s.colleague(user), s.person(s.patient(r)), unread, section, "/who?" + url.Values{"back": {backTo(r)}}.Encode()}
}

func (s clinicianSite) colleague(c colleague) person {
	return person{ID: c.ID, Name: c.name, Role: c.role}
}

func (c *clinician) person(p citizen) person {
	return person{ID: p.id, Name: p.name, Lang: string(p.lang), Age: p.age(c.now())}
}

// row is a prescription as the lists show it.
type row struct {
	prescription.Prescription
	State   prescription.State
	Tool    toolName
	Patient person
	Mine    bool
}
