package reporttest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
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

// noon has microseconds and another zone on purpose.
var noon = time.Date(2026, 11, 1, 12, 0, 0, 123_456_789, time.FixedZone("", 3600))

// kept is what a store keeps of a time.
func kept(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

func subject(n int) report.Subject {
	return report.Subject{Portal: "portal", Task: fmt.Sprintf("Task/%d", n), Launch: "launch-1", Definition: "https://tool.example.org/d|2"}
}

// said is a report to be appended.
func said(n int, id string, e prescription.Event, at time.Time) report.Report {
	return report.Report{ID: id, Subject: subject(n), Event: e, At: at}
}

func progress(n int, id string, percent int, at time.Time) report.Report {
	r := said(n, id, report.EventProgress, at)
	r.Progress = percent
	return r
}

// appended appends reports of which each must be written.
func appended(ctx context.Context, st report.Store, reports ...report.Report) error {
	for _, r := range reports {
		got, err := st.Append(ctx, r)
		if err := all(err, equal("written report's id", got.ID, r.ID)); err != nil {
			return err
		}
	}
	return nil
}

// line wants a subject's line to be this.
func line(ctx context.Context, st report.Store, s report.Subject, want report.Line) error {
	got, err := st.Line(ctx, s)
	return all(err, equal("line", got, want))
}
