package catalogue_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

func about(id catalogue.ToolID, name, description string, keywords ...string) catalogue.Tool {
	t := keyword(id, keywords...)
	t.Name = catalogue.Text{"nb": name}
	if description != "" {
		t.Description = catalogue.Text{"nb": description}
	}
	return t
}

// telling is a small catalogue whose texts hold words of everyday life beside the matters that its tools are for.
func telling(t *testing.T) *catalogue.Index {
	return with(t,
		about("sleep", "Nattro", "Du trenger ikke kjøpe noe. Gjerdet der, bussen og dagen i morgen er kjent for alle.", "søvn"),
		about("alone", "Side om side", "For den som bor ute. Vi leser kart og skrift etter fødsel.", "ensomhet"),
		about("fear", "Stå fram", "Snakk om søvn, angst og fødsel før du tar førerkort.", "presentasjonsangst", "fødsel"),
		about("grief", "Når noen dør", "", "sorg"),
		about("harm", "Ut av mobben", "", "mobbing"),
		about("smoke", "Siste sneip", "", "røyking"),
		about("heart", "Hjertet mitt", "", "hjertesvikt"),
		about("signs", "Tidlige tegn", "Svikt i planer, språk og tanker.", "psykose"),
		about("hands", "Rolig hånd", "", "sinne"),
		about("home", "Birra", "", "same"),
		about("trass", "Barnet", "", "trass"),
		about("compass", "Sosialt kompass", "", "autisme"),
		about("bet", "Spille fri", "", "pengespill"),
		about("calm", "Pause", "", "avspenning"),
		about("mourning", "Tap", "Sorg om dagen.", "annet"),
		about("both", "Uten", "Leie utstyr hver kveld."),
		about("rent", "Uten", "", "leie"),
		about("bed", "Seng", "Sover du?"),
		about("mouth", "Sår", "Leppen har en leppe.", "sår"),
	)
}

// A hit must cover enough of what a query tells.
func TestHitsCoverWhatTheQueryTells(t *testing.T) {
	x := telling(t)
	cases := []struct {
		rule, text string
		want       []string
	}{
		{"one word that tells little", "kjøpe", []string{"sleep"}},
		{"it does not answer for one that nobody knows", "kjøpe sovesofa", []string{}},
		{"nor for one that others have", "kjøpe kart", []string{}},
		{"a word of everyday life alone", "gjerdet", []string{"sleep"}},
		{"it does not answer for another one", "lekkasje fra gjerdet", []string{}},
		{"a word of a description does not", "fornye førerkort", []string{}},
		{"a keyword does, if it is half of a few words", "lystgass under fødsel", []string{"fear"}},
		{"a keyword does not, if it is less", "billig ny rød fødselsbil", []string{}},
		{"the name of a matter is enough", "sorg brått slektning begravelsesagent", []string{"grief", "mourning"}},
		{"a matter is enough in a story", "jeg søv ikke etter gangsterfilm og skilpadder", []string{"sleep", "fear", "bed"}},
		{"what nobody knows is not, even in a story", "hvor mange dager har januar", []string{}},
		{"a word of a name does not", "kompass skipsutstyr", []string{}},
		{"a word that asks for a matter does not", "spille gitar", []string{}},
		{"a phrase takes the place of its words", "få ro i sinnet", []string{"calm"}},
		{"words that tell little are not counted", "sorg om dagen", []string{"grief", "mourning"}},
		{"unless the query holds no others", "leie kveld", []string{"both", "rent"}},
		{"a word of a phrase is enough in a story", "jeg får ikke sove", []string{"sleep", "fear", "bed"}},
		{"all words of a list need not be in one tool", "sorg søvn", []string{"sleep", "grief", "mourning", "fear"}},
		{"a name of everyday words is found as a name", "stå fram", []string{"fear"}},
		{"it does not answer for more", "stå fram som tannlege", []string{}},
		{"nor does a word of it", "side effects", []string{}},
	}
	for _, c := range cases {
		assert.Equal(t, c.want, found(t, x, catalogue.Query{Text: c.text}), "%s: %s", c.rule, c.text)
	}
}

func TestCompoundsOfWhichTheCatalogueKnowsAPart(t *testing.T) {
	x := telling(t)
	cases := []struct {
		rule, text string
		want       []string
	}{
		{"a health matter tells what it is about", "sorgbearbeiding", []string{"grief", "mourning"}},
		{"in the form that compounds have", "mobbesak", []string{"harm"}},
		{"with bare letters", "roykesug", []string{"smoke"}},
		{"in the last place too", "flyangst", []string{"fear"}},
		{"a common word does not", "håndball", []string{}},
		{"nor does it beside a matter that no tool has", "håndeksem", []string{}},
		{"where none is a matter all parts must be there", "tegnspråk", []string{"signs"}},
		{"one of them is not enough", "nyresvikt", []string{}},
		{"nor are two words that tell little", "førstehjelp", []string{}},
		{"nor is a part that no compound of health is made of", "tidsskrift", []string{}},
	}
	for _, c := range cases {
		assert.Equal(t, c.want, found(t, x, catalogue.Query{Text: c.text}), "%s: %s", c.rule, c.text)
	}
	r, err := x.Search(catalogue.Query{Text: "mobbesak"})
	require.NoError(t, err)
	assert.Equal(t, []catalogue.Match{{Field: "keyword", Word: "mobbesak", Term: "mobbing", How: catalogue.HowCompound}}, r.Hits[0].Why)
}

// A stop word of one language may be what a query in another one is about.
func TestStopWordsAreThoseOfTheQuerysLanguage(t *testing.T) {
	x := telling(t)
	assert.Equal(t, []string{"home"}, found(t, x, catalogue.Query{Text: "same"}))
	assert.Equal(t, []string{}, found(t, x, catalogue.Query{Text: "same day delivery", Lang: "en"}))
	assert.Equal(t, []string{}, found(t, x, catalogue.Query{Text: "the same delivery", Lang: "nb"}), "the query is in English, whatever its reader's language")
	assert.Equal(t, []string{"trass"}, found(t, x, catalogue.Query{Text: "trass"}))
	assert.Equal(t, []string{"sleep"}, found(t, x, catalogue.Query{Text: "trass i medisin søv eg ikkje", Lang: "nb"})[:1])
	assert.NotContains(t, found(t, x, catalogue.Query{Text: "trass i medisin søv eg ikkje"}), "trass")
}

// An everyday word in a name weighs no more than one in a description: it stands there for its sound. A matter weighs what it should.
func TestEverydayWordsInNames(t *testing.T) {
	for word, first := range map[string]string{"gjerdet": "b-summary", "sorg": "a-name"} {
		summary := about("b-summary", "Uten", "")
		summary.Summary = catalogue.Text{"nb": word}
		assert.Equal(t, first, found(t, with(t, about("a-name", word, ""), summary, about("c", "Annet", "")), catalogue.Query{Text: word})[0], word)
	}
}

// Who writes a name finds the tool of that name first, although its words stand in another one's keywords.
func TestANameAsAWhole(t *testing.T) {
	x := with(t, about("words", "Uten", "", "stå", "fram"), about("named", "Stå fram", ""))
	assert.Equal(t, []string{"named", "words"}, found(t, x, catalogue.Query{Text: "stå fram"}))
}

func TestShortWordsAreNoSlips(t *testing.T) {
	x := with(t, about("a", "Lepp", "", "back"))
	assert.Equal(t, []string{}, found(t, x, catalogue.Query{Text: "black"}))
	r, err := x.Search(catalogue.Query{Text: "black"})
	require.NoError(t, err)
	assert.Empty(t, r.DidYouMean)
}
