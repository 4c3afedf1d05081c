package main

import (
	"net/http"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

type whyPage struct {
	frame
	ID, Name string
	Ways     []way
}

// way is an outcome and what would lead to it.
type way struct {
	Outcome catalogue.Text
	There   bool // it is the outcome already
	Sets    [][]wayStep
}

type wayStep struct {
	Text, Href string
}

// why tries out what would lead to an approval. That takes a moment, so the
// page's head is there at once and says that the rest is on its way.
func (s deskSite) why(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f, found := s.opened(w, r)
	if !found {
		s.mu.Unlock()
		return
	}
	m, err := s.form(f, language(r))
	waivers := f.waivers
	page := whyPage{frame: s.frame(r, "vendor", s.say(r, "why")), ID: f.id, Name: f.name(language(r))}
	s.mu.Unlock()
	if err != nil {
		s.failed(w, r, err)
		return
	}
	s.pages.show(w, r, http.StatusOK, "why.html", page)
	http.NewResponseController(w).Flush() // where it cannot, the page comes whole
	page.Ways, err = s.ways(m, waivers)
	if err != nil {
		s.log.Error("the desk failed", "path", r.URL.Path, "error", err)
	}
	s.pages.show(begun{w}, r, http.StatusOK, "ways.html", page)
}

// begun is an answer whose status is sent already.
type begun struct{ http.ResponseWriter }

func (begun) WriteHeader(int) {}

func (s deskSite) ways(m *form, waivers []approval.Waiver) ([]way, error) {
	var out []way
	for _, want := range []approval.Outcome{approval.ApprovedWithTherapist, approval.ApprovedWithoutTherapist} {
		sets, err := approval.WhyNot(m.progress.declared, m.file.set, s.now(), want, waivers...)
		if err != nil {
			return nil, err
		}
		next := way{Outcome: want.Text(), There: m.progress.found.Outcome == want}
		for _, set := range sets {
			var steps []wayStep
			for _, step := range set.Steps {
				steps = append(steps, wayStep{m.plainKinds(step.Text.In(m.lang)), m.href(step.Requirement, step.Fact)})
			}
			next.Sets = append(next.Sets, steps)
		}
		out = append(out, next)
	}
	return out, nil
}
