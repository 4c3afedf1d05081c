package browser_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
)

// toLogin goes from the portal's page to the login.
func (b *tab) toLogin() {
	b.t.Helper()
	b.open(portalPage)
	b.click("#start")
	b.wait("#login")
}

// choose presses a button at the login, and again on the page that asks for whom.
func (b *tab) choose(who ...string) {
	b.t.Helper()
	for i, citizen := range who {
		b.click([]string{"#login", "#choose"}[i] + ` button[value="` + citizen + `"]`)
	}
}

// atTask waits for the tool's page, and says who the patient is there.
func (b *tab) atTask() (patient string) {
	b.t.Helper()
	b.arrive(arrived)
	patient = b.text("#patient")
	assert.Equal(b.t, arrived, b.url(), "no code, no state, nothing of the login")
	return patient
}

// logins are the cookies of logins that are under way.
func (b *tab) logins() []*network.Cookie {
	b.t.Helper()
	all := b.cookies()
	maps.DeleteFunc(all, func(name string, _ *network.Cookie) bool { return !strings.HasPrefix(name, "__Host-l-") })
	return slices.Collect(maps.Values(all))
}

func TestLogin(t *testing.T) {
	w := newWorld(t, around{})
	b := start(t, w.web, preferences{}).tab(t)
	b.toLogin()
	b.portray("login")
	during := b.logins()
	require.Len(t, during, 1)
	assert.Equal(t, "None", string(during[0].SameSite))
	assert.True(t, during[0].Secure && during[0].HTTPOnly && !during[0].Session)
	assert.Equal(t, toolHost, during[0].Domain)

	b.choose("per")
	assert.Equal(t, w.sim.Subject(clientID, "per"), b.atTask())
	assert.Equal(t, "self", b.text("#acting"))
	assert.Equal(t, "58c1", b.text("#entry"))
	b.portray("task")
	assert.Empty(t, b.logins(), "good once")
	session := b.cookies()[sessionName]
	require.NotNil(t, session)
	assert.Equal(t, "Lax", string(session.SameSite))
	answer := w.tool.posted()[0]
	assert.Equal(t, "cross-site", answer.Get("Sec-Fetch-Site"), "otherwise this shows nothing")
	assert.Equal(t, portalURL, answer.Get("Origin"))
	assert.NotContains(t, w.log.String(), "WARN msg=\"launch")
}

// A tool whose cookie does not come with a form of another site: nobody is let in.
func TestLoginNeedsTheCookie(t *testing.T) {
	w := newWorld(t, around{tool: makeLax})
	b := start(t, w.web, preferences{}).tab(t)
	b.toLogin()
	during := b.logins()
	require.Len(t, during, 1)
	assert.Equal(t, "Lax", string(during[0].SameSite))
	b.choose("per")
	b.arrive(callback)
	assert.Contains(t, b.text("main"), "informasjonskapsler")
	assert.Empty(t, w.tool.began())
	assert.NotContains(t, w.tool.posted()[0].Get("Cookie"), during[0].Name)
	assert.Contains(t, w.log.String(), "kind=state")
}

func TestParentForHerChild(t *testing.T) {
	w := newWorld(t, around{})
	b := start(t, w.web, preferences{}).tab(t)
	b.toLogin()
	b.choose("kari")
	b.wait("#choose")
	b.portray("for whom")
	b.click(`#choose button[value="ola"]`)
	assert.Equal(t, w.sim.Subject(clientID, "ola"), b.atTask())
	assert.Equal(t, string(launch.ActingParent), b.text("#acting"))
	assert.Equal(t, "58c1", b.text("#entry"))
	require.Len(t, w.tool.began(), 1)
	assert.Equal(t, w.sim.Subject(clientID, "kari"), w.tool.began()[0].Actor.ID)
}

// N49: both arrive, whoever is first.
func TestN49_TwoTabs(t *testing.T) {
	for name, order := range map[string][2]int{"first first": {0, 1}, "last first": {1, 0}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, around{})
			chromium := start(t, w.web, preferences{})
			tabs := [2]*tab{chromium.tab(t), chromium.tab(t)}
			for _, b := range tabs {
				b.toLogin()
			}
			assert.Len(t, tabs[0].logins(), 2)
			for _, i := range order {
				citizen := [2]string{"per", "ine"}[i]
				tabs[i].choose(citizen)
				assert.Equal(t, w.sim.Subject(clientID, citizen), tabs[i].atTask())
			}
			assert.Len(t, w.tool.began(), 2)
			assert.Empty(t, tabs[0].logins())
		})
	}
}

// N64: who comes after another in the same browser.
func TestN64_AnotherCitizen(t *testing.T) {
	w := newWorld(t, around{})
	chromium := start(t, w.web, preferences{})
	b, old := chromium.tab(t), chromium.tab(t)
	b.toLogin()
	b.choose("per")
	per := b.atTask()
	before := b.cookies()[sessionName].Value
	old.open(arrived)
	require.Equal(t, per, old.text("#patient"))

	b.toLogin()
	b.choose("ine")
	ine := w.sim.Subject(clientID, "ine")
	assert.Equal(t, ine, b.atTask())
	assert.NotEqual(t, before, b.cookies()[sessionName].Value)
	assert.Equal(t, 1, w.tool.count(), "the first one's session has ended")
	old.reload()
	assert.Equal(t, ine, old.text("#patient"))
	assert.NotContains(t, old.text("main"), per)
}
