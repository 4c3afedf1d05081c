package main

import (
	"fmt"
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// linted is the JSON for one set.
type linted struct {
	Set    string  `json:"set"`
	Issues []issue `json:"issues"`
}

// issue is something that is not right in a set; its pointer and text are safe to print.
type issue struct {
	Pointer string             `json:"pointer"`
	Code    string             `json:"code"`
	Level   approval.LintLevel `json:"level"`
	Text    string             `json:"text"`
}

func (c command) lint(args []string) (int, error) {
	f := c.flags("lint")
	f.StringVar(&f.lang, "lang", "nb", "language of the texts: nb, nn or en")
	before := f.String("previous", "", "the `SET` that was the version before: ID@VERSION, ID or a file")
	asJSON := f.Bool("json", false, "print JSON")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	if f.NArg() != 1 {
		return unusable, fmt.Errorf("lint: %d names, want one requirement set: ID@VERSION, ID or a file", f.NArg())
	}
	previous, err := chosenSet(*before)
	if err != nil {
		return unusable, fmt.Errorf("-previous: %w", err)
	}
	set, err := loadSet(f.Arg(0))
	if ps, _ := mistakes(err); err != nil && len(ps) == 0 {
		return unusable, err
	}
	found := linted{f.Arg(0), append(unread(err, f.lang), issues(set, previous, f.lang)...)}
	if err := c.printLint(found, f.lang, *asJSON); err != nil {
		return unusable, err
	}
	return max(status(err), found.status()), nil
}

func (l linted) status() int {
	if l.count(approval.LintError) > 0 {
		return invalid
	}
	return valid
}

func (l linted) count(level approval.LintLevel) (n int) {
	for _, i := range l.Issues {
		if i.Level == level {
			n++
		}
	}
	return n
}

// unread are the mistakes that keep a set from being used at all.
func unread(err error, lang string) []issue {
	out := []issue{}
	ps, _ := mistakes(err)
	for _, p := range ps {
		out = append(out, issue{p.Pointer, p.Code, approval.LintError, in(p.Text, lang)})
	}
	return out
}

// issues are those of a set that can be read, by itself and beside the version before.
func issues(set, previous *approval.RequirementSet, lang string) (out []issue) {
	for _, i := range slices.Concat(set.Lint(), set.LintAgainst(previous)) {
		out = append(out, issue{i.Pointer, i.Code, i.Level, in(i.Text, lang)})
	}
	return out
}

func (c command) printLint(l linted, lang string, asJSON bool) error {
	if asJSON {
		return c.printJSON(l)
	}
	sum := fmt.Sprintf(in(lintTexts["sum"], lang), l.count(approval.LintError), l.count(approval.LintWarning), l.count(approval.LintHint))
	fmt.Fprintf(c.stdout, "%s: %s\n", printable(l.Set), sum)
	for _, i := range l.Issues {
		word := in(lintTexts[string(i.Level)], lang)
		fmt.Fprintf(c.stdout, "  %s (%s, %s): %s\n", place(problem{Pointer: i.Pointer}), word, i.Code, printable(i.Text))
	}
	return nil
}

var lintTexts = map[string]catalogue.Text{
	"sum":     {"nb": "%d feil, %d advarsler, %d tips", "nn": "%d feil, %d åtvaringar, %d tips", "en": "errors: %d, warnings: %d, hints: %d"},
	"error":   {"nb": "feil", "nn": "feil", "en": "error"},
	"warning": {"nb": "advarsel", "nn": "åtvaring", "en": "warning"},
	"hint":    {"nb": "tips", "nn": "tips", "en": "hint"},
}
