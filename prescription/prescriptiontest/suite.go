// Package prescriptiontest checks whether a store of prescriptions keeps its
// contract, and simulates the API that prescriptions are delivered to.
//
// For stores, most programs need one function: [TestStore] in a test of their own
// store, run with -race. [CheckStore] does the same without a *testing.T. Both
// check the [prescription.Store] and, if the same value is one, the
// [prescription.Outbox], [prescription.DeadLetters], [prescription.Lister],
// [prescription.Notebook], [prescription.Eraser], [prescription.Historian] and
// [prescription.Auditor] too. For tests and demonstrations of delivery,
// [NewTaskAPI] is Helsenorge's task API in one process.
//
// The caller gives a function that opens a new and empty store each time. What
// is not checked: that data outlives the program, that a host's transaction
// takes the store's writes along, and how fast it is.
//
// Before version 1 exported names may still change, and cases may be added.
package prescriptiontest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/verktoykatalog/verktoy/prescription"
)

// testCase is one rule of the contract.
type testCase struct {
	name  string
	check func(ctx context.Context, st prescription.Store) error
}

func cases() []testCase {
	return slices.Concat(createCases(), changeCases(), reportCases(), outboxCases(), listCases())
}

// TestStore runs every case as a subtest, each on a store of its own that open
// gives.
func TestStore(t *testing.T, open func(t *testing.T) prescription.Store) {
	t.Helper()
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			if err := c.check(t.Context(), open(t)); err != nil {
				t.Error(err)
			}
		})
	}
}

// CheckStore runs every case, each on a store of its own that open gives. The
// error joins one for each case that failed, beginning with the case's name.
func CheckStore(ctx context.Context, open func() prescription.Store) error {
	var failed []error
	for _, c := range cases() {
		if err := c.check(ctx, open()); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", c.name, err))
		}
	}
	return errors.Join(failed...)
}
