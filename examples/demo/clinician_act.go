package main

import (
	"net/http"
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

// deeds are what the forms on a prescription's page do. The answer is where to go on.
func (s clinicianSite) deeds() map[string]func(*http.Request, prescription.Ref) (string, error) {
	return map[string]func(*http.Request, prescription.Ref) (string, error){
		"cancel": s.doCancel, "extend": s.doExtend, "transfer": s.doTransfer, "note": s.doNote, "renew": s.doRenew,
	}
}

// act does what a form on a prescription's page asks for, for the one who follows it up.
func (s clinicianSite) act(w http.ResponseWriter, r *http.Request) {
	id := prescription.ID(r.PathValue("id"))
	name := r.PostFormValue("do")
	deed, known := s.deeds()[name]
	version, err := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	if !known || err != nil {
		s.showOne(w, r, http.StatusBadRequest, "", &formError{Key: "open-again"})
		return
	}
	p, err := s.service.Get(r.Context(), s.store, id)
	if err == nil && p.Prescriber.ID != s.user(r).ID {
		s.showOne(w, r, http.StatusForbidden, "", &formError{Key: "not-yours"})
		return
	}
	next, err := deed(r, prescription.Ref{ID: id, Version: version})
	if err != nil {
		s.noteFault(r, err)
		s.showOne(w, r, refusalStatus(err), name, &formError{refusal(err), fieldOf[refusal(err)]})
		return
	}
	http.Redirect(w, r, "/prescriptions/"+next, http.StatusSeeOther)
}

// fieldOf is the id of the field that a refusal is about.
var fieldOf = map[string]string{"no-reason": "reason", "bad-note": "text", "bad-until": "until", "not-longer": "until", "no-colleague": "to",
	"not-acknowledged": "acknowledged"}

func (s clinicianSite) doCancel(r *http.Request, ref prescription.Ref) (string, error) {
	return string(ref.ID) + "?done=cancel", s.cancel(r.Context(), s.user(r).Actor, ref, r.PostFormValue("reason"))
}

// doExtend takes a day; it is the last one on which the citizen may start.
func (s clinicianSite) doExtend(r *http.Request, ref prescription.Ref) (string, error) {
	until, err := time.ParseInLocation(time.DateOnly, r.PostFormValue("until"), norway)
	if err != nil {
		return "", &prescription.RequestError{Faults: []prescription.Fault{{Field: "Until", Want: "a day"}}}
	}
	return string(ref.ID) + "?done=extend", s.extend(r.Context(), s.user(r).Actor, ref, until.AddDate(0, 0, 1))
}

func (s clinicianSite) doTransfer(r *http.Request, ref prescription.Ref) (string, error) {
	to, found := colleagueOf(r.PostFormValue("to"))
	if !found || to.ID == s.user(r).ID {
		return "", &prescription.RequestError{Faults: []prescription.Fault{{Field: "Therapist.ID", Want: "a colleague"}}}
	}
	return string(ref.ID) + "?done=transfer", s.transfer(r.Context(), s.user(r).Actor, to.Actor, ref, r.PostFormValue("reason"))
}

func (s clinicianSite) doNote(r *http.Request, ref prescription.Ref) (string, error) {
	return string(ref.ID) + "?done=note", s.remark(r.Context(), s.user(r).Actor, ref, r.PostFormValue("text"))
}

// doRenew prescribes the same unit once more, and ends the old one.
func (s clinicianSite) doRenew(r *http.Request, ref prescription.Ref) (string, error) {
	old, err := s.service.Get(r.Context(), s.store, ref.ID)
	if err != nil {
		return "", err
	}
	patient, found := find(s.people, old.Patient.Pseudonym)
	if !found {
		return "", prescription.ErrOtherPatient
	}
	p, err := s.prescribe(r.Context(), order{by: s.user(r).Actor, key: r.PostFormValue("key"), tool: old.Tool, unit: old.Unit, patient: patient,
		note: "renewed a digital tool", acknowledged: r.PostFormValue("acknowledged") == "yes", instead: ref, renew: true})
	if err != nil {
		return "", err
	}
	s.tellSoon(r.Context(), p.ID)
	return string(p.ID) + "?new=1", nil
}
