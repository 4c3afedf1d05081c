package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

func (c command) migrate(args []string) (int, error) {
	f := c.flags("migrate")
	f.StringVar(&f.lang, "lang", "nb", "language of the texts: nb, nn or en")
	from := f.String("from", "", "the requirement `SET` that is answered: ID@VERSION or a file; left out: the one that the declaration names")
	to := f.String("to", "", "the requirement `SET` to answer: ID@VERSION or a file")
	mapping := f.String("map", "", "what became of each requirement, a `FILE`; left out: the same ids")
	out := f.String("out", "", "write the new draft to `FILE`")
	var draft bool
	f.draft(&draft)
	asJSON := f.Bool("json", false, "print draft and report as JSON")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	if f.NArg() != 1 || *to == "" {
		return unusable, fmt.Errorf("migrate: %d files, want -to SET and one self-declaration", f.NArg())
	}
	moved, report, err := c.migrated(f.Arg(0), *from, *to, *mapping, readerOf(draft), f.lang)
	if err != nil {
		return unusable, err
	}
	if err := write(*out, f.Arg(0), moved); err != nil {
		return unusable, err
	}
	if err := c.printMigration(moved, report, f.lang, *asJSON); err != nil || settled(report) {
		return valid, err
	}
	return invalid, nil
}

// settled says that there is nothing left to look at.
func settled(r *approval.MigrationReport) bool {
	return len(r.Unconfirmed)+len(r.Unanswered)+r.Count(approval.FateUnmapped) == 0
}

func (c command) migrated(file, from, to, mapping string, read reader, lang string) (*approval.SelfDeclaration, *approval.MigrationReport, error) {
	old, err := chosenSet(from)
	if err != nil {
		return nil, nil, err
	}
	next, err := loadSet(to)
	if err != nil {
		return nil, nil, err
	}
	_, d, old, err := checkedAgainst(file, old, read)
	if err != nil {
		return nil, nil, errors.Join(c.printCheckTo(file, lang, err), errUnfit)
	}
	m, err := loadMapping(mapping, old, next)
	if err != nil {
		return nil, nil, err
	}
	return approval.Migrate(d, m, old, next)
}

func loadMapping(file string, from, to *approval.RequirementSet) (*approval.Mapping, error) {
	if file == "" {
		return approval.SameIDs(from, to), nil
	}
	data, err := input(file)
	if err != nil {
		return nil, err
	}
	return approval.ParseMapping(data, from, to)
}

// write writes the draft; it never takes the place of the declaration that it was made from.
func write(out, declaration string, draft *approval.SelfDeclaration) error {
	if out == "" {
		return nil
	}
	if same(out, declaration) {
		return errors.New("migrate: -out names the declaration itself, want another file")
	}
	data, err := json.MarshalIndent(unsigned(draft), "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(out, append(data, '\n'), 0o644)
}

// unsigned leaves out the members that the vendor fills in before the draft is a declaration.
func unsigned(draft *approval.SelfDeclaration) any {
	return struct {
		*approval.SelfDeclaration
		Submitted *struct{} `json:"submitted,omitempty"`
		SignedBy  *struct{} `json:"signedBy,omitempty"`
	}{SelfDeclaration: draft}
}

func (c command) printMigration(draft *approval.SelfDeclaration, r *approval.MigrationReport, lang string, asJSON bool) error {
	if asJSON {
		return c.printJSON(struct {
			Declaration any                       `json:"declaration"`
			Report      *approval.MigrationReport `json:"report"`
		}{unsigned(draft), r})
	}
	fmt.Fprintf(c.stdout, in(migrateTexts["sum"], lang)+"\n", r.Count(approval.FateCarried), len(r.Unconfirmed), len(r.Unanswered))
	for _, a := range r.Answers {
		if a.Fate != approval.FateCarried {
			fmt.Fprintf(c.stdout, "  %s: %s\n", arrow(a), printable(in(a.Why, lang)))
		}
	}
	for _, f := range r.Facts {
		if !f.Carried {
			fmt.Fprintf(c.stdout, "  %s: %s\n", printable(f.Fact), printable(in(f.Why, lang)))
		}
	}
	if len(r.Unanswered) > 0 {
		fmt.Fprintf(c.stdout, "  %s %s\n", in(migrateTexts["new"], lang), printable(strings.Join(r.Unanswered, ", ")))
	}
	return nil
}

// arrow shows where an answer went: "A-1", "A-2 → B-1, B-2".
func arrow(a approval.MovedAnswer) string {
	var to []string
	for _, t := range a.Targets {
		to = append(to, t.Requirement)
	}
	if len(to) == 0 || len(to) == 1 && to[0] == a.Requirement {
		return printable(a.Requirement)
	}
	return printable(a.Requirement + " → " + strings.Join(to, ", "))
}

var migrateTexts = map[string]catalogue.Text{
	"sum": {
		"nb": "%d svar er med videre. Å bekrefte: %d. Uten svar: %d.",
		"nn": "%d svar er med vidare. Å stadfeste: %d. Utan svar: %d.",
		"en": "%d answers are carried over. To confirm: %d. Without an answer: %d."},
	"new": {"nb": "Uten svar:", "nn": "Utan svar:", "en": "Without an answer:"},
}
