// Package sqlplumbing is what stores on database/sql have in common: work that
// is done wholly or not at all, in the host's transaction or in one of its own
// ([Do]), errors that hold no values ([Cut]) and migrations ([Migrations]).
//
// It speaks to SQLite and PostgreSQL through whatever driver the host brings.
package sqlplumbing

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
)

// DBTX is the part of [sql.DB], [sql.Conn] and [sql.Tx] that a store needs.
type DBTX interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// ErrTransactionEnded says that the host's transaction is over: the database
// rolled it back, or the way back to where a refused call began was cut off.
// The host must begin anew.
var ErrTransactionEnded = errors.New("the host's transaction has ended and nothing of it is kept")

// ErrNotDB says that a DBTX is neither a pool nor a connection nor a transaction.
var ErrNotDB = errors.New("want a *sql.DB, *sql.Conn or *sql.Tx, or what embeds one")

type beginner interface {
	BeginTx(ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error)
}

type ender interface {
	Commit() error
	Rollback() error
}

// Do runs work so that all of it is kept, or, if it gives an error or panics,
// nothing. A pool or connection gets a transaction of its own. In the host's
// transaction a savepoint guards the work: after an error the host may go on,
// unless the error wraps [ErrTransactionEnded].
//
// An error because the context has ended says so, see [Because].
func Do(ctx context.Context, db DBTX, work func(DBTX) error) error {
	return Because(ctx, do(ctx, db, work))
}

// Because adds the context's error to what is said when it has ended: that
// the transaction or the connection is gone, or a statement was interrupted.
// Drivers and database/sql often say only that.
func Because(ctx context.Context, err error) error {
	if ctx.Err() != nil && cutOff(err) && !errors.Is(err, ctx.Err()) {
		return errors.Join(ctx.Err(), err)
	}
	return err
}

func cutOff(err error) bool {
	d := databaseError(err)
	return errors.Is(err, sql.ErrTxDone) || errors.Is(err, driver.ErrBadConn) || d != nil && d.interrupted()
}

func do(ctx context.Context, db DBTX, work func(DBTX) error) error {
	switch x := db.(type) {
	case beginner:
		return doAlone(ctx, x, work)
	case ender:
		return doWithin(ctx, db, x, work)
	}
	return ErrNotDB
}

func doAlone(ctx context.Context, db beginner, work func(DBTX) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	if err := work(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func doWithin(ctx context.Context, tx DBTX, host ender, work func(DBTX) error) (err error) {
	if _, err := tx.ExecContext(ctx, "SAVEPOINT verktoy"); err != nil {
		return err
	}
	kept := false
	defer func() {
		if !kept {
			err = goBack(ctx, tx, host, err)
		}
	}()
	if err := work(tx); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "RELEASE SAVEPOINT verktoy")
	kept = err == nil
	return err
}

// goBack undoes the work also when ctx has ended. If that fails, the database
// has rolled back everything (SQLite does when a statement is interrupted), and
// what the host writes next would be kept at once, outside any transaction.
// Therefore the host's transaction is closed.
func goBack(ctx context.Context, tx DBTX, host ender, cause error) error {
	ctx = context.WithoutCancel(ctx)
	_, err := tx.ExecContext(ctx, "ROLLBACK TO SAVEPOINT verktoy")
	if err == nil {
		_, err = tx.ExecContext(ctx, "RELEASE SAVEPOINT verktoy")
	}
	if err != nil {
		_ = host.Rollback()
		return errors.Join(cause, ErrTransactionEnded)
	}
	return cause
}
