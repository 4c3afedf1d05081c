package reporttest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

func outboxCases() []testCase {
	return []testCase{
		{"a report is handed out as it was written, and not before it is due", withOutbox(due)},
		{"a report that is handed out is nobody else's until the lease ends", withOutbox(leases)},
		{"a report that did not come back has been tried", withOutbox(lost)},
		{"reports of a subject come in order", withOutbox(order)},
		{"a report that is done never comes again", withOutbox(done)},
		{"a report to be retried comes at its time with its code", withOutbox(retry)},
		{"a report that is given up is not handed out and holds up nobody", withOutbox(givenUp)},
		{"a dead letter that was overtaken is not released", withOutbox(outdated)},
		{"what a clock that was wrong has put off is due", withOutbox(putOff)},
		{"claims at the same time never share a report", withOutbox(racingClaims)},
		{"what has ended and does not wait can be forgotten", withOutbox(forgotten)},
	}
}

// withOutbox passes a store that has no outbox.
func withOutbox(check func(context.Context, report.Queue) error) func(context.Context, report.Store) error {
	return func(ctx context.Context, st report.Store) error {
		if q, ok := st.(report.Queue); ok {
			return check(ctx, q)
		}
		return nil
	}
}

var (
	muchLater = noon.Add(1000 * time.Hour)
	lease     = time.Minute
)

// waiting wants exactly the first reports of each subject that waits to be
// these. It leaves them handed out.
func waiting(ctx context.Context, st report.Store, want ...string) error {
	return withOutbox(func(ctx context.Context, q report.Queue) error { return claim(ctx, q, muchLater, 1000, want...) })(ctx, st)
}

// claim wants exactly these reports, in this order.
func claim(ctx context.Context, q report.Queue, now time.Time, n int, want ...string) error {
	claimed, err := q.Claim(ctx, now, now.Add(lease), n)
	got := make([]string, len(claimed))
	for i, w := range claimed {
		got[i] = w.Report.ID
	}
	return all(err, equal("claimed", fmt.Sprint(got), fmt.Sprint(want)))
}

// filled stores a report of each of n subjects; the first is due last.
func filled(ctx context.Context, q report.Queue, n int) error {
	for i := range n {
		if err := appended(ctx, q, said(i, fmt.Sprint("r", i), prescription.EventStart, noon.Add(time.Duration(n-i)*time.Minute))); err != nil {
			return err
		}
	}
	return nil
}

func due(ctx context.Context, q report.Queue) error {
	if err := filled(ctx, q, 3); err != nil {
		return err
	}
	at := kept(noon.Add(time.Minute))
	if err := all(claim(ctx, q, at.Add(-time.Microsecond), 10), claim(ctx, q, muchLater, 0)); err != nil {
		return err
	}
	claimed, err := q.Claim(ctx, at, at.Add(lease), 10)
	if err != nil || len(claimed) != 1 {
		return fmt.Errorf("got %d reports and error %v, want the one that is due", len(claimed), err)
	}
	want := report.Waiting{Report: said(2, "r2", prescription.EventStart, at), Due: at, Attempts: 1}
	want.Report.Sequence = 1
	return all(equal("report", claimed[0], want), claim(ctx, q, muchLater, 10, "r2", "r1", "r0"))
}

func leases(ctx context.Context, q report.Queue) error {
	at := muchLater
	return all(filled(ctx, q, 3), claim(ctx, q, at, 2, "r2", "r1"), claim(ctx, q, at, 2, "r0"),
		claim(ctx, q, at.Add(lease-time.Millisecond), 9), claim(ctx, q, at.Add(lease), 9, "r2", "r1", "r0"))
}

// lost: a report whose program ended is known by its attempts.
func lost(ctx context.Context, q report.Queue) error {
	if err := all(filled(ctx, q, 1), claim(ctx, q, muchLater, 9, "r0")); err != nil {
		return err
	}
	claimed, err := q.Claim(ctx, muchLater.Add(lease), muchLater.Add(2*lease), 9)
	if err != nil || len(claimed) != 1 {
		return fmt.Errorf("got %d reports and error %v, want the one whose lease ended", len(claimed), err)
	}
	return equal("attempts", claimed[0].Attempts, 2)
}

func order(ctx context.Context, q report.Queue) error {
	at := muchLater
	return all(appended(ctx, q, said(1, "z", prescription.EventStart, noon), said(1, "a", prescription.EventComplete, noon)),
		claim(ctx, q, at, 9, "z"), claim(ctx, q, at, 9), q.Retry(ctx, "z", at.Add(time.Hour), "timeout"),
		claim(ctx, q, at, 9), claim(ctx, q, at.Add(time.Hour), 9, "z"), q.Done(ctx, "z"), claim(ctx, q, at, 9, "a"))
}

func done(ctx context.Context, q report.Queue) error {
	return all(filled(ctx, q, 1), claim(ctx, q, muchLater, 9, "r0"), q.Done(ctx, "r0"), q.Done(ctx, "r0"), q.Done(ctx, "unknown"),
		q.Retry(ctx, "r0", noon, "timeout"), q.Retry(ctx, "unknown", noon, "timeout"), claim(ctx, q, muchLater.Add(time.Hour), 9),
		line(ctx, q, subject(0), report.Line{State: prescription.Started, Sequence: 1, Updated: kept(noon.Add(time.Minute))}))
}

func retry(ctx context.Context, q report.Queue) error {
	again := muchLater.Add(time.Second)
	err := all(filled(ctx, q, 1), claim(ctx, q, muchLater, 9, "r0"), q.Retry(ctx, "r0", again, "timeout"), claim(ctx, q, muchLater, 9))
	if err != nil {
		return err
	}
	claimed, err := q.Claim(ctx, again, again.Add(lease), 9)
	if err != nil || len(claimed) != 1 {
		return fmt.Errorf("got %d reports and error %v, want one", len(claimed), err)
	}
	w := claimed[0]
	return all(equal("code", w.Code, "timeout"), equal("attempts", w.Attempts, 2), equal("due", w.Due, kept(again)))
}

// putOff: one report waits for its time and one for the end of a lease, which only
// a clock that was years ahead can have set; two others wait for long enough.
func putOff(ctx context.Context, q report.Queue) error {
	at, ahead := muchLater, muchLater.AddDate(4, 0, 0)
	longest := at.Add(lease).Add(report.LongestWait)
	return all(filled(ctx, q, 4), claim(ctx, q, at, 2, "r3", "r2"), q.Retry(ctx, "r3", ahead, "timeout"), q.Retry(ctx, "r2", longest, "timeout"),
		leasedUntil(ctx, q, at, longest, "r1"), leasedUntil(ctx, q, at, ahead, "r0"),
		claim(ctx, q, at, 9, "r0", "r3"), claim(ctx, q, at, 9), claim(ctx, q, longest, 9, "r1", "r0", "r3", "r2"))
}

// leasedUntil hands out the report that is to be next, until a time.
func leasedUntil(ctx context.Context, q report.Queue, now, until time.Time, want string) error {
	claimed, err := q.Claim(ctx, now, until, 1)
	if err != nil || len(claimed) != 1 {
		return fmt.Errorf("got %d reports and error %v, want one", len(claimed), err)
	}
	return equal("handed out", claimed[0].Report.ID, want)
}

func givenUp(ctx context.Context, q report.Queue) error {
	err := all(appended(ctx, q, said(1, "r1", prescription.EventStart, noon), said(1, "r2", prescription.EventComplete, noon)),
		claim(ctx, q, muchLater, 9, "r1"), q.GiveUp(ctx, "r1", muchLater, "http-404"), q.GiveUp(ctx, "unknown", muchLater, "http-404"),
		claim(ctx, q, muchLater.Add(2*lease), 9, "r2"), q.Done(ctx, "r2"), claim(ctx, q, muchLater.Add(4*lease), 9))
	d, ok := q.(report.DeadLetters)
	if err != nil || !ok {
		return err
	}
	dead, err := d.Dead(ctx, 0) // a page
	if err != nil || len(dead) != 1 {
		return fmt.Errorf("got %d dead letters and error %v, want the one that was given up", len(dead), err)
	}
	at := muchLater.Add(time.Hour)
	return all(equal("dead letter", dead[0].Report.ID, "r1"), equal("code", dead[0].Code, "http-404"), equal("dead", dead[0].Dead, kept(muchLater)),
		is("released unknown", d.Release(ctx, "unknown", at), report.ErrNoLetter), claim(ctx, q, at, 9),
		d.Release(ctx, "r1", at), is("released twice", d.Release(ctx, "r1", at), report.ErrNoLetter), releasedAnew(ctx, q, at, "r1"))
}

func releasedAnew(ctx context.Context, q report.Queue, at time.Time, id string) error {
	claimed, err := q.Claim(ctx, at, at.Add(lease), 9)
	if err != nil || len(claimed) != 1 {
		return fmt.Errorf("got %d reports and error %v, want the one that was released", len(claimed), err)
	}
	return all(equal("released", claimed[0].Report.ID, id), equal("attempts", claimed[0].Attempts, 1))
}

// outdated: a pause that comes after the resumption would pause for ever.
func outdated(ctx context.Context, q report.Queue) error {
	d, ok := q.(report.DeadLetters)
	if !ok {
		return nil
	}
	return all(appended(ctx, q, said(1, "r1", prescription.EventPause, noon)), claim(ctx, q, muchLater, 9, "r1"),
		q.GiveUp(ctx, "r1", muchLater, "http-404"), appended(ctx, q, said(1, "r2", prescription.EventResume, noon)),
		is("overtaken", d.Release(ctx, "r1", muchLater), report.ErrOutdated),
		claim(ctx, q, muchLater, 9, "r2"), q.GiveUp(ctx, "r2", muchLater, "http-404"),
		d.Release(ctx, "r2", muchLater), claim(ctx, q, muchLater, 9, "r2"),
		q.Done(ctx, "r1"), is("forgotten", d.Release(ctx, "r1", muchLater), report.ErrNoLetter))
}

func racingClaims(ctx context.Context, q report.Queue) error {
	const reports, n = 20, 8
	if err := filled(ctx, q, reports); err != nil {
		return err
	}
	got, errs := make([][]report.Waiting, n), make([]error, n)
	together(n, func(i int) { got[i], errs[i] = q.Claim(ctx, muchLater, muchLater.Add(lease), 5) })
	rest, err := q.Claim(ctx, muchLater, muchLater.Add(lease), 1000)
	if err := errors.Join(append(errs, err)...); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, claimed := range append(got, rest) {
		for _, w := range claimed {
			if seen[w.Report.ID] {
				return fmt.Errorf("report %s was handed out twice", w.Report.ID)
			}
			seen[w.Report.ID] = true
		}
	}
	return equal("reports handed out", len(seen), reports)
}

// forgotten passes a store that keeps everything.
func forgotten(ctx context.Context, q report.Queue) error {
	k, ok := q.(report.Keeper)
	if !ok {
		return nil
	}
	err := appended(ctx, q, said(1, "r1", prescription.EventStart, noon), said(2, "r2", prescription.EventComplete, noon),
		said(3, "r3", prescription.EventFail, noon), said(4, "r4", prescription.EventFail, noon))
	forget := func(before time.Time, n, want int) error {
		got, err := k.ForgetEnded(ctx, before, n)
		return all(err, equal("forgotten", got, want))
	}
	return all(err, forget(muchLater, 9, 0), q.Done(ctx, "r1"), q.Done(ctx, "r2"), q.Done(ctx, "r3"), q.GiveUp(ctx, "r4", noon, "x"),
		forget(noon, 9, 0), forget(muchLater, 1, 1), forget(muchLater, 9, 1), forget(muchLater, 9, 0),
		line(ctx, q, subject(2), report.NewLine()), line(ctx, q, subject(3), report.NewLine()),
		line(ctx, q, subject(1), report.Line{State: prescription.Started, Sequence: 1, Updated: kept(noon)}))
}
