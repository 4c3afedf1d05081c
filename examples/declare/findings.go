package main

import (
	"fmt"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// readFindings reads a list of findings in their form. Whether they count is seen when they are used.
func readFindings(file string) ([]approval.Finding, error) {
	if file == "" {
		return nil, nil
	}
	data, err := input(file)
	if err != nil {
		return nil, err
	}
	out, err := approval.ParseFindings(data)
	if err != nil {
		return nil, fmt.Errorf("-findings %q: want a JSON list of findings, each an object with the texts id, note and day, declaration "+
			"(id, sha256), by (id, name, role), and either evidence, sha256 and level or fact and value: %w", file, err)
	}
	return out, nil
}

// printFindingsNotUsed says why a finding did not count: that should not go unnoticed.
func (c command) printFindingsNotUsed(d *approval.Decision, lang string) {
	for _, f := range d.FindingsNotUsed {
		fmt.Fprintf(c.stderr, in(unusedFinding, lang)+"\n", printable(f.ID), printable(in(f.Text, lang)))
	}
}

var unusedFinding = catalogue.Text{"nb": "Funn %s: %s", "nn": "Funn %s: %s", "en": "Finding %s: %s"}
