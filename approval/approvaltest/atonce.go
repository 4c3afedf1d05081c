package approvaltest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/verktoykatalog/verktoy/approval"
)

const rounds, callers = 200, 8

// together starts n goroutines at the same moment: they spin until all are there.
func together(n int, do func(i int)) {
	var ready atomic.Int64
	var done sync.WaitGroup
	for i := range n {
		done.Go(func() {
			for ready.Add(1); ready.Load() < int64(n); {
				runtime.Gosched()
			}
			do(i)
		})
	}
	done.Wait()
}

// racing lets callers write the next entry of one case, each with content of
// its own, round after round: one is stored, the others have a conflict.
func racing(ctx context.Context, l approval.Ledger) error {
	var want []approval.Entry
	for round := range rounds {
		won, err := race(ctx, l, round+1)
		if err != nil {
			return fmt.Errorf("round %d: %w", round+1, err)
		}
		want = append(want, won)
	}
	return holds(ctx, l, "case-1", want)
}

func race(ctx context.Context, l approval.Ledger, seq int) (approval.Entry, error) {
	stored, errs := make([]approval.Entry, callers), make([]error, callers)
	together(callers, func(i int) {
		e := sample("case-1", seq)
		e.Content = approval.DigestOf([]byte(fmt.Sprint(seq, "/", i)))
		stored[i], errs[i] = l.Append(ctx, e)
	})
	winner := -1
	for i, err := range errs {
		switch {
		case err != nil && !errors.Is(err, approval.ErrConflict):
			return approval.Entry{}, err
		case err == nil && winner >= 0:
			return approval.Entry{}, errors.New("two entries with one number were stored")
		case err == nil:
			winner = i
		}
	}
	if winner < 0 {
		return approval.Entry{}, errors.New("no entry was stored")
	}
	return stored[winner], nil
}

// growing lets each caller write a case of its own while the others do and somebody reads.
func growing(ctx context.Context, l approval.Ledger) error {
	want, errs := make([][]approval.Entry, callers), make([]error, callers+1)
	together(callers+1, func(i int) {
		if i == callers {
			errs[i] = reading(ctx, l)
			return
		}
		want[i], errs[i] = appended(ctx, l, fmt.Sprint("case-", i), 50)
	})
	for i := range want {
		errs = append(errs, holds(ctx, l, fmt.Sprint("case-", i), want[i]))
	}
	return errors.Join(errs...)
}

// reading wants what is there at any moment to be whole.
func reading(ctx context.Context, l approval.Ledger) error {
	for i := range 200 {
		entries, err := l.Entries(ctx, fmt.Sprint("case-", i%callers))
		if err == nil && len(entries) > 0 {
			err = approval.VerifyLedger(entries)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
