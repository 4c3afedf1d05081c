package browser_test

import (
	"bufio"
	"context"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sites are the demo's, by what it says on its terminal.
type sites struct{ front, portal, tool string }

var said = regexp.MustCompile(`^(Begin here|The citizen|The tool): +(http://127\.0\.0\.1:\d+)`)

// demo builds the demo and starts it on free ports, with a database of its own.
func demo(t *testing.T) sites {
	t.Helper()
	chromium(t) // without which there is nothing to start
	program := filepath.Join(t.TempDir(), "demo")
	built, err := exec.Command("go", "build", "-o", program, "../demo").CombinedOutput()
	require.NoError(t, err, string(built))
	ctx, stop := context.WithCancel(context.Background())
	command := exec.CommandContext(ctx, program, "-addr", "127.0.0.1:0")
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) } // so that it takes its database away
	command.WaitDelay = 10 * time.Second
	out, err := command.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, command.Start())
	t.Cleanup(func() { stop(); _ = command.Wait() }) // how it ends is not what is tested
	found := addresses(out)
	s := sites{found["Begin here"], found["The citizen"], found["The tool"]}
	require.NotEmpty(t, s.front+s.portal+s.tool)
	return s
}

// addresses reads what the demo says until it has said all.
func addresses(out io.Reader) map[string]string {
	found := map[string]string{}
	lines := bufio.NewScanner(out)
	for lines.Scan() && lines.Text() != "Stop with Ctrl+C." {
		if m := said.FindStringSubmatch(lines.Text()); m != nil {
			found[m[1]] = m[2]
		}
	}
	return found
}

// walker is a tab on its way through the demo. Where it comes to a page, it waits
// until that is loaded: before, the browser still changes the names of what is on
// it, and a click may find nothing.
type walker struct{ *tab }

// walk opens a tab that reaches this machine by its number, and no other.
func walk(t *testing.T, languages string) walker {
	t.Helper()
	w := newWeb(t)
	w.resolver = append(w.resolver, "EXCLUDE 127.0.0.1")
	return walker{start(t, w, preferences{languages: languages}).tab(t)}
}

func (b walker) wait(selector string) {
	b.t.Helper()
	b.tab.wait(selector)
	b.loaded()
}

func (b walker) arrive(prefix string) {
	b.t.Helper()
	b.tab.arrive(prefix)
	b.loaded()
}

func (b walker) loaded() {
	b.t.Helper()
	for state := ""; state != "complete"; {
		state = read(b.tab, "loaded", chromedp.Evaluate[string]("document.readyState"))
	}
}

// look is a size of the window and a colour scheme.
type look struct {
	name          string
	width, height int64
	scheme        string
}

var looks = []look{{"desk", 1280, 900, "light"}, {"desk-dark", 1280, 900, "dark"}, {"phone", 390, 844, "light"}, {"phone-dark", 390, 844, "dark"}}

// visit checks the page that is shown in these looks, and takes a picture of each. The last look stays.
func (b walker) visit(name string, in ...look) {
	b.t.Helper()
	for _, l := range in {
		b.wear(l)
		full := name + "-" + l.name
		assert.NotEmpty(b.t, read(b.tab, "title", chromedp.Title()), full)
		wide := read(b.tab, "width", chromedp.Evaluate[int64]("document.documentElement.scrollWidth"))
		assert.LessOrEqual(b.t, wide, l.width, "%s: nothing to scroll sideways for", full)
		png := read(b.tab, "screenshot", chromedp.FullScreenshot(100))
		require.NoError(b.t, os.WriteFile(filepath.Join(pictures(b.t), fileName(b.t, full)), png, 0o644))
		accessible(b.t, b.ctx, full)
	}
}

func (b walker) wear(l look) {
	b.t.Helper()
	size := []chromedp.EmulateViewportOption{}
	if l.width < 500 {
		size = append(size, chromedp.EmulateMobile)
	}
	b.must(l.name, chromedp.EmulateViewport(l.width, l.height, size...))
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
	require.NoError(b.t, err, l.scheme)
}

// write types a text into a field, as the keyboard does.
func (b walker) write(selector, text string) {
	b.t.Helper()
	b.wait(selector)
	focus := "document.querySelector(" + quoted(selector) + ")"
	require.True(b.t, read(b.tab, "focus "+selector, chromedp.Evaluate[bool]("("+focus+".focus(), document.activeElement === "+focus+")")))
	b.must("type", chromedp.KeyEvent(text))
}

func quoted(text string) string { return `decodeURIComponent("` + url.PathEscape(text) + `")` }
