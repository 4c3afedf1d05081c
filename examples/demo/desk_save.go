package main

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
)

// Limits of what a form may bring, in bytes.
const (
	mostForm = 1 << 20
	mostFile = 20 << 20
)

// save writes what a section's form brings into the draft, right or wrong: nothing that somebody wrote is lost.
func (d *desk) save(m *form, s *section, r *http.Request, by official) {
	before := m.file.draft.copy()
	for _, files := range []bool{false, true} { // what a file says about itself goes before what was written
		for _, b := range s.Blocks {
			for _, c := range b.Fields {
				if !c.Locked && files == (c.Kind == kindFile) {
					m.write(c, r)
				}
			}
		}
	}
	switch {
	case s.Name == "documents":
		m.file.tidyDocuments(r)
	case strings.HasPrefix(s.Name, groupName("")):
		for _, b := range s.Blocks {
			m.file.settleAnswer(before, b.Pointer, by, d.now())
		}
	case s.Name == "listing":
		m.file.settleCourse()
	}
}

func (m *form) write(c control, r *http.Request) {
	if c.Kind == kindFile {
		m.file.attach(strings.TrimSuffix(c.Pointer, "/file"), r.MultipartForm, c.Pointer)
		return
	}
	m.file.put(c.Pointer, c.read(r.PostForm[c.Pointer]))
}

func (f *file) put(pointer string, v any) {
	if rest, ofEntry := strings.CutPrefix(pointer, entryPlace); ofEntry {
		f.listing.put(rest, v)
		return
	}
	f.draft.put(pointer, v)
}

// read gives what a field's values are in the document; nil for none. What
// cannot be read is kept as it was written, so that the check can say so.
func (c control) read(values []string) any {
	if c.Kind == kindChecks {
		var list []any
		for _, v := range values {
			if v != "" {
				list = append(list, v)
			}
		}
		if list == nil {
			return nil
		}
		return list
	}
	value := strings.TrimSpace(strings.Join(values, ""))
	switch number, err := strconv.Atoi(value); {
	case value == "":
		return nil
	case c.Kind == kindNumber && err == nil:
		return float64(number)
	case c.Kind == kindYesNo || c.Kind == kindTick:
		return value == "true"
	}
	return strings.ReplaceAll(value, "\r\n", "\n")
}

// settleAnswer takes away what does not belong to the answer that was chosen, and
// keeps who has answered where the set asks for that.
func (f *file) settleAnswer(before tree, at string, by official, now time.Time) {
	status := approval.Status(f.draft.text(at + "/status"))
	if status != approval.NotApplicable {
		f.draft.put(at+"/reason", nil)
	}
	if status != approval.Planned {
		f.draft.put(at+"/due", nil)
	}
	answered := f.draft.get(at+"/answered") != nil
	f.draft.put(at+"/answered", nil)
	changed := !same(f.draft.get(at), before.get(at))
	r, known := f.set.Requirement(strings.TrimPrefix(at, "/answers/"))
	if status == "" || !f.set.Tracked || !known {
		return
	}
	if answered && !changed {
		f.draft.put(at+"/answered", before.get(at+"/answered"))
		return
	}
	f.draft.put(at+"/answered", map[string]any{"by": by.Name, "at": now.UTC().Truncate(time.Second).Format(time.RFC3339), "wording": string(r.Wording())})
}

// settleCourse gives a course an id, and takes away one that was emptied.
func (f *file) settleCourse() {
	if f.listing.get("/units/0/title") == nil && f.listing.get("/units/0/days") == nil {
		f.listing.put("/units", nil)
		return
	}
	f.listing.put("/units/0/id", orElse(f.listing.get("/units/0/id"), "course"))
}

// same compares two answers, but for who gave them.
func same(a, b any) bool {
	x, y := tree{"v": a}.copy(), tree{"v": b}.copy()
	x.put("/v/answered", nil)
	y.put("/v/answered", nil)
	return string(x.json()) == string(y.json())
}
