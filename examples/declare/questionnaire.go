package main

import (
	"fmt"

	"github.com/verktoykatalog/verktoy/approval/approvalfhir"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// questionnaire prints the form of a requirement set, in one language or in all.
func (c command) questionnaire(args []string) (int, error) {
	f := c.flags("questionnaire")
	f.StringVar(&f.lang, "lang", "nb", "language of the form: nb, nn or en")
	name := f.String("set", defaultSet, "the requirement `SET`: ID@VERSION, ID or a file")
	all := f.Bool("bundle", false, "print a Bundle with the form in all languages")
	losses := f.Bool("losses", false, "list on standard error what the set says and the form cannot")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	if f.NArg() != 0 {
		return unusable, fmt.Errorf("questionnaire: %d files, want none", f.NArg())
	}
	set, err := loadSet(*name)
	if err != nil {
		return unusable, err
	}
	form, lost, err := approvalfhir.Export(set)
	if err == nil && !*all {
		form, err = approvalfhir.Questionnaire(set, catalogue.Lang(f.lang))
	}
	if err != nil {
		return unusable, err
	}
	if *losses {
		c.printLosses(lost, f.lang)
	}
	_, err = c.stdout.Write(form)
	return valid, err
}

func (c command) printLosses(lost []approvalfhir.Loss, lang string) {
	for _, l := range lost {
		fmt.Fprintf(c.stderr, "%s %s: %s\n", l.Pointer, l.Requirement, in(l.Text, lang))
	}
}
