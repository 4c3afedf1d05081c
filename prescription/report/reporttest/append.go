package reporttest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

func appendCases() []testCase {
	return []testCase{
		{"a subject without reports has a new line", untouched},
		{"a report is given as it was written, in UTC and whole microseconds", written},
		{"what a launch was accepted with is kept whole", wholeNames},
		{"reports of a subject are numbered and move its line", numbered},
		{"what the table does not allow is refused and changes nothing", refused},
		{"what is so already writes nothing", soAlready},
		{"subjects are apart by portal and task, or by launch without a task", apart},
		{"a time before the last report's counts as that", backdated},
		{"an id is used once", usedOnce},
		{"of sixteen completions at the same time one is written", racingEnds},
		{"reports at the same time are numbered without gaps", racingNumbers},
		{"a context that has ended writes nothing", ended},
	}
}

func untouched(ctx context.Context, st report.Store) error {
	return line(ctx, st, subject(1), report.NewLine())
}

func written(ctx context.Context, st report.Store) error {
	r := said(1, "r1", prescription.EventStart, noon)
	got, err := st.Append(ctx, r)
	r.Sequence, r.At = 1, kept(noon)
	return all(err, equal("report", got, r),
		line(ctx, st, subject(1), report.Line{State: prescription.Started, Sequence: 1, Updated: kept(noon)}))
}

// wholeNames: a subject's names are as long, and of such signs, as a launch may have them.
func wholeNames(ctx context.Context, st report.Store) error {
	r := said(1, "r1", prescription.EventStart, kept(noon))
	r.Subject.Launch = strings.Repeat("+", 253) + "=="
	r.Subject.Definition = "https://tool.example.org/søvn?" + strings.Repeat("a", 990) + "#'"
	got, err := st.Append(ctx, r)
	r.Sequence = 1
	return all(err, equal("report", got, r), withOutbox(func(ctx context.Context, q report.Queue) error {
		claimed, err := q.Claim(ctx, muchLater, muchLater.Add(lease), 9)
		if err != nil || len(claimed) != 1 {
			return fmt.Errorf("got %d reports and error %v, want one", len(claimed), err)
		}
		return equal("subject", claimed[0].Report.Subject, r.Subject)
	})(ctx, st))
}

func numbered(ctx context.Context, st report.Store) error {
	later := noon.Add(time.Hour)
	err := appended(ctx, st, said(1, "r1", prescription.EventOpen, noon), said(1, "r2", prescription.EventStart, noon),
		said(1, "r3", prescription.EventPause, noon), said(1, "r4", prescription.EventResume, noon), progress(1, "r5", 40, noon))
	if err != nil {
		return err
	}
	r, err := st.Append(ctx, said(1, "r6", prescription.EventComplete, later))
	return all(err, equal("sequence", r.Sequence, 6),
		line(ctx, st, subject(1), report.Line{State: prescription.Completed, Progress: 40, Sequence: 6, Updated: kept(later)}))
}

func refused(ctx context.Context, st report.Store) error {
	if _, err := st.Append(ctx, said(1, "r1", prescription.EventResume, noon)); !errors.Is(err, prescription.ErrNotPaused) {
		return fmt.Errorf("resumed first: got error %v, want %v", err, prescription.ErrNotPaused)
	}
	if err := all(line(ctx, st, subject(1), report.NewLine()), waiting(ctx, st)); err != nil {
		return err
	}
	if err := appended(ctx, st, said(1, "r2", prescription.EventComplete, noon)); err != nil {
		return err
	}
	for _, e := range report.Events() {
		if _, err := st.Append(ctx, said(1, "r3", e, noon)); !errors.Is(err, prescription.ErrEnded) {
			return fmt.Errorf("%s after the end: got error %v, want %v", e, err, prescription.ErrEnded)
		}
	}
	return all(line(ctx, st, subject(1), report.Line{State: prescription.Completed, Sequence: 1, Updated: kept(noon)}), waiting(ctx, st, "r2"))
}

func soAlready(ctx context.Context, st report.Store) error {
	if err := appended(ctx, st, said(1, "r1", prescription.EventStart, noon)); err != nil {
		return err
	}
	for _, e := range []prescription.Event{prescription.EventOpen, prescription.EventStart, prescription.EventResume} {
		r, err := st.Append(ctx, said(1, "r2", e, noon.Add(time.Hour)))
		if err := all(err, equal(string(e)+" after start", r, report.Report{})); err != nil {
			return err
		}
	}
	return all(line(ctx, st, subject(1), report.Line{State: prescription.Started, Sequence: 1, Updated: kept(noon)}), waiting(ctx, st, "r1"))
}

func apart(ctx context.Context, st report.Store) error {
	one := report.Subject{Portal: "a", Task: "1"}
	subjects := []report.Subject{one, {Portal: "b", Task: "1"}, {Portal: "a", Task: "2"}, {Portal: "a", Launch: "1"}}
	for i, s := range subjects {
		r := report.Report{ID: fmt.Sprint("r", i), Subject: s, Event: prescription.EventComplete, At: noon}
		if err := appended(ctx, st, r); err != nil {
			return err
		}
	}
	one.Launch = "another"
	_, err := st.Append(ctx, report.Report{ID: "r9", Subject: one, Event: prescription.EventComplete, At: noon})
	return all(is("the same task by another launch", err, prescription.ErrEnded), waiting(ctx, st, "r0", "r1", "r2", "r3"))
}

func backdated(ctx context.Context, st report.Store) error {
	if err := appended(ctx, st, said(1, "r1", prescription.EventStart, noon)); err != nil {
		return err
	}
	early := noon.Add(-time.Hour)
	r, err := st.Append(ctx, said(1, "r2", prescription.EventPause, early))
	return all(err, equal("time", r.At, kept(noon)), withOutbox(func(ctx context.Context, q report.Queue) error {
		return all(claim(ctx, q, noon, 9, "r1"), q.Done(ctx, "r1"), claim(ctx, q, early, 9, "r2"))
	})(ctx, st))
}

func usedOnce(ctx context.Context, st report.Store) error {
	if err := appended(ctx, st, said(1, "r1", prescription.EventStart, noon)); err != nil {
		return err
	}
	if _, err := st.Append(ctx, said(2, "r1", prescription.EventStart, noon)); err == nil {
		return errors.New("an id that is in use was taken")
	}
	return all(line(ctx, st, subject(2), report.NewLine()), waiting(ctx, st, "r1"))
}

func racingEnds(ctx context.Context, st report.Store) error {
	const n, rounds = 16, 10
	for round := range rounds {
		errs := make([]error, n)
		together(n, func(i int) {
			_, errs[i] = st.Append(ctx, said(round, fmt.Sprintf("r%d-%d", round, i), prescription.EventComplete, noon))
		})
		done := 0
		for _, err := range errs {
			switch {
			case err == nil:
				done++
			case !errors.Is(err, prescription.ErrEnded):
				return err
			}
		}
		if err := equal("completions that were written", done, 1); err != nil {
			return err
		}
	}
	return nil
}

// racingNumbers: each goroutine goes on from its own progress in steps of n, so
// that at least one of each step is written, whoever is faster.
func racingNumbers(ctx context.Context, st report.Store) error {
	const n, steps = 16, 6
	if err := appended(ctx, st, said(1, "start", prescription.EventStart, noon)); err != nil {
		return err
	}
	got := make([][steps]report.Report, n)
	together(n, func(i int) {
		for k := range steps {
			got[i][k], _ = st.Append(ctx, progress(1, fmt.Sprint("r", i, "-", k), k*n+i+1, noon)) // some are behind and refused
		}
	})
	seen, most := map[int64]bool{1: true}, int64(1)
	for _, reports := range got {
		for _, r := range reports {
			if r.ID != "" && seen[r.Sequence] {
				return fmt.Errorf("sequence %d was given twice", r.Sequence)
			}
			if r.ID != "" {
				seen[r.Sequence], most = true, max(most, r.Sequence)
			}
		}
	}
	l, err := st.Line(ctx, subject(1))
	return all(err, equal("numbers given", int64(len(seen)), most), equal("line's sequence", l.Sequence, most), equal("line's progress", l.Progress, n*steps))
}

func ended(ctx context.Context, st report.Store) error {
	over, cancel := context.WithCancel(ctx)
	cancel()
	_, err := st.Append(over, said(1, "r1", prescription.EventStart, noon))
	return all(is("append", err, context.Canceled), line(ctx, st, subject(1), report.NewLine()), waiting(ctx, st))
}
