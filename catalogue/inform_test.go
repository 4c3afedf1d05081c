package catalogue_test

import (
	"slices"
	"strings"
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
		about("mourning", "Uten", "Sorg om dagen.", "annet"),
		about("both", "Uten", "Leie utstyr hver kveld."),
		about("child", "Venting", "", "gravid"),
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
		{"one word that tells little, in a description", "kjøpe", []string{}},
		{"in a keyword", "leie", []string{"rent"}},
		{"it does not answer for one that nobody knows", "kjøpe sovesofa", []string{}},
		{"nor for one that others have", "kjøpe kart", []string{}},
		{"a word of everyday life alone", "bussen", []string{"sleep"}},
		{"it does not answer for another one", "lekkasje fra bussen", []string{}},
		{"a thing that is about something else", "gjerdet", []string{}},
		{"beside a matter in a few words", "søvnig gjerdet", []string{}},
		{"as the last part of a compound", "søvnig snekkergjerde", []string{}},
		{"before a tool that is to hire", "angst utleiegjerde", []string{}},
		{"where it is only about a matter", "film om sorg", []string{"grief", "mourning"}},
		{"a film of it is no matter", "sorg film", []string{}},
		{"in what a person tells", "jeg får angst ved gjerdet", []string{"fear"}},
		{"two of them are too much", "jeg har angst, gjerde og traktor og hekk", []string{}},
		{"a word of a description does not", "fornye førerkort", []string{}},
		{"a keyword does, if it is half of a few words", "teodolitt under fødsel", []string{"fear", "alone"}},
		{"a keyword does not, if it is less", "billig ny rød fødselsbil", []string{}},
		{"the name of a matter is enough", "sorg brått slektning begravelsesagent", []string{"grief", "mourning"}},
		{"a matter is enough in a story", "jeg søv ikke etter gangsterfilm og skilpadder", []string{"sleep", "fear", "bed"}},
		{"what nobody knows is not, even in a story", "hvor mange dager har frumsen", []string{}},
		{"a word of a name does not", "kompass skipsutstyr", []string{}},
		{"a word that asks for a matter does not", "spille gitar", []string{}},
		{"a phrase takes the place of its words", "få ro i sinnet", []string{"calm"}},
		{"words that tell little are not counted", "sorg om dagen", []string{"grief", "mourning"}},
		{"where the query holds no others, most must be there", "leie kveld", []string{}},
		{"what is denied is not asked for", "er ikke gravid", []string{}},
		{"the rest is", "har ikke angst men sorg", []string{"grief", "mourning"}},
		{"who cannot do something looks for it", "kan ikke sove", []string{"sleep", "fear", "bed"}},
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
		{"in the form that compounds have", "mobbekultur", []string{"harm"}},
		{"with bare letters", "roykesug", []string{"smoke"}},
		{"in the last place too", "flyangst", []string{"fear"}},
		{"a common word does not", "håndball", []string{}},
		{"nor does it beside a matter that no tool has", "håndeksem", []string{}},
		{"where none is a matter all parts must be there", "tankesvikt", []string{"signs"}},
		{"not where one of them goes with every matter", "tegnspråk", []string{}},
		{"a last part that tells nothing leaves the word to the first", "hjerteopptrening", []string{"heart"}},
		{"another one does not", "hjertestarter", []string{}},
		{"nor is a compound that is a thing about its first part", "sorgkort", []string{}},
		{"one of them is not enough", "nyresvikt", []string{}},
		{"nor are two words that tell little", "førstehjelp", []string{}},
		{"nor is a part that no compound of health is made of", "tidsskrift", []string{}},
	}
	for _, c := range cases {
		assert.Equal(t, c.want, found(t, x, catalogue.Query{Text: c.text}), "%s: %s", c.rule, c.text)
	}
	r, err := x.Search(catalogue.Query{Text: "mobbekultur"})
	require.NoError(t, err)
	assert.Equal(t, []catalogue.Match{{Field: "keyword", Word: "mobbekultur", Term: "mobbing", How: catalogue.HowCompound}}, r.Hits[0].Why)
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
	for word, first := range map[string]string{"bussen": "b-summary", "sorg": "a-name"} {
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

// Who writes the whole name of a tool finds it, whatever its words mean elsewhere.
func TestANameThatIsAThing(t *testing.T) {
	x := with(t, about("compass", "Kompasset", ""), about("table", "Ved bordet", ""), about("other", "Uten", "Ved bordet er et kompass."))
	assert.Equal(t, []string{"compass"}, found(t, x, catalogue.Query{Text: "kompasset"})[:1])
	assert.Equal(t, []string{"table"}, found(t, x, catalogue.Query{Text: "ved bordet"})[:1])
	assert.Equal(t, []string{}, found(t, x, catalogue.Query{Text: "bordet"}))
	assert.Equal(t, []string{}, found(t, x, catalogue.Query{Text: "kompasset i båten"}))
}

// Tools for the people of whom a query speaks come before others that answer it as well.
func TestToolsForThePeopleOfAQuery(t *testing.T) {
	for text, first := range map[string]catalogue.ToolID{
		"sorg": "a", "datteren min har sorg": "b", "sorg hos en på 8 år": "b", "bestefar og sorg": "c", "kona mi er i sorg": "d",
	} {
		tools := []catalogue.Tool{about("a", "Alle", "", "sorg"), about("b", "Barn", "", "sorg"), about("c", "Gamle", "", "sorg"), about("d", "Nære", "", "sorg")}
		for i, audience := range []catalogue.Audience{"adults", "children", "elderly", "next-of-kin"} {
			tools[i].Audiences = []catalogue.Audience{audience}
		}
		assert.Equal(t, string(first), found(t, with(t, tools...), catalogue.Query{Text: text})[0], text)
	}
}

// Tools for other ages than the one that a query tells are left out where there are others for the same.
func TestToolsForTheAgeOfAQuery(t *testing.T) {
	age := func(id catalogue.ToolID, min, max int, audiences ...catalogue.Audience) catalogue.Tool {
		tool := about(id, strings.ToUpper(string(id)), "", "angst")
		tool.Ages, tool.Audiences = &catalogue.Ages{Min: &min, Max: &max}, audiences
		return tool
	}
	adult, child, parents, any := age("adult", 18, 100, "adults"), age("child", 6, 12, "children"), age("parents", 18, 100, "parents"), about("any", "ANY", "", "angst")
	x := with(t, adult, child, parents, any, about("sleep", "S", "", "søvn"))
	for text, want := range map[string][]string{
		"angst":                        {"adult", "any", "child", "parents"},
		"tiåringen har angst":          {"any", "child", "parents"},
		"angst hos voksne":             {"adult", "any", "parents"},
		"angst i 8 år":                 {"adult", "any", "child", "parents"},
		"barnet gjør at jeg har angst": {"adult", "any", "child", "parents"},
		"tiåring":                      {},
	} {
		got := found(t, x, catalogue.Query{Text: text})
		slices.Sort(got)
		assert.Equal(t, want, got, text)
	}
	for text, want := range map[string][]string{"tiåringen har angst": {}, "femtenåringen har angst": {"adult"}, "angst siden jeg var 10 år": {"adult"}} {
		assert.Equal(t, want, found(t, with(t, adult), catalogue.Query{Text: text}), "where there is no other: %s", text)
	}
	years := 30
	got := found(t, x, catalogue.Query{Text: "tiåringen har angst", Age: &years})
	assert.Contains(t, got, "adult", "the filter is surer than the text")
}

// What tells an age tells nothing else: neither the number nor gammel finds a tool, and no pregnant woman's tool is one for a boy.
func TestAnAgeIsNoSearchWord(t *testing.T) {
	old, teen := 67, 13
	elderly, weeks := about("elderly", "E", "", "depresjon hos eldre"), about("weeks", "W", "Et kurs på 15 uker, med årskontroll, mot depresjon.")
	young, mother, kin := about("a-young", "Y", "", "depresjon"), about("mother", "M", "", "barseldepresjon"), about("kin", "K", "", "mannen har depresjon")
	elderly.Ages, young.Ages = &catalogue.Ages{Min: &old}, &catalogue.Ages{Min: &teen}
	elderly.Audiences, mother.Audiences, kin.Audiences = []catalogue.Audience{"elderly"}, []catalogue.Audience{"pregnant", "parents"}, []catalogue.Audience{"next-of-kin"}
	x := with(t, elderly, weeks, young, mother, kin)
	for _, text := range []string{"15 år gammel jente med depresjon", "gutt 15 år depresjon", "depresjon hos 15-åring", "depresjon 15 år"} {
		got := found(t, x, catalogue.Query{Text: text})
		require.NotEmpty(t, got, text)
		assert.Equal(t, "a-young", got[0], text)
		assert.NotContains(t, got, "elderly", text)
	}
	assert.Equal(t, "a-young", found(t, x, catalogue.Query{Text: "45 år gammel mann med depresjon"})[0])
	assert.Equal(t, "kin", found(t, x, catalogue.Query{Text: "mannen min har depresjon"})[0])
	assert.Equal(t, "elderly", found(t, x, catalogue.Query{Text: "70 år gammel mann med depresjon"})[0])
	assert.Empty(t, found(t, x, catalogue.Query{Text: "15 xyzzy"}))
}

// A tool for a few ages that only speaks of the matter does not send away one that is about it.
func TestAnAgeIsNotMoreThanTheMatter(t *testing.T) {
	young, old := 16, 10
	adult, child := about("adult", "A", "", "angst"), about("child", "C", strings.Repeat("Her er mye om alt. ", 20)+"Litt om angst.")
	adult.Ages, child.Ages = &catalogue.Ages{Min: &young}, &catalogue.Ages{Max: &old}
	assert.Equal(t, []string{"adult", "child"}, found(t, with(t, adult, child, about("sleep", "S", "Om søvn.")), catalogue.Query{Text: "tiåringen har angst"}))
}

// Who writes a compound as two words finds what has it as one.
func TestCompoundsInTwoWords(t *testing.T) {
	x := with(t, about("head", "H", "", "hodepine"), about("sleep", "S", "", "insomni"), about("shape", "L", "Løse former, hode og føtter."))
	assert.Equal(t, []string{"head"}, found(t, x, catalogue.Query{Text: "hode pine"}))
	assert.Equal(t, "sleep", found(t, x, catalogue.Query{Text: "søvn løshet"})[0])
	assert.Empty(t, found(t, x, catalogue.Query{Text: "pine hode"}))
	r, err := x.Search(catalogue.Query{Text: "hode pine"})
	require.NoError(t, err)
	assert.Empty(t, r.DidYouMean)
	require.NotEmpty(t, r.Hits[0].Why)
	assert.Equal(t, catalogue.Match{Field: "keyword", Word: "hodepine", Term: "hodepine", How: catalogue.HowExact}, r.Hits[0].Why[0])
}

// Who looks for a kind of tool finds those of that kind, whatever their texts say.
func TestTheKindIsAWordToo(t *testing.T) {
	screen, form := about("screen", "Skjermtime", "Snakk med noen."), about("form", "Glasset", "Ti spørsmål om drikkevaner.")
	screen.Kind, form.Kind = catalogue.KindVideoConsultation, catalogue.KindQuestionnaire
	x := with(t, screen, form)
	for text, want := range map[string]string{"videokonsultasjon": "screen", "videotimen min": "screen", "selvtest": "form", "kartlegging": "form"} {
		r, err := x.Search(catalogue.Query{Text: text})
		require.NoError(t, err)
		require.Len(t, r.Hits, 1, text)
		assert.EqualValues(t, want, r.Hits[0].ID, text)
		assert.Equal(t, "kind", r.Hits[0].Why[0].Field, text)
	}
}

// A matter is found by another name than the tool's, also beside a second matter,
// and by the beginning of such a name.
func TestAMatterByItsOtherNames(t *testing.T) {
	x := telling(t)
	for text, want := range map[string]string{"gambling addiction": "bet", "spilleavh": "bet", "insom": "sleep", "hypokond": ""} {
		got := found(t, x, catalogue.Query{Text: text})
		if want == "" {
			assert.Empty(t, got, text)
		} else {
			assert.Contains(t, got, want, text)
		}
	}
}

// A word that holds a sentence together names no matter, though it is spelled as the short name of one.
func TestStopWordsNameNoMatter(t *testing.T) {
	x := with(t, about("while", "W", "Alle ser på, mens du snakker. Hva slags hjelp gjelder det?", "sosial angst"), about("period", "P", "", "menstruasjon"), about("brain", "B", "", "slag"))
	for text, want := range map[string][]string{
		"PMS": {"period"}, "menstruasjon": {"period"}, "endometriose": {"period"}, "hjerneslag": {"brain"}, "gjeld": {},
	} {
		assert.Equal(t, want, found(t, x, catalogue.Query{Text: text}), text)
	}
}

// A word names no matter of its own within a phrase that names another one; written as it stands it is found there.
func TestAPhraseOwnsItsWords(t *testing.T) {
	x := with(t, about("speak", "S", "", "sosial fobi"), about("fear", "F", "", "fobi"), about("grief", "G", "", "etterlatt ved selvmord"), about("safety", "H", "", "trygghetsplan"))
	for text, want := range map[string][]string{
		"flyskrekk": {"fear"}, "fobier": {"fear", "speak"}, "sosial fobi": {"speak"}, "sosiofobi": {"speak"}, "suicid": {"safety"}, "etterlatt ved selvmord": {"grief"},
	} {
		assert.Equal(t, want, found(t, x, catalogue.Query{Text: text}), text)
	}
}

// A matter that no tool is for is not answered by the other words, unless they name one that some tool is for.
func TestAMatterWithoutATool(t *testing.T) {
	x := with(t, about("school", "S", "", "smerteskole"), about("late", "L", "", "long covid", "covid"), about("fear", "F", "Øvelser mot angst.", "angst"),
		about("mention", "M", "Noe om angst."), about("anger", "A", "Når det tenner, på skolen.", "sinne", "følelsesregulering"), about("sleep", "N", "", "søvn"))
	for text, want := range map[string][]string{
		"blir mobba på skulen": {}, "meslinger på skolen": {}, "covid vaksine": {}, "covid": {"late"}, "angst parkinson": {"fear", "mention"}, "jeg har angst og parkinson": {"fear", "mention"},
		"tannlegen": {}, "tannregulering": {}, "foten sovner": {}, "sovner ikke": {"sleep"}, "hunden er redd for torden": {}, "redd": {"fear", "mention"},
	} {
		assert.Equal(t, want, found(t, x, catalogue.Query{Text: text}), text)
	}
	x = with(t, about("late", "L", "", "covid"), about("phobia", "P", "", "fobi", "angst"), about("jab", "V", "", "vaksine"))
	assert.Contains(t, found(t, x, catalogue.Query{Text: "covid vaksine"}), "jab", "unless a tool is for it")
	assert.Empty(t, found(t, x, catalogue.Query{Text: "hunden er redd for torden"}))
	assert.Equal(t, []string{"phobia"}, found(t, x, catalogue.Query{Text: "redd for hunder"}))
	x = with(t, about("low", "D", "", "depresjon"))
	assert.Equal(t, []string{"low"}, found(t, x, catalogue.Query{Text: "hunden min døde og jeg orker ingenting"}), "who tells of themself too is answered")
	assert.Empty(t, found(t, x, catalogue.Query{Text: "hunden min orker ingenting"}))
}

// What people call a matter, and the matter that a phrase is about although its words name others.
func TestWhatPeopleCallIt(t *testing.T) {
	x := with(t, about("anger", "A", "", "sinne"), about("bet", "B", "", "pengespill"), about("work", "W", "", "jobbstress"), about("ear", "Ø", "", "tinnitus"),
		about("wet", "V", "", "enurese"), about("adhd", "H", "", "ADHD"), about("harm", "D", "", "partnervold"), about("sugar", "S", "", "diabetes"),
		about("child", "C", "", "svangerskap"), about("pain", "P", "", "kroniske smerter"), about("cancer", "K", "", "kreft"), about("brain", "G", "", "hjerneslag"), about("triage", "T", "", "symptomsjekk"), about("self", "U", "", "selvskading", "kutting"))
	for text, want := range map[string][]string{
		"sinna unge": {"anger"}, "spillegalskap": {"bet"}, "jobburo": {"work"}, "det uler i ørene hele tiden": {"ear"}, "enuresis nocturna": {"wet"},
		"utsetter alt og blir aldri ferdig": {"adhd"}, "mannen min bestemmer hvem jeg får treffe": {"harm"},
		"diabetes i svangerskapet": {"child", "sugar"}, "smerter ved kreft": {"cancer"}, "slag i hodet": {"triage"}, "kutt i fingeren som blør mye": {"triage"}, "brent meg på brennmanet": {"triage"}, "omgangssyke": {"triage"},
	} {
		got := found(t, x, catalogue.Query{Text: text})
		require.NotEmpty(t, got, text)
		assert.Equal(t, want[0], got[0], text)
		assert.LessOrEqual(t, len(got), len(want), text)
	}
}

// A single compound tells for whom by how it begins.
func TestACompoundForSomebody(t *testing.T) {
	young := about("young", "U", "", "depresjon")
	young.Audiences = []catalogue.Audience{"youth"}
	x := with(t, about("all", "A", "", "depresjon"), young)
	assert.Equal(t, []string{"all", "young"}, found(t, x, catalogue.Query{Text: "depresjon"}))
	assert.Equal(t, []string{"young", "all"}, found(t, x, catalogue.Query{Text: "ungdomsdepresjon"}))
}
