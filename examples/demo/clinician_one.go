package main

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// onePage is a prescription with all that has happened and all that can be done.
type onePage struct {
	row
	New     bool   // it was sent a moment ago
	Done    string // what was done a moment ago, a key of the texts
	Steps   []milestone
	History []entry
	Notes   []prescription.Note
	Unit    catalogue.Unit
	By      string // who follows it up
	Ended   bool
	Begun   bool // cancelling asks first
	// CancelReasons are those that a clinician can choose.
	CancelReasons []string
	Colleagues    []person
	Key           string
	Error         *formError
	Did           string // which form must be mended
	Filled        map[string]string
	Until         string // the day that extending suggests, as a date field has it
	Earliest      string
}

// milestone is a step on the way to completed.
type milestone struct {
	Name string
	At   time.Time
}

// entry is a line of the audit trail as a person reads it.
type entry struct {
	prescription.AuditEntry
	Who   string // a name; empty where the role says enough
	Until time.Time
	Other prescription.ID
}

func (s clinicianSite) one(w http.ResponseWriter, r *http.Request) {
	s.showOne(w, r, http.StatusOK, "", nil)
}

// showOne draws the page; after a form that must be mended, with what was filled in.
func (s clinicianSite) showOne(w http.ResponseWriter, r *http.Request, code int, did string, mend *formError) {
	page, err := s.onePage(r)
	switch {
	case errors.Is(err, prescription.ErrNotFound):
		s.stop(w, r, http.StatusNotFound, "no-prescription", "/prescriptions", "to-sent")
		return
	case err != nil:
		s.broken(w, r, err)
		return
	}
	page.Did, page.Error = did, mend
	if mend != nil {
		page.Filled = map[string]string{"text": r.PostFormValue("text"), "reason": r.PostFormValue("reason"), "to": r.PostFormValue("to")}
	}
	s.show(w, r, code, "prescription.html", page)
}

func (s clinicianSite) onePage(r *http.Request) (onePage, error) {
	id := prescription.ID(r.PathValue("id"))
	p, err := s.service.Get(r.Context(), s.store, id)
	if err != nil {
		return onePage{}, err
	}
	by, _ := colleagueOf(p.Prescriber.ID)
	page := onePage{row: s.row(r, p), New: r.Method == http.MethodGet && r.FormValue("new") != "", Steps: steps(p), By: by.name,
		CancelReasons: cancelReasons, Key: newKey()}
	if done := "did-" + r.FormValue("done"); r.Method == http.MethodGet && page.State != prescription.CancelAsked && followTexts[done] != nil {
		page.Done = done
	}
	page.Ended = page.State.Ended()
	page.Begun = slices.Contains([]prescription.State{prescription.Started, prescription.Paused}, page.State)
	tool, _ := s.catalogue.Get(p.Tool)
	page.Unit, _ = tool.Unit(p.Unit)
	for _, c := range colleagues {
		if c.ID != p.Prescriber.ID {
			page.Colleagues = append(page.Colleagues, s.colleague(c))
		}
	}
	page.Earliest = p.Expires.In(norway).Format(time.DateOnly)
	page.Until = p.Expires.In(norway).AddDate(0, 0, 28).Format(time.DateOnly)
	return page, s.fillHistory(r.Context(), &page)
}

func (s clinicianSite) fillHistory(ctx context.Context, page *onePage) error {
	audit, err := s.store.Audit(ctx, page.ID)
	if err != nil {
		return err
	}
	for _, a := range audit {
		page.History = append(page.History, lineOf(a))
	}
	page.Notes, err = s.store.Notes(ctx, page.ID)
	return err
}

// lineOf reads what an entry is about: a time, a colleague or another prescription.
func lineOf(a prescription.AuditEntry) entry {
	e := entry{AuditEntry: a}
	if by, found := colleagueOf(a.By.ID); found {
		e.Who = by.name
	}
	switch a.Event {
	case prescription.EventExtend:
		e.Until, _ = time.Parse(time.RFC3339, a.Detail)
	case prescription.EventTransfer:
		to, _ := colleagueOf(a.Detail)
		e.Detail = to.name
	case prescription.EventSupersede:
		e.Other = prescription.ID(a.Detail)
	}
	return e
}

// cancelReasons leave out what only this software says.
var cancelReasons = []string{prescription.ReasonNoLongerNeeded, prescription.ReasonPatientAsked, prescription.ReasonWrongTool,
	prescription.ReasonWrongPatient, prescription.ReasonToolWithdrawn, prescription.ReasonDeceased, prescription.ReasonOther}

// secondReasons are why somebody gets a tool that they have already.
var secondReasons = []string{prescription.ReasonPatientAsked, prescription.ReasonRenewed, prescription.ReasonOther}

// steps are the milestones; what was skipped because its report never came has no time.
func steps(p prescription.Prescription) []milestone {
	return []milestone{{"sent", p.Sent}, {"delivered", p.Delivered}, {"opened", p.Opened}, {"started", p.Started}, {"completed", p.Completed}}
}
