package main

import (
	"net/http"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// toolPage is a tool with a form for each unit that can be sent.
type toolPage struct {
	Tool     catalogue.Tool
	Patient  person
	Fits     bool // the patient's age
	Units    []unitForm
	Evidence []evidence
	Stop     string // why it cannot be sent, a key of the texts
	Active   prescription.ID
	Reasons  []string
	Error    *formError
	Back     string // the search that led here
	Action   string // of the forms: this page, and the search that led here
	Replaces *row
}

// unitForm is one unit with the letter as this patient will read it.
type unitForm struct {
	catalogue.Unit
	Key          string
	Letter       string
	LetterLang   catalogue.Lang
	Acknowledged bool
	Second       string
}

type evidence struct {
	catalogue.Evidence
	Age     catalogue.Text
	Overdue bool
}

// formError is what is to be mended in a form, and where.
type formError struct {
	Key   string
	Field string // the id of the field; empty for none
}

// toolName is a tool's name, with its id to link to.
type toolName struct {
	ID   catalogue.ToolID
	Name catalogue.Text
}

func (s clinicianSite) toolName(id catalogue.ToolID) toolName {
	tool, found := s.catalogue.Get(id)
	if !found {
		return toolName{id, catalogue.Text{"nb": string(id)}}
	}
	return toolName{id, tool.Name}
}

// found gives the tool of the address, or says that there is none. A draft is nobody's to see.
func (s clinicianSite) found(w http.ResponseWriter, r *http.Request) (catalogue.Tool, bool) {
	tool, there := s.catalogue.Get(catalogue.ToolID(r.PathValue("id")))
	if !there || tool.Status == catalogue.StatusDraft {
		s.stop(w, r, http.StatusNotFound, "no-tool", "/search", "to-search")
		return tool, false
	}
	return tool, true
}

func (s clinicianSite) toolPage(w http.ResponseWriter, r *http.Request) {
	if tool, there := s.found(w, r); there {
		s.showTool(w, r, http.StatusOK, tool, nil)
	}
}

// showTool draws the page; after a form that must be mended, with what was filled in.
func (s clinicianSite) showTool(w http.ResponseWriter, r *http.Request, code int, tool catalogue.Tool, mend *formError) {
	patient := s.addressee(r)
	page := toolPage{Tool: tool, Patient: s.person(patient), Fits: tool.Ages.Include(patient.age(s.now())), Reasons: secondReasons, Error: mend,
		Stop: s.stopped(tool), Back: "/search?" + toolQuery(r), Action: toolAddress(tool.ID, r)}
	var err error
	if page.Active, err = s.active(r.Context(), patient, string(tool.ID)); err != nil {
		s.broken(w, r, err)
		return
	}
	page.Replaces = s.replaced(r)
	for _, u := range tool.Units {
		page.Units = append(page.Units, s.unitForm(r, u, patient))
	}
	for _, e := range tool.Evidence {
		page.Evidence = append(page.Evidence, evidence{e, e.Age(s.now()), e.Overdue(s.now())})
	}
	s.show(w, r, code, "tool-page.html", page)
}

func (s clinicianSite) unitForm(r *http.Request, u catalogue.Unit, patient citizen) unitForm {
	letter, in := u.PatientText.Find(patient.lang)
	f := unitForm{Unit: u, Key: newKey(), Letter: letter, LetterLang: in}
	if r.PostFormValue("unit") == string(u.ID) {
		f.Acknowledged, f.Second = r.PostFormValue("acknowledged") == "yes", r.PostFormValue("second")
	}
	return f
}

// addressee is whom the page is about: whoever the form was shown for, so that a
// switch in another tab does not send it to somebody else.
func (s clinicianSite) addressee(r *http.Request) citizen {
	if c, found := find(s.people, r.PostFormValue("patient")); found {
		return c
	}
	if old := s.replaced(r); old != nil {
		if c, found := find(s.people, old.Patient.ID); found {
			return c
		}
	}
	return s.patient(r)
}

// replaced is the prescription that a tool is to take the place of; nil for none.
func (s clinicianSite) replaced(r *http.Request) *row {
	id := r.FormValue("replaces")
	if id == "" {
		return nil
	}
	p, err := s.service.Get(r.Context(), s.store, prescription.ID(id))
	if err != nil {
		return nil
	}
	old := s.row(r, p)
	return &old
}

// stopped is why a tool cannot be sent now; empty if it can.
func (s clinicianSite) stopped(tool catalogue.Tool) string {
	if len(tool.Units) == 0 {
		return "not-sendable"
	}
	if err := tool.CheckPrescribe(tool.Units[0].ID, s.now()); err != nil {
		return refusal(err)
	}
	return ""
}

// toolAddress is a tool's page, from which one comes back to the search.
func toolAddress(id catalogue.ToolID, r *http.Request) string {
	if query := toolQuery(r); query != "" {
		return "/tools/" + string(id) + "?" + query
	}
	return "/tools/" + string(id)
}

func sendable(tool catalogue.Tool, at time.Time) bool {
	return len(tool.Units) > 0 && tool.CheckPrescribe(tool.Units[0].ID, at) == nil
}

// newest says how long ago the tool's evidence was last looked at; empty if it has none.
func newest(tool catalogue.Tool, lang catalogue.Lang, at time.Time) string {
	for _, e := range tool.Evidence {
		if e.Reviewed == tool.Reviewed() {
			return e.Age(at).In(lang)
		}
	}
	return ""
}
