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
	b := f.basis()
	f.draft(&b.draft)
	report := f.String("html", "", "write a printable report to `FILE`")
	explain := f.Bool("explain", false, "print how the rules come to the decision, as a tree")
	asJSON := f.Bool("json", false, "print JSON")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	if f.NArg() != 1 {
		return unusable, fmt.Errorf("decide: %d files, want one self-declaration", f.NArg())
	}
	if same(*report, f.Arg(0)) {
		return unusable, errors.New("decide: -html names the declaration itself, want another file")
	}
	g, err := c.ground(f.Arg(0), b)
	if err != nil {
		return c.refuse(f.Arg(0), f.lang, err)
	}
	decision, err := c.evaluate(g, f.lang)
	if err != nil {
		return unusable, err
	}
	if err := writeReport(decision, catalogue.Lang(f.lang), *report); err != nil {
		return unusable, fmt.Errorf("%w %w", said{words: errorTexts["report"]}, err)
	}
	if *explain {
		return valid, c.printTree(g, catalogue.Lang(f.lang), *asJSON)
	}
	return valid, c.printDecision(decision, catalogue.Lang(f.lang), *asJSON)
}

// same says whether both names lead to one file.
func same(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

func writeReport(d *approval.Decision, lang catalogue.Lang, file string) error {
	if file == "" {
		return nil
	}
	page, err := d.HTML(lang)
	if err != nil {
		return err
	}
	return os.WriteFile(file, page, 0o644)
}

func (c command) printDecision(d *approval.Decision, lang catalogue.Lang, asJSON bool) error {
	if asJSON {
		return c.printJSON(d)
	}
	_, err := fmt.Fprint(c.stdout, page(d.Markdown(lang)))
	return err
}

// printTree shows the decision with everything that it rests on.
func (c command) printTree(g ground, lang catalogue.Lang, asJSON bool) error {
	tree, err := g.input().Explain(lang)
	if err != nil {
		return err
	}
	if asJSON {
		return c.printJSON(tree)
	}
	_, err = fmt.Fprint(c.stdout, page(tree.Markdown(lang)))
	return err
}
