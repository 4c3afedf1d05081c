package main

import (
	"context"
	"maps"
	"slices"

	"github.com/verktoykatalog/verktoy/prescription"
)

// stopped shows what goes on with tools that cannot be started any more. Of each
// tool that is one page.
func (e *epr) stopped(ctx context.Context) error {
	var found []prescription.Prescription
	for _, id := range slices.Sorted(maps.Keys(e.known)) {
		if e.known[id].CheckStart(e.now()) == nil {
			continue
		}
		page, err := e.store.ForTool(ctx, tenant, id, e.now(), prescription.Prescription{}, most)
		if err != nil {
			return err
		}
		found = append(found, page...)
	}
	return e.table(ctx, found, func(p prescription.Prescription) (string, error) {
		return p.Patient.Pseudonym + ", " + e.known[p.Tool].CheckStart(e.now()).Error(), nil
	})
}
