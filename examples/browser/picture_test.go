package browser_test

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// portray takes two: as on a desk, and as on a phone that is 390 pixels wide.
func (b *tab) portray(what string) {
	b.t.Helper()
	b.must("a phone's screen", chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile))
	b.inPicture(b.picture(what+"-phone"), 390)
	b.must("a desk's screen", chromedp.EmulateViewport(1280, 820))
	b.inPicture(b.picture(what), 1280)
}

// inPicture checks that the picture is as wide as the screen was, and the page no wider.
func (b *tab) inPicture(path string, width int) {
	b.t.Helper()
	file, err := os.Open(path)
	require.NoError(b.t, err)
	defer file.Close()
	shown, err := png.DecodeConfig(file)
	require.NoError(b.t, err)
	assert.Equal(b.t, width, shown.Width)
	wide := read(b, "width", chromedp.Evaluate[int]("document.documentElement.scrollWidth"))
	assert.LessOrEqual(b.t, wide, width, "nothing to scroll sideways for")
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
