package approval

import (
	"cmp"
	"slices"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// fault says why a piece of evidence does not count; "" means that it does.
type fault = problem.Code

// judge says whether evidence meets the rule. Its age is measured on the day on
// which the declaration was submitted; whether it has expired, on the day at.
// Evidence with a day that cannot be read, or from after the submission, does
// not count.
func (r EvidenceRule) judge(e Evidence, submitted, at catalogue.Date) fault {
	if !slices.Contains(r.Kinds, e.Kind) {
		return CodeEvidenceKind
	}
	if !isDay(submitted) {
		return problem.BadFormat
	}
	if f := e.consistent(submitted); f != "" {
		return f
	}
	switch {
	case r.MaxAgeMonths > 0 && addMonths(e.Issued, r.MaxAgeMonths) < submitted:
		return CodeEvidenceTooOld
	case e.Expires != "" && e.Expires < at:
		return CodeEvidenceExpired
	}
	return ""
}

// level is the least level that counts. What is raised under a condition that
// is not known is raised.
func (r EvidenceRule) level(of asked) Level {
	level := cmp.Or(r.MinLevel, Declared)
	for i := range r.Raised {
		if raised := r.Raised[i].MinLevel; raised.AtLeast(level) && r.Raised[i].When.ask(of) != False {
			level = raised
		}
	}
	return level
}

// unknownRaise lists the conditions of which it is not known whether they raise the level.
func (r EvidenceRule) unknownRaise(of asked) []*Condition {
	var out []*Condition
	for i := range r.Raised {
		if r.Raised[i].When.ask(of) == Unknown {
			out = append(out, r.Raised[i].When)
		}
	}
	return out
}

// proven is the level that a piece of evidence has on closer look. Checked by
// nobody, or issued by nobody, but the vendor itself and its people, it is a
// document; and a document that cannot be found, neither by address nor by
// digest, is the vendor's word.
func (e Evidence) proven(own *insiders) Level {
	level := cmp.Or(e.Level, Declared)
	if level == Checked && (blank(e.CheckedBy) || own.has(e.CheckedBy)) || level == ThirdParty && (blank(e.Issuer) || own.has(e.Issuer)) {
		level = Documented
	}
	if level == Documented && e.URL == "" && e.SHA256 == "" {
		level = Declared
	}
	return level
}

// consistent compares the days of a piece of evidence with each other.
func (e Evidence) consistent(submitted catalogue.Date) fault {
	switch {
	case !isDay(e.Issued) || e.Expires != "" && !isDay(e.Expires):
		return problem.BadFormat
	case e.Issued > submitted, e.Expires != "" && e.Expires < e.Issued:
		return problem.Contradiction
	}
	return ""
}

// lasting says that a lasts longer than b. Nothing lasts longer than evidence without an end.
func lasting(a, b Evidence) bool {
	return b.Expires != "" && (a.Expires == "" || a.Expires > b.Expires)
}

// evidence finds the items that an answer refers to, each by its place in the declaration.
func (d *SelfDeclaration) evidence(ids []string) (places []int) {
	for _, id := range ids {
		if i := d.document(id); i >= 0 {
			places = append(places, i)
		}
	}
	return places
}

// fewDocuments is up to how many are looked through for each reference.
const fewDocuments = 64

// listed are the places of many documents by id, the first of each; nil for few.
func (d *SelfDeclaration) listed() map[string]int {
	if len(d.Evidence) <= fewDocuments {
		return nil
	}
	out := make(map[string]int, len(d.Evidence))
	for i := range slices.Backward(d.Evidence) {
		out[d.Evidence[i].ID] = i
	}
	return out
}

// document is [SelfDeclaration.document] where many are looked for.
func (a *assessment) document(id string) int {
	if a.listed == nil {
		return a.d.document(id)
	}
	if i, ok := a.listed[id]; ok {
		return i
	}
	return -1
}

// document is the place of a piece of evidence, -1 if it is not listed.
func (d *SelfDeclaration) document(id string) int {
	for i := range d.Evidence {
		if d.Evidence[i].ID == id {
			return i
		}
	}
	return -1
}
