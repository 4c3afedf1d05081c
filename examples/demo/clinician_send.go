package main

import (
	"net/http"
	"strconv"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// send prescribes a unit. What must be mended is said on the page itself, with all that was filled in.
func (s clinicianSite) send(w http.ResponseWriter, r *http.Request) {
	tool, there := s.found(w, r)
	if !there {
		return
	}
	patient, found := find(s.people, r.PostFormValue("patient"))
	if !found {
		s.showTool(w, r, http.StatusBadRequest, tool, &formError{Key: "no-patient"})
		return
	}
	p, err := s.prescribe(r.Context(), s.ordered(r, tool, patient))
	if err != nil {
		s.noteFault(r, err)
		s.showTool(w, r, refusalStatus(err), tool, mend(err, r.PostFormValue("unit")))
		return
	}
	s.tellSoon(r.Context(), p.ID)
	http.Redirect(w, r, "/prescriptions/"+string(p.ID)+"?new=1", http.StatusSeeOther)
}

func (s clinicianSite) ordered(r *http.Request, tool catalogue.Tool, patient citizen) order {
	o := order{by: s.user(r).Actor, key: r.PostFormValue("key"), tool: tool.ID, unit: catalogue.UnitID(r.PostFormValue("unit")), patient: patient,
		note: "sent a digital tool", acknowledged: r.PostFormValue("acknowledged") == "yes", second: r.PostFormValue("second")}
	if old := r.PostFormValue("replaces"); old != "" {
		version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64) // 0 is refused as any wrong version
		o.instead = prescription.Ref{ID: prescription.ID(old), Version: version}
	}
	return o
}

// mend says what to do about a refusal, and at which field.
func mend(err error, unit string) *formError {
	key := refusal(err)
	switch key {
	case "not-acknowledged":
		return &formError{key, "acknowledged-" + unit}
	case "already-active", "no-second-reason":
		return &formError{key, "second-" + unit}
	}
	return &formError{Key: key}
}
