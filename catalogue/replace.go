package catalogue

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// ErrReplace is what [Index.Replace] gives, but for faulty tools. Every [*ReplaceError] wraps it.
var ErrReplace = errors.New("catalogue: the tools cannot take the others' place")

// ReplaceError names the tools for which [Index.Replace] refuses, by id.
type ReplaceError struct {
	// Revived tools are withdrawn, and have another status now. One that comes back needs a new id.
	Revived []ToolID
	// Moved tools have another vendor's organisation number now, or none any more. When organisations merge, the host makes the change
	// with [Index.With] first.
	Moved []ToolID
	// Unpublished tools were published, and are drafts now. Pause or withdraw them.
	Unpublished []ToolID
	// Lost tools lack an identifier that they had, and Taken tools have one that was another tool's.
	Lost, Taken []ToolID
	// Places has the JSON Pointer of each of these tools in what was given, such as "/tools/3".
	Places map[ToolID]string
}

// Error names at most ten tools of each sort, with their places and what to do.
func (e *ReplaceError) Error() string {
	var parts []string
	for _, p := range []struct {
		what, member string
		ids          []ToolID
	}{
		{"withdrawn, and must stay so; give a tool that comes back a new id", "/status", e.Revived},
		{"must keep the vendor's organisation number; when organisations merge, change it in the index in use first", "/vendor/orgNumber", e.Moved},
		{"published, and cannot be a draft again; pause or withdraw it", "/status", e.Unpublished},
		{"must keep the identifiers that were given out; add them again", "/identifiers", e.Lost},
		{"have an identifier that was given out for another tool; take it away", "/identifiers", e.Taken},
	} {
		if len(p.ids) > 0 {
			parts = append(parts, p.what+": "+e.some(p.ids, p.member))
		}
	}
	return ErrReplace.Error() + ": " + strings.Join(parts, "; ")
}

// Unwrap gives [ErrReplace].
func (e *ReplaceError) Unwrap() error { return ErrReplace }

// maxKept is how many tools an index keeps that its source has no more: a source that thinks up new ids each time does not fill the memory.
const maxKept = 100_000

// some lists up to ten ids with the places of a member, and how many more there are.
func (e *ReplaceError) some(ids []ToolID, member string) string {
	const most = 10
	var parts []string
	for _, id := range ids[:min(len(ids), most)] {
		parts = append(parts, fmt.Sprintf("%s (%s%s)", id, e.Places[id], member))
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

// all are the ids of every sort, some of them twice.
func (e *ReplaceError) all() []ToolID {
	return slices.Concat(e.Revived, e.Moved, e.Unpublished, e.Lost, e.Taken)
}

// locate notes where each of them stands among tools.
func (e *ReplaceError) locate(tools []Tool) {
	place := make(map[ToolID]int, len(tools))
	for i, t := range tools {
		place[t.ID] = i
	}
	for _, id := range e.all() {
		if e.Places == nil {
			e.Places = map[ToolID]string{}
		}
		e.Places[id] = "/tools" + strictjson.Pointer(place[id])
	}
}

// Replace makes the index that follows x when its source has these tools now. Ids resolve for ever, whatever a source forgets:
//
//   - A tool that is there no more stays, as withdrawn. That is this package's conclusion and not the source's word, so the tool may
//     return later with any status, for a source that forgot it by mistake. A tool that the source withdrew stays as it is.
//   - A draft that is there no more is gone: nobody was given its id.
//   - A withdrawn tool with another status, a published tool that is a draft, a tool with another vendor's organisation number or none,
//     and one without an identifier that it had, or with another tool's, are refused, all together, with a [*ReplaceError]: an id given
//     out does not come to mean something else. The error says what to do about each.
//
// Faulty tools are a [*DocumentError] as for [NewIndex]. Of what is given, all is taken or nothing: [Index.ReplaceAllowed] takes the rest.
func (x *Index) Replace(tools []Tool) (*Index, error) {
	refused, err := x.refuse(tools)
	switch {
	case err != nil:
		return nil, err
	case len(refused.all()) > 0:
		return nil, refused
	}
	return x.follow(tools, refused)
}

// ReplaceAllowed is [Index.Replace] for whoever must not miss a withdrawal because another tool is refused: the tools that Replace refuses
// stay as they were, and are named in refused, which is nil if there are none; all others are taken. A refused tool that was not there before, or was a
// draft, is left out. What is refused is what a tool says, not its end: one that is paused or withdrawn now is so in the new index too.
func (x *Index) ReplaceAllowed(tools []Tool) (next *Index, refused *ReplaceError, err error) {
	found, err := x.refuse(tools)
	if err != nil {
		return nil, nil, err
	}
	if len(found.all()) > 0 {
		refused = found
	}
	next, err = x.follow(tools, found)
	return next, refused, err
}

// refuse checks tools, and finds those that cannot take their own place.
func (x *Index) refuse(tools []Tool) (*ReplaceError, error) {
	d := Document{Version: DocumentVersion, Tools: tools}
	if found := d.check(); len(found) > 0 {
		return nil, newDocumentError(found)
	}
	given, refused := byID(tools), &ReplaceError{}
	for _, old := range x.tools {
		if now, there := given[old.ID]; there {
			refused.judge(old, *now, x.missing[old.ID])
		}
	}
	refused.identifiers(x, tools)
	refused.locate(tools)
	return refused, nil
}

func byID(tools []Tool) map[ToolID]*Tool {
	out := make(map[ToolID]*Tool, len(tools))
	for i := range tools {
		out[tools[i].ID] = &tools[i]
	}
	return out
}

// follow makes the index of the given tools that are not refused, and of the old ones that stay.
func (x *Index) follow(tools []Tool, refused *ReplaceError) (*Index, error) {
	given, missing := byID(tools), map[ToolID]bool{}
	var all []Tool
	for _, t := range tools {
		if _, bad := refused.Places[t.ID]; !bad {
			all = append(all, t.clone())
		}
	}
	taken := len(all)
	for _, old := range x.tools {
		now, there := given[old.ID]
		if _, bad := refused.Places[old.ID]; there && !bad || old.Status == StatusDraft {
			continue
		}
		kept := old.clone()
		kept.Status = old.stays(now)
		missing[old.ID] = x.missing[old.ID] && (now == nil || now.Status != StatusWithdrawn) || now == nil && old.Status != StatusWithdrawn
		all = append(all, kept)
	}
	if len(all)-taken > maxKept {
		return nil, fmt.Errorf("%w: more than %d tools of before are not among them", ErrReplace, maxKept)
	}
	next := build(all, x.options)
	maps.DeleteFunc(missing, func(_ ToolID, is bool) bool { return !is })
	next.missing = missing
	return next, nil
}

// stays is the status of a tool that is kept although it is there no more (nil), or is refused as it is now.
func (t *Tool) stays(now *Tool) Status {
	switch {
	case now == nil || now.Status == StatusWithdrawn:
		return StatusWithdrawn
	case now.Status == StatusPaused && t.Status == StatusListed:
		return StatusPaused
	}
	return t.Status
}

// Replace is [Index.Replace] for the current index, and says what changed. The tools are all that there are: for one, use [Live.Put]. If
// more than half of the listed ones are missing among them it is taken for an accident and refused with [ErrShrunk]; whoever means it
// calls [Index.Replace] within [Live.Update]. On an error the current index stays.
func (l *Live) Replace(tools []Tool) (Changes, error) {
	return l.change(func(old *Index) (*Index, error) {
		next, err := old.Replace(tools)
		if err != nil {
			return nil, err
		}
		if err := next.shrunk(old, mostMissing); err != nil {
			return nil, fmt.Errorf("%w; for one tool use Live.Put, and if it is meant Index.Replace within Live.Update", err)
		}
		return next, nil
	})
}
