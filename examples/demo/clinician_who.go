package main

import (
	"net/http"
	"net/url"
	"strings"
)

// The demo has no login: two cookies say who is there and whose record is open.
const (
	userCookie    = "demo-clinician"
	patientCookie = "demo-patient"
)

func (s clinicianSite) user(r *http.Request) colleague {
	if c, err := r.Cookie(userCookie); err == nil {
		if found, ok := colleagueOf(c.Value); ok {
			return found
		}
	}
	return colleagues[0]
}

func (s clinicianSite) patient(r *http.Request) citizen {
	if c, err := r.Cookie(patientCookie); err == nil {
		if found, ok := find(s.people, c.Value); ok {
			return found
		}
	}
	return s.people[0]
}

type whoPage struct {
	Users, Patients []person
	User, Patient   string
	Back            string
}

func (s clinicianSite) who(w http.ResponseWriter, r *http.Request) {
	page := whoPage{User: s.user(r).ID, Patient: s.patient(r).id, Back: local(r.FormValue("back"))}
	for _, c := range colleagues {
		page.Users = append(page.Users, s.colleague(c))
	}
	for _, c := range s.people {
		page.Patients = append(page.Patients, s.person(c))
	}
	s.show(w, r, http.StatusOK, "who.html", page)
}

// choose switches the user or the patient, and goes back to where that was asked for.
func (s clinicianSite) choose(w http.ResponseWriter, r *http.Request) {
	_, isUser := colleagueOf(r.FormValue("user"))
	_, isPatient := find(s.people, r.FormValue("patient"))
	switch {
	case isUser:
		http.SetCookie(w, &http.Cookie{Name: userCookie, Value: r.FormValue("user"), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	case isPatient:
		http.SetCookie(w, &http.Cookie{Name: patientCookie, Value: r.FormValue("patient"), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	default:
		s.stop(w, r, http.StatusBadRequest, "no-such-person", "/who", "choose-again")
		return
	}
	http.Redirect(w, r, local(r.FormValue("back")), http.StatusSeeOther)
}

// local is an address of this site, whatever was asked for.
func local(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.Contains(address, `\`) {
		return "/search"
	}
	return u.RequestURI()
}

// backTo is where a reader comes back to from the page that is shown.
func backTo(r *http.Request) string {
	if r.URL.Path == "/who" {
		return local(r.FormValue("back"))
	}
	values := r.URL.Query()
	values.Del("lang")
	values.Del("part")
	return (&url.URL{Path: r.URL.Path, RawQuery: values.Encode()}).String()
}
