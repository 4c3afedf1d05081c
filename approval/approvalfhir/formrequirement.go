package approvalfhir

import (
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
)

// requirement asks for an answer; comment and explanation are one member of it, which some statuses must have.
func (f *form) requirement(r approval.Requirement) item {
	status := item{id: statusItem(r.ID), kind: kindChoice, text: textStatus, required: f.sure(r), options: statusOptions(r)}
	if len(r.Help) > 0 {
		status.items = []item{{id: "help." + r.ID, kind: kindText, text: r.Help, help: true}}
	}
	group := item{id: requirementItem(r.ID), kind: kindGroup, prefix: r.ID, text: r.Title, items: []item{
		{id: "text." + r.ID, kind: kindDisplay, text: r.Text}, status}}
	if len(r.NotApplicable) > 0 {
		group.items = append(group.items, item{id: "reason." + r.ID, kind: kindChoice, text: textReason, required: true,
			options: f.reasonOptions(r), when: answeredLevel(r.ID, approval.NotApplicable)})
	}
	explained, others := explained(r)
	if len(explained) > 0 {
		group.items = append(group.items, item{id: "explanation." + r.ID, kind: kindText, text: textExplanation, required: true,
			when: answeredLevel(r.ID, explained...)})
	}
	group.items = append(group.items, item{id: "comment." + r.ID, kind: kindText, text: textComment, when: answeredLevel(r.ID, others...)})
	if slices.Contains(r.Allowed, approval.Planned) {
		group.items = append(group.items, item{id: "due." + r.ID, kind: kindDate, text: textDue, required: true,
			when: answeredLevel(r.ID, approval.Planned)})
	}
	return withEvidence(group, r)
}

// sure says that the form shows the requirement only when it applies. What it shows although it may not apply it must not demand.
func (f *form) sure(r approval.Requirement) bool {
	_, code := f.condition(r)
	return code == "" && r.From == "" && r.Until == ""
}

func withEvidence(group item, r approval.Requirement) item {
	group.items = append(group.items, item{id: "evidence." + r.ID, kind: kindString, text: textReferences, repeats: true})
	return group
}

// statuses are those that an answer may have.
func statuses(r approval.Requirement) []approval.Status {
	out := append([]approval.Status{approval.Yes, approval.No}, r.Allowed...)
	if len(r.NotApplicable) > 0 {
		out = append(out, approval.NotApplicable)
	}
	return out
}

// explained are the statuses that must be explained, and all others.
func explained(r approval.Requirement) (must, others []approval.Status) {
	for _, s := range statuses(r) {
		if s == approval.Partial || s == approval.Planned || s == approval.Alternative {
			must = append(must, s)
		} else {
			others = append(others, s)
		}
	}
	return must, others
}

func statusOptions(r approval.Requirement) []option {
	var out []option
	for _, s := range statuses(r) {
		out = append(out, option{SystemStatus, string(s), s.Text()})
	}
	return out
}

func (f *form) reasonOptions(r approval.Requirement) []option {
	var out []option
	for _, n := range r.NotApplicable {
		out = append(out, option{f.reasonSystem(r.ID), n.Code, n.Text})
	}
	return out
}

func (f *form) reasonSystem(id string) string { return Namespace + "reason/" + f.set.ID + "/" + id }
