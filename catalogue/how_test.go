package catalogue_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Each way of the chain finds what it is for, and says that it was it.
func TestTheWaysToATool(t *testing.T) {
	cases := []struct{ name, keyword, text, how string }{
		{"as it stands", "mestring", "mestring", catalogue.HowExact},
		{"another form", "angstlidelse", "angstlidelsene", catalogue.HowInflected},
		{"an irregular form", "kraft", "krefter", catalogue.HowInflected},
		{"ae, oe, aa", "fødsel", "foedsel", catalogue.HowFolded},
		{"bare letters", "fødsel", "fodsel", catalogue.HowFolded},
		{"nynorsk", "ensomhet", "einsemd", catalogue.HowNynorsk},
		{"bokmål", "einsemd", "ensomhet", catalogue.HowNynorsk},
		{"a nynorsk compound", "angstmestring", "meistring", catalogue.HowCompound},
		{"a part", "søvndagbok", "dagbok", catalogue.HowCompound},
		{"a part of three", "angstmestringskurs", "mestring", catalogue.HowCompound},
		{"a compound of parts", "smerte", "smertemåling", catalogue.HowCompound},
		{"a phrase of laymen", "insomni", "får ikke sove", catalogue.HowSynonym},
		{"in other words", "sosial angst", "redd for å snakke foran folk", catalogue.HowSynonym},
		{"clinical", "nedstemt", "depresjon", catalogue.HowSynonym},
		{"English", "insomni", "sleeping badly", catalogue.HowSynonym},
		{"nynorsk phrase", "insomni", "får ikkje sove", catalogue.HowSynonym},
		{"the beginning", "fibromyalgi", "fibrom", catalogue.HowPrefix},
		{"a slip", "fibromyalgi", "fibromylagi", catalogue.HowTypo},
		{"swapped at the beginning", "fibromyalgi", "ifbromyalgi", catalogue.HowTypo},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, err := with(t, keyword("wanted", c.keyword), keyword("other", "xylofon")).Search(catalogue.Query{Text: c.text})
			require.NoError(t, err)
			require.Equal(t, []string{"wanted"}, ids(r))
			assert.Equal(t, c.how, r.Hits[0].Why[len(r.Hits[0].Why)-1].How)
		})
	}
}

// Words that only look alike find nothing of each other.
func TestWordsApart(t *testing.T) {
	cases := []struct{ keyword, text string }{
		{"sorg", "omsorg"}, {"sorg", "torg"}, {"rus", "kurs"}, {"kreft", "kraft"}, {"kreft", "krefter"}, {"hjerte", "hjerne"}, {"vekt", "vekst"},
		{"livet", "live"}, {"sinne", "sinnelag"}, {"tale", "samtale"}, {"eldre", "foreldre"}, {"smerte", "smarte"}, {"kreft", "oreft"},
		{"sårbar", "sår"},
	}
	for _, c := range cases {
		assert.Empty(t, found(t, with(t, keyword("a", c.keyword)), catalogue.Query{Text: c.text}), "%s for %s", c.keyword, c.text)
	}
}

// What a text says that the tool is not for does not find it; the rest of the text does.
func TestDenialsAreNotFound(t *testing.T) {
	tool := named("a", "Navn")
	tool.Description = catalogue.Text{"nb": "Kurset hjelper mot insomni. Det behandler ikke søvnapné, og er ikke laget for deg med epilepsi. Du fører dagbok. Har du psykose, bør du ikke bruke det."}
	x := with(t, tool)
	for text, want := range map[string][]string{"insomni": {"a"}, "dagbok": {"a"}, "søvnapné": {}, "epilepsi": {}, "psykose": {}} {
		assert.Equal(t, want, found(t, x, catalogue.Query{Text: text}), text)
	}
}

// A phrase that is a tool's keyword finds it before a tool that has its words here and there.
func TestPhrasesComeFirst(t *testing.T) {
	x := with(t, keyword("a-words", "ung", "syk", "kronisk"), keyword("b-phrase", "ung og kronisk syk"))
	assert.Equal(t, []string{"b-phrase", "a-words"}, found(t, x, catalogue.Query{Text: "ung og kronisk syk"}))
}
