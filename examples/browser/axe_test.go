package browser_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// axe reads axe-core, a checker of accessibility (npm, axe-core@4.11.1), or ends the test.
func axe(t *testing.T) string {
	t.Helper()
	file := filepath.Join(os.Getenv("VERKTOY_TEST_NODE"), "node_modules", "axe-core", "axe.min.js")
	source, err := os.ReadFile(file)
	if err == nil {
		return string(source)
	}
	if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
		t.Fatalf("no axe-core, want VERKTOY_TEST_NODE to name a folder with it in node_modules: %v", err)
	}
	t.Skip("no axe-core: VERKTOY_TEST_NODE names no folder with node_modules/axe-core")
	return ""
}

// violation is a rule of axe-core that a page breaks, and where.
type violation struct {
	ID     string   `json:"id"`
	Impact string   `json:"impact"`
	Where  []string `json:"where"`
}

// audit runs all rules on the page that is shown.
const audit = `axe.run(document, {resultTypes: ["violations"]}).then(result => result.violations.map(v => ({id: v.id, impact: v.impact || "",
	where: v.nodes.map(n => n.target.join(" ") + " (" + (n.any.concat(n.all, n.none)[0] || {message: ""}).message + ")")})))`

// accessible wants no serious and no critical violation on the page that the tab
// of ctx shows, in a test of its own under this name. Others are logged.
func accessible(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	t.Run(name+" is accessible", func(t *testing.T) {
		source := axe(t)
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		require.NoError(t, chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](source)), "load axe-core")
		found, err := chromedp.Run(ctx, chromedp.Evaluate[[]violation](audit, chromedp.EvalAwaitPromise))
		require.NoError(t, err, "run axe-core")
		stopsNobody(t, name, found)
	})
}

func stopsNobody(t *testing.T, page string, found []violation) {
	t.Helper()
	for _, v := range found {
		says := page + ": " + v.ID + " (" + v.Impact + "): " + strings.Join(v.Where, "; ")
		if slices.Contains([]string{"serious", "critical"}, v.Impact) {
			assert.Fail(t, "a person would be stopped", says)
		} else {
			t.Log(says)
		}
	}
}

// What the check is for is found, and what is well is let be.
func TestAccessibleFindsFaults(t *testing.T) {
	axe(t)
	b := newTab(t, preferences{})
	b.open(toolURL + "/start")
	b.must("load axe-core", chromedp.Evaluate[chromedp.Void](axe(t)))
	b.must("break the page", chromedp.Evaluate[chromedp.Void](`document.body.insertAdjacentHTML("beforeend", '<img src="data:,"><input id="nameless">')`))
	found := read(b, "violations", chromedp.Evaluate[[]violation](audit, chromedp.EvalAwaitPromise))
	var rules []string
	for _, v := range found {
		rules = append(rules, v.ID)
		if v.ID == "label" {
			assert.Equal(t, "critical", v.Impact)
			assert.Contains(t, v.Where[0], "#nameless")
		}
	}
	assert.Subset(t, rules, []string{"image-alt", "label", "html-has-lang"})
}
