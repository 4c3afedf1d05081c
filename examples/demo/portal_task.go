package main

import (
	"net/http"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// taskPage is one tool on the list: what it is, who sent it, and what can be done.
type taskPage struct {
	taskRow
	Tool    catalogue.Tool
	Whose   person
	Child   bool // it is a child's, and a parent looks at it
	Begun   bool
	Profile string // how the tool is opened
	Asked   bool   // the clinician wants to end it
	Error   string
	Return  string // to the list
}

// taskPage shows it; that the citizen has looked at it is told to who sent it.
func (s portalSite) taskPage(w http.ResponseWriter, r *http.Request, who citizen) {
	t, whose, found := s.theirs(r, who)
	if !found {
		s.stop(w, r, http.StatusNotFound, "start-not-yours")
		return
	}
	if t.State == prescription.Delivered && s.now().Before(t.Deadline) {
		if _, err := s.tell(r.Context(), t, prescription.EventOpen); err != nil {
			s.log.Warn("that it was opened is not told", "task", t.ID) // the start will be, and says as much
		}
	}
	s.showTask(w, r, http.StatusOK, who, whose, t.ID, "")
}

// theirs is the task of the address, if the person may see it.
func (s portalSite) theirs(r *http.Request, who citizen) (citizenTask, citizen, bool) {
	t, found := s.task(r.PathValue("id"))
	whose, known := find(s.people, t.citizen)
	return t, whose, found && known && mayUse(who, whose)
}

func (s portalSite) showTask(w http.ResponseWriter, r *http.Request, code int, who, whose citizen, id, problem string) {
	t, _ := s.task(id)
	tool, _ := s.catalogue.Get(catalogue.ToolID(t.Tool))
	page := taskPage{taskRow: s.row(who, t), Tool: tool, Whose: s.person(whose), Child: who.id != whose.id, Profile: profile(tool), Error: problem,
		Begun: t.State == prescription.Started || t.State == prescription.Paused, Asked: t.State == prescription.CancelAsked}
	page.Return = mineOf(who, whose)
	letFormsLeadTo(w.Header(), s.toolURL)
	s.show(w, r, code, "task.html", page)
}

// mineOf is the address of the list that a person's tasks are on.
func mineOf(who, whose citizen) string {
	if who.id == whose.id {
		return "/mine"
	}
	return "/mine?for=" + whose.id
}

// act starts a task, says no to it, or lets it end as the clinician wants.
func (s portalSite) act(w http.ResponseWriter, r *http.Request, who citizen) {
	t, whose, found := s.theirs(r, who)
	if !found {
		s.stop(w, r, http.StatusNotFound, "start-not-yours")
		return
	}
	said, does := map[string]prescription.Event{"decline": prescription.EventDecline, "end": prescription.EventConfirmCancel}[r.PostFormValue("do")]
	switch {
	case r.PostFormValue("do") == "start":
		s.start(w, r, who, whose, t)
	case r.PostFormValue("do") == "remove" && !t.Sent:
		s.remove(t.ID)
		http.Redirect(w, r, mineOf(who, whose), http.StatusSeeOther)
	case !does:
		s.showTask(w, r, http.StatusBadRequest, who, whose, t.ID, "choose-button")
	default:
		s.say(w, r, who, whose, t, said)
	}
}

// say tells what the citizen has decided. What came too late is shown as it is now.
func (s portalSite) say(w http.ResponseWriter, r *http.Request, who, whose citizen, t citizenTask, e prescription.Event) {
	applied, err := s.tell(r.Context(), t, e)
	switch {
	case err != nil:
		s.showTask(w, r, http.StatusBadGateway, who, whose, t.ID, "try-again")
	case applied == prescription.Late:
		s.showTask(w, r, http.StatusConflict, who, whose, t.ID, "too-late")
	default:
		http.Redirect(w, r, "/tasks/"+t.ID, http.StatusSeeOther)
	}
}

// start sends the browser to the tool: by its start address, at which the tool
// has the citizen logged in at Helsenorge, or with a signed message in a form.
// Neither puts anything about the citizen into an address.
func (s portalSite) start(w http.ResponseWriter, r *http.Request, who, whose citizen, t citizenTask) {
	if _, err := s.startable(who, t.ID); err != nil {
		s.showTask(w, r, http.StatusConflict, who, whose, t.ID, startReason(err))
		return
	}
	tool, _ := s.catalogue.Get(catalogue.ToolID(t.Tool))
	switch profile(tool) {
	case catalogue.ProfileHelsenorge:
		http.Redirect(w, r, s.startAddress(t.ID), http.StatusSeeOther)
	case catalogue.ProfileHTI:
		s.carry(w, r, t)
	default:
		s.reached(t.ID, prescription.EventStart) // a tool that knows nobody cannot tell
		http.Redirect(w, r, s.toolURL+"/open/"+t.Tool, http.StatusSeeOther)
	}
}

func (s portalSite) carry(w http.ResponseWriter, r *http.Request, t citizenTask) {
	out, err := s.sign(r.Context(), t, language(r))
	if err == nil {
		err = out.Form(w, s.toolURL+"/launch")
	}
	if err != nil {
		s.log.Error("a launch message could not be made", "error", err)
		s.stop(w, r, http.StatusInternalServerError, "try-again")
	}
}
