package prescriptiontest

import (
	"context"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

func reportCases() []testCase {
	return []testCase{
		{"a report that comes again is a duplicate, whatever it would do now", duplicates},
		{"a report with the id of another is refused", reusedReport},
		{"a late report changes nothing and is remembered", lateReports},
		{"report ids are the prescription's own", reportIDs},
		{"a refused report is not remembered", refusedReport},
		{"of sixteen copies of a report at the same time one is done", racingReports},
		{"reports and changes at the same time leave a whole history", mixedRace},
	}
}

// tell applies a report and says what became of it.
func tell(ctx context.Context, st prescription.Store, p prescription.Prescription, e prescription.Event, hour int, id string) (
	prescription.Prescription, prescription.Applied, error) {
	return st.Change(ctx, report(p, e, noon.Add(time.Duration(hour)*time.Hour), id))
}

func duplicates(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	script := []struct {
		event prescription.Event
		id    string
		want  prescription.Applied
	}{
		{prescription.EventStart, "r1", prescription.Changed},
		{prescription.EventPause, "r2", prescription.Changed},
		{prescription.EventResume, "r3", prescription.Changed},
		{prescription.EventPause, "r2", prescription.Duplicate}, // would be allowed
		{prescription.EventStart, "r1", prescription.Duplicate}, // would be late
	}
	for i, s := range script {
		got, applied, err := tell(ctx, st, p, s.event, i+1, s.id)
		if err := all(err, equal(fmt.Sprintf("report %d", i), applied, s.want)); err != nil {
			return err
		}
		if applied != prescription.Changed {
			if err := same("after a duplicate", got, p); err != nil {
				return err
			}
		}
		p = got
	}
	return history(ctx, st, p)
}

// reusedReport: who completes with the id of an earlier report must not be told
// that this has been seen. When it happened may be told otherwise.
func reusedReport(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	p, _, err = tell(ctx, st, p, prescription.EventStart, 1, "r1")
	if err != nil {
		return err
	}
	_, _, reused := tell(ctx, st, p, prescription.EventComplete, 2, "r1")
	_, late, lateErr := tell(ctx, st, p, prescription.EventOpen, 2, "r2")
	_, _, lateReused := tell(ctx, st, p, prescription.EventComplete, 2, "r2")
	_, again, againErr := tell(ctx, st, p, prescription.EventStart, 3, "r1")
	if err := all(is("another event", reused, prescription.ErrReportReused), lateErr, equal("late", late, prescription.Late),
		is("another than the late one", lateReused, prescription.ErrReportReused), againErr, equal("again", again, prescription.Duplicate), history(ctx, st, p)); err != nil {
		return err
	}
	got, applied, err := tell(ctx, st, p, prescription.EventComplete, 3, "r3")
	return all(err, equal("with an id of its own", applied, prescription.Changed), history(ctx, st, got))
}

func lateReports(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	p, _, err = tell(ctx, st, p, prescription.EventComplete, 1, "r1")
	if err != nil {
		return err
	}
	for _, want := range []prescription.Applied{prescription.Late, prescription.Duplicate} {
		got, applied, err := tell(ctx, st, p, prescription.EventFail, 2, "r2")
		if err := all(err, equal("applied", applied, want), same("late", got, p)); err != nil {
			return err
		}
	}
	return history(ctx, st, p)
}

func reportIDs(ctx context.Context, st prescription.Store) error {
	for number := range 2 {
		p, err := created(ctx, st, number)
		if err != nil {
			return err
		}
		got, applied, err := tell(ctx, st, p, prescription.EventStart, 1, "r1")
		if err := all(err, equal("applied", applied, prescription.Changed), history(ctx, st, got)); err != nil {
			return err
		}
	}
	return nil
}

func refusedReport(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	wrong := report(p, prescription.EventStart, noon.Add(time.Hour), "r1")
	wrong.Version = 7
	_, _, refused := st.Change(ctx, wrong)
	_, applied, err := tell(ctx, st, p, prescription.EventStart, 1, "r1")
	return all(is("another version", refused, prescription.ErrConflict{Have: 1, Want: 7}), err,
		equal("the same report again", applied, prescription.Changed))
}

func racingReports(ctx context.Context, st prescription.Store) error {
	for round := range rounds {
		p, err := created(ctx, st, round)
		if err != nil {
			return err
		}
		const n = 16
		applied, errs := make([]prescription.Applied, n), make([]error, n)
		together(n, func(i int) { _, applied[i], errs[i] = tell(ctx, st, p, prescription.EventStart, 1, "r1") })
		count := map[prescription.Applied]int{}
		for i := range n {
			count[applied[i]]++
		}
		want, _, _ := p.Next(report(p, prescription.EventStart, noon.Add(time.Hour), "r1"))
		err = all(all(errs...), equal("changed", count[prescription.Changed], 1), equal("duplicates", count[prescription.Duplicate], n-1),
			history(ctx, st, want))
		if err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
	}
	return nil
}

func mixedRace(ctx context.Context, st prescription.Store) error {
	p, err := created(ctx, st, 1)
	if err != nil {
		return err
	}
	events := []prescription.Event{prescription.EventOpen, prescription.EventStart, prescription.EventPause, prescription.EventResume}
	const n = 16
	errs := make([]error, n)
	together(n, func(i int) { _, _, errs[i] = tell(ctx, st, p, events[i%len(events)], i, fmt.Sprintf("r%d", i)) })
	if err := all(errs...); err != nil {
		return err
	}
	now, err := st.Get(ctx, p.ID)
	if err != nil {
		return err
	}
	return history(ctx, st, now)
}
