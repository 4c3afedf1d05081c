package catalogue_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

func search(t testing.TB, q catalogue.Query) catalogue.Result {
	t.Helper()
	r, err := index(t).Search(q)
	require.NoError(t, err)
	return r
}

func ids(r catalogue.Result) []string {
	out := []string{}
	for _, h := range r.Hits {
		out = append(out, string(h.ID))
	}
	return out
}

func TestSearchInNorwegian(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string
	}{
		{"keyword", "søvn", []string{"sov-godt"}},
		{"another inflection", "søvnproblemene", []string{"sov-godt"}},
		{"as in the text", "søvnproblemer", []string{"sov-godt"}},
		{"definite form", "angsten", []string{"angstkurset"}},
		{"ae, oe, aa", "soevn", []string{"sov-godt"}},
		{"ae, oe, aa and an inflection", "soevnproblemet", []string{"sov-godt"}},
		{"bare letters", "sovn", []string{"sov-godt"}},
		{"bare letters and more words", "sover darlig", []string{"sov-godt", "angstkurset"}},
		{"capitals", "ANGST!", []string{"angstkurset"}},
		{"letters made of two characters", "A\u030a puste", []string{"pust"}},
		{"English", "sleeping badly", []string{"sov-godt"}},
		{"nynorsk", "dårleg", []string{"sov-godt"}},
		{"a unit's indication", "voksne", []string{"sov-godt"}},
		{"not an exclusion", "psykose", []string{}},
		{"not an acute notice", "113", []string{}},
		{"more of the words first", "mestre angst og søvn", []string{"angstkurset", "sov-godt"}},
		{"nothing", "xyzzy", []string{}},
		{"no letters", "?!", []string{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := search(t, catalogue.Query{Text: c.text})
			assert.Equal(t, c.want, ids(r))
			assert.Equal(t, len(c.want), r.Total)
		})
	}
}

// Two common words are better than one in the name, however rare that one is.
func TestMoreWordsComeFirst(t *testing.T) {
	tools := []catalogue.Tool{named("rare", "Agorafobi")}
	for i := range 10 {
		tools = append(tools, named(fmt.Sprintf("common-%d", i), "Uro og støtte"))
	}
	got := found(t, with(t, tools...), catalogue.Query{Text: "agorafobi uro støtte"})
	require.Len(t, got, 11)
	assert.Equal(t, "rare", got[10])
}

func TestEveryHitSaysWhy(t *testing.T) {
	r := search(t, catalogue.Query{Text: "Soevn, søvnproblemene og insomni"})
	require.Len(t, r.Hits, 1)
	assert.Equal(t, []catalogue.Match{
		{Field: "keyword", Word: "soevn", Term: "søvn", How: "folded"},
		{Field: "unit", Word: "soevn", Term: "insomni", How: "synonym"},
		{Field: "description", Word: "soevn", Term: "søvnproblemer", How: "compound"},
		{Field: "keyword", Word: "søvnproblemene", Term: "søvnproblem", How: "inflected"},
		{Field: "unit", Word: "søvnproblemene", Term: "insomni", How: "synonym"},
		{Field: "description", Word: "søvnproblemene", Term: "søvnproblemer", How: "inflected"},
		{Field: "keyword", Word: "insomni", Term: "insomni", How: "exact"},
		{Field: "unit", Word: "insomni", Term: "insomni", How: "exact"},
		{Field: "description", Word: "insomni", Term: "søvnproblemer", How: "synonym"},
	}, r.Hits[0].Why)
	assert.Positive(t, r.Hits[0].Score)
}

// A word that is right as it stands is never read as a careless form of another one.
func TestBareLettersOnlyWhenNothingElseIsFound(t *testing.T) {
	x := with(t, named("sar", "Sar"), named("saar", "Sår"))
	assert.Equal(t, []string{"sar"}, found(t, x, catalogue.Query{Text: "sar"}))
	assert.Equal(t, []string{"saar"}, found(t, x, catalogue.Query{Text: "sår"}))
	assert.Equal(t, []string{"saar"}, found(t, x, catalogue.Query{Text: "saar"}))
	hidden := named("sar", "Sar")
	hidden.Status = catalogue.StatusWithdrawn
	x = with(t, hidden, named("saar", "Sår"))
	assert.Equal(t, []string{"saar"}, found(t, x, catalogue.Query{Text: "sar"}), "what is not to be seen has no say")
	assert.Equal(t, []string{"sar"}, found(t, x, catalogue.Query{Text: "sar", All: true}))
}

func TestStopWordsNeverDecide(t *testing.T) {
	x := with(t, named("a", "Det er du og jeg, du og jeg, du og jeg"), named("b", "Angst"), named("c", "Uro"))
	assert.Equal(t, []string{"b"}, found(t, x, catalogue.Query{Text: "jeg har angst, og du?"}))
	assert.Equal(t, []string{}, found(t, x, catalogue.Query{Text: "jeg og xyzzy"}))
	assert.Equal(t, []string{"a"}, found(t, x, catalogue.Query{Text: "du og jeg"}), "the query holds nothing else")
	plain, err := x.Search(catalogue.Query{Text: "angst"})
	require.NoError(t, err)
	wordy, err := x.Search(catalogue.Query{Text: "jeg har angst"})
	require.NoError(t, err)
	assert.Equal(t, plain, wordy)
}

// Units and summaries weigh the same, so that the name decides between them.
func TestFieldsAreWeighed(t *testing.T) {
	tools := []catalogue.Tool{named("e-description", "A"), named("d-summary", "C"), named("c-unit", "B"), named("b-keyword", "D"), named("a-name", "angst")}
	text := catalogue.Text{"nb": "angst"}
	tools[0].Description, tools[1].Summary = text, text
	tools[2].Units = []catalogue.Unit{{ID: "u", Title: text}}
	tools[3].Keywords = map[catalogue.Lang][]string{"nb": {"angst"}}
	assert.Equal(t, []string{"a-name", "b-keyword", "c-unit", "d-summary", "e-description"}, found(t, with(t, tools...), catalogue.Query{Text: "angst"}))
}

// A tool does not come first because it is described in more languages or because a word is piled up.
func TestMoreTextIsNotMoreRelevance(t *testing.T) {
	both := named("a-both", "Angst")
	both.Name["nn"] = "Angst"
	r, err := with(t, both, named("b-one", "Angst")).Search(catalogue.Query{Text: "angst"})
	require.NoError(t, err)
	assert.Equal(t, r.Hits[0].Score, r.Hits[1].Score)

	piled, named2 := named("piled", "Kurs"), named("named", "Angst")
	piled.Description = catalogue.Text{"nb": strings.Repeat("angst ", 500)}
	assert.Equal(t, []string{"named", "piled"}, found(t, with(t, piled, named2, named("other", "Noe")), catalogue.Query{Text: "angst"}))
}

func TestLanguageDecidesBetweenEquals(t *testing.T) {
	english := catalogue.Tool{ID: "a", Status: "listed", Name: catalogue.Text{"en": "Panic"}}
	nynorsk := catalogue.Tool{ID: "b", Status: "listed", Name: catalogue.Text{"nn": "Panic"}}
	x := with(t, english, nynorsk)
	assert.Equal(t, []string{"a", "b"}, found(t, x, catalogue.Query{Text: "panic", Lang: "en"}))
	assert.Equal(t, []string{"b", "a"}, found(t, x, catalogue.Query{Text: "panic", Lang: "nn"}))
}

func TestStatusesAndAll(t *testing.T) {
	assert.Equal(t, []string{"sov-godt"}, ids(search(t, catalogue.Query{Text: "søvn søvnvansker"})))
	assert.ElementsMatch(t, []string{"sov-godt", "drommedagbok", "nattro"}, ids(search(t, catalogue.Query{Text: "søvn søvnvansker", All: true})))
	for _, all := range []bool{true, false} {
		assert.NotContains(t, ids(search(t, catalogue.Query{All: all})), "utkast", "drafts are never found")
	}
}

func TestBrowseIsByNameInTheReadersLanguage(t *testing.T) {
	assert.Equal(t, []string{"sov-godt", "angstkurset", "pust"}, ids(search(t, catalogue.Query{})), "Å comes last")
	assert.Equal(t, []string{"angstkurset", "sov-godt", "pust"}, ids(search(t, catalogue.Query{Lang: "en", Text: "  "})))
	for _, h := range search(t, catalogue.Query{}).Hits {
		assert.Zero(t, h.Score)
		assert.Empty(t, h.Why)
	}
}

func TestFilters(t *testing.T) {
	age := func(n int) *int { return &n }
	cases := []struct {
		name  string
		query catalogue.Query
		want  []string
	}{
		{"one area", catalogue.Query{Areas: []catalogue.Area{"sleep"}}, []string{"sov-godt"}},
		{"one of two areas", catalogue.Query{Areas: []catalogue.Area{"stress", "sleep"}}, []string{"sov-godt", "pust"}},
		{"unknown area", catalogue.Query{Areas: []catalogue.Area{"other"}}, []string{}},
		{"area and audience", catalogue.Query{Areas: []catalogue.Area{"anxiety"}, Audiences: []catalogue.Audience{"youth"}}, []string{"angstkurset"}},
		{"open", catalogue.Query{Modes: []catalogue.Mode{catalogue.ModeOpen}}, []string{"pust"}},
		{"open or prescribed", catalogue.Query{Modes: []catalogue.Mode{catalogue.ModeOpen, catalogue.ModePrescribed}}, []string{"sov-godt", "pust"}},
		{"too young", catalogue.Query{Age: age(15)}, []string{"angstkurset", "pust"}},
		{"old enough", catalogue.Query{Age: age(16)}, []string{"sov-godt", "angstkurset", "pust"}},
		{"words and filter", catalogue.Query{Text: "sover", Areas: []catalogue.Area{"anxiety"}}, []string{"angstkurset"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := search(t, c.query)
			assert.Equal(t, c.want, ids(r))
			assert.Equal(t, len(c.want), r.Total)
		})
	}
}

func TestPages(t *testing.T) {
	var tools []catalogue.Tool
	for i := range 150 {
		tools = append(tools, named(fmt.Sprintf("tool-%03d", i), "Angst"))
	}
	x := with(t, tools...)
	cases := []struct{ offset, limit, first, hits int }{
		{0, 0, 0, 20}, {0, 7, 0, 7}, {0, 1000, 0, 100}, {145, 10, 145, 5}, {150, 10, 0, 0}, {1 << 40, 10, 0, 0},
	}
	for _, c := range cases {
		r, err := x.Search(catalogue.Query{Text: "angst", Offset: c.offset, Limit: c.limit})
		require.NoError(t, err)
		assert.Equal(t, 150, r.Total)
		require.Len(t, r.Hits, c.hits, "%+v", c)
		for i, h := range r.Hits {
			assert.Equal(t, tools[c.first+i].ID, h.ID)
		}
	}
}

func TestSearchRefusesImpossibleQueries(t *testing.T) {
	age := -1
	for name, c := range map[string]struct {
		query catalogue.Query
		want  string
	}{
		"negative offset":            {catalogue.Query{Offset: -1}, "field Offset"},
		"negative limit":             {catalogue.Query{Limit: -1}, "field Limit"},
		"long text":                  {catalogue.Query{Text: strings.Repeat("å", 501)}, "field Text"},
		"negative age":               {catalogue.Query{Age: &age}, "field Age"},
		"unknown mode":               {catalogue.Query{Modes: []catalogue.Mode{"open", "closed"}}, "field Modes[1]"},
		"not UTF-8":                  {catalogue.Query{Text: "s\xf8vn"}, "field Text is not valid UTF-8"},
		"language by name":           {catalogue.Query{Lang: "norsk"}, "field Lang"},
		"language of 38 characters":  {catalogue.Query{Lang: catalogue.Lang("aa" + strings.Repeat("-a1", 12))}, "field Lang"},
		"unknown kind":               {catalogue.Query{Kinds: []catalogue.Kind{"game"}}, "field Kinds[0]"},
		"area in capitals":           {catalogue.Query{Areas: []catalogue.Area{"Sleep"}}, "field Areas[0]"},
		"empty audience":             {catalogue.Query{Audiences: []catalogue.Audience{""}}, "field Audiences[0]"},
		"unspecified Norwegian":      {catalogue.Query{Languages: []catalogue.Lang{"nb", "no"}}, "field Languages[1]"},
		"unknown platform":           {catalogue.Query{Platforms: []catalogue.Platform{"tv"}}, "field Platforms[0]"},
		"vendor with a wrong number": {catalogue.Query{Vendors: []vendor.OrgNumber{"999999998"}}, "field Vendors[0]"},
		"negative days":              {catalogue.Query{MinDays: -1}, "field MinDays"},
		"days beyond ten years":      {catalogue.Query{MaxDays: 3651}, "field MaxDays"},
		"days the wrong way round":   {catalogue.Query{MinDays: 3, MaxDays: 2}, "field MaxDays is less than MinDays"},
		"reviewed since no day":      {catalogue.Query{ReviewedSince: "2026-02-29"}, "field ReviewedSince"},
		"unknown sort":               {catalogue.Query{Sort: "best"}, "field Sort"},
		"unknown facet":              {catalogue.Query{Facets: []catalogue.Facet{"area", "colour"}}, "field Facets[1]"},
		"draft":                      {catalogue.Query{Statuses: []catalogue.Status{"listed", "draft"}, All: true}, "field Statuses[1] is not one of"},
		"withdrawn, and not all":     {catalogue.Query{Statuses: []catalogue.Status{"withdrawn"}}, "field Statuses[0] is found only if all is asked for"},
		"unknown profile":            {catalogue.Query{Profiles: []string{"lti"}}, "field Profiles[0]"},
		"evidence in capitals":       {catalogue.Query{Evidence: []catalogue.EvidenceKind{"Study"}}, "field Evidence[0]"},
		"every of one value":         {catalogue.Query{Every: []catalogue.Facet{"area", "kind"}}, "field Every[1] is not a facet of which a tool has several values"},
		"every twice":                {catalogue.Query{Every: []catalogue.Facet{"area", "area"}}, "field Every[1] is there twice"},
		"facet twice":                {catalogue.Query{Facets: []catalogue.Facet{"area", "area"}}, "field Facets[1] is there twice"},
		"too many values":            {catalogue.Query{Areas: slices.Repeat([]catalogue.Area{"a"}, 101)}, "field Areas has more than 100 values"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := index(t).Search(c.query)
			require.ErrorIs(t, err, catalogue.ErrQuery)
			assert.ErrorContains(t, err, c.want)
		})
	}
	_, err := index(t).Search(catalogue.Query{Offset: -1, Limit: -1})
	assert.ErrorContains(t, err, "Offset")
	assert.ErrorContains(t, err, "Limit", "all faults at once")
	var bad *catalogue.QueryError
	require.ErrorAs(t, err, &bad)
	assert.Equal(t, []catalogue.QueryFault{{Field: "Offset", Text: "is negative"}, {Field: "Limit", Text: "is negative"}}, bad.Faults)
	_, err = index(t).Search(catalogue.Query{Text: strings.Repeat("å", 500)})
	assert.NoError(t, err)
}

func TestDidYouMean(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"one letter missing", "anngst", "angst"},
		{"in a sentence", "Hjelp, jeg har anngst!", "hjelp jeg har angst"},
		{"bare letters and a slip", "sovnprblemer", "søvnproblemer"},
		{"known word", "angst", ""},
		{"known inflection", "angsten", ""},
		{"nothing like it", "xyzzyxyzzy", ""},
		{"too short to guess", "anst", ""},
		{"only tools that can be seen", "søvnvanskar", ""},
		{"empty", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, search(t, catalogue.Query{Text: c.text}).DidYouMean) })
	}
	assert.Equal(t, "søvnvansker", search(t, catalogue.Query{Text: "søvnvansckr", All: true}).DidYouMean)
}

// A word that is right is not put in doubt because a tool has one like it, and what no tool is about is no better word.
func TestRightWordsAreNotReplaced(t *testing.T) {
	x := with(t, about("a", "A", "Voksne som lever med det. Krangler med eksen, og det haster. Flytting, innlegging, meldinger.", "skilsmisse", "panikkanfall", "eksen"))
	for text, want := range map[string]string{
		"covid vaksine": "", "eksem": "", "flyktning": "", "mitt barn lyver": "", "hater kroppen": "", "meslinger": "", "innlogging": "", "eczema": "",
		"flyttinf": "", "panikanfall": "panikkanfall", "skillsmisse og meslinger": "skilsmisse og meslinger",
	} {
		r, err := x.Search(catalogue.Query{Text: text})
		require.NoError(t, err)
		assert.Equal(t, want, r.DidYouMean, text)
	}
	assert.Empty(t, found(t, x, catalogue.Query{Text: "eksem"}))
}

func TestStopWordsAreNotSuggested(t *testing.T) {
	r, err := with(t, named("a", "Det du trenger")).Search(catalogue.Query{Text: "trengre"})
	require.NoError(t, err)
	assert.Empty(t, r.DidYouMean)
}

func TestSearchGivesTheSameEveryTime(t *testing.T) {
	d, err := catalogue.Parse(small)
	require.NoError(t, err)
	q := catalogue.Query{Text: "sover dårlig kurset angst insomni pust", All: true}
	want := search(t, q)
	require.NotEmpty(t, want.Hits)
	for i := range 50 {
		d.Tools = append(d.Tools[1:], d.Tools[0])
		x, err := catalogue.NewIndex(d.Tools)
		require.NoError(t, err)
		got, err := x.Search(q)
		require.NoError(t, err)
		require.Equal(t, want, got, "round %d", i)
	}
}

// Whatever is typed: no panic, no hidden tool, every hit has a reason, and the reasons are in the tool.
func FuzzSearch(f *testing.F) {
	for _, seed := range []string{"søvn", "sover darlig", "å", "\xff", "ks ks", strings.Repeat("a", 100)} {
		f.Add(seed)
	}
	x := index(f)
	f.Fuzz(func(t *testing.T, text string) {
		r, err := x.Search(catalogue.Query{Text: text})
		if err != nil {
			require.ErrorIs(t, err, catalogue.ErrQuery)
			return
		}
		for _, h := range r.Hits {
			require.Equal(t, catalogue.StatusListed, h.Tool().Status)
			require.True(t, strings.TrimSpace(text) == "" || len(h.Why) > 0)
		}
	})
}

func named(id, name string) catalogue.Tool {
	return catalogue.Tool{ID: catalogue.ToolID(id), Status: catalogue.StatusListed, Name: catalogue.Text{"nb": name}}
}

func with(t testing.TB, tools ...catalogue.Tool) *catalogue.Index {
	t.Helper()
	x, err := catalogue.NewIndex(tools)
	require.NoError(t, err)
	return x
}

func found(t testing.TB, x *catalogue.Index, q catalogue.Query) []string {
	t.Helper()
	r, err := x.Search(q)
	require.NoError(t, err)
	return ids(r)
}

func BenchmarkSearch(b *testing.B) {
	var tools []catalogue.Tool
	areas := []string{"angst", "søvn", "depresjon", "stress", "smerte", "kosthold", "trening"}
	for i := range 1000 {
		t := named(fmt.Sprintf("tool-%d", i), areas[i%len(areas)]+" dag for dag")
		t.Description = catalogue.Text{"nb": strings.Repeat(areas[(i+1)%len(areas)]+" og "+areas[(i*3)%len(areas)]+" i hverdagen ", 20)}
		tools = append(tools, t)
	}
	x := with(b, tools...)
	for _, text := range []string{"angst", "mestre søvnen og angsten", "sover darlig", "deprsejonen", ""} {
		b.Run("text="+text, func(b *testing.B) {
			for b.Loop() {
				if _, err := x.Search(catalogue.Query{Text: text}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Equal hits with a name in the reader's own language come first, also in a catalogue with more languages than names are ordered in.
func TestNamesInTheReadersLanguageFirst(t *testing.T) {
	two := []catalogue.Tool{named("a", "Angst"), named("b", "Angst")}
	for _, lang := range []catalogue.Lang{"nn", "zz"} {
		tools := slices.Clone(two)
		tools[1].Name = catalogue.Text{"nb": "Angst", lang: "Ukjend"}
		for i := range 20 {
			more := named(fmt.Sprint("more-", i), "Noe")
			more.Name[catalogue.Lang(fmt.Sprintf("x%c", 'a'+i))] = "Noe"
			tools = append(tools, more)
		}
		assert.Equal(t, []string{"b", "a"}, found(t, with(t, tools...), catalogue.Query{Text: "angst", Lang: lang}), lang)
		assert.Equal(t, []string{"a", "b"}, found(t, with(t, tools...), catalogue.Query{Text: "angst", Lang: lang + "-NO"}), lang)
		assert.Equal(t, []string{"a", "b"}, found(t, with(t, two...), catalogue.Query{Text: "angst", Lang: lang}), lang)
	}
}
