package browser_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// tab is one tab of a browser. Selectors are CSS.
type tab struct {
	t   *testing.T
	ctx context.Context
}

// tab opens an empty one; those of a browser share its cookies. The tab lives as
// long as the context that it is first used with: that has no time limit.
func (b *browser) tab(t *testing.T) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	t.Cleanup(cancel)
	require.NoError(t, chromedp.Do(ctx), "a tab must open")
	return &tab{t, ctx}
}

// do lets the tab do things, but not for ever.
func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) error {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	return chromedp.Do(ctx, steps...)
}

func (b *tab) must(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	require.NoError(b.t, b.do(steps...), what)
}

// read runs an action that answers.
func read[T any](b *tab, what string, a chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	got, err := chromedp.Run(ctx, a)
	require.NoError(b.t, err, what)
	return got
}

// open goes to an address and waits for the page. try does the same and gives the error.
func (b *tab) open(address string) {
	b.t.Helper()
	b.must("open "+address, chromedp.Navigate(address))
}

func (b *tab) try(address string) error { return b.do(chromedp.Navigate(address)) }

// click clicks what the selector names, once it can be seen.
func (b *tab) click(selector string) {
	b.t.Helper()
	b.must("click "+selector, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// wait waits until something of this kind is on the page.
func (b *tab) wait(selector string) {
	b.t.Helper()
	b.must("wait for "+selector, chromedp.WaitReady(chromedp.CSS(selector)))
}

// text waits for it and reads what the citizen reads there.
func (b *tab) text(selector string) string {
	b.t.Helper()
	return strings.TrimSpace(read(b, "text of "+selector, chromedp.Text(chromedp.CSS(selector))))
}

// url is the address in the tab's address bar.
func (b *tab) url() string {
	b.t.Helper()
	return read(b, "the address", chromedp.Location())
}

// arrive waits until the address begins like this, over any number of redirects
// and forms. Where it does so from the start, there is nothing to wait for.
func (b *tab) arrive(prefix string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	loaded := chromedp.Events(ctx, page.FrameNavigated)
	if strings.HasPrefix(b.url(), prefix) {
		return
	}
	for event, err := range loaded {
		require.NoError(b.t, err, "wait for %s", prefix)
		if event.Frame.ParentID == "" && strings.HasPrefix(event.Frame.URL, prefix) {
			return
		}
	}
	require.Fail(b.t, "the tab never arrived", "at %s", prefix)
}

// back presses the button, and waits for the page to load.
func (b *tab) back() {
	b.t.Helper()
	b.must("back", chromedp.NavigateBack())
}

// reload loads the page again.
func (b *tab) reload() {
	b.t.Helper()
	b.must("reload", chromedp.Reload())
}

// cookies are all of the browser's, of all sites, by name. HttpOnly hides none here.
func (b *tab) cookies() map[string]*network.Cookie {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	got, err := chromedp.Call(ctx, storage.GetCookies, storage.GetCookiesParams{})
	require.NoError(b.t, err, "cookies")
	named := map[string]*network.Cookie{}
	for _, c := range got.Cookies {
		named[c.Name] = c
	}
	return named
}

// portray takes two: as on a desk, and as on a phone that is 390 pixels wide.
func (b *tab) portray(what string) {
	b.t.Helper()
	b.picture(what)
	b.must("a phone's screen", chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile))
	b.picture(what + "-phone")
	wide := read(b, "width", chromedp.Evaluate[int]("document.documentElement.scrollWidth"))
	require.LessOrEqual(b.t, wide, 390, "nothing to scroll sideways for")
	b.must("a desk's screen", chromedp.ResetViewport())
}

// picture takes a screenshot and gives the file's path.
func (b *tab) picture(what string) string {
	b.t.Helper()
	png := read(b, "screenshot", chromedp.CaptureScreenshot())
	path := filepath.Join(pictures(b.t), fileName(b.t, what))
	require.NoError(b.t, os.WriteFile(path, png, 0o644))
	return path
}
