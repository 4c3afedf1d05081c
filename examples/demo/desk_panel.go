package main

import "net/http"

type panelPage struct {
	frame
	Files []fileRow
}

// panel is where those who decide find the cases.
func (s deskSite) panel(w http.ResponseWriter, r *http.Request) {
	page := panelPage{frame: s.frame(r, panelSide, s.say(r, "panel-side"))}
	for _, row := range s.rows(r) {
		if f, err := s.file(row.ID); err == nil && f.life.ID != "" {
			page.Files = append(page.Files, row)
		}
	}
	s.pages.show(w, r, http.StatusOK, "panel.html", page)
}
