// Package approvaltest checks whether a ledger of approval cases keeps its
// contract.
//
// Most programs need one function: [TestLedger] in a test of their own ledger,
// run with -race. [CheckLedger] does the same without a *testing.T. The caller
// gives a function that opens a new and empty ledger each time.
//
// What is not checked: that entries outlive the program, that a host's
// transaction takes them along, and how fast it is.
//
// Before version 1 exported names may still change, and cases may be added.
package approvaltest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/verktoykatalog/verktoy/approval"
)

// testCase is one rule of the contract.
type testCase struct {
	name  string
	check func(ctx context.Context, l approval.Ledger) error
}

func ledgerCases() []testCase {
	return []testCase{
		{"entries come back in order, linked and whole", order},
		{"what Append gives is what is kept", given},
		{"a case without entries has none", unknown},
		{"cases have chains of their own", apart},
		{"ids are compared byte for byte", alike},
		{"a wrong number is a conflict and writes nothing", conflict},
		{"what does not go on from the last entry is refused and writes nothing", refused},
		{"texts and identity numbers are refused and write nothing", codesOnly},
		{"what the caller does with an answer changes nothing", copies},
		{"a context that has ended writes nothing", ended},
		{"of eight entries at one number exactly one is stored", racing},
		{"cases grow at the same time and stay whole", growing},
	}
}

// TestLedger runs every case as a subtest, each on a ledger of its own that open gives.
func TestLedger(t *testing.T, open func(t *testing.T) approval.Ledger) {
	t.Helper()
	for _, c := range ledgerCases() {
		t.Run(c.name, func(t *testing.T) {
			if err := c.check(t.Context(), open(t)); err != nil {
				t.Error(err)
			}
		})
	}
}

// CheckLedger runs every case, each on a ledger of its own that open gives. The
// error joins one for each case that failed, beginning with the case's name.
func CheckLedger(ctx context.Context, open func() approval.Ledger) error {
	var failed []error
	for _, c := range ledgerCases() {
		if err := c.check(ctx, open()); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", c.name, err))
		}
	}
	return errors.Join(failed...)
}
