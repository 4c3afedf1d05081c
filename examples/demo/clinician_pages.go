package main

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// clinicianSite draws what the clinician sees.
type clinicianSite struct {
	*clinician
	pages pages
}

func (c *clinician) handler(p pages) http.Handler {
	s := clinicianSite{c, p}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.search)
	mux.HandleFunc("GET /tools/{id}", s.toolPage)
	mux.HandleFunc("POST /prescriptions", s.send)
	mux.HandleFunc("GET /prescriptions", s.sent)
	mux.HandleFunc("GET /prescriptions/{id}", s.one)
	mux.HandleFunc("POST /prescriptions/{id}/cancel", s.cancel)
	mux.HandleFunc("POST /prescriptions/{id}/reports", system(c.secret, c.reported))
	return site(mux, p)
}

type searchPage struct {
	Words  string
	Result catalogue.Result
}

func (s clinicianSite) search(w http.ResponseWriter, r *http.Request) {
	words := r.URL.Query().Get("q")
	result, err := s.catalogue.Index().Search(catalogue.Query{Text: words, Lang: language(r)})
	if err != nil {
		s.problem(w, r, http.StatusBadRequest, "too-long-search")
		return
	}
	s.pages.show(w, r, http.StatusOK, "search.html", searchPage{words, result})
}

type toolPage struct {
	Tool   catalogue.Tool
	People []person
	Key    string
	Stop   string // why it cannot be sent, a key of the texts
}

type person struct{ ID, Name, Born string }

func (s clinicianSite) toolPage(w http.ResponseWriter, r *http.Request) {
	tool, found := s.catalogue.Index().Get(catalogue.ToolID(r.PathValue("id")))
	if !found {
		s.problem(w, r, http.StatusNotFound, "no-tool")
		return
	}
	page := toolPage{Tool: tool, People: persons(s.people), Key: newKey()}
	if len(tool.Units) == 0 {
		page.Stop = "not-sendable"
	} else if err := tool.CheckPrescribe(tool.Units[0].ID, s.now()); err != nil {
		page.Stop = refusal(err)
	}
	s.pages.show(w, r, http.StatusOK, "tool-page.html", page)
}

func persons(people []citizen) []person {
	out := make([]person, len(people))
	for i, c := range people {
		out[i] = person{c.id, c.name, c.born}
	}
	return out
}

func (s clinicianSite) send(w http.ResponseWriter, r *http.Request) {
	patient, found := find(s.people, r.FormValue("patient"))
	if !found {
		s.problem(w, r, http.StatusBadRequest, "no-patient")
		return
	}
	if r.FormValue("acknowledged") != "yes" {
		s.problem(w, r, http.StatusBadRequest, "not-acknowledged")
		return
	}
	p, err := s.prescribe(r.Context(), order{key: r.FormValue("key"), tool: catalogue.ToolID(r.FormValue("tool")),
		unit: catalogue.UnitID(r.FormValue("unit")), patient: patient,
		note: "sent a digital tool", acknowledged: true, second: r.FormValue("second") == "yes"})
	if err != nil {
		s.problem(w, r, http.StatusConflict, refusal(err))
		return
	}
	if _, err := s.handOver(r.Context()); err != nil {
		s.log.Warn("the portal gets it later", "prescription", string(p.ID)) // it waits in the outbox, and the page says so
	}
	http.Redirect(w, r, "/prescriptions/"+string(p.ID), http.StatusSeeOther)
}

func find(people []citizen, id string) (citizen, bool) {
	for _, c := range people {
		if c.id == id {
			return c, true
		}
	}
	return citizen{}, false
}

// refusal turns a refusal into the key of a text that a clinician can act on.
func refusal(err error) string {
	var conflict prescription.ErrConflict
	var notAllowed prescription.ErrNotAllowed
	switch {
	case errors.As(err, &conflict):
		return "changed-since"
	case errors.As(err, &notAllowed):
		return "not-now"
	}
	for cause, key := range map[error]string{
		catalogue.ErrWithdrawn: "withdrawn", catalogue.ErrPaused: "paused", catalogue.ErrNotPublished: "no-tool",
		catalogue.ErrApprovalEnded: "approval-ended", catalogue.ErrNotPrescribable: "not-sendable", catalogue.ErrUnknownUnit: "no-unit",
		prescription.ErrKeyReused: "key-reused", prescription.ErrAlreadyActive: "already-active", prescription.ErrRequest: "open-again",
		prescription.ErrUnknownTool: "no-tool", prescription.ErrNotFound: "no-prescription",
	} {
		if errors.Is(err, cause) {
			return key
		}
	}
	return "try-again"
}

type row struct {
	prescription.Prescription
	State prescription.State
	Tool  catalogue.Text
	Name  string
}

func (s clinicianSite) sent(w http.ResponseWriter, r *http.Request) {
	rows, err := s.rows(r.Context())
	if err != nil {
		s.problem(w, r, http.StatusServiceUnavailable, "try-again")
		return
	}
	s.pages.show(w, r, http.StatusOK, "prescriptions.html", rows)
}

// rows reads the clinician's own list from the journal, newest first.
func (s clinicianSite) rows(ctx context.Context) ([]row, error) {
	ids, err := s.sentIDs(ctx)
	if err != nil {
		return nil, err
	}
	var out []row
	for _, id := range ids {
		p, err := s.service.Get(ctx, s.store, id)
		if err != nil {
			return nil, err
		}
		out = append(out, s.row(p))
	}
	return out, nil
}

func (s clinicianSite) row(p prescription.Prescription) row {
	tool, _ := s.catalogue.Index().Get(p.Tool)
	patient, _ := find(s.people, p.Patient.Pseudonym)
	return row{p, p.StateAt(s.now()), tool.Name, patient.name}
}

type onePage struct {
	row
	Audit []prescription.AuditEntry
	Now   time.Time
}

func (s clinicianSite) one(w http.ResponseWriter, r *http.Request) {
	id := prescription.ID(r.PathValue("id"))
	p, err := s.service.Get(r.Context(), s.store, id)
	if errors.Is(err, prescription.ErrNotFound) {
		s.problem(w, r, http.StatusNotFound, "no-prescription")
		return
	}
	audit, err2 := s.store.Audit(r.Context(), id)
	if err != nil || err2 != nil {
		s.problem(w, r, http.StatusServiceUnavailable, "try-again")
		return
	}
	s.pages.show(w, r, http.StatusOK, "prescription.html", onePage{s.row(p), audit, s.now()})
}

// cancel takes the version that the clinician saw: if something has happened since, nothing is cancelled unseen.
func (s clinicianSite) cancel(w http.ResponseWriter, r *http.Request) {
	version, err := strconv.ParseInt(r.FormValue("version"), 10, 64)
	if err != nil {
		s.problem(w, r, http.StatusBadRequest, "open-again")
		return
	}
	ref := prescription.Ref{ID: prescription.ID(r.PathValue("id")), Version: version}
	if !slices.Contains(prescription.Reasons(), r.FormValue("reason")) {
		s.problem(w, r, http.StatusBadRequest, "no-reason")
		return
	}
	if err := s.clinician.cancel(r.Context(), ref, r.FormValue("reason")); err != nil {
		s.problem(w, r, http.StatusConflict, refusal(err))
		return
	}
	http.Redirect(w, r, "/prescriptions/"+string(ref.ID), http.StatusSeeOther)
}

func (s clinicianSite) problem(w http.ResponseWriter, r *http.Request, code int, key string) {
	s.pages.show(w, r, code, "problem.html", key)
}
