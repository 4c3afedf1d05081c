package browser_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/cdproto/target"
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

// read runs an action that answers, and changes nothing: if the page goes away
// meanwhile, the next one is asked.
func read[T any](b *tab, what string, a chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	got, err := chromedp.Run(ctx, a)
	for leaves(err) && ctx.Err() == nil {
		got, err = chromedp.Run(ctx, a)
	}
	require.NoError(b.t, err, what)
	return got
}

// leaves says whether an action failed because the browser was about to show
// another page, as one does that loads slowly.
func leaves(err error) bool {
	var e *cdproto.Error
	return errors.As(err, &e) && e.Code == serverError && slices.Contains(leaving, e.Message)
}

// serverError is what the DevTools protocol calls most of what can go wrong
// (JSON-RPC 2.0, section 5.1), and these are its words for a page that goes away.
const serverError = -32000

var leaving = []string{"Inspected target navigated or closed", "Execution context was destroyed.", "Cannot find context with specified id"}

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

// link is where a link leads.
func (b *tab) link(selector string) string {
	b.t.Helper()
	b.wait(selector)
	return read(b, "link of "+selector, chromedp.Evaluate[string](fmt.Sprintf("document.querySelector(%q).href", selector)))
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

// frames are what the frames of other sites say their addresses are. A page that
// the browser refused to show is one of the browser's own there. The tab is of no
// use afterwards: leaving a frame closes it.
func (b *tab) frames() (addresses []string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	got, err := chromedp.CallBrowser(ctx, target.GetTargets, target.GetTargetsParams{})
	require.NoError(b.t, err, "frames")
	for _, info := range got.TargetInfos {
		if info.Type == "iframe" {
			inside, leave := chromedp.NewContext(b.ctx, chromedp.WithTargetID(info.TargetID))
			addresses = append(addresses, read(&tab{b.t, inside}, "a frame's address", chromedp.Evaluate[string]("document.location.href")))
			leave()
		}
	}
	return addresses
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
