package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// deskPage is a page of the desk and how it is reached.
type deskPage struct{ name, path, then string }

// by is who looks at the page: somebody on the side that it is on.
func (p deskPage) by() string {
	if strings.HasPrefix(p.path, "/panel") {
		return "member-1"
	}
	return "ragnhild-stegvold"
}

// deskPages are all of them; then is what is pressed on it.
var deskPages = []deskPage{
	{"start", "/", ""},
	{"no name", "/", `document.querySelector("#name").required = false; document.querySelector('form:has([value="blank"])').submit()`},
	{"draft", "/vendor/case-2", ""},
	{"draft with mistakes", "/vendor/case-3", ""},
	{"about", "/vendor/case-3/about", ""},
	{"facts", "/vendor/case-3/facts", ""},
	{"documents", "/vendor/case-3/documents", ""},
	{"requirements", "/vendor/case-3/group-accessibility", ""},
	{"requirements of the other set", "/vendor/case-4/group-security", ""},
	{"listing", "/vendor/case-4/listing", ""},
	{"why", "/vendor/case-2/why", ""},
	{"approved", "/vendor/case-1", ""},
	{"report", "/cases/case-1/report", ""},
	{"declaration", "/cases/case-1/declaration", ""},
	{"log in", "/who", ""},
	{"cases", "/panel", ""},
	{"published case", "/panel/case-1", ""},
	{"case in review", "/panel/case-5", ""},
	{"vote refused", "/panel/case-5", `document.querySelector('form[action$="/vote"]').submit()`},
	{"not there", "/vendor/case-99", ""},
}

func TestDeskCanBeUsedByAll(t *testing.T) {
	text := axe(t)
	w := newDeskWorld(t)
	w.fill(w.tab(t, "nb"))
	require.NotEmpty(t, deskPages)
	for i, language := range []string{"nb", "nn", "en"} {
		pages, screens := deskPages, screens[1:] // dark on a desk and light on a phone
		if i > 0 {                               // colours and frames are the same in all of them
			pages, screens = []deskPage{deskPages[0], deskPages[3], deskPages[17]}, screens[:1]
		}
		t.Run(language, func(t *testing.T) {
			b := w.tab(t, language)
			for _, p := range pages {
				w.logIn(b, p.by())
				b.open(w.desk + p.path)
				if p.then != "" {
					b.must(p.then, chromedp.Evaluate[chromedp.Void](p.then))
					b.wait("#problems")
				}
				b.must("load axe", chromedp.Evaluate[chromedp.Void](text))
				for _, s := range screens {
					b.on(s)
					b.judge(fmt.Sprintf("%s on %s", p.name, s.name), s.dark)
					b.whole(p.name + "-" + s.name)
				}
			}
		})
	}
}

// fill opens the cases that the pages are about: 2 the example, 3 the one with
// mistakes, 4 an empty one by the other set, 5 the example in review.
func (w *deskWorld) fill(b *tab) {
	b.t.Helper()
	w.logIn(b, "ragnhild-stegvold")
	for i, press := range []string{`form:has([value="good"]) button`, `form:has([value="bad"]) button`, `form:has([value="blank"]) button`, `form:has([value="good"]) button`} {
		b.open(w.desk)
		if i == 2 {
			b.must("name the tool", chromedp.SendKeys(chromedp.CSS("#name"), "Pust ut"))
			b.click("#set-all")
		}
		b.press(press, fmt.Sprintf("%s/vendor/case-%d", w.desk, i+2))
	}
	b.click("#sure")
	b.press(`form[action$="/submit"] button`, w.desk+"/vendor/case-5?done=submit")
	w.logIn(b, "siri-saksbehandler")
	b.open(w.desk + "/panel/case-5")
	b.press(`form:has([value="start-review"]) button`, w.desk+"/panel/case-5?done=")
}

func (w *deskWorld) logIn(b *tab, id string) {
	b.t.Helper()
	b.open(w.desk + "/who")
	b.press(fmt.Sprintf(`button[value=%q]`, id), w.desk)
}
