package launchtest_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// Every page is in the language that the browser wishes for.
func TestHelsenorgeSpeaksThreeLanguages(t *testing.T) {
	words := []struct {
		lang                                                             string
		who, forWhom, myself, toTool, inactive, unusable, loggedOut, end string
	}{
		{"nb", "Hvem vil logge inn", "Hvem gjelder det?", "Meg selv, Kari", "Gå videre til verktøyet", "Du kan ikke bruke", "Denne siden kan ikke brukes", "Du er logget ut", "simulert"},
		{"nn", "Kven vil logge inn", "Kven gjeld det?", "Meg sjølv, Kari", "Gå vidare til verktøyet", "Du kan ikkje bruke", "Denne sida kan ikkje brukast", "Du er logga ut", "simulert"},
		{"en", "Who wants to log in", "Who is it for?", "Myself, Kari", "Go on to the tool", "You cannot use", "This page cannot be used", "You are logged out", "simulated"},
	}
	for _, want := range words {
		t.Run(want.lang, func(t *testing.T) {
			a := newHandTool(t)
			b := a.h.NewBrowser(launchtest.BrowserConfig{Sites: map[string]http.Handler{"https://tool.example": a}, Languages: want.lang + ", de;q=0.5"})
			open := func(e launchtest.Endpoint) *launchtest.Page {
				page, err := b.Open(t.Context(), a.h.Address(e))
				require.NoError(t, err)
				return page
			}
			login := func(citizen string) *launchtest.Page {
				tab, err := b.Start(t.Context(), toolStart)
				require.NoError(t, err)
				says(t, tab.Page, want.lang, want.who, "– "+want.end+" Helsenorge")
				page, err := b.Post(t.Context(), a.h.Address(launchtest.EndpointAuthorize), a.h.Address(launchtest.EndpointLogin),
					url.Values{"tx": {field(t, tab.Page, "tx")}, "citizen": {citizen}})
				require.NoError(t, err)
				return page
			}
			says(t, login("kari"), want.lang, want.forWhom, want.myself)
			says(t, login("per"), want.lang, want.toTool)
			says(t, login("nils"), want.lang, want.inactive)
			says(t, open(launchtest.EndpointAuthorize), want.lang, want.unusable)
			says(t, open(launchtest.EndpointLogout), want.lang, want.loggedOut)
		})
	}
}

func says(t *testing.T, page *launchtest.Page, lang string, texts ...string) {
	t.Helper()
	assert.Equal(t, lang, page.Header.Get("Content-Language"))
	assert.Contains(t, page.Body, `<html lang="`+lang+`">`)
	for _, text := range texts {
		assert.Contains(t, page.Body, text)
	}
}
