package browser_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReloadAfterLogin(t *testing.T) {
	w := newWorld(t, around{})
	b := start(t, w.web, preferences{}).tab(t)
	b.toLogin()
	b.choose("per")
	per := b.atTask()
	b.reload()
	assert.Equal(t, per, b.atTask())
	assert.Len(t, w.tool.began(), 1)
}

// N50: what goes back to the page that posted the answer posts it again. The
// session that runs is where the person ends.
func TestN50_BackToTheAnswer(t *testing.T) {
	w := newWorld(t, around{portal: keepPages})
	b := start(t, w.web, preferences{}).tab(t)
	b.toLogin()
	b.choose("per")
	b.click("#callback button")
	per := b.atTask()
	b.back()
	b.click("#callback button")
	assert.Equal(t, per, b.atTask())
	posted := w.tool.posted()
	require.Len(t, posted, 2, "the answer came twice")
	assert.NotContains(t, posted[1].Get("Cookie"), sessionName, "a form of another site is without it")
	assert.Len(t, w.tool.began(), 1, "and was taken once")
	assert.Contains(t, w.log.String(), "launch is running")
}

// The same where the session has ended: nobody is let in, and the page says so.
func TestN50_BackToTheAnswerWithoutSession(t *testing.T) {
	w := newWorld(t, around{portal: keepPages})
	b := start(t, w.web, preferences{}).tab(t)
	b.toLogin()
	b.choose("per")
	b.click("#callback button")
	b.atTask()
	w.tool.end()
	b.back()
	b.click("#callback button")
	b.arrive(callback)
	assert.Equal(t, startAt, b.link(".again"))
	assert.Contains(t, b.text("main"), "Prøv på nytt")
	b.portray("again")
	assert.Len(t, w.tool.began(), 1)
}

// An old request: the portal's page must say what to do.
func TestBackToTheLogin(t *testing.T) {
	w := newWorld(t, around{})
	b := start(t, w.web, preferences{}).tab(t)
	b.toLogin()
	b.choose("per")
	b.atTask()
	b.back()
	assert.Contains(t, b.text("main"), "Start verktøyet på nytt")
	b.portray("old request")

	w = newWorld(t, around{portal: keepPages})
	b = start(t, w.web, preferences{}).tab(t)
	b.toLogin()
	b.choose("per")
	b.click("#callback button")
	per := b.atTask()
	b.back()
	b.back()
	b.choose("ine")
	b.wait(".detail")
	assert.Contains(t, b.text("main"), "Start verktøyet på nytt")
	b.portray("old page")
	b.open(arrived)
	assert.Equal(t, per, b.atTask(), "nothing happened to him")
	assert.Len(t, w.tool.began(), 1)
}
