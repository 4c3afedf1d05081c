package main

import (
	"net/http"

	"github.com/verktoykatalog/verktoy/prescription"
)

// funnel is how far the prescriptions of a group came, one bar for each step.
type funnel struct {
	Sent  prescription.Count
	Steps []funnelStep
}

type funnelStep struct {
	Name  string // of the state, for its text
	Count prescription.Count
	Of    prescription.Count // all that were sent
	Width int                // of the bar, in per cent
}

// funnelOf draws the only group of counts that have one; counts of nothing draw nothing.
func funnelOf(counted prescription.Statistics) funnel {
	if len(counted.Groups) == 0 {
		return funnel{}
	}
	return groupFunnel(counted.Groups[0])
}

func groupFunnel(g prescription.Group) funnel {
	f := funnel{Sent: g.Sent}
	for _, step := range []struct {
		name  string
		count prescription.Count
	}{{"sent", g.Sent}, {"delivered", g.Delivered}, {"opened", g.Opened}, {"started", g.Started}, {"completed", g.Completed}} {
		f.Steps = append(f.Steps, funnelStep{step.name, step.count, g.Sent, width(step.count, g.Sent)})
	}
	return f
}

// width is 0 for what is not shown, too.
func width(part, whole prescription.Count) int {
	if part.Hidden || whole.Hidden || whole.N == 0 {
		return 0
	}
	return part.N * 100 / whole.N
}

// statisticsPage is about all patients of the clinic: small groups are not shown.
type statisticsPage struct {
	All    funnel
	Tools  []toolRow
	Least  int
	Hidden bool // something is not shown
}

type toolRow struct {
	prescription.Group
	Name toolName
}

func (s clinicianSite) statistics(w http.ResponseWriter, r *http.Request) {
	all, err := s.year(r.Context(), s.store, 0)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	tools, err := s.year(r.Context(), s.store, 0, prescription.ByTool)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	page := statisticsPage{All: funnelOf(all), Least: all.Least}
	for _, g := range tools.Groups {
		page.Tools = append(page.Tools, toolRow{g, s.toolName(g.Tool)})
		page.Hidden = page.Hidden || g.Sent.Hidden || g.Delivered.Hidden || g.Opened.Hidden || g.Started.Hidden || g.Completed.Hidden
	}
	s.show(w, r, http.StatusOK, "statistics.html", page)
}
