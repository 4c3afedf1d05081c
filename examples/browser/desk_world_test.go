package browser_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// deskWorld is the demo as a program of its own: the clinician's search and the
// desk of vendor and panel, on loopback.
type deskWorld struct {
	*web
	clinician, desk string
}

// newDeskWorld builds and starts the demo, and stops it when the test ends. The
// cache of go test does not see what the demo is built of: -count=1 asks anew.
func newDeskWorld(t *testing.T) *deskWorld {
	t.Helper()
	chromium(t) // without a browser there is nothing to build for
	program := filepath.Join(t.TempDir(), "demo")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "../demo").CombinedOutput()
	require.NoError(t, err, "%s", out)
	demo := exec.Command(program, "-addr", "127.0.0.1:0")
	stdout, err := demo.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, demo.Start())
	t.Cleanup(func() {
		assert.NoError(t, demo.Process.Signal(os.Interrupt))
		assert.NoError(t, demo.Wait())
	})
	addresses := map[string]string{}
	told := bufio.NewScanner(stdout)
	for told.Scan() && !strings.HasPrefix(told.Text(), "Stop with") {
		if line := deskLine.FindStringSubmatch(told.Text()); line != nil {
			addresses[line[1]] = line[2]
		}
	}
	require.NotEmpty(t, addresses["clinician"], "the demo says where the clinician's site is")
	require.NotEmpty(t, addresses["desk"], "the demo says where the desk is")
	w := &deskWorld{newWeb(t), addresses["clinician"], addresses["desk"]}
	w.resolver = append(w.resolver, "EXCLUDE 127.0.0.1")
	return w
}

// deskLine is a line in which the demo tells the address of a site.
var deskLine = regexp.MustCompile(`^The (clinician|desk): +(http://127\.0\.0\.1:\d+)`)

func (w *deskWorld) tab(t *testing.T, language string) *tab {
	t.Helper()
	return start(t, w.web, preferences{languages: language}).tab(t)
}

type screen struct {
	name          string
	width, height int64
	dark          bool
}

var screens = []screen{{"desk", 1280, 820, false}, {"desk-dark", 1280, 820, true}, {"phone", 390, 844, false}}

// on makes the tab a screen of that kind.
func (b *tab) on(s screen) {
	b.t.Helper()
	options := []chromedp.EmulateViewportOption{}
	if s.width < 500 {
		options = append(options, chromedp.EmulateMobile)
	}
	b.must("a screen", chromedp.EmulateViewport(s.width, s.height, options...))
	scheme := "light"
	if s.dark {
		scheme = "dark"
	}
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	require.NoError(b.t, err)
}

// judge lets axe, which is loaded, look at the page, and wants nothing serious
// or critical. On a dark screen the colours alone are others.
func (b *tab) judge(what string, dark bool) {
	b.t.Helper()
	script := audit
	if dark {
		script = strings.Replace(audit, "{resultTypes", `{runOnly: ["color-contrast"], resultTypes`, 1)
	}
	stopsNobody(b.t, what, read(b, "axe on "+what, chromedp.Evaluate[[]violation](script, chromedp.EvalAwaitPromise)))
	wide := read(b, "width", chromedp.Evaluate[int]("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
	assert.LessOrEqual(b.t, wide, 0, "%s: nothing to scroll sideways for", what)
}

// whole takes a picture of the whole page, for people, where there is a folder for it.
func (b *tab) whole(what string) {
	b.t.Helper()
	if os.Getenv("VERKTOY_SCREENSHOTS") == "" {
		return
	}
	png := read(b, "picture", chromedp.FullScreenshot(100))
	require.NoError(b.t, os.WriteFile(filepath.Join(pictures(b.t), fileName(b.t, what)), png, 0o644))
}
