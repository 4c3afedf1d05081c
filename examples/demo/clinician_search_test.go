package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSearchPage(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	search := w.clinician.url + "/search"
	cases := map[string]struct {
		query  string
		has    []string
		hasNot []string
	}{
		"nothing asked": {"", []string{" verktøy", "Vis flere", "Sendes av behandler"}, []string{"Mente du", "Forslag:", "Hvorfor dette er et treff"}},
		"words":         {"q=sosial+angst", []string{"Tryggere steg", "«sosial» i stikkordene"}, []string{"Ingen verktøy"}},
		"another word":  {"q=taleskrekk", []string{"Tryggere steg", "«taleskrekk» i stikkordene"}, nil},
		"a slip":        {"q=talleskrekk", []string{"Mente du taleskrekk?", "Tryggere steg"}, nil},
		"what is begun": {"q=sosi", []string{"Forslag:", "sosial angst"}, nil},
		"no hits":       {"q=xyzzyplugh", []string{"Ingen verktøy", "Vi fant ingen verktøy", "Se alle verktøy"}, []string{"Vis flere"}},
		"a filter":      {"q=angst&audience=children", []string{"(1 valgt)", "Fjern alle filtre"}, []string{"Tryggere steg"}},
		"for the age":   {"q=redd&fits=1", []string{"Passer alderen til Solveig Eksempel (35 år)", "(1 valgt)"}, []string{"Ikke for pasientens alder"}},
		"another age":   {"q=redd", []string{"Ikke for pasientens alder"}, nil},
		"no hits of it": {"q=sosial+angst&area=dementia&kind=forum", []string{"Ingen verktøy", "Fjern alle filtre"}, nil},
		"all of them":   {"n=100", nil, []string{"Vis flere"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			page := shown(v.get(http.StatusOK, search+"?"+c.query))
			for _, want := range c.has {
				assert.Contains(t, page, want)
			}
			for _, not := range c.hasNot {
				assert.NotContains(t, page, not)
			}
		})
	}
}

// The numbers beside the filters are what choosing only them would find.
func TestFacetCounts(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	page := v.get(http.StatusOK, w.clinician.url+"/search?q=angst&mode=prescribed")
	label := between(page, `<label for="mode-open">`, `</label>`)
	n := between(label, `<span class="number">`, `</span>`)
	require.NotEmpty(t, n)
	alone := v.get(http.StatusOK, w.clinician.url+"/search?q=angst&mode=open")
	assert.Contains(t, between(alone, `role="status">`, "<"), n+" verktøy")
	assert.Contains(t, page, `name="mode" value="prescribed" checked`)
}

// Rare values are folded away, but for those that are chosen.
func TestFoldedFacets(t *testing.T) {
	w := openWorld(t)
	page := w.visitor(t).get(http.StatusOK, w.clinician.url+"/search?area=work")
	areas := between(page, "<legend>Tema</legend>", "</fieldset>")
	shownOnes, rest, folded := strings.Cut(areas, `<details id="rest-area">`)
	require.True(t, folded)
	assert.Contains(t, shownOnes, `value="work" checked`)
	assert.NotContains(t, rest, `value="work"`)
	assert.Equal(t, mostFacets+1, strings.Count(shownOnes, "<input"))
}

// The script gets the same parts that the page has.
func TestSearchFragment(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	page := v.get(http.StatusOK, w.clinician.url+"/search?q=sosial+angst&area=anxiety")
	part := v.get(http.StatusOK, w.clinician.url+"/search?q=sosial+angst&area=anxiety&part=1")
	assert.NotContains(t, part, "<html")
	for _, id := range []string{"facets", "results"} {
		found := between(part, `<div id="`+id+`">`, "</form>")
		require.NotEmpty(t, found)
		assert.Contains(t, page, strings.TrimSuffix(between(part, `<div id="`+id+`">`, "</div>"), "\n"), id)
	}
	assert.NotContains(t, part, "part=1", "links lead to the page itself")
}

// From a hit one comes to the tool, and from there back to the same search.
func TestToTheToolAndBack(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	page := v.get(http.StatusOK, w.clinician.url+"/search?q=taleskrekk&mode=prescribed")
	assert.Contains(t, page, `href="/tools/tryggere-steg?mode=prescribed&amp;q=taleskrekk"`)
	page = v.get(http.StatusOK, w.clinician.url+"/tools/tryggere-steg?mode=prescribed&q=taleskrekk")
	assert.Contains(t, page, `href="/search?mode=prescribed&amp;q=taleskrekk"`)
	again := v.get(http.StatusOK, w.clinician.url+"/search?"+url.Values{"q": {"taleskrekk"}, "n": {"20"}}.Encode())
	assert.NotContains(t, again, "Vis flere")
}

func TestToolPage(t *testing.T) {
	w := openWorld(t)
	cases := map[string]struct {
		tool   string
		has    []string
		hasNot []string
		form   bool
	}{
		"the demo's":     {"tryggere-steg", []string{"Passer ikke for", "Selvmordstanker eller akutt krise", "Fra 18 år", "Varer 8 uker", "Godkjent til og med1. november 2027", "randomisert studie", "113"}, []string{"Det er ikke registrert"}, true},
		"with evidence":  {"sovn-steg-for-steg", []string{"Faglig grunnlag", "vurdert for", "Neste vurdering"}, []string{"Det er ikke registrert"}, true},
		"for children":   {"sjefen-over-tvangen", []string{"Verktøyet er ikke for alderen til Solveig Eksempel", "Foreldre kan bruke det for barnet sitt", "8–12 år"}, []string{"Dette får Solveig"}, false},
		"paused":         {"marerittboka", []string{"satt på pause"}, nil, false},
		"withdrawn":      {"tunge-dager", []string{"trukket tilbake"}, nil, false},
		"for one's self": {"kveldsro", []string{"Ingen innlogging", "tar innbyggeren i bruk selv"}, nil, false},
		"in a region":    {"treningsrommet-ocd", []string{"Tilbys bare i noen regioner"}, nil, true},
	}
	v := w.visitor(t)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			page := v.get(http.StatusOK, w.clinician.url+"/tools/"+c.tool)
			for _, want := range c.has {
				assert.Contains(t, shown(page), want)
			}
			for _, not := range c.hasNot {
				assert.NotContains(t, shown(page), not)
			}
			assert.Equal(t, c.form, strings.Contains(page, `class="send"`))
		})
	}
}

// Each patient is shown what they will read, in their own language, whatever the clinician reads.
func TestLetterInThePatientsLanguage(t *testing.T) {
	w := openWorld(t)
	letters := map[int][2]string{0: {"nb", "Jeg har sendt deg nettkurset Tryggere steg"}, 1: {"nn", "Eg har sendt deg nettkurset Tryggare steg"}, 2: {"en", "I have sent you the online course Safer steps"}}
	require.NotEmpty(t, letters)
	for person, want := range letters {
		v := w.visitor(t)
		v.post(http.StatusOK, w.clinician.url+"/who", url.Values{"patient": {w.clinician.people[person].id}, "back": {toolPath}})
		page := v.get(http.StatusOK, w.clinician.url+toolPath+"?lang=nn")
		assert.Contains(t, page, `<blockquote lang="`+want[0]+`">`+want[1])
		p, _ := v.prescribed()
		assert.Contains(t, p.Text, want[1])
		assert.Equal(t, w.clinician.people[person].id, p.Patient.Pseudonym)
	}
}
