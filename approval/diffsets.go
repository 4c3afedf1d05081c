package approval

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
)

// SetChangeKind is what became of a requirement or a fact.
type SetChangeKind string

// The kinds of changes between two requirement sets.
const (
	SetAdded     SetChangeKind = "added"
	SetWithdrawn SetChangeKind = "withdrawn" // kept as a tombstone
	SetReturned  SetChangeKind = "returned"  // a tombstone that applies again
	SetMissing   SetChangeKind = "missing"   // gone without a tombstone
	SetChanged   SetChangeKind = "changed"
)

// SetChange is what became of one requirement or one fact.
type SetChange struct {
	ID   string        `json:"id"`
	Kind SetChangeKind `json:"kind"`
	// Reworded says that answers to the old one are no answers to the new one:
	// [Requirement.Wording] of a requirement, question, type or choices of a fact.
	Reworded bool `json:"reworded,omitempty"`
	// Members are the names of the members that differ, sorted: "severity",
	// "when", "evidence", "text" …; none unless it is in both sets.
	Members []string `json:"members,omitempty"`
}

// SetChanges are the differences between two requirement sets. Requirements and
// facts come in the order of the later set, and then those that are missing in it.
type SetChanges struct {
	From         SetRef      `json:"from"`
	To           SetRef      `json:"to"`
	Requirements []SetChange `json:"requirements"`
	Facts        []SetChange `json:"facts"`
	// Members are the set's other members that differ, sorted: "rules",
	// "reviewMonths" … Version and the days of validity always may and are left out.
	Members []string `json:"members,omitempty"`
}

// DiffSets finds what changed from requirement set a to b. Nil is a set without
// anything in it. Whether a change is for the better is not said, nor what it
// does to a tool: see [Migrate] and [Evaluate].
func DiffSets(a, b *RequirementSet) SetChanges {
	x, y := a.asRead(), b.asRead()
	return SetChanges{
		From: x.Ref(), To: y.Ref(),
		Requirements: diffLists(x.Requirements, y.Requirements, func(r Requirement) string { return r.ID }, diffRequirement),
		Facts:        diffLists(x.Facts, y.Facts, func(f Fact) string { return f.ID }, diffFact),
		Members:      differing(x, y, "id", "version", "validFrom", "validTo", "requirements", "facts"),
	}
}

// asRead is what was read, where the set was read, and never nil.
func (s *RequirementSet) asRead() *RequirementSet {
	switch {
	case s == nil:
		return &RequirementSet{}
	case s.own != nil:
		return s.own
	}
	return s
}

// diffLists pairs what has the same id.
func diffLists[T any](a, b []T, id func(T) string, compare func(a, b T) (SetChange, bool)) []SetChange {
	before, out := byID(a, id), []SetChange{}
	for _, now := range b {
		was, known := before[id(now)]
		delete(before, id(now))
		if !known {
			out = append(out, SetChange{ID: id(now), Kind: SetAdded})
		} else if c, differs := compare(was, now); differs {
			c.ID = id(now)
			out = append(out, c)
		}
	}
	for _, gone := range a {
		if _, left := before[id(gone)]; left {
			out = append(out, SetChange{ID: id(gone), Kind: SetMissing})
		}
	}
	return out
}

func byID[T any](list []T, id func(T) string) map[string]T {
	out := map[string]T{}
	for _, item := range list {
		out[id(item)] = item
	}
	return out
}

func diffRequirement(a, b Requirement) (SetChange, bool) {
	c := SetChange{Kind: SetChanged, Reworded: a.Wording() != b.Wording(), Members: differing(a, b)}
	switch {
	case b.Withdrawn && !a.Withdrawn:
		c.Kind = SetWithdrawn
	case a.Withdrawn && !b.Withdrawn:
		c.Kind = SetReturned
	}
	return c, len(c.Members) > 0
}

func diffFact(a, b Fact) (SetChange, bool) {
	members := differing(a, b)
	reworded := slices.ContainsFunc(members, func(name string) bool {
		return slices.Contains([]string{"question", "type", "choices", "min", "max"}, name)
	})
	return SetChange{Kind: SetChanged, Reworded: reworded, Members: members}, len(members) > 0
}

// differing names the members of two values that differ as their JSON has them,
// so that a member that the types get is compared without a line here.
func differing(a, b any, but ...string) []string {
	x, y := jsonMembers(a), jsonMembers(b)
	all := maps.Clone(x)
	maps.Copy(all, y)
	var out []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if !slices.Contains(but, name) && !reflect.DeepEqual(x[name], y[name]) {
			out = append(out, name)
		}
	}
	return out
}

func jsonMembers(v any) map[string]any {
	data, err := json.Marshal(v)
	var out map[string]any
	if err == nil {
		err = json.Unmarshal(data, &out)
	}
	if err != nil {
		panic("approval: " + err.Error()) // the types always have a form in JSON
	}
	return out
}
