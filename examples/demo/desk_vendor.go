package main

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
)

type startPage struct {
	frame
	Files  []fileRow
	People []deskGroup // to choose from, for who is not the vendor's
	Next   string
}

type fileRow struct {
	ID, Name string
	State    approval.CaseState
	Set      string
	Tool     string
	Outcome  approval.Outcome // of the newest decision, empty without
	Listed   bool
}

func (s deskSite) start(w http.ResponseWriter, r *http.Request) {
	s.pages.show(w, r, http.StatusOK, "start.html", s.startPage(r))
}

func (s deskSite) startPage(r *http.Request) startPage {
	return startPage{frame: s.frame(r, vendorSide, s.say(r, "desk")), Files: s.rows(r), People: groups(vendorSide, panelSide)}
}

func (s deskSite) rows(r *http.Request) []fileRow {
	var out []fileRow
	for _, f := range slices.Backward(s.files) {
		row := fileRow{ID: f.id, Name: f.name(language(r)), State: s.state(f), Tool: f.draft.text("/tool/id"), Set: f.set.Title.In(language(r))}
		if f.decision != nil {
			row.Outcome = f.decision.Outcome
		}
		row.Listed = s.listed(f)
		out = append(out, row)
	}
	return out
}

// open begins a declaration: one of the examples, or an empty one.
func (s deskSite) open(w http.ResponseWriter, r *http.Request) {
	f, err := s.begin(r)
	switch {
	case errors.Is(err, errNoName):
		page := s.startPage(r)
		page.Wrong = []trouble{{Text: s.say(r, "no-name"), Anchor: "name", Href: "#name"}}
		s.pages.show(w, r, http.StatusUnprocessableEntity, "start.html", page)
	case err != nil:
		s.failed(w, r, err)
	default:
		http.Redirect(w, r, "/vendor/"+f.id, http.StatusSeeOther)
	}
}

var errNoName = errors.New("the tool has no name")

func (s deskSite) begin(r *http.Request) (*file, error) {
	switch r.FormValue("what") {
	case "good":
		return s.load(paperGood, s.free(secondTool))
	case "bad":
		return s.load(paperBad, s.free(secondTool))
	}
	name := strings.TrimSpace(r.FormValue("name"))
	if name == "" || utf8.RuneCountInString(name) > 200 {
		return nil, errNoName
	}
	id := requirement.WebBaseline
	if r.FormValue("set") == requirement.Baseline {
		id = requirement.Baseline
	}
	set, err := s.requirements(id)
	if err != nil {
		return nil, err
	}
	return s.blank(set, name)
}

// allowed asks the table whether somebody with a role may do something to the file now.
func (d *desk) allowed(f *file, what approval.CaseEvent, role approval.CaseRole) bool {
	if f.life.ID == "" {
		return false
	}
	for _, row := range approval.CaseTransitions() {
		if row.Event == what {
			return slices.Contains(row.Roles, role) && slices.Contains(row.From, d.state(f))
		}
	}
	return false
}
