package main

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/verktoykatalog/verktoy/approval"
)

// submit hands the declaration in, or shows everything that keeps it from that.
func (s deskSite) submit(w http.ResponseWriter, r *http.Request) {
	f, found := s.opened(w, r)
	if !found {
		return
	}
	if r.PostFormValue("sure") != "yes" {
		s.showFile(w, r, f, http.StatusUnprocessableEntity, refusedAs(errNotSure, r, "submit"))
		return
	}
	who, _ := s.official(r)
	ev := s.event(f, approval.EventSubmit, who)
	ev.Expected = seen(r)
	s.answer(w, r, f, s.submitDraft(r.Context(), f, ev, language(r)), "submit")
}

var errNotSure = errors.New("the box is not ticked")

// seen is the version of the case that the reader saw; one that cannot be read is none.
func seen(r *http.Request) int64 {
	version, err := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	if err != nil {
		return -1
	}
	return version
}

// answer goes back to the file with a word about what was done, or stays with what was refused.
func (s deskSite) answer(w http.ResponseWriter, r *http.Request, f *file, err error, done string) {
	var invalid *approval.DeclarationError
	switch {
	case err == nil:
		http.Redirect(w, r, "/vendor/"+f.id+"?done="+done, http.StatusSeeOther)
	case errors.As(err, &invalid), len(refusedAs(err, r, done)) > 0:
		s.showFile(w, r, f, http.StatusUnprocessableEntity, refusedAs(err, r, done))
	default:
		s.failed(w, r, err)
	}
}

// vendorEvent is what the vendor may do with a case that is not a draft.
func (s deskSite) vendorEvent(w http.ResponseWriter, r *http.Request) {
	f, found := s.opened(w, r)
	if !found {
		return
	}
	who, _ := s.official(r)
	ev := s.event(f, approval.CaseEvent(r.PostFormValue("event")), who)
	ev.Expected, ev.Reason = seen(r), approval.CaseReason(r.PostFormValue("reason"))
	s.answer(w, r, f, s.happen(r.Context(), f, ev), string(ev.Event))
}
