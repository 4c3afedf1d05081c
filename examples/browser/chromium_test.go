package browser_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// patience is how long a browser may take for one thing. It is the one limit
// here that a clock measures: a browser that hangs must not hang the tests.
const patience = time.Minute

// browser is a chromium of its own, with a profile of its own.
type browser struct{ ctx context.Context }

// preferences are a new profile's. The zero value is what a citizen's browser has.
type preferences struct {
	// blockCookies is the setting "block all cookies".
	blockCookies bool
	// languages are those of the pages that he wants, "nn,nb" for example. Empty means nb.
	languages string
}

// start starts a browser in which the sites' names are known and their
// authority is trusted, and no others.
func start(t *testing.T, w *web, p preferences) *browser {
	t.Helper()
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(chromium(t)),
		chromedp.UserDataDir(profile(t, p)),
		chromedp.Flag("headless", "new"),
		// Back loads the page again, as it does in a browser that has thrown it
		// away: the harder case for a tool, whose forms are then sent again. And
		// chromedp does not find its way in a page that was kept.
		chromedp.Flag("disable-features", "BackForwardCache"),
		chromedp.Flag("host-resolver-rules", w.rules()),
		chromedp.Flag("ignore-certificate-errors-spki-list", w.pin()),
		chromedp.WindowSize(1280, 900),
	}
	for _, name := range []string{"no-sandbox", "disable-gpu", "disable-quic", "disable-dev-shm-usage", "no-first-run",
		"disable-background-networking", "disable-component-update", "disable-sync"} {
		options = append(options, chromedp.Flag(name, true))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	t.Cleanup(func() { quit(t, ctx) })
	require.NoError(t, chromedp.Do(ctx), "chromium must start")
	return &browser{ctx}
}

// allowCookies undoes blockCookies, as the switch on the browser's settings page does.
func (b *browser) allowCookies(t *testing.T) {
	t.Helper()
	settings := b.tab(t)
	settings.open("chrome://settings/content")
	settings.must("allow cookies", chromedp.Evaluate[chromedp.Void](`chrome.send("setDefaultValueForContentType", ["cookies", "allow"])`))
}

// quit asks the browser to end, and waits, so that nobody writes into the
// profile while it is taken away.
func quit(t *testing.T, ctx context.Context) {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := chromedp.Cancel(limited); err != nil {
		t.Errorf("chromium did not end: %v", err)
	}
}

// chromium finds the program, or ends the test.
func chromium(t *testing.T) string {
	t.Helper()
	name := os.Getenv("VERKTOY_TEST_CHROMIUM")
	if name == "" {
		name = "chromium"
	}
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
		t.Fatal("there is no chromium in PATH, and VERKTOY_TEST_CHROMIUM names none")
	}
	t.Skip("no chromium in PATH, and VERKTOY_TEST_CHROMIUM names none")
	return ""
}

// profile makes a user-data-dir. What is blocked there is blocked as in a
// browser whose owner chose it on the settings page. It is no t.TempDir: a
// helper process of the browser may still write for a moment when the browser
// has ended, and that a folder is not empty is no fault of the test's.
func profile(t *testing.T, p preferences) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "profile")
	require.NoError(t, err)
	t.Cleanup(func() { remove(t, dir) })
	allowed := 1
	if p.blockCookies {
		allowed = 2
	}
	languages := p.languages
	if languages == "" {
		languages = "nb"
	}
	text := fmt.Sprintf(`{"profile":{"default_content_setting_values":{"cookies":%d}},"intl":{"accept_languages":%q}}`, allowed, languages)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "Default"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "Default", "Preferences"), []byte(text), 0o600))
	return dir
}

func remove(t *testing.T, dir string) {
	err := os.RemoveAll(dir)
	for range 100 {
		if err == nil {
			return
		}
		err = os.RemoveAll(dir)
	}
	t.Logf("a profile is left behind: %v", err)
}
