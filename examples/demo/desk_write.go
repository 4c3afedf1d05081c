package main

import (
	"errors"
	"net/http"
	"strings"
)

type sectionPage struct {
	frame
	ID       string
	Name     string
	Section  *section
	Next     string
	Progress progressView
	Notice   string
	Live     bool // sent as it is written
}

// section shows one part of the form. What is not to be written now, or applies
// no longer, is left for the overview.
func (s deskSite) section(w http.ResponseWriter, r *http.Request) {
	f, m, formed := s.formed(w, r)
	if !formed {
		return
	}
	part, found := m.section(r.PathValue("section"))
	if !found || !s.editable(f) {
		http.Redirect(w, r, "/vendor/"+f.id, http.StatusSeeOther)
		return
	}
	page := sectionPage{frame: s.frame(r, "vendor", part.Title), ID: f.id, Name: f.name(language(r)), Section: part, Next: m.after(part.Name), Progress: m.view(),
		Notice: noticeKey(r), Live: part.Name == "facts" || strings.HasPrefix(part.Name, groupName(""))}
	page.Wrong = m.of(part.Name)
	s.pages.show(w, r, http.StatusOK, "section.html", page)
}

// formed finds a file and makes its form, or says why not.
func (s deskSite) formed(w http.ResponseWriter, r *http.Request) (*file, *form, bool) {
	f, found := s.opened(w, r)
	if !found {
		return nil, nil, false
	}
	m, err := s.form(f, language(r))
	if err != nil {
		s.failed(w, r, err)
	}
	return f, m, err == nil
}

// writing is formed for a file that the vendor may write in.
func (s deskSite) writing(w http.ResponseWriter, r *http.Request) (*file, *form, bool) {
	f, m, formed := s.formed(w, r)
	if formed && !s.editable(f) {
		s.problem(w, r, http.StatusConflict, "not-editable")
		return nil, nil, false
	}
	return f, m, formed
}

// write keeps what a part of the form brings, and goes on to the next part when nothing is wrong with it.
func (s deskSite) write(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseMultipartForm(mostForm); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		s.problem(w, r, http.StatusRequestEntityTooLarge, "too-large")
		return
	}
	f, m, may := s.writing(w, r)
	if !may {
		return
	}
	part, found := m.section(r.PathValue("section"))
	if !found {
		s.problem(w, r, http.StatusConflict, "section-gone")
		return
	}
	who, _ := s.official(r)
	s.save(m, part, r, who)
	s.written(w, r, f, part.Name)
}

// written says what came of it: a part of a page for the script, otherwise the next page.
func (s deskSite) written(w http.ResponseWriter, r *http.Request, f *file, name string) {
	m, err := s.form(f, language(r))
	if err != nil {
		s.failed(w, r, err)
		return
	}
	back := "/vendor/" + f.id
	next := m.after(name)
	switch {
	case r.Header.Get("X-Desk-Live") != "":
		s.pages.show(w, r, http.StatusOK, "progress-page.html", m.view())
	case len(m.of(name)) > 0:
		http.Redirect(w, r, back+"/"+name+"?done=saved-wrong#problems", http.StatusSeeOther)
	case r.PostFormValue("then") == "stay":
		http.Redirect(w, r, back+"/"+name+"?done=saved", http.StatusSeeOther)
	case r.PostFormValue("then") == "overview" || next == "":
		http.Redirect(w, r, back+"?done=saved", http.StatusSeeOther)
	default:
		http.Redirect(w, r, back+"/"+next+"?done=saved", http.StatusSeeOther)
	}
}

// tidy takes away what the form has no field for.
func (s deskSite) tidy(w http.ResponseWriter, r *http.Request) {
	f, m, may := s.writing(w, r)
	if !may {
		return
	}
	for _, place := range m.stray() {
		f.draft.put(place, nil)
	}
	http.Redirect(w, r, "/vendor/"+f.id+"?done=tidied", http.StatusSeeOther)
}
