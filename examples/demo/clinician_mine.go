package main

import (
	"net/http"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

// minePage is a clinician's own list.
type minePage struct {
	Overdue  []waiting
	Unopened int // delivered and never opened
	Funnel   funnel
	Rows     []row
	Inbox    []told // the newest
	Older    []told
	Unread   int
}

// waiting is a prescription in which nothing has happened for too long.
type waiting struct {
	row
	Days int
}

// newestShown is how many messages are shown at once; the others are folded away.
const newestShown = 5

// told is a message of the inbox.
type told struct {
	message
	Row row
}

// row draws a prescription for the lists.
func (s clinicianSite) row(r *http.Request, p prescription.Prescription) row {
	patient, found := find(s.people, p.Patient.Pseudonym)
	shown := s.person(patient)
	if !found {
		shown = person{ID: p.Patient.Pseudonym}
	}
	return row{p, p.StateAt(s.now()), s.toolName(p.Tool), shown, p.Prescriber.ID == s.user(r).ID}
}

func (s clinicianSite) mine(w http.ResponseWriter, r *http.Request) {
	page, err := s.minePage(r)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.show(w, r, http.StatusOK, "prescriptions.html", page)
}

func (s clinicianSite) minePage(r *http.Request) (minePage, error) {
	user := s.user(r).ID
	var page minePage
	all, err := s.caseload(r.Context(), user)
	if err != nil {
		return page, err
	}
	for _, p := range all {
		shown := s.row(r, p)
		if shown.State == prescription.Delivered {
			page.Unopened++
		}
		page.Rows = append(page.Rows, shown)
	}
	if err := s.fillOverdue(r, &page); err != nil {
		return page, err
	}
	if err := s.fillInbox(r, &page); err != nil {
		return page, err
	}
	// These are the clinician's own patients, so that there is nothing to hide.
	counted, err := s.year(r.Context(), own(all), 1)
	page.Funnel = funnelOf(counted)
	return page, err
}

func (s clinicianSite) fillOverdue(r *http.Request, page *minePage) error {
	late, err := s.overdue(r.Context(), s.user(r).ID)
	for _, p := range late {
		page.Overdue = append(page.Overdue, waiting{s.row(r, p), int(s.now().Sub(p.Updated) / (24 * time.Hour))})
	}
	return err
}

func (s clinicianSite) fillInbox(r *http.Request, page *minePage) error {
	messages, err := s.inbox(r.Context(), s.user(r).ID)
	if err != nil {
		return err
	}
	for i, m := range messages {
		p, err := s.service.Get(r.Context(), s.store, m.Prescription)
		if err != nil {
			return err
		}
		shown := told{m, s.row(r, p)}
		if i < newestShown {
			page.Inbox = append(page.Inbox, shown)
		} else {
			page.Older = append(page.Older, shown)
		}
		if !m.Seen {
			page.Unread++
		}
	}
	return nil
}

func (s clinicianSite) markRead(w http.ResponseWriter, r *http.Request) {
	if err := s.read(r.Context(), s.user(r).ID); err != nil {
		s.broken(w, r, err)
		return
	}
	http.Redirect(w, r, "/prescriptions", http.StatusSeeOther)
}
