package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// readWaivers reads a list of waivers in their form. Whether they can be relied on is seen when they are.
func readWaivers(file string) ([]approval.Waiver, error) {
	if file == "" {
		return nil, nil
	}
	data, err := input(file)
	if err != nil {
		return nil, err
	}
	out, err := approval.ParseWaivers(data)
	if err != nil {
		return nil, fmt.Errorf("-waivers %q: want a JSON list of waivers, each an object with the texts id, tool, requirement, "+
			"justification, by, approvedBy, from and until, and perhaps a list compensating: %w", file, err)
	}
	return out, nil
}

// printUnused says why a waiver was not relied on: a mistake in it should not go unnoticed.
func (c command) printUnused(waivers []approval.Waiver, d *approval.Decision, lang string) {
	for _, w := range waivers {
		if slices.Contains(d.Waivers, approval.WaiverRef{ID: w.ID, SHA256: w.Digest()}) {
			continue
		}
		fmt.Fprintf(c.stderr, in(unusedWaiver, lang)+"\n", printable(w.ID))
		var refused *approval.RefusedError
		if errors.As(w.Check(d.Day), &refused) {
			for _, p := range refused.Problems {
				fmt.Fprintf(c.stderr, "  %s: %s\n", place(problem{Pointer: p.Pointer}), printable(in(p.Text, lang)))
			}
		}
	}
}

var unusedWaiver = catalogue.Text{
	"nb": "Dispensasjonen %s ble ikke brukt. Den må gjelde verktøyet, dagen og et krav som ikke er oppfylt. Den som signerte erklæringen, kan ikke ha gitt den.",
	"nn": "Dispensasjonen %s vart ikkje brukt. Han må gjelde verktøyet, dagen og eit krav som ikkje er oppfylt. Den som signerte erklæringa, kan ikkje ha gitt han.",
	"en": "The waiver %s was not used. It must be for the tool, the day and a requirement that is not met. Whoever signed the declaration cannot have granted it."}
