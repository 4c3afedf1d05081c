package approval

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// findings are what assessors have found about one declaration. Nil is nothing.
type findings struct {
	// levels are those that count by the id of the evidence, facts by that of the
	// fact; nil for a fact about which they disagree.
	levels, facts map[string]*Finding
	used, unused  []FindingRecord
}

func (f *findings) level(evidence string) *Finding {
	if f == nil {
		return nil
	}
	return f.levels[evidence]
}

func (f *findings) fact(id string) *Finding {
	if f == nil {
		return nil
	}
	return f.facts[id]
}

// heard is one finding that is looked at, and why it does not count, if it does not.
type heard struct {
	*Finding
	sum Digest
	why said
}

// hear finds out which findings count. The order in which they are given does
// not matter, nor whether one is given twice.
func (a *assessment) hear(given []Finding) (*findings, error) {
	if len(given) == 0 {
		return nil, nil
	}
	if err := a.refusedFindings(given); err != nil {
		return nil, err
	}
	of, stated := DeclarationRef{ID: a.d.ID, SHA256: a.d.Digest()}, a.set.usable(a.d.Facts)
	all := make([]heard, len(given))
	for i := range given {
		f := given[i]
		f.Value = plain(f.Value)
		all[i] = heard{Finding: &f, sum: f.Digest(), why: a.discounted(&f, of, stated)}
	}
	slices.SortFunc(all, func(a, b heard) int { return cmp.Or(strings.Compare(a.ID, b.ID), cmp.Compare(a.sum, b.sum)) })
	all = slices.CompactFunc(all, func(a, b heard) bool { return a.sum == b.sum })
	return a.settled(all), nil
}

// discounted says why a finding does not count for this declaration today.
func (a *assessment) discounted(f *Finding, of DeclarationRef, stated map[string]FactValue) said {
	switch {
	case f.Declaration != of:
		return said{as: &notOtherDeclaration}
	case f.Day > a.today:
		return said{&notYetFound, []any{f.Day}}
	case f.Day < a.d.Submitted:
		return said{&notFoundBefore, []any{f.Day}}
	case f.Fact != "":
		return a.discountedFact(f, stated)
	}
	return a.discountedLevel(f)
}

func (a *assessment) discountedFact(f *Finding, stated map[string]FactValue) said {
	fact, known := a.set.Fact(f.Fact)
	_, given := stated[f.Fact]
	switch {
	case !known || !given:
		return said{&notStated, []any{f.Fact}}
	case !fact.fits(f.Value):
		return said{&notFitting, []any{fact.Question}}
	}
	return said{}
}

// discountedLevel refuses what nobody can have seen: other bytes than those that
// are declared, or a good level of bytes that nothing holds fast; and a third
// party that the assessor would have to be.
func (a *assessment) discountedLevel(f *Finding) said {
	i := a.document(f.Evidence)
	if i < 0 {
		return said{&notListed, []any{f.Evidence}}
	}
	e := a.d.Evidence[i]
	have := e.proven(a.own)
	switch {
	case f.SHA256 != e.SHA256:
		return said{&notSameBytes, []any{e.Title}}
	case e.SHA256 == "" && f.Level.AtLeast(have):
		return said{&notHeldFast, []any{e.Title}}
	case f.Level == ThirdParty && have != ThirdParty:
		return said{&notThirdParty, []any{e.Title}}
	}
	return said{}
}

// settled takes one finding for each thing, the latest.
func (a *assessment) settled(all []heard) *findings {
	out := &findings{levels: map[string]*Finding{}, facts: map[string]*Finding{}}
	about := map[[2]string][]*heard{}
	for i := range all {
		if h := &all[i]; h.why.as == nil {
			about[h.subject()] = append(about[h.subject()], h)
		}
	}
	for i := range all {
		if h := &all[i]; h.why.as == nil {
			h.why = h.outdone(about[h.subject()])
		}
	}
	for i := range all {
		h := &all[i]
		switch {
		case h.why.as == &notAgreed:
			out.facts[h.Fact] = nil
		case h.why.as != nil:
		case h.Fact != "":
			out.facts[h.Fact] = h.Finding
		default:
			out.levels[h.Evidence] = h.Finding
		}
		out.keep(h, a)
	}
	return out
}

// outdone says why another finding about the same thing counts in its place, if one does.
func (h *heard) outdone(rivals []*heard) said {
	var why said
	for _, other := range rivals {
		switch {
		case other == h:
		case other.Day > h.Day:
			return said{&notLatest, []any{other.ID, other.Day}}
		case other.Day < h.Day:
		case h.Fact != "" && !reflect.DeepEqual(other.Value, h.Value):
			why = said{&notAgreed, []any{other.ID}}
		case h.Fact == "" && other.before(h):
			why = said{&notLowest, []any{other.ID}}
		}
	}
	return why
}

func (h *heard) subject() [2]string { return [2]string{h.Evidence, h.Fact} }

// before puts the lower level of one day first.
func (h *heard) before(other *heard) bool {
	return cmp.Or(cmp.Compare(h.Level.rank(), other.Level.rank()), strings.Compare(h.ID, other.ID), cmp.Compare(h.sum, other.sum)) < 0
}

// keep notes a finding for the decision.
func (out *findings) keep(h *heard, a *assessment) {
	if h.why.as != nil {
		out.unused = append(out.unused, FindingRecord{ID: h.ID, SHA256: h.sum, Text: h.why.text()})
		return
	}
	out.used = append(out.used, FindingRecord{ID: h.ID, SHA256: h.sum, Evidence: h.Evidence, Level: h.Level, Fact: h.Fact, Value: h.Value, Text: a.foundText(h.Finding)})
}

func (a *assessment) foundText(f *Finding) catalogue.Text {
	by := []any{f.By.Name, f.By.Role.Text(), f.Day, f.Note}
	if f.Fact != "" {
		fact, _ := a.set.Fact(f.Fact)
		return foundFact.text(append([]any{fact.Question, fact.valueText(f.Value)}, by...)...)
	}
	return foundLevel.text(append([]any{a.d.Evidence[a.document(f.Evidence)].Title, foundLevels[f.Level].text()}, by...)...)
}
