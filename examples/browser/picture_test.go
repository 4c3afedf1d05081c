package browser_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

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

// pictures is the folder for screenshots.
func pictures(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("VERKTOY_SCREENSHOTS")
	if dir == "" {
		return t.TempDir()
	}
	require.NoError(t, os.MkdirAll(dir, 0o755))
	return dir
}

// fileName is a test's name as a file's.
func fileName(t *testing.T, what string) string {
	return strings.NewReplacer("/", "-", " ", "-").Replace(t.Name()+"-"+what) + ".png"
}
