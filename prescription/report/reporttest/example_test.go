package reporttest_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/verktoykatalog/verktoy/prescription/report"
	"github.com/verktoykatalog/verktoy/prescription/report/reporttest"
)

// forgetful is a store that does not know how far reports have come.
type forgetful struct{ *report.Memory }

func (forgetful) Line(context.Context, report.Subject) (report.Line, error) {
	return report.NewLine(), nil
}

// Who writes a store runs the contract on it. In a test it is TestStore, with
// -race.
func ExampleCheckStore() {
	ctx := context.Background()
	fmt.Println(reporttest.CheckStore(ctx, func() report.Store { return report.NewMemory() }))

	err := reporttest.CheckStore(ctx, func() report.Store { return forgetful{report.NewMemory()} })
	first, _, _ := strings.Cut(err.Error(), "\n")
	fmt.Println(first)
	// Output:
	// <nil>
	// a report is given as it was written, in UTC and whole microseconds: line: got {delivered 0 0 0001-01-01 00:00:00 +0000 UTC}, want {started 0 1 2026-11-01 11:00:00.123456 +0000 UTC}
}
