package reportsql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/verktoykatalog/verktoy/internal/sqlplumbing"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/report"
)

// DBTX is the part of [sql.DB], [sql.Conn] and [sql.Tx] that a store needs.
type DBTX interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// ErrTransactionEnded says that the host's transaction is over, for instance
// because the context ended in the middle of a statement. Nothing of it is kept;
// roll it back and begin a new one.
var ErrTransactionEnded = sqlplumbing.ErrTransactionEnded

// Store is a [report.Queue] with [report.DeadLetters] and [report.Keeper]. Make
// one with [New] or [NewFor].
type Store struct {
	db      DBTX
	dialect Dialect // empty if it is not known
}

var (
	_ report.Queue       = (*Store)(nil)
	_ report.DeadLetters = (*Store)(nil)
	_ report.Keeper      = (*Store)(nil)
)

// New makes a store on a migrated database, of either engine.
//
// On a *sql.DB or *sql.Conn each call is a transaction of its own. On a *sql.Tx
// each call is part of the host's transaction and kept when the host commits; a
// savepoint guards it, so that a call that gives an error leaves nothing behind
// and the host may go on, unless the error is [ErrTransactionEnded]. Types that
// embed one of the three are treated like it; any other is refused by the calls
// that write. Making a store costs nothing: make one for each transaction.
func New(db DBTX) *Store { return &Store{db: db} }

// NewFor is [New] for hosts that say which engine the database is: where several
// drain the same database on PostgreSQL, claims pass by what others are claiming,
// so that all have work. For any other Dialect the store is that of New.
func NewFor(d Dialect, db DBTX) *Store { return &Store{db: db, dialect: d} }

// do runs work wholly or not at all and keeps values out of its error.
func (s *Store) do(ctx context.Context, work func(sqlplumbing.DBTX) error) error {
	return translate(sqlplumbing.Do(ctx, s.db, work))
}

// translate keeps errors of the domain as they are and cuts all others.
func translate(err error) error {
	if err == nil || ofDomain(err) && !errors.Is(err, ErrTransactionEnded) {
		return err
	}
	cut := sqlplumbing.Cut(err)
	var database *sqlplumbing.DatabaseError
	if errors.As(cut, &database) && database.Busy() {
		return fmt.Errorf("%w: %w", report.ErrBusy, cut)
	}
	return fmt.Errorf("reportsql: %w", cut)
}

func ofDomain(err error) bool {
	for _, known := range []error{prescription.ErrNotAllowed{}, prescription.ErrEnded, report.ErrNotStarted, report.ErrBackwards,
		report.ErrPercent, report.ErrNoLetter, report.ErrOutdated} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// Append implements [report.Store].
func (s *Store) Append(ctx context.Context, r report.Report) (written report.Report, err error) {
	err = s.do(ctx, func(db sqlplumbing.DBTX) (err error) {
		written, err = add(ctx, db, r)
		return err
	})
	if err != nil {
		return report.Report{}, err
	}
	return written, nil
}

func add(ctx context.Context, db sqlplumbing.DBTX, r report.Report) (report.Report, error) {
	key := r.Subject.Key()
	before, err := scanLine(db.QueryRowContext(ctx, lockLine, key, string(report.NewLine().State)))
	if err != nil {
		return report.Report{}, err
	}
	now := r.At
	after, r, err := before.Next(r)
	if err != nil || r.ID == "" {
		return report.Report{}, err
	}
	w := report.Waiting{Report: r, Due: now}
	if r.Event == report.EventProgress {
		if w, err = collapse(ctx, db, w); err != nil {
			return report.Report{}, err
		}
	}
	ended := 0
	if after.State.Ended() {
		ended = 1
	}
	_, err = db.ExecContext(ctx, updateLine, string(after.State), after.Progress, after.Sequence, micros(after.Updated), ended, key)
	if err == nil {
		_, err = db.ExecContext(ctx, insertReport, insertArgs(w)...)
	}
	return r, err
}

// collapse removes progress that waits, and gives the new one its place.
func collapse(ctx context.Context, db sqlplumbing.DBTX, w report.Waiting) (report.Waiting, error) {
	rows, err := db.QueryContext(ctx, collapseProgress, w.Report.Subject.Key(), micros(w.Due))
	older, err := all(rows, err, scanWaiting)
	for _, o := range older {
		w = w.Replace(o)
	}
	return w, err
}

// Line implements [report.Store]. It only reads: see the package comment for what
// that means in a transaction on SQLite.
func (s *Store) Line(ctx context.Context, of report.Subject) (report.Line, error) {
	l, err := scanLine(s.db.QueryRowContext(ctx, selectLine, of.Key()))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return report.NewLine(), nil
	case err != nil:
		return report.Line{}, translate(err)
	}
	return l, nil
}

// ForgetEnded implements [report.Keeper].
func (s *Store) ForgetEnded(ctx context.Context, before time.Time, n int) (forgotten int, err error) {
	err = s.do(ctx, func(db sqlplumbing.DBTX) error {
		result, err := db.ExecContext(ctx, forgetEnded, micros(before), max(n, 0))
		if err != nil {
			return err
		}
		rows, err := result.RowsAffected()
		forgotten = int(rows)
		return err
	})
	return forgotten, err
}
