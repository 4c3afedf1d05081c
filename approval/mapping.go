package approval

import "slices"

// MappingVersion is the version of the form of a [Mapping].
const MappingVersion = 1

// Relation says what became of requirements from one set to another.
type Relation string

// The relations, with how many requirements they lead from and to.
const (
	RelationEqual    Relation = "equal"    // the same requirement: 1 to 1
	RelationMoved    Relation = "moved"    // the same under another id: 1 to 1
	RelationModified Relation = "modified" // it says something else now: 1 to 1
	RelationSplit    Relation = "split"    // 1 to 2 or more
	RelationMerged   Relation = "merged"   // 1 or more to 1
	RelationCovered  Relation = "covered"  // others ask for it too: 1 or more to 1 or more
	RelationDeleted  Relation = "deleted"  // no longer asked for: 1 or more to none, with a reason
	RelationAdded    Relation = "added"    // not asked for before: none to 1 or more
)

// MapEntry is what became of some requirements.
type MapEntry struct {
	// From and To are ids of requirements of the earlier and the later set. An
	// earlier id is in one entry only.
	From     []string `json:"from,omitempty"`
	To       []string `json:"to,omitempty"`
	Relation Relation `json:"relation"`
	// Reason says why, in the words of whoever made the mapping; required for deleted.
	Reason string `json:"reason,omitempty"`
}

// Mapping says what became of each requirement from one set to another. It is a
// help for [Migrate], which does not take its word that a requirement is the same.
type Mapping struct {
	// Version is [MappingVersion]; 0 means the same.
	Version int        `json:"version,omitempty"`
	From    SetRef     `json:"from"`
	To      SetRef     `json:"to"`
	Entries []MapEntry `json:"entries"`
}

// entry finds what became of an earlier requirement.
func (m *Mapping) entry(id string) (MapEntry, bool) {
	i := slices.IndexFunc(m.Entries, func(e MapEntry) bool { return slices.Contains(e.From, id) })
	if i < 0 {
		return MapEntry{}, false
	}
	return m.Entries[i], true
}

// leadsTo says whether an entry names a later requirement.
func (m *Mapping) leadsTo(id string) bool {
	return slices.ContainsFunc(m.Entries, func(e MapEntry) bool { return slices.Contains(e.To, id) })
}

// Gaps are the requirements that a mapping says nothing about, in the order of
// their sets.
type Gaps struct {
	// Unmapped are those of the earlier set.
	Unmapped []string `json:"unmapped,omitempty"`
	// Tombstones are the withdrawn ones of the earlier set.
	Tombstones []string `json:"tombstones,omitempty"`
	// New are those of the later set, withdrawn ones aside.
	New []string `json:"new,omitempty"`
}

// Gaps finds what the mapping says nothing about. A nil set has no requirements.
func (m *Mapping) Gaps(from, to *RequirementSet) Gaps {
	var g Gaps
	for _, r := range from.asRead().Requirements {
		_, mapped := m.entry(r.ID)
		switch {
		case mapped:
		case r.Withdrawn:
			g.Tombstones = append(g.Tombstones, r.ID)
		default:
			g.Unmapped = append(g.Unmapped, r.ID)
		}
	}
	for _, r := range to.asRead().Requirements {
		if !r.Withdrawn && !m.leadsTo(r.ID) {
			g.New = append(g.New, r.ID)
		}
	}
	return g
}

// SameIDs is the mapping of two versions of a set that keeps its ids: what has
// the same id is the same requirement, equal or modified by its wording; what
// the later set has withdrawn goes to those that it names as replacements.
func SameIDs(from, to *RequirementSet) *Mapping {
	from, to = from.asRead(), to.asRead()
	m := &Mapping{Version: MappingVersion, From: from.Ref(), To: to.Ref(), Entries: []MapEntry{}}
	for _, r := range from.Requirements {
		if !r.Withdrawn {
			m.Entries = append(m.Entries, to.became(r))
		}
	}
	for _, r := range to.Requirements {
		if was, known := from.Requirement(r.ID); !r.Withdrawn && (!known || was.Withdrawn) && !m.leadsTo(r.ID) {
			m.Entries = append(m.Entries, MapEntry{To: []string{r.ID}, Relation: RelationAdded})
		}
	}
	return m
}

// became says what a requirement of an earlier version is in this one.
func (s *RequirementSet) became(r Requirement) MapEntry {
	e := MapEntry{From: []string{r.ID}, To: []string{r.ID}, Relation: RelationModified}
	now, known := s.Requirement(r.ID)
	switch {
	case !known || now.Withdrawn:
		return s.replaced(e, now.ReplacedBy)
	case now.Wording() == r.Wording():
		e.Relation = RelationEqual
	}
	return e
}

func (s *RequirementSet) replaced(e MapEntry, by []string) MapEntry {
	e.To = nil
	for _, id := range by {
		if now, known := s.Requirement(id); known && !now.Withdrawn {
			e.To = append(e.To, id)
		}
	}
	switch len(e.To) {
	case 0:
		e.Relation, e.Reason = RelationDeleted, "withdrawn in "+s.ID+" "+s.Version
	case 1:
		e.Relation = RelationMoved
	default:
		e.Relation = RelationSplit
	}
	return e
}
