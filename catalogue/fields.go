package catalogue

import (
	"maps"
	"slices"
)

// field is a part of a tool that words are found in, in the order in which matches are reported.
type field int

const (
	fieldName field = iota
	fieldKeyword
	fieldUnit
	fieldSummary
	fieldDescription
	fieldKind
	fieldProvider
	fieldCount
)

// fields says what each field weighs, and how much (0 to 1) the length of a text takes away from a word in it. A long list of keywords
// is no fault; a word in a long description says less than one in a short.
var fields = [fieldCount]struct {
	name           string
	weight, length float32
}{
	fieldName:        {"name", 4, 0.5},
	fieldKeyword:     {"keyword", 3, 0.3},
	fieldUnit:        {"unit", 2, 0.75},
	fieldSummary:     {"summary", 2, 0.75},
	fieldDescription: {"description", 1, 0.75},
	fieldKind:        {"kind", 2, 0},
	fieldProvider:    {"provider", 1, 0},
}

// kindWords is what a tool of a kind is called, for the kinds that people look for by it; the others are too many for that.
var kindWords = map[Kind][]string{
	KindTriage:            {"symptomavklaring", "symptom checker"},
	KindQuestionnaire:     {"kartleggingsverktøy", "selvtest", "questionnaire"},
	KindVideoConsultation: {"videokonsultasjon", "video consultation"},
	KindCollaboration:     {"samhandling", "collaboration"},
	KindForum:             {"nettforum", "online forum"},
	KindHomeFollowUp:      {"digital hjemmeoppfølging", "home follow-up"},
}

// passage is a text of a tool in one language. Each of its parts stands for itself: no phrase reaches from one into the next.
type passage struct {
	field field
	parts []string
}

// passages cuts a tool into its texts. Exclusions are left out: who looks for psychosis does not look for what excludes it.
func passages(out []passage, t *Tool) []passage {
	out = eachText(out[:0], fieldName, t.Name)
	for _, lang := range slices.Sorted(maps.Keys(t.Keywords)) {
		out = append(out, passage{fieldKeyword, t.Keywords[lang]})
	}
	out = append(out, unitPassages(t.Units)...)
	out = eachText(out, fieldSummary, t.Summary)
	out = eachText(out, fieldDescription, t.Description)
	if words := kindWords[t.Kind]; words != nil {
		out = append(out, passage{fieldKind, words})
	}
	if t.Vendor != nil {
		out = append(out, passage{fieldProvider, []string{t.Vendor.Name}})
	}
	return out
}

func eachText(out []passage, f field, text Text) []passage {
	if len(text) == 1 {
		for _, s := range text {
			return append(out, passage{f, []string{s}})
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(text)) {
		out = append(out, passage{f, []string{text[lang]}})
	}
	return out
}

func unitPassages(units []Unit) []passage {
	by := map[Lang][]string{}
	for _, u := range units {
		for _, text := range append([]Text{u.Title, u.PatientText}, u.Indications...) {
			for lang, s := range text {
				by[lang] = append(by[lang], s)
			}
		}
	}
	var out []passage
	for _, lang := range slices.Sorted(maps.Keys(by)) {
		out = append(out, passage{fieldUnit, by[lang]})
	}
	return out
}
