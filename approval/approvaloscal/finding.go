package approvaloscal

import (
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
)

func (w *writer) finding(r approval.Reason, accepted []risk) finding {
	a, answered := w.d.Answers[r.Requirement]
	out := finding{UUID: w.uuid("finding", r.Requirement), Title: line(r.Requirement + ": " + w.in(r.Title)), Description: w.in(r.Text),
		Props:  []prop{own("result", string(r.Result)), own("severity", string(r.Severity))},
		Target: target{Type: "statement-id", ID: statement(r.Requirement), Status: status(r.Result)}}
	if answered {
		out.Target.Implementation = implemented(a.Status)
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(a.Evidence))) {
		if w.public(id) {
			out.Observations = append(out.Observations, observed{w.uuid("observation", id)})
		}
	}
	for _, one := range accepted {
		out.Risks = append(out.Risks, related{one.UUID})
	}
	return out
}

// status knows two states; other is what is neither passed nor failed.
func status(r approval.Result) state {
	switch r {
	case approval.ResultMet:
		return state{"satisfied", "pass"}
	case approval.ResultNotMet:
		return state{"not-satisfied", "fail"}
	}
	return state{"not-satisfied", "other"}
}

// implemented is what the vendor answered in OSCAL's words; it has none for no.
func implemented(s approval.Status) *implementation {
	words := map[approval.Status]string{approval.Yes: "implemented", approval.Partial: "partial", approval.Planned: "planned",
		approval.Alternative: "alternative", approval.NotApplicable: "not-applicable"}
	if words[s] == "" {
		return nil
	}
	return &implementation{words[s]}
}

// risk is what is accepted for now: a plan until it is due, and what a waiver lets pass.
func (w *writer) risk(r approval.Reason) []risk {
	out := risk{UUID: w.uuid("risk", r.Requirement), Title: line(r.Requirement + ": " + w.in(r.Title)), Description: w.in(r.Text),
		Statement: w.in(r.Result.Text())}
	switch r.Result {
	case approval.ResultPlanned:
		out.Status = "remediating"
		out.Deadline = midnight(w.d.Answers[r.Requirement].Due, 0)
	case approval.ResultWaived:
		out.Status = "deviation-approved"
	default:
		return nil
	}
	return []risk{out}
}

func (w *writer) public(id string) bool {
	return slices.ContainsFunc(w.d.Evidence, func(e approval.Evidence) bool { return e.ID == id && !e.Confidential })
}

// observations are the documents that are not confidential. They expire when the day after their last begins.
func (w *writer) observations() []observation {
	var out []observation
	for _, e := range w.d.Evidence {
		if e.Confidential {
			continue
		}
		one := observation{UUID: w.uuid("observation", e.ID), Title: line(e.Title), Description: e.Title, Methods: []string{"EXAMINE"},
			Props:     []prop{own("kind", e.Kind), own("level", string(w.dec.Proven(w.d, e)))},
			Collected: midnight(e.Issued, 0)}
		if e.Expires != "" {
			one.Expires = midnight(e.Expires, 1)
		}
		if e.URL != "" || e.SHA256 != "" {
			one.Evidence = []relevant{evidence(e)}
		}
		out = append(out, one)
	}
	return out
}

func evidence(e approval.Evidence) relevant {
	out := relevant{Href: e.URL, Description: e.Title}
	if e.SHA256 != "" {
		out.Props = []prop{own("sha-256", string(e.SHA256))}
	}
	return out
}
