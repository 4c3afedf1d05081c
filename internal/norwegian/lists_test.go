package norwegian_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

func TestRootIsTheSameInBothLanguages(t *testing.T) {
	for _, p := range [][2]string{{"meistring", "mestring"}, {"einsemda", "ensomheten"}, {"redsla", "redselen"}, {"søvnløyse", "søvnløshet"}, {"heimen", "hjemmet"},
		{"sjuke", "syke"}, {"dårleg", "dårlig"}, {"kjærleiken", "kjærligheten"}, {"krefter", "kraft"}, {"foetter", "foten"}} {
		if p[0] == "heimen" || p[0] == "søvnløyse" {
			_, known := norwegian.Bokmaal(p[0])
			assert.True(t, known, p)
			continue
		}
		assert.Equal(t, norwegian.Root(p[1]), norwegian.Root(p[0]), p)
	}
	assert.NotEqual(t, norwegian.Root("kreft"), norwegian.Root("krefter"))
	for _, forms := range [][]string{{"mobber", "mobberen", "mobberne", "mobbernes", "mobberens", "mobbaren", "mobbarane", "mobbarar"}, {"alder", "alderen"}} {
		for _, form := range forms {
			assert.Equal(t, norwegian.Root(forms[0]), norwegian.Root(form), form)
		}
	}
	for _, whole := range []string{"hjerne", "stjerne", "filmstjerne", "gjerne", "moderne", "leveren"} {
		assert.Contains(t, norwegian.Root(whole), "er", whole)
	}
}

// EachWord cuts exactly as Words does, whatever the text.
func FuzzEachWord(f *testing.F) {
	for _, seed := range []string{"Søvn og ANGST. Én–to «tre»!", "Bla\u030ar", "a\u00adb c\u200bd", "İstanbul ǅ ½ ª µ ÿ Ÿ", "\xff\xfe a", "x\u0301", "д ДОМ е"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var buffer []byte
		got := []string{}
		norwegian.EachWord(text, &buffer, func(w []byte, _ int) { got = append(got, string(w)) })
		require.Equal(t, norwegian.Words(text), got)
	})
}

func TestSlip(t *testing.T) {
	for _, p := range [][2]string{{"kraft", "kreft"}, {"hjerne", "hjerte"}, {"smarte", "smerte"}, {"trang", "tvang"}} {
		assert.False(t, norwegian.Slip(p[0], p[1]), p)
	}
	for _, p := range [][2]string{{"agnst", "angst"}, {"stresd", "stress"}, {"astna", "astma"}, {"autismi", "autisme"}, {"demes", "demens"}, {"bulemi", "bulimi"}} {
		assert.True(t, norwegian.Slip(p[0], p[1]), p)
	}
}

// A word for a matter is no slip of another word either.
func TestAlike(t *testing.T) {
	h := norwegian.Health()
	assert.Contains(t, h.Alike("agnst"), "angst")
	for _, other := range []string{"sønnen", "glomma", ""} {
		assert.Empty(t, h.Alike(other), other)
	}
}

// Begun is for names of matters alone: redd is none, though it asks for some.
func TestBegun(t *testing.T) {
	h := norwegian.Health()
	for _, begin := range []string{"insom", "søvnapn", "helseang"} {
		assert.NotEmpty(t, h.Begun(begin), begin)
	}
	assert.Subset(t, h.Begun("helseang"), h.Names(norwegian.Root("helseangst")))
	for _, begin := range []string{"", "?", "xyz", "insomnier og"} {
		assert.Empty(t, h.Begun(begin), begin)
	}
}

// A class is written once, and every expression that names one is known by it.
func TestClasses(t *testing.T) {
	assert.True(t, norwegian.Stands("{familie}", norwegian.Root("svigermora")))
	assert.True(t, norwegian.Stands("{partner}", norwegian.Root("kona")))
	assert.False(t, norwegian.Stands("{partner}", norwegian.Root("svigermor")))
	assert.False(t, norwegian.Stands("{familie}", "lampe"))
	assert.False(t, norwegian.Stands("{lampe}", "lampe"))
	assert.True(t, norwegian.Stands("lampe", "lampe"))
	files, err := filepath.Glob("data/synonyms/*.txt")
	require.NoError(t, err)
	var braces []string
	for _, file := range files {
		list, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.NotRegexp(t, `(?m)^[^<#].*[{}]`, string(list), "a class is for what people write, and no name of a matter: %s", file)
		braces = append(braces, regexp.MustCompile(`[{}][a-zæøå]*}?`).FindAllString(string(list), -1)...)
	}
	require.NotEmpty(t, braces)
	for _, name := range braces {
		assert.True(t, norwegian.Stands(name, norwegian.Root("mor")) || norwegian.Stands(name, norwegian.Root("mann")) || norwegian.Stands(name, norwegian.Root("gutt")), name)
	}
	assert.NotRegexp(t, `[()|]`, strings.Join(phrases(norwegian.Health()), " "))
}

// phrases are the texts of those that begin with drinking.
func phrases(h *norwegian.Thesaurus) []string {
	var out []string
	for _, p := range h.From(norwegian.Root("drikker")) {
		out = append(out, p.Text)
	}
	return out
}

func TestEverySynonymIsUsed(t *testing.T) {
	h := norwegian.Health()
	require.Greater(t, h.Matters(), 100)
	assert.NotEmpty(t, h.Asks(norwegian.Root("redd")))
	assert.Empty(t, h.Names(norwegian.Root("redd")))
	assert.NotEmpty(t, h.Names(norwegian.Root("insomni")))
	assert.NotEmpty(t, h.From("ikke"))
}
