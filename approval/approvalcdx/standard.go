package approvalcdx

import (
	"github.com/verktoykatalog/verktoy/approval"
)

// The properties of a requirement.
const (
	PropertySeverity  = "verktoy:severity"
	PropertyWithdrawn = "verktoy:withdrawn" // "true" for one that is no more
)

// standard is the set; its groups are requirements that others have for a parent.
func (w *writer) standard() standard {
	out := standard{Ref: "standard", Name: w.in(w.set.Title), Version: w.set.Version, Description: w.in(w.set.Note)}
	groups := map[string]bool{}
	for _, g := range w.set.Groups {
		groups[g.ID] = true
		out.Requirements = append(out.Requirements, requirement{Ref: "group-" + g.ID, Identifier: g.ID, Title: w.in(g.Title)})
	}
	for _, r := range w.set.Requirements {
		one := w.requirement(r)
		if groups[r.Group] {
			one.Parent = "group-" + r.Group
		}
		out.Requirements = append(out.Requirements, one)
	}
	return out
}

func (w *writer) requirement(r approval.Requirement) requirement {
	out := requirement{Ref: requirementRef(r.ID), Identifier: r.ID, Title: w.in(r.Title), Text: w.in(r.Text),
		Properties: []property{{PropertySeverity, string(r.Severity)}}}
	if help := w.in(r.Help); help != "" {
		out.Descriptions = []string{help}
	}
	if r.Withdrawn {
		out.Properties = append(out.Properties, property{PropertyWithdrawn, "true"})
	}
	return out
}

func requirementRef(id string) string { return "requirement-" + id }
func claimRef(id string) string       { return "claim-" + id }
func evidenceRef(id string) string    { return "evidence-" + id }
