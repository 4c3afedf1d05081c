package main

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// minePage of the portal is a citizen's tools, or those of a child.
type myTools struct {
	Who, Whose person
	Family     []familyMember // who can be looked at: oneself and one's children
	Now        []taskRow
	Over       []taskRow
	Alone      []catalogue.Tool
	AloneMore  bool
}

type familyMember struct {
	person
	New int // tasks that nobody has looked at
}

type taskRow struct {
	citizenTask
	Name catalogue.Text
	Days int    // until the deadline
	Soon bool   // the deadline is near
	Stop string // why it cannot be started, a key of the texts
}

func (s portalSite) mine(w http.ResponseWriter, r *http.Request, who citizen) {
	whose, may := s.whose(r, who)
	if !may {
		s.stop(w, r, http.StatusForbidden, "start-not-yours")
		return
	}
	page := myTools{Who: s.person(who), Whose: s.person(whose)}
	for _, c := range s.people {
		if mayUse(who, c) {
			page.Family = append(page.Family, familyMember{s.person(c), s.unseen(c)})
		}
	}
	for _, t := range s.list(whose) {
		shown := s.row(who, t)
		if t.State.Ended() || shown.Days < 0 {
			page.Over = append(page.Over, shown)
		} else {
			page.Now = append(page.Now, shown)
		}
	}
	all := s.open(who, whose, language(r))
	page.Alone = all
	if r.FormValue("all") == "" {
		page.Alone, page.AloneMore = all[:min(len(all), mostAlone)], len(all) > mostAlone
	}
	s.show(w, r, http.StatusOK, "mine.html", page)
}

// unseen counts what is new on a citizen's list.
func (s portalSite) unseen(c citizen) int {
	n := 0
	for _, t := range s.list(c) {
		if t.State == prescription.Delivered && s.now().Before(t.Deadline) {
			n++
		}
	}
	return n
}

// mostAlone is how many tools to start alone are shown at first.
const mostAlone = 4

func (p *portal) person(c citizen) person {
	return person{ID: c.id, Name: c.name, Age: c.age(p.now())}
}

// whose is for whom the page is: the citizen, or a child that the address names.
func (s portalSite) whose(r *http.Request, who citizen) (citizen, bool) {
	id := r.FormValue("for")
	if id == "" {
		return who, true
	}
	whose, found := find(s.people, id)
	return whose, found && mayUse(who, whose)
}

// soon is how many days before a deadline somebody should hear of it.
const soon = 7

func (s portalSite) row(who citizen, t citizenTask) taskRow {
	tool, _ := s.catalogue.Get(catalogue.ToolID(t.Tool))
	row := taskRow{citizenTask: t, Name: tool.Name, Days: int(t.Deadline.Sub(s.now()) / (24 * time.Hour))}
	if !s.now().Before(t.Deadline) {
		row.Days = -1
		if !row.State.Ended() {
			row.State = prescription.Expired
		}
	}
	row.Soon = row.Days >= 0 && row.Days < soon
	if _, err := s.startable(who, t.ID); err != nil {
		row.Stop = startReason(err)
	}
	return row
}

// open lists tools that may be taken up without a clinician and suit the age, by name.
func (s portalSite) open(who, whose citizen, lang catalogue.Lang) []catalogue.Tool {
	var out []catalogue.Tool
	for _, tool := range s.catalogue.Index().Tools() {
		alone := !tool.Access.RequiresPrescription && tool.CheckStart(s.now()) == nil && tool.Ages.Include(whose.age(s.now()))
		if alone && tool.Listed(s.now()) && (who.id == whose.id || forAnother(tool) && isForYoung(tool)) {
			out = append(out, tool)
		}
	}
	slices.SortFunc(out, func(a, b catalogue.Tool) int { return strings.Compare(a.Name.In(lang), b.Name.In(lang)) })
	return out
}

// isForYoung says whether a tool is for children and young people, or for anybody.
func isForYoung(tool catalogue.Tool) bool {
	return len(tool.Audiences) == 0 || slices.Contains(tool.Audiences, "children") || slices.Contains(tool.Audiences, "youth")
}

// chooseTool puts a tool on the list; one without a login opens at once.
func (s portalSite) chooseTool(w http.ResponseWriter, r *http.Request, who citizen) {
	whose, may := s.whose(r, who)
	if !may {
		s.stop(w, r, http.StatusForbidden, "start-not-yours")
		return
	}
	t, err := s.choose(who, whose, catalogue.ToolID(r.PostFormValue("tool")))
	if err != nil {
		s.stop(w, r, http.StatusConflict, startReason(err))
		return
	}
	http.Redirect(w, r, "/tasks/"+t.ID, http.StatusSeeOther)
}
