package browser_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What the page says in each language is in words that are in no other. Cookies
// can be allowed then, and the page's button starts again on the tool's own site.
func TestLoginWithBlockedCookies(t *testing.T) {
	cases := map[string][2]string{
		"nb": {"informasjonskapsler", "Prøv på nytt"}, "nn": {"informasjonskapslar", "Prøv på nytt"}, "en": {"cookies", "Try again"},
	}
	require.NotEmpty(t, cases)
	for language, says := range cases {
		t.Run(language, func(t *testing.T) {
			w := newWorld(t, around{})
			chromium := start(t, w.web, preferences{blockCookies: true, languages: language})
			b := chromium.tab(t)
			b.toLogin()
			require.Empty(t, b.cookies())
			b.choose("per")
			b.arrive(callback)
			assert.Contains(t, b.text("main"), says[0])
			assert.Equal(t, says[1], b.text(".again"))
			assert.Equal(t, startAt, b.link(".again"))
			b.portray("page")
			assert.Empty(t, w.tool.began())
			chromium.allowCookies(t)
			b.click(".again")
			b.choose("per")
			assert.Equal(t, w.sim.Subject(clientID, "per"), b.atTask())
		})
	}
}

// N54: who stops can start again, and has not lost the task.
func TestN54_Stopped(t *testing.T) {
	cases := map[string]string{"nb": "ikke fullført", "nn": "ikkje fullført", "en": "not completed"}
	require.NotEmpty(t, cases)
	for language, says := range cases {
		t.Run(language, func(t *testing.T) {
			w := newWorld(t, around{})
			b := start(t, w.web, preferences{languages: language}).tab(t)
			b.toLogin()
			b.click(`#login button[name="cancel"]`)
			b.arrive(callback)
			assert.Contains(t, b.text("main"), says)
			assert.Equal(t, startAt+"?prom_entry_id=58c1", b.link(".again"))
			b.portray("page")
			assert.Empty(t, b.logins())
			b.click(".again")
			b.choose("per")
			assert.Equal(t, w.sim.Subject(clientID, "per"), b.atTask())
			assert.Equal(t, "58c1", b.text("#entry"))
		})
	}
}

// N66: a page of another site gets nothing of the tool into its frame. And if the
// header got lost on the way, no login would begin there.
func TestN66_InAFrame(t *testing.T) {
	for name, c := range map[string]struct {
		around
		shows func(address string) string
	}{
		"as it is":        {around{}, func(string) string { return "chrome-error://chromewebdata/" }},
		"header stripped": {around{tool: letFrame}, func(address string) string { return address }},
	} {
		t.Run(name, func(t *testing.T) {
			for _, address := range []string{startAt, callback, arrived} {
				w := newWorld(t, c.around)
				b := start(t, w.web, preferences{}).tab(t)
				b.open(framePage + "?" + address)
				assert.Empty(t, b.cookies())
				assert.Equal(t, []string{c.shows(address)}, b.frames())
				assert.NotContains(t, w.log.String(), "login begun")
			}
		})
	}
}
