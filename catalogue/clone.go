package catalogue

import (
	"maps"
	"slices"
)

// clone gives a tool that shares nothing with t.
func (t Tool) clone() Tool {
	t.Identifiers = slices.Clone(t.Identifiers)
	t.Listing = clonePointer(t.Listing)
	t.Vendor = clonePointer(t.Vendor)
	t.Areas = slices.Clone(t.Areas)
	t.Audiences = slices.Clone(t.Audiences)
	t.Languages = slices.Clone(t.Languages)
	if t.Ages != nil {
		t.Ages = &Ages{Min: clonePointer(t.Ages.Min), Max: clonePointer(t.Ages.Max)}
	}
	t.Name = maps.Clone(t.Name)
	t.Summary = maps.Clone(t.Summary)
	t.Description = maps.Clone(t.Description)
	t.Keywords = maps.Clone(t.Keywords)
	for lang, words := range t.Keywords {
		t.Keywords[lang] = slices.Clone(words)
	}
	t.Start = slices.Clone(t.Start)
	t.Units = cloneEach(t.Units, Unit.clone)
	t.Approval = clonePointer(t.Approval)
	t.Evidence = cloneEach(t.Evidence, Evidence.clone)
	t.AcuteNotice = maps.Clone(t.AcuteNotice)
	return t
}

func (u Unit) clone() Unit {
	u.Title = maps.Clone(u.Title)
	u.Indications = cloneEach(u.Indications, maps.Clone[Text])
	u.Exclusions = cloneEach(u.Exclusions, maps.Clone[Text])
	u.PatientText = maps.Clone(u.PatientText)
	return u
}

func (e Evidence) clone() Evidence {
	e.Title = maps.Clone(e.Title)
	return e
}

func clonePointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

func cloneEach[T any](list []T, clone func(T) T) []T {
	out := slices.Clone(list)
	for i := range out {
		out[i] = clone(out[i])
	}
	return out
}
