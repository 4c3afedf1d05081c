package browser_test

import (
	"fmt"
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a visitor of the demo does in a minute: a declaration is submitted, the
// panel decides, the tool is published, and the clinician finds it.
func TestDeskFromDeclarationToSearch(t *testing.T) {
	w := newDeskWorld(t)
	b := w.tab(t, "nb")
	require.NotContains(t, w.found(b, "rolige kvelder"), w.clinician+"/tools/rolige-kvelder")

	vendor, panel := w.desk+"/vendor/case-2", w.desk+"/panel/case-2"
	w.logIn(b, "ragnhild-stegvold")
	b.press(`form:has([value="good"]) button`, vendor)
	assert.Contains(t, b.says("aside"), "47 av 47 krav har et svar som kan brukes")
	b.click("#sure")
	b.press(`form[action$="/submit"] button`, vendor+"?done=submit")
	assert.Contains(t, b.says("[role=status]"), "Sendt inn")

	b.open(panel)
	assert.Contains(t, b.says("[role=alert]"), "kan ikke være med og avgjøre")
	b.press(`button[value="siri-saksbehandler"]`, panel)
	assert.Contains(t, b.says("header"), "Du er Siri Saksbehandler")
	b.press(`form:has([value="start-review"]) button`, panel+"?done=start-review")
	assert.Contains(t, b.says("[aria-labelledby=look]"), "Må vurderes av fagpanelet")

	for i, vote := range []struct{ member, outcome, why string }{
		{"member-1", "approved-with-therapist", "Søvndagboken trenger noen som ser på den."},
		{"member-2", "approved-with-therapist", "Studien er gjort med veiledning."},
		{"member-3", "needs-review", "Jeg vil høre fra brukere først."},
	} {
		b.press(fmt.Sprintf(`form:has([value=%q]) button`, vote.member), panel)
		b.click(fmt.Sprintf(`[name="outcome"][value=%q]`, vote.outcome))
		b.must("write why", chromedp.SendKeys(chromedp.CSS("#vote-rationale"), vote.why))
		b.press(`form[action$="/vote"] button`, panel+"?done=vote")
		assert.Contains(t, b.says("[aria-labelledby=votes]"), fmt.Sprintf("%d av 2 stemmer", i+1))
	}
	b.press(`form[action$="/decide"] button`, panel+"?done=decide")
	assert.Contains(t, b.says("[aria-labelledby=decided]"), "Stemte for noe annet: Aisha Erfaring")

	b.press(`form:has([value="mona-forvalter"]) button`, panel)
	b.press(`form:has([value="publish"]) button`, panel+"?done=publish")
	assert.Contains(t, b.says("#next + p"), "behandlere finner det")
	assert.Contains(t, b.says("[aria-labelledby=history]"), "Loggen er hel")
	assert.Contains(t, w.found(b, "rolige kvelder"), w.clinician+"/tools/rolige-kvelder")

	b.open(panel)
	b.must("choose a reason", chromedp.SetValue(chromedp.CSS("#suspend-reason"), "safety"))
	b.press(`form:has([value="suspend"]) button`, panel+"?done=suspend")
	assert.Contains(t, b.says("[role=status]"), "borte fra søket")
	assert.NotContains(t, w.found(b, "rolige kvelder"), w.clinician+"/tools/rolige-kvelder")
}

// press clicks a button and waits for the page that it leads to, which must be another one.
func (b *tab) press(selector, address string) {
	b.t.Helper()
	b.must("leave a mark", chromedp.Evaluate[chromedp.Void]("window.before = true"))
	b.click(selector)
	assert.True(b.t, read(b, "the next page", chromedp.Poll[bool](fmt.Sprintf("!window.before && location.href.startsWith(%q) && document.readyState === 'complete'", address))), address)
}

// says is what stands at a place of a page that is there.
func (b *tab) says(selector string) string {
	b.t.Helper()
	return read(b, "text of "+selector, chromedp.Evaluate[string](fmt.Sprintf("document.querySelector(%q)?.innerText ?? ''", selector)))
}

// found are the addresses of what the clinician's search finds.
func (w *deskWorld) found(b *tab, words string) []string {
	b.t.Helper()
	b.open(w.clinician + "/search?q=" + url.QueryEscape(words))
	return read(b, "hits", chromedp.Evaluate[[]string](`[...document.querySelectorAll("main h2 a")].map(a => a.origin + a.pathname)`))
}

// The mistakes are read out first, and each leads to its field, by keyboard alone.
func TestDeskLeadsToTheFieldsThatAreWrong(t *testing.T) {
	w := newDeskWorld(t)
	b := w.tab(t, "en")
	w.logIn(b, "ragnhild-stegvold")
	b.press(`form:has([value="bad"]) button`, w.desk+"/vendor/case-2")
	assert.Equal(t, "problems", focused(b))
	assert.Len(t, read(b, "mistakes", chromedp.Evaluate[[]string](`[...document.querySelectorAll("#problems li")].map(e => e.textContent)`)), 12)

	b.must("press tab", chromedp.KeyEvent("\t"))
	b.must("press enter", chromedp.KeyEvent("\r"))
	assert.True(t, read(b, "the field", chromedp.Poll[bool](`document.activeElement.id === "answers-AI-01-reason-0"`)))
	assert.Equal(t, w.desk+"/vendor/case-2/group-ai#answers-AI-01-reason-0", b.url())
	assert.Contains(t, b.says("#answers-AI-01-reason-wrong"), "does not agree with your answer")
	assert.Equal(t, "answers-AI-01-reason-wrong", read(b, "description", chromedp.Evaluate[string](`document.getElementById("answers-AI-01-reason").getAttribute("aria-describedby")`)))
}

// focused is the id of what has the focus.
func focused(b *tab) string {
	b.t.Helper()
	return read(b, "the focus", chromedp.Evaluate[string]("document.activeElement.id"))
}

// What is written is kept as it is written, and how far it has come shows at once.
func TestDeskKeepsWhatIsWritten(t *testing.T) {
	w := newDeskWorld(t)
	b := w.tab(t, "nn")
	w.logIn(b, "ragnhild-stegvold")
	b.must("name the tool", chromedp.SendKeys(chromedp.CSS("#name"), "Pust ut"))
	b.press(`form:has([value="blank"]) button`, w.desk+"/vendor/case-2")
	b.open(w.desk + "/vendor/case-2/facts")
	assert.Contains(t, b.says("#progress"), "0 av 16 spørsmål")
	b.click("#facts-guidance-1")
	assert.True(t, read(b, "what came of it", chromedp.Poll[bool](`document.getElementById("progress").textContent.includes("1 av 16 spørsmål")`)))
	b.reload()
	assert.True(t, read(b, "the answer", chromedp.Evaluate[bool](`document.getElementById("facts-guidance-1").checked`)))
}
