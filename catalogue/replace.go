package catalogue

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrReplace is what [Index.Replace] gives, but for faulty tools. Every [*ReplaceError] wraps it.
var ErrReplace = errors.New("catalogue: the tools cannot take the others' place")

// ReplaceError names the tools for which [Index.Replace] refuses, by id.
type ReplaceError struct {
	// Revived tools are withdrawn, and have another status now.
	Revived []ToolID
	// Moved tools have another vendor's organisation number now, or none any more.
	Moved []ToolID
	// Unpublished tools were published, and are drafts now.
	Unpublished []ToolID
	// Lost tools lack an identifier that they had, and Taken tools have one that was another tool's.
	Lost, Taken []ToolID
}

// Error names at most ten tools of each sort.
func (e *ReplaceError) Error() string {
	var parts []string
	for _, p := range []struct {
		what string
		ids  []ToolID
	}{
		{"withdrawn, and must stay so", e.Revived},
		{"must keep the vendor's organisation number", e.Moved},
		{"published, and cannot be a draft again", e.Unpublished},
		{"must keep the identifiers that were given out", e.Lost},
		{"have an identifier that was given out for another tool", e.Taken},
	} {
		if len(p.ids) > 0 {
			parts = append(parts, p.what+": "+some(p.ids))
		}
	}
	return ErrReplace.Error() + ": " + strings.Join(parts, "; ")
}

// Unwrap gives [ErrReplace].
func (e *ReplaceError) Unwrap() error { return ErrReplace }

// maxKept is how many tools an index keeps that its source has no more: a source that thinks up new ids each time does not fill the memory.
const maxKept = 100_000

// some lists up to ten ids, and how many more there are.
func some(ids []ToolID) string {
	const most = 10
	var parts []string
	for _, id := range ids[:min(len(ids), most)] {
		parts = append(parts, string(id))
	}
	if rest := len(ids) - len(parts); rest > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", rest))
	}
	return strings.Join(parts, ", ")
}

func (e *ReplaceError) judge(old, new Tool, missing bool) {
	if old.Status == StatusDraft {
		return // nobody knows it
	}
	switch {
	case new.Status == StatusDraft:
		e.Unpublished = append(e.Unpublished, old.ID)
	case old.Status == StatusWithdrawn && !missing && new.Status != StatusWithdrawn:
		e.Revived = append(e.Revived, old.ID)
	}
	if old.Vendor != nil && (new.Vendor == nil || old.Vendor.OrgNumber != new.Vendor.OrgNumber) {
		e.Moved = append(e.Moved, old.ID)
	}
	if new.loses(old) {
		e.Lost = append(e.Lost, old.ID)
	}
}

// identifiers looks for those that were given out for another tool.
func (e *ReplaceError) identifiers(x *Index, tools []Tool) {
	for _, t := range tools {
		if slices.ContainsFunc(t.Identifiers, func(id Identifier) bool {
			owner, known := x.called[id]
			return known && x.tools[owner].ID != t.ID && x.tools[owner].Status != StatusDraft
		}) {
			e.Taken = append(e.Taken, t.ID)
		}
	}
}

func (e *ReplaceError) empty() bool {
	return len(e.Revived)+len(e.Moved)+len(e.Unpublished)+len(e.Lost)+len(e.Taken) == 0
}

// Replace makes the index that follows x when its source has these tools now. Ids resolve for ever, whatever a source forgets:
//
//   - A tool that is there no more stays, as withdrawn. That is this package's conclusion and not the source's word, so the tool may
//     return later with any status, for a source that forgot it by mistake. A tool that the source withdrew stays as it is.
//   - A draft that is there no more is gone: nobody was given its id.
//   - A withdrawn tool with another status, a published tool that is a draft, a tool with another vendor's organisation number or none,
//     and one without an identifier that it had, or with another tool's, are refused, all together, with a [*ReplaceError]: an id given out does not come to mean something else. If the change is
//     right after all, as when organisations merge, make it with [Index.With] first.
//
// Faulty tools are a [*DocumentError] as for [NewIndex]. Of what is given, all is taken or nothing.
func (x *Index) Replace(tools []Tool) (*Index, error) {
	d := Document{Version: DocumentVersion, Tools: tools}
	if found := d.check(); len(found) > 0 {
		return nil, newDocumentError(found)
	}
	given := make(map[ToolID]Tool, len(tools))
	for _, t := range tools {
		given[t.ID] = t
	}
	all, missing, refused := cloneEach(tools, Tool.clone), map[ToolID]bool{}, ReplaceError{}
	for _, old := range x.tools {
		if now, there := given[old.ID]; there {
			refused.judge(old, now, x.missing[old.ID])
		} else if old.Status != StatusDraft {
			if old.Status != StatusWithdrawn || x.missing[old.ID] {
				missing[old.ID] = true
			}
			kept := old.clone()
			kept.Status = StatusWithdrawn
			all = append(all, kept)
		}
	}
	if len(all)-len(tools) > maxKept {
		return nil, fmt.Errorf("%w: more than %d tools of before are not among them", ErrReplace, maxKept)
	}
	if refused.identifiers(x, tools); !refused.empty() {
		return nil, &refused
	}
	next := build(all, x.options)
	next.missing = missing
	return next, nil
}

// Replace is [Index.Replace] for the current index, and says what changed. On an error the current index stays.
func (l *Live) Replace(tools []Tool) (Changes, error) {
	var changes Changes
	err := l.Update(func(old *Index) (*Index, error) {
		next, err := old.Replace(tools)
		if err == nil {
			changes = Diff(old, next)
		}
		return next, err
	})
	if err != nil {
		return Changes{}, err
	}
	return changes, nil
}
