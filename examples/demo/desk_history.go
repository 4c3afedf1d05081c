package main

import (
	"net/http"
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
)

// history is the case's life: its ledger, and whether that is whole.
type history struct {
	Entries []approval.Entry
	Broken  string
}

type stateStep struct {
	State   approval.CaseState
	Current bool
}

func (s deskSite) history(r *http.Request, f *file) history {
	var h history
	if f.life.ID == "" {
		return h
	}
	entries, err := s.ledger.Entries(r.Context(), f.id)
	h.Entries = entries
	if err == nil {
		err = f.life.CheckLedger(entries)
	}
	if err != nil {
		h.Broken = s.say(r, "ledger-broken")
	}
	return h
}

// steps are the states on the usual way, and the one where the file is if that is another.
func (d *desk) steps(f *file) []stateStep {
	now := d.state(f)
	way := []approval.CaseState{approval.CaseDraft, approval.CaseSubmitted, approval.CaseUnderReview, approval.CaseDecided}
	if !slices.Contains(way, now) {
		way = append(way, now)
	}
	var out []stateStep
	for _, state := range way {
		out = append(out, stateStep{state, state == now})
	}
	return out
}
