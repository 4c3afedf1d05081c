package main

import (
	"net/http"
	"strings"
)

const deskCookie = "demo-desk-person"

// official is who is logged in. A real desk has a login; the demo asks who you are.
func (s deskSite) official(r *http.Request) (official, bool) {
	c, err := r.Cookie(deskCookie)
	if err != nil {
		return official{}, false
	}
	return findOfficial(c.Value)
}

type panelPage struct {
	frame
	Officials []official
	Files     []fileRow
	Next      string
}

// panel is where those who decide log in and find the cases.
func (s deskSite) panel(w http.ResponseWriter, r *http.Request) {
	page := panelPage{frame: s.frame(r, "panel", s.say(r, "panel-side")), Officials: officials(), Next: r.URL.Query().Get("next")}
	for _, row := range s.rows(r) {
		if f, err := s.file(row.ID); err == nil && f.life.ID != "" {
			page.Files = append(page.Files, row)
		}
	}
	s.pages.show(w, r, http.StatusOK, "panel.html", page)
}

func (s deskSite) login(w http.ResponseWriter, r *http.Request) {
	if _, known := findOfficial(r.PostFormValue("person")); !known {
		s.problem(w, r, http.StatusBadRequest, "no-person")
		return
	}
	http.SetCookie(w, &http.Cookie{Name: deskCookie, Value: r.PostFormValue("person"), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, casePath(r.PostFormValue("next")), http.StatusSeeOther)
}

// casePath is a case at the panel's side, or the list of them: nothing else is gone to after a login.
func casePath(next string) string {
	id, isCase := strings.CutPrefix(next, "/panel/")
	if !isCase || slug(id) != id {
		return "/panel"
	}
	return next
}
