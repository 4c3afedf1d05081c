package approval

import (
	"slices"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// evidence compares by id: first what the later declaration has, in its order,
// and then what is gone, in the order of the earlier one.
func (d *diff) evidence() {
	for i, after := range d.b.Evidence {
		c := Change{Evidence: after.ID, Pointer: strictjson.Pointer("evidence", i)}
		before := d.a.evidence([]string{after.ID})
		switch {
		case len(before) == 0:
			c.Kind = AddedEvidence
		case d.a.Evidence[before[0]] != after:
			c.Kind = evidenceChange(d.a.Evidence[before[0]], after)
		default:
			continue
		}
		d.addEvidence(c)
	}
	for i, before := range d.a.Evidence {
		if len(d.b.evidence([]string{before.ID})) == 0 {
			d.addEvidence(Change{Kind: RemovedEvidence, Evidence: before.ID, Pointer: strictjson.Pointer("evidence", i)})
		}
	}
}

func (d *diff) addEvidence(c Change) {
	var because *phrase
	if (c.Kind == RemovedEvidence || c.Kind == ReplacedEvidence) && d.carries(c.Evidence) {
		because = &becauseEvidence
	}
	d.add(c, because, called(c.Evidence, nil))
}

// carries says that a blocker rested on the evidence before.
func (d *diff) carries(id string) bool {
	return slices.ContainsFunc(d.set.Requirements, func(r Requirement) bool {
		return r.rests() && slices.Contains(d.a.Answers[r.ID].Evidence, id)
	})
}

func evidenceChange(a, b Evidence) ChangeKind {
	weaker := a.Kind != b.Kind || a.Issuer != b.Issuer || !b.Level.AtLeast(a.Level)
	switch {
	case weaker:
		return ReplacedEvidence
	case b.Issued > a.Issued:
		return RenewedEvidence
	case a.Issued != b.Issued, a.Expires != b.Expires, !sameFile(a, b):
		return ReplacedEvidence
	}
	return ChangedEvidence
}

// sameFile goes by the digest. Where the earlier item has none, its address is
// all that tells which document was meant.
func sameFile(a, b Evidence) bool {
	if a.SHA256 != "" {
		return a.SHA256 == b.SHA256
	}
	return a.URL == b.URL
}

// keepsDocuments says that an answer which can change the outcome rests on a
// document that is the same in both declarations.
func (d *diff) keepsDocuments() bool {
	return slices.ContainsFunc(d.set.Requirements, func(r Requirement) bool {
		return r.weighty() && slices.ContainsFunc(d.b.Answers[r.ID].Evidence, d.keeps)
	})
}

func (d *diff) keeps(id string) bool {
	i, j := d.a.document(id), d.b.document(id)
	return i >= 0 && j >= 0 && sameFile(d.a.Evidence[i], d.b.Evidence[j]) && d.a.Evidence[i].Issued == d.b.Evidence[j].Issued
}
