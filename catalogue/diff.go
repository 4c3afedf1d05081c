package catalogue

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Diff finds what changed from one index to another. Nil is an index without tools. It compares what documents say: a list that is empty
// and one that is left out are the same.
func Diff(old, new *Index) Changes {
	if old == nil {
		old = &Index{}
	}
	if new == nil {
		new = &Index{}
	}
	c := Changes{Tools: []ToolChange{}}
	for _, t := range old.tools {
		if change, is := diffTool(t, old, new); is {
			c.Tools = append(c.Tools, change)
		}
	}
	for _, t := range new.tools {
		if _, known := old.at[t.ID]; !known {
			c.Tools = append(c.Tools, ToolChange{ID: t.ID, Kind: ChangeAdded, Status: &StatusChange{To: t.Status}})
		}
	}
	slices.SortFunc(c.Tools, func(a, b ToolChange) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return c
}

// diffTool finds what became of a tool of the old index.
func diffTool(t Tool, old, new *Index) (ToolChange, bool) {
	i, there := new.at[t.ID]
	if !there {
		return ToolChange{ID: t.ID, Kind: ChangeRemoved, Status: &StatusChange{From: t.Status}}, true
	}
	now := new.tools[i]
	before, after := old.missing[t.ID], new.missing[t.ID]
	if before == after && reflect.DeepEqual(t, now) {
		return ToolChange{}, false
	}
	change := compareTools(t, now)
	switch {
	case after && !before:
		change.Kind = ChangeRemoved
	case before && !after:
		change.Kind = ChangeReturned
	case t.Status == StatusWithdrawn && now.Status != StatusWithdrawn:
		change.Kind = ChangeRevived
	}
	return change, change.Kind != ChangeChanged || !change.empty()
}

func (t ToolChange) empty() bool {
	return t.Status == nil && t.Access == nil && t.Approval == nil && t.Listing == nil && !t.NoStart && len(t.Units) == 0 && len(t.Members) == 0
}

func compareTools(old, new Tool) ToolChange {
	c := ToolChange{ID: new.ID, Kind: ChangeChanged, NoStart: len(old.Start) > 0 && len(new.Start) == 0}
	if old.Status != new.Status {
		c.Status = &StatusChange{old.Status, new.Status}
	}
	if !reflect.DeepEqual(old.Access, new.Access) {
		c.Access = &AccessChange{old.Access, new.Access}
	}
	if !reflect.DeepEqual(old.Approval, new.Approval) {
		c.Approval = &ApprovalChange{clonePointer(old.Approval), clonePointer(new.Approval)}
	}
	if !reflect.DeepEqual(old.Listing, new.Listing) {
		c.Listing = &ListingChange{clonePointer(old.Listing), clonePointer(new.Listing)}
	}
	c.Units = diffUnits(old.Units, new.Units)
	a, b := members(old), members(new)
	if c.Units != nil || sameUnits(old.Units, new.Units) {
		delete(a, "units")
		delete(b, "units")
	}
	for _, own := range []string{"status", "access", "approval", "listing"} {
		delete(a, own)
		delete(b, own)
	}
	c.Members = differences("", a, b)
	return c
}

// sameUnits says that the units come in the same order.
func sameUnits(old, new []Unit) bool {
	return slices.EqualFunc(old, new, func(a, b Unit) bool { return a.ID == b.ID })
}

func diffUnits(old, new []Unit) []UnitChange {
	var list []UnitChange
	before := Tool{Units: old}
	for _, u := range new {
		was, known := before.Unit(u.ID)
		if !known {
			list = append(list, UnitChange{ID: u.ID, Kind: ChangeAdded})
		} else if changed := differences("", members(was), members(u)); len(changed) > 0 {
			list = append(list, UnitChange{u.ID, ChangeChanged, changed})
		}
	}
	after := Tool{Units: new}
	for _, u := range old {
		if _, known := after.Unit(u.ID); !known {
			list = append(list, UnitChange{ID: u.ID, Kind: ChangeRemoved})
		}
	}
	slices.SortFunc(list, func(a, b UnitChange) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return list
}

// members is a tool or a unit as a document has it, so that a member that the types get is compared without a line here.
func members(of any) map[string]any {
	data, err := json.Marshal(of)
	var all map[string]any
	if err == nil {
		err = json.Unmarshal(data, &all)
	}
	if err != nil {
		panic("catalogue: a checked tool that cannot be written: " + err.Error()) // only strings, numbers and lists of them
	}
	return all
}

// differences gives the pointers of the members that differ, sorted. A member that only one side has is one difference, whatever is in it.
func differences(at string, a, b map[string]any) []string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	var found []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		place := at + strictjson.Pointer(name)
		inA, isA := a[name].(map[string]any)
		inB, isB := b[name].(map[string]any)
		switch {
		case isA && isB:
			found = append(found, differences(place, inA, inB)...)
		case !reflect.DeepEqual(a[name], b[name]):
			found = append(found, place)
		}
	}
	return found
}
