package reporttest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

func progressCases() []testCase {
	return []testCase{
		{"progress goes forward in what is going on", forward},
		{"of progress that waits only the newest stays", withOutbox(newest)},
		{"progress that is handed out stays and comes first", withOutbox(inFlight)},
		{"new progress waits as long as what it replaces", withOutbox(patient)},
		{"progress that was given up goes with the next", withOutbox(deadProgress)},
		{"progress of others stays", withOutbox(others)},
	}
}

func forward(ctx context.Context, st report.Store) error {
	if _, err := st.Append(ctx, progress(1, "r0", 10, noon)); !errors.Is(err, report.ErrNotStarted) {
		return fmt.Errorf("progress first: got error %v, want %v", err, report.ErrNotStarted)
	}
	if err := appended(ctx, st, said(1, "r1", prescription.EventStart, noon), progress(1, "r2", 40, noon)); err != nil {
		return err
	}
	again, err := st.Append(ctx, progress(1, "r3", 40, noon))
	if err := all(err, equal("the same progress again", again, report.Report{})); err != nil {
		return err
	}
	_, back := st.Append(ctx, progress(1, "r4", 39, noon))
	_, much := st.Append(ctx, progress(1, "r5", 101, noon))
	return all(is("progress back", back, report.ErrBackwards), is("progress of 101", much, report.ErrPercent),
		line(ctx, st, subject(1), report.Line{State: prescription.Started, Progress: 40, Sequence: 2, Updated: kept(noon)}))
}

func newest(ctx context.Context, q report.Queue) error {
	err := appended(ctx, q, said(1, "r1", prescription.EventStart, noon))
	for i := range 50 {
		err = all(err, appended(ctx, q, progress(1, fmt.Sprint("p", i+1), i+1, noon.Add(time.Duration(i)*time.Second))))
	}
	at := muchLater
	return all(err, claim(ctx, q, at, 9, "r1"), q.Done(ctx, "r1"), claim(ctx, q, at, 9, "p50"), q.Done(ctx, "p50"),
		claim(ctx, q, at.Add(time.Hour), 9))
}

// inFlight: what is on its way must not be overtaken by what is newer.
func inFlight(ctx context.Context, q report.Queue) error {
	at := noon.Add(time.Hour)
	return all(appended(ctx, q, said(1, "r1", prescription.EventStart, noon)), claim(ctx, q, at, 9, "r1"), q.Done(ctx, "r1"),
		appended(ctx, q, progress(1, "p1", 1, noon)), claim(ctx, q, at, 9, "p1"),
		appended(ctx, q, progress(1, "p2", 2, at.Add(time.Second)), progress(1, "p3", 3, at.Add(2*time.Second))),
		claim(ctx, q, at.Add(3*time.Second), 9), q.Done(ctx, "p1"), claim(ctx, q, at.Add(3*time.Second), 9, "p3"))
}

// patient: a portal that is away is not asked anew with each step of a citizen.
func patient(ctx context.Context, q report.Queue) error {
	at, again := noon.Add(time.Hour), noon.Add(2*time.Hour)
	err := all(appended(ctx, q, said(1, "r1", prescription.EventStart, noon)), claim(ctx, q, at, 9, "r1"), q.Done(ctx, "r1"),
		appended(ctx, q, progress(1, "p1", 1, noon)), claim(ctx, q, at, 9, "p1"), q.Retry(ctx, "p1", again, "timeout"),
		appended(ctx, q, progress(1, "p2", 2, at)), claim(ctx, q, again.Add(-time.Second), 9))
	if err != nil {
		return err
	}
	claimed, err := q.Claim(ctx, again, again.Add(lease), 9)
	if err != nil || len(claimed) != 1 {
		return fmt.Errorf("got %d reports and error %v, want one", len(claimed), err)
	}
	w := claimed[0]
	return all(equal("report", w.Report.ID, "p2"), equal("attempts", w.Attempts, 2), equal("code", w.Code, "timeout"), equal("due", w.Due, kept(again)))
}

func deadProgress(ctx context.Context, q report.Queue) error {
	d, ok := q.(report.DeadLetters)
	if !ok {
		return nil
	}
	at := noon.Add(time.Hour)
	err := all(appended(ctx, q, said(1, "r1", prescription.EventStart, noon)), claim(ctx, q, at, 9, "r1"), q.Done(ctx, "r1"),
		appended(ctx, q, progress(1, "p1", 1, noon)), claim(ctx, q, at, 9, "p1"), q.GiveUp(ctx, "p1", at, "http-404"),
		appended(ctx, q, progress(1, "p2", 2, at)), is("released", d.Release(ctx, "p1", at), report.ErrNoLetter))
	if err != nil {
		return err
	}
	claimed, err := q.Claim(ctx, at, at.Add(lease), 9)
	if err != nil || len(claimed) != 1 {
		return fmt.Errorf("got %d reports and error %v, want one", len(claimed), err)
	}
	return all(equal("attempts", claimed[0].Attempts, 1), equal("code", claimed[0].Code, ""))
}

func others(ctx context.Context, q report.Queue) error {
	at := muchLater
	return all(appended(ctx, q, said(1, "r1", prescription.EventStart, noon), said(2, "s1", prescription.EventStart, noon)),
		claim(ctx, q, at, 9, "r1", "s1"), q.Done(ctx, "r1"), q.Done(ctx, "s1"),
		appended(ctx, q, progress(1, "p1", 1, noon), progress(2, "p2", 1, noon), said(1, "r2", prescription.EventPause, noon),
			said(1, "r3", prescription.EventResume, noon), progress(1, "p3", 2, noon)),
		claim(ctx, q, at, 9, "p2", "r2"), q.Done(ctx, "r2"), claim(ctx, q, at, 9, "r3"), q.Done(ctx, "r3"), claim(ctx, q, at, 9, "p3"))
}
