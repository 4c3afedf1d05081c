package reportsql

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/internal/sqlplumbing"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

// Claim implements [report.Outbox]. One that comes at the same time as another
// may get fewer reports than are due, and never one that the other got. On
// PostgreSQL it waits for the other one and may then get none, unless the store is
// made with [NewFor].
func (s *Store) Claim(ctx context.Context, now, until time.Time, n int) (claimed []report.Waiting, err error) {
	err = s.do(ctx, func(db sqlplumbing.DBTX) (err error) {
		claimed, err = s.claim(ctx, db, now, until, n)
		if err != nil || len(claimed) >= n {
			return err
		}
		result, err := db.ExecContext(ctx, hastenReports, micros(now), micros(until.Add(report.LongestWait)))
		if err != nil {
			return err
		}
		if hastened, err := result.RowsAffected(); err != nil || hastened == 0 {
			return err
		}
		more, err := s.claim(ctx, db, now, until, n-len(claimed))
		claimed = append(claimed, more...)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(claimed, func(a, b report.Waiting) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Report.ID, b.Report.ID))
	})
	return claimed, nil
}

func (s *Store) claim(ctx context.Context, db sqlplumbing.DBTX, now, until time.Time, n int) ([]report.Waiting, error) {
	query := claimReports
	if s.dialect == PostgreSQL {
		query = claimUnlocked
	}
	rows, err := db.QueryContext(ctx, query, micros(until), micros(now), micros(until.Add(report.LongestWait)), max(n, 0))
	return all(rows, err, scanWaiting)
}

func (s *Store) exec(ctx context.Context, query string, args ...any) error {
	return s.do(ctx, func(db sqlplumbing.DBTX) error {
		_, err := db.ExecContext(ctx, query, args...)
		return err
	})
}

// Done implements [report.Outbox].
func (s *Store) Done(ctx context.Context, id string) error { return s.exec(ctx, deleteReport, id) }

// Retry implements [report.Outbox].
func (s *Store) Retry(ctx context.Context, id string, at time.Time, code string) error {
	return s.exec(ctx, retryReport, micros(at), code, id)
}

// GiveUp implements [report.Outbox].
func (s *Store) GiveUp(ctx context.Context, id string, at time.Time, code string) error {
	return s.exec(ctx, giveUpReport, micros(at), code, id)
}

// Release implements [report.DeadLetters].
func (s *Store) Release(ctx context.Context, id string, at time.Time) error {
	return s.do(ctx, func(db sqlplumbing.DBTX) error {
		var last int64
		err := db.QueryRowContext(ctx, lockLineOf, id).Scan(&last)
		if errors.Is(err, sql.ErrNoRows) {
			return report.ErrNoLetter
		}
		if err != nil {
			return err
		}
		released, err := scanWaiting(db.QueryRowContext(ctx, releaseReport, micros(at), id))
		switch {
		case errors.Is(err, sql.ErrNoRows): // it is not given up
			return report.ErrNoLetter
		case err == nil && released.Report.Outdated(last):
			return report.ErrOutdated // which undoes it
		}
		return err
	})
}

// Dead implements [report.DeadLetters]. It only reads.
func (s *Store) Dead(ctx context.Context, n int) ([]report.Waiting, error) {
	rows, err := s.db.QueryContext(ctx, selectDead, cmp.Or(max(n, 0), prescription.DefaultListed))
	dead, err := all(rows, err, scanWaiting)
	return dead, translate(err)
}
