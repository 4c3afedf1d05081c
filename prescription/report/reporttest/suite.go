// Package reporttest checks whether a store of reports keeps its contract.
//
// Most programs need one function: [TestStore] in a test of their own store, run
// with -race. [CheckStore] does the same without a *testing.T. Both check the
// [report.Store] and, if the same value is one, the [report.Outbox],
// [report.DeadLetters] and [report.Keeper] too.
//
// The caller gives a function that opens a new and empty store each time. What is
// not checked: that data outlives the program, that a host's transaction takes
// the store's writes along, and how fast it is.
//
// Before version 1 exported names may still change, and cases may be added.
package reporttest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/verktoykatalog/verktoy/prescription/report"
)

// testCase is one rule of the contract.
type testCase struct {
	name  string
	check func(ctx context.Context, st report.Store) error
}

func cases() []testCase { return slices.Concat(appendCases(), outboxCases(), progressCases()) }

// TestStore runs every case as a subtest, each on a store of its own that open
// gives.
func TestStore(t *testing.T, open func(t *testing.T) report.Store) {
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
func CheckStore(ctx context.Context, open func() report.Store) error {
	var failed []error
	for _, c := range cases() {
		if err := c.check(ctx, open()); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", c.name, err))
		}
	}
	return errors.Join(failed...)
}
