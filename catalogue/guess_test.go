package catalogue_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// guessing is a catalogue in which nobody's own words stand.
func guessing(t *testing.T) *catalogue.Index {
	return with(t,
		about("compulsion", "Løkka", "", "tvangslidelse"),
		about("memory", "Glemmeboka", "", "demens"),
		about("birth", "Trygg havn", "", "fødselsangst"),
		about("pain", "Sikringsskapet", "", "smerte"),
		about("stay", "Rekkverk", "", "selvmordstanker"),
		about("speech", "Talestrømmen", "", "stamming"),
		about("words", "Ord igjen", "", "afasi"),
	)
}

// None of these sentences is known, nor does a tool have a word of them.
func TestASentenceFindsWhatItIsLikelyAbout(t *testing.T) {
	x := guessing(t)
	for text, want := range map[string]string{
		"søsteren min må gå tilbake og kjenne på ovnen seks ganger": "compulsion",
		"kona roter med pillene og kjenner ikke barnebarna":         "memory",
		"jeg er redd for fødestua og gruer meg til termin":          "birth",
	} {
		r, err := x.Search(catalogue.Query{Text: text})
		require.NoError(t, err)
		require.NotEmpty(t, r.Hits, text)
		assert.Equal(t, want, string(r.Hits[0].ID), text)
	}
}

func TestWhatIsLikelyTellsTheWholeQuery(t *testing.T) {
	r, err := guessing(t).Search(catalogue.Query{Text: "Søsteren min må gå tilbake og kjenne på ovnen seks ganger!"})
	require.NoError(t, err)
	require.NotEmpty(t, r.Hits)
	assert.Contains(t, r.Hits[0].Why, catalogue.Match{Field: "keyword", Word: "søsteren min må gå tilbake og kjenne på ovnen seks ganger", Term: "tvangslidelse", How: catalogue.HowLikely})
}

// A word has the sense that the others give it, and none of its own if all is about something else.
func TestWordsHaveTheSenseOfTheQuery(t *testing.T) {
	x := guessing(t)
	assert.Equal(t, []string{"birth"}, found(t, x, catalogue.Query{Text: "smertelindring epidural"}))
	assert.Equal(t, []string{"pain"}, found(t, x, catalogue.Query{Text: "smertelindring"}))
	assert.Empty(t, found(t, x, catalogue.Query{Text: "vondt i halsen"}))
	assert.Empty(t, found(t, x, catalogue.Query{Text: "hvor lenge har polet åpent på lørdag"}))
}

// Who may not want to live comes first, also where no word says so.
func TestWhatIsLikelySuicideComesFirst(t *testing.T) {
	hits := found(t, guessing(t), catalogue.Query{Text: "vondt overalt og barna hadde hatt det bedre om jeg ikke våknet igjen"})
	require.NotEmpty(t, hits)
	assert.Equal(t, "stay", hits[0])
}

// A denial of it does not send away what else tells of it.
func TestDeniedSuicideIsStillUrgent(t *testing.T) {
	for _, text := range []string{"jeg er ikke suicidal, men vil ikke leve lenger", "ikke selvmord, men alle hadde hatt det bedre om jeg ble borte"} {
		assert.Equal(t, "stay", append(found(t, guessing(t), catalogue.Query{Text: text}), "")[0], text)
	}
}

// What is not there is no more looked for than what it is told apart from.
func TestWhatIsNotThereIsNotLikely(t *testing.T) {
	x := guessing(t)
	assert.Equal(t, []string{"words"}, found(t, x, catalogue.Query{Text: "stammer ikke, men finner ikke ordene etter slaget"}))
	assert.Contains(t, found(t, x, catalogue.Query{Text: "stammer og finner ikke ordene"}), "speech")
}

// What is denied is not looked for, neither by its words nor by what the rest of the text sounds like.
func TestWhatIsDeniedIsNotFound(t *testing.T) {
	x := with(t, about("expecting", "Ni måneder", "", "gravid", "svangerskapskvalme"), about("games", "Pause", "", "dataspill"), about("bets", "Siste kort", "", "pengespill"),
		about("head", "Lynkartet", "", "hodepine"))
	for text, want := range map[string][]string{
		"kvalm om morgenen og magen vokser og jordmora måler": {"expecting"},
		"kvalm om morgenen og magen vokser, ikke gravid":      {},
		"pengespill, ikke dataspill":                          {"bets"},
		"svimmel uten hodepine":                               {},
	} {
		assert.Equal(t, want, found(t, x, catalogue.Query{Text: text}), text)
	}
}

// Who says that it is about somebody else finds what is for those, and not what is for who has the trouble.
func TestNotMe(t *testing.T) {
	self, kin := about("self", "Glasset", "", "alkohol"), about("kin", "Gardinene", "", "alkohol")
	self.Audiences, kin.Audiences = []catalogue.Audience{"adults"}, []catalogue.Audience{"next-of-kin"}
	x := with(t, self, kin, about("sleep", "Nattro", "", "søvn"))
	assert.Equal(t, []string{"kin"}, found(t, x, catalogue.Query{Text: "det er kona som er alkoholiker, ikke jeg"}))
	assert.Equal(t, []string{"kin", "self"}, found(t, x, catalogue.Query{Text: "kona er alkoholiker"}))
	assert.Equal(t, []string{"self"}, found(t, with(t, self), catalogue.Query{Text: "det er kona som er alkoholiker, ikke jeg"}), "there is no other")
}

// An ailment for which no tool is there is one for a tool that says whether to see a doctor, and for no other.
func TestAilments(t *testing.T) {
	x := with(t, about("triage", "Rødt lys", "", "symptomsjekk"), about("trauma", "Ettertid", "", "traume"), about("sugar", "Kompasset", "", "diabetes"), about("wound", "Sårblikk", "", "sår"))
	for _, text := range []string{"thoraxtraume", "diabetes insipidus", "sår hals", "toåringen hoster og har feber", "gallestein"} {
		assert.Equal(t, "triage", append(found(t, x, catalogue.Query{Text: text}), "")[0], text)
	}
	x = with(t, about("trauma", "Ettertid", "", "traume"), about("sugar", "Kompasset", "", "diabetes"))
	assert.Empty(t, found(t, x, catalogue.Query{Text: "thoraxtraume"}))
	assert.Empty(t, found(t, x, catalogue.Query{Text: "diabetes insipidus"}))
}
