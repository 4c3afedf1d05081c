package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

const deskCookie = "demo-desk-person"

// The two sides of the desk. Who is on one does nothing on the other: who answers for
// a tool has no part in what becomes of it.
const (
	vendorSide = "vendor"
	panelSide  = "panel"
)

// official is who is signed in. A real desk has a login; the demo asks who you are.
func (s deskSite) official(r *http.Request) (official, bool) {
	c, err := r.Cookie(deskCookie)
	if err != nil {
		return official{}, false
	}
	return findOfficial(c.Value)
}

// deskWhoPage asks somebody who they are.
type deskWhoPage struct {
	frame
	Why    string // a key of the texts: why that is asked now
	People []deskGroup
	Next   string
}

// deskGroup are the people of one side.
type deskGroup struct {
	Side   string
	People []official
}

// groups are the people of some sides.
func groups(sides ...string) []deskGroup {
	var out []deskGroup
	for _, side := range sides {
		out = append(out, deskGroup{side, slices.DeleteFunc(officials(), func(o official) bool { return o.side() != side })})
	}
	return out
}

func (s deskSite) who(w http.ResponseWriter, r *http.Request) {
	s.askWho(w, r, http.StatusOK, "who-works", r.URL.Query().Get("next"), vendorSide, panelSide)
}

func (s deskSite) askWho(w http.ResponseWriter, r *http.Request, code int, why, next string, sides ...string) {
	s.pages.show(w, r, code, "who.html", deskWhoPage{s.frame(r, "", s.say(r, "who")), why, groups(sides...), next})
}

// signIn keeps who somebody is until they say otherwise.
func (s deskSite) signIn(w http.ResponseWriter, r *http.Request) {
	who, known := findOfficial(r.PostFormValue("person"))
	kept := http.Cookie{Name: deskCookie, Value: who.ID, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode}
	next := placeOf(r.PostFormValue("next"), who)
	switch {
	case r.PostFormValue("do") == "log-out":
		kept.MaxAge, next = -1, "/"
	case !known:
		s.problem(w, r, http.StatusBadRequest, "no-person")
		return
	}
	http.SetCookie(w, &kept)
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// placeOf is where somebody goes on: to the page of their own side that was asked for, or to the first of that side.
func placeOf(next string, who official) string {
	rest, ours := strings.CutPrefix(next, "/"+who.side()+"/")
	parts := strings.Split(rest, "/")
	strange := func(part string) bool { return part == "" || slug(part) != part }
	if !ours || len(parts) > 2 || slices.ContainsFunc(parts, strange) {
		return who.home()
	}
	return next
}

// only lets through who is on a side. Nobody is asked who they are; who is on the other side is told what to do instead.
func (s deskSite) only(side string, serve http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who, in := s.official(r)
		switch {
		case in && who.side() == side:
			serve(w, r)
		case r.Header.Get("X-Desk-Live") != "": // the script says that nothing is saved
			http.Error(w, "sign in on the vendor's side first", http.StatusForbidden)
		case in:
			s.askWho(w, r, http.StatusForbidden, "only-"+side, pageOf(r, side), side)
		default:
			http.Redirect(w, r, "/who?next="+url.QueryEscape(pageOf(r, side)), http.StatusSeeOther)
		}
	}
}

// pageOf is the page that somebody comes back to: the one asked for, or the one that a form is on.
func pageOf(r *http.Request, side string) string {
	id := r.PathValue("id")
	switch {
	case r.Method == http.MethodGet:
		return r.URL.Path
	case id != "":
		return "/" + side + "/" + id
	}
	return "/"
}
