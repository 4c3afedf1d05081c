package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

func (c command) diff(args []string) (int, error) {
	f := c.flags("diff")
	f.StringVar(&f.lang, "lang", "nb", "language of the texts: nb, nn or en")
	against := f.String("set", "", "the requirement `SET` of both: ID@VERSION or a file; left out: the one that OLD names")
	asJSON := f.Bool("json", false, "print the changes as JSON")
	var draft bool
	f.draft(&draft)
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	if f.NArg() != 2 {
		return unusable, fmt.Errorf("diff: %d files, want two self-declarations: OLD and NEW", f.NArg())
	}
	changes, err := c.changes(f.Arg(0), f.Arg(1), *against, readerOf(draft), f.lang)
	if err != nil {
		return unusable, err
	}
	if changes.Material() {
		return invalid, c.printChanges(changes, f.lang, *asJSON)
	}
	return valid, c.printChanges(changes, f.lang, *asJSON)
}

var errUnfit = errors.New("want self-declarations without mistakes")

func (c command) changes(old, new, against string, read reader, lang string) (approval.Changes, error) {
	set, err := chosenSet(against)
	if err != nil {
		return nil, err
	}
	_, a, set, err := checkedAgainst(old, set, read)
	if err != nil {
		return nil, errors.Join(c.printCheckTo(old, lang, err), errUnfit)
	}
	_, b, _, err := checkedAgainst(new, set, read)
	if err != nil {
		return nil, errors.Join(c.printCheckTo(new, lang, err), errUnfit)
	}
	return approval.Diff(a, b, set)
}

func (c command) printChanges(changes approval.Changes, lang string, asJSON bool) error {
	if asJSON {
		return c.printJSON(struct {
			Material bool             `json:"material"`
			Changes  approval.Changes `json:"changes"`
		}{changes.Material(), changes})
	}
	fmt.Fprintln(c.stdout, in(diffTexts[verdictOf(changes)], lang))
	for _, ch := range changes {
		about := strings.TrimSpace(printable(ch.Pointer) + " " + printable(ch.Requirement))
		fmt.Fprintf(c.stdout, "  %s: %s\n", about, printable(in(ch.Why, lang)))
	}
	return nil
}

func verdictOf(changes approval.Changes) string {
	switch {
	case len(changes) == 0:
		return "none"
	case changes.Material():
		return "material"
	}
	return "editorial"
}

var diffTexts = map[string]catalogue.Text{
	"none": {"nb": "Erklæringene sier det samme.", "nn": "Erklæringane seier det same.", "en": "The declarations say the same."},
	"editorial": {
		"nb": "Bare redaksjonelle endringer. Ny vurdering er ikke nødvendig.",
		"nn": "Berre redaksjonelle endringar. Ny vurdering er ikkje nødvendig.",
		"en": "Editorial changes only. No new assessment is needed."},
	"material": {
		"nb": "Vesentlige endringer. Send erklæringen til ny vurdering.",
		"nn": "Vesentlege endringar. Send erklæringa til ny vurdering.",
		"en": "Material changes. Send the declaration for a new assessment."},
}
