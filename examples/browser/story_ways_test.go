package browser_test

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Everything works without script, with the same pages: only the search wants its button.
func TestStoryWithoutScript(t *testing.T) {
	s := demo(t)
	b := walk(t, "nb")
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	require.NoError(t, err)
	b.open(s.front + "/search")
	b.write("#q", "taleskrekk")
	b.click(`.search button`)
	b.wait(`#results a.button[href^="/tools/tryggere-steg"]`)
	b.click(`#mode-prescribed`)
	b.click(`.noscript button`)
	b.arrive(s.front + "/search?q=taleskrekk&mode=prescribed")
	b.click(`#results a.button`)
	b.wait("form.send")
	b.click(`form.send input[type=checkbox]`)
	b.click(`form.send button`)
	b.arrive(s.front + "/prescriptions/")
	b.wait(".tag.state.delivered")
}

// The search needs no mouse: the focus stays where it is while the hits change, and the link over all leads past the menus.
func TestStoryByKeyboard(t *testing.T) {
	s := demo(t)
	b := walk(t, "nb")
	b.open(s.front + "/search")
	b.must("tab", chromedp.KeyEvent(kb.Tab))
	assert.Equal(t, "skip", b.focus("className"))
	b.must("skip", chromedp.KeyEvent(kb.Enter))
	b.must("tab", chromedp.KeyEvent(kb.Tab))
	assert.Equal(t, "q", b.focus("id"))
	b.must("type", chromedp.KeyEvent("taleskrekk"))
	b.wait(`#results a[href^="/tools/tryggere-steg"]`)
	assert.Equal(t, "q", b.focus("id"))
	b.must("to the filter", chromedp.Focus(chromedp.CSS("#mode-prescribed")), chromedp.KeyEvent(" "))
	b.wait(`#results a[href*="mode=prescribed"]`)
	assert.Equal(t, "mode-prescribed", b.focus("id"), "the focus is where it was")
	assert.Contains(t, b.text("#filtered"), "1")
	b.must("to the hit", chromedp.Focus(chromedp.CSS("#results h2 a")), chromedp.KeyEvent(kb.Enter))
	b.wait("form.send")
	b.must("tick", chromedp.Focus(chromedp.CSS("form.send input[type=checkbox]")), chromedp.KeyEvent(" "))
	b.must("send", chromedp.Focus(chromedp.CSS("form.send button")), chromedp.KeyEvent(kb.Enter))
	b.wait(".tag.state.delivered")
}

// focus is a property of what has the focus.
func (b *tab) focus(property string) string {
	b.t.Helper()
	return read(b, "focus", chromedp.Evaluate[string]("document.activeElement."+property))
}

// The search that stands in the address is the one that was typed: other languages and the way back lead to it.
func TestStoryKeepsThePlace(t *testing.T) {
	s := demo(t)
	b := walk(t, "nb")
	b.open(s.front + "/search")
	b.write("#q", "taleskrekk")
	b.wait(`#results a[href^="/tools/tryggere-steg"]`)
	b.click(`.languages a[lang="nn"]`)
	b.wait(`html[lang="nn"] #results a[href^="/tools/tryggere-steg"]`)
	assert.Contains(t, b.url(), "q=taleskrekk")
	b.click(`#results h2 a`)
	b.wait("form.send")
	b.back()
	b.wait(`#results a[href^="/tools/tryggere-steg"]`)
	b.click(`.record a[href^="/who"]`)
	b.arrive(s.front + "/who")
	b.click(`button[value="citizen-T3NBZ8"]`)
	b.wait(`#results a[href^="/tools/tryggere-steg"]`)
	assert.Contains(t, b.url(), "q=taleskrekk")
}
