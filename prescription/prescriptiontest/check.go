package prescriptiontest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/verktoykatalog/verktoy/prescription"
)

// all gives the first error of several checks.
func all(checks ...error) error {
	for _, err := range checks {
		if err != nil {
			return err
		}
	}
	return nil
}

func equal[T comparable](what string, got, want T) error {
	if got != want {
		return fmt.Errorf("%s: got %v, want %v", what, got, want)
	}
	return nil
}

func is(what string, err, want error) error {
	if !errors.Is(err, want) {
		return fmt.Errorf("%s: got error %v, want %v", what, err, want)
	}
	return nil
}

// same compares all but the identity number with ==, and that with Equal.
func same(what string, got, want prescription.Prescription) error {
	if !got.Patient.NationalID.Equal(want.Patient.NationalID) {
		return fmt.Errorf("%s: the identity number is another", what)
	}
	got.Patient.NationalID = want.Patient.NationalID
	return equal(what, got, want)
}

// together starts n goroutines at the same moment: they spin until all are there.
func together(n int, do func(i int)) {
	var ready atomic.Int64
	var done sync.WaitGroup
	for i := range n {
		done.Go(func() {
			ready.Add(1)
			for ready.Load() < int64(n) {
				runtime.Gosched()
			}
			do(i)
		})
	}
	done.Wait()
}

// history checks that the stored prescription is want and that its audit trail
// is whole and ends with it.
func history(ctx context.Context, st prescription.Store, want prescription.Prescription) error {
	got, err := st.Get(ctx, want.ID)
	if err != nil {
		return fmt.Errorf("method Get: %w", err)
	}
	entries, err := st.Audit(ctx, want.ID)
	if err != nil {
		return fmt.Errorf("method Audit: %w", err)
	}
	return all(same("stored prescription", got, want), got.CheckAudit(entries))
}
