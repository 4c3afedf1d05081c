package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

func (c command) decide(args []string) (int, error) {
	f := c.flags("decide")
	f.StringVar(&f.lang, "lang", "nb", "language of the texts: nb, nn or en")
	report := f.String("html", "", "write a printable report to `FILE`")
	asJSON := f.Bool("json", false, "print the decision as JSON")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	if f.NArg() != 1 {
		return unusable, fmt.Errorf("decide: %d files, want one self-declaration", f.NArg())
	}
	if same(*report, f.Arg(0)) {
		return unusable, errors.New("decide: -html names the declaration itself, want another file")
	}
	_, declared, set, err := checkedAgainst(f.Arg(0), nil)
	if err != nil {
		return status(err), c.printCheckTo(f.Arg(0), f.lang, err)
	}
	decision, err := approval.Evaluate(declared, set, c.now)
	if err != nil {
		return unusable, err
	}
	if err := c.printDecision(decision, catalogue.Lang(f.lang), *report, *asJSON); err != nil {
		return unusable, err
	}
	return valid, nil
}

// same says whether both names lead to one file.
func same(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

func (c command) printDecision(d *approval.Decision, lang catalogue.Lang, report string, asJSON bool) error {
	if report != "" {
		page, err := d.HTML(lang)
		if err == nil {
			err = os.WriteFile(report, page, 0o644)
		}
		if err != nil {
			return errors.Join(errors.New("the report was not written"), err)
		}
	}
	if asJSON {
		return c.printJSON(d)
	}
	_, err := fmt.Fprint(c.stdout, d.Markdown(lang))
	return err
}
