package reportsql

import (
	"database/sql"
	"time"

	"github.com/verktoykatalog/verktoy/prescription/report"
)

// micros and at turn times into whole microseconds and back; 0 is the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func at(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

type scanner interface{ Scan(dest ...any) error }

// scanLine gives [sql.ErrNoRows] for no row.
func scanLine(row scanner) (l report.Line, err error) {
	var updated int64
	err = row.Scan(&l.State, &l.Progress, &l.Sequence, &updated)
	l.Updated = at(updated)
	return l, err
}

// insertArgs follow the line and columns.
func insertArgs(w report.Waiting) []any {
	r := w.Report
	return []any{r.Subject.Key(), r.ID, r.Sequence, r.Subject.Portal, r.Subject.Task, r.Subject.Launch, r.Subject.Definition,
		string(r.Event), micros(r.At), r.Progress, micros(w.Due), w.Attempts, w.Code, micros(w.Dead)}
}

func scanWaiting(row scanner) (w report.Waiting, err error) {
	var happened, due, dead int64
	r := &w.Report
	err = row.Scan(&r.ID, &r.Sequence, &r.Subject.Portal, &r.Subject.Task, &r.Subject.Launch, &r.Subject.Definition,
		&r.Event, &happened, &r.Progress, &due, &w.Attempts, &w.Code, &dead)
	r.At, w.Due, w.Dead = at(happened), at(due), at(dead)
	return w, err
}

// all reads every row and closes them.
func all[T any](rows *sql.Rows, err error, scan func(scanner) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var found []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		found = append(found, one)
	}
	return found, rows.Err()
}
