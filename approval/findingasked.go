package approval

import (
	"maps"
	"slices"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// assessed says whether evidence above a document must have been found to be so.
func (r *Requirement) assessed() bool { return r.Evidence != nil && r.Evidence.Assessed }

// asksMore says whether a level above a document may be asked for.
func (r *EvidenceRule) asksMore() bool {
	more := func(l RaisedLevel) bool { return l.MinLevel.AtLeast(Checked) }
	return r.MinLevel.AtLeast(Checked) || slices.ContainsFunc(r.Raised, more)
}

// fromVendor is the level that the vendor itself must show: where an assessor
// is to check, it is a document.
func (r EvidenceRule) fromVendor(level Level) Level {
	if r.Assessed && level == Checked {
		return Documented
	}
	return level
}

// proves is the level of a piece of evidence for a requirement: what an assessor
// has found, or what it shows by itself, which is a document at most where the
// set asks for an assessor.
func (a *assessment) proves(r *Requirement, e Evidence) Level {
	if f := a.found.level(e.ID); f != nil {
		return f.Level
	}
	have := e.proven(a.own)
	switch {
	case !r.Evidence.Assessed:
	case a.assured[r.ID] && e.SHA256 != "":
		if Checked.AtLeast(have) {
			return Checked
		}
	case have.AtLeast(Checked):
		return Documented
	}
	return have
}

// unproven says what evidence lacks that the set wants an assessor to look at, or
// that one has looked at.
func (a *assessment) unproven(r *Requirement, places []int, level Level) (why said) {
	if a.found == nil && !r.assessed() {
		return said{}
	}
	for _, i := range places {
		e := a.d.Evidence[i]
		if a.weigh(r, e, level) != CodeEvidenceLevel {
			continue
		}
		switch f := a.found.level(e.ID); {
		case f != nil:
			why = said{&whyFoundLow, []any{levels[level].text()}}
		case !r.Evidence.Assessed || level == ThirdParty && e.proven(a.own) != ThirdParty || !level.AtLeast(Checked):
		case e.SHA256 == "":
			why = said{as: &whyNotHeldFast}
		default:
			return said{as: &whyUnassessed}
		}
	}
	return why
}

// known are the facts that count: what assessors have found, and what the vendor
// has stated where the set asks for no assessor.
func (a *assessment) known() map[string]FactValue {
	facts := a.set.usable(a.d.Facts)
	if !a.set.assessing && a.found == nil {
		return facts
	}
	for _, f := range a.set.Facts {
		if f.Assessed && !a.confirmed[f.ID] {
			delete(facts, f.ID)
		}
	}
	if a.found == nil {
		return facts
	}
	for id, f := range a.found.facts {
		if a.confirmed[id] {
			continue
		}
		if delete(facts, id); f != nil {
			facts[id] = f.Value
		}
	}
	return facts
}

// unassessed says that a fact is stated and not known all the same: it lacks a
// finding, or assessors disagree about it.
func (a *assessment) unassessed(f Fact) bool {
	if !a.set.assessing && a.found == nil {
		return false
	}
	_, known := a.facts[f.ID]
	return !known && f.fits(plain(a.d.Facts[f.ID]))
}

func (a *assessment) needText(f Fact) catalogue.Text {
	if a.unassessed(f) {
		return needFinding.text(f.Question)
	}
	return needFact.text(f.Question)
}

// onlyUnassessed says whether the case would be decided if assessors found
// everything that waits for them to be as the vendor has stated it.
func (a *assessment) onlyUnassessed() bool {
	if !a.set.assessing && a.found == nil {
		return false
	}
	facts, requirements := map[string]bool{}, map[string]bool{}
	for _, f := range a.set.Facts {
		if a.unassessed(f) {
			facts[f.ID] = true
		}
	}
	for i := range a.standings {
		if a.set.Requirements[i].assessed() && !a.assured[a.set.Requirements[i].ID] {
			requirements[a.set.Requirements[i].ID] = true
		}
	}
	if len(facts)+len(requirements) == 0 {
		return false
	}
	then := a.otherwise(func(b *assessment) {
		b.confirmed, b.assured = together(a.confirmed, facts), together(a.assured, requirements)
	})
	return then.foreseen() != Incomplete
}

func together(a, b map[string]bool) map[string]bool {
	out := maps.Clone(b)
	maps.Copy(out, a)
	return out
}

func with(set map[string]bool, id string) map[string]bool {
	return together(set, map[string]bool{id: true})
}

func copyRecords(all []FindingRecord) []FindingRecord {
	out := slices.Clone(all)
	for i := range out {
		out[i].Text = copyText(out[i].Text)
	}
	return out
}
