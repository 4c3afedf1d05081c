package sqlplumbing

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// DatabaseError is what is left of a driver's error: codes. Messages and
// details of drivers quote values, such as the row that breaks a constraint.
type DatabaseError struct {
	state  string // SQLSTATE of PostgreSQL
	code   int    // result code of SQLite
	driver string // type of the driver's error
}

func (e *DatabaseError) Error() string {
	switch {
	case e.state != "":
		return "database error, SQLSTATE " + e.state + e.hint()
	case e.code != 0:
		return fmt.Sprintf("database error, SQLite code %d%s", e.code, e.hint())
	}
	return "database error of type " + e.driver
}

func (e *DatabaseError) hint() string {
	switch {
	case e.state == "42P01" || e.state == "42703" || e.code == 1:
		return " (has the database been migrated?)"
	case e.code == 517: // sqlite.org/rescode.html: SQLITE_BUSY_SNAPSHOT, for which nobody waits
		return " (busy: a transaction that has read and then wants to write; write first, or begin it with BEGIN IMMEDIATE)"
	case e.code&0xff == 5:
		return " (busy: others are writing; open it with busy_timeout in the DSN, such as 5000 ms, and every connection waits)"
	}
	return ""
}

// SQLState is PostgreSQL's code, "" if there is none.
func (e *DatabaseError) SQLState() string { return e.state }

// Busy says that others were in the way and a new try may succeed.
func (e *DatabaseError) Busy() bool {
	primary := e.code & 0xff // sqlite.org/rescode.html, section 2: 5 SQLITE_BUSY, 6 SQLITE_LOCKED
	return primary == 5 || primary == 6 || slices.Contains(busyStates, e.state)
}

// Full says that there is no room on the disk: SQLite's code 13 SQLITE_FULL,
// PostgreSQL's disk_full.
func (e *DatabaseError) Full() bool { return e.code&0xff == 13 || e.state == "53100" }

// interrupted is SQLite's code 9 SQLITE_INTERRUPT, PostgreSQL's query_canceled.
func (e *DatabaseError) interrupted() bool { return e.code&0xff == 9 || e.state == "57014" }

// busyStates are serialization_failure, deadlock_detected and
// lock_not_available (PostgreSQL, appendix A).
var busyStates = []string{"40001", "40P01", "55P03"}

// plain are errors that hold no values and that callers ask for.
var plain = []error{context.Canceled, context.DeadlineExceeded, sql.ErrTxDone, sql.ErrConnDone, driver.ErrBadConn,
	ErrTransactionEnded, ErrNotDB, ErrNoPool}

// Cut turns what a driver or database/sql says into an error without values.
// Those that callers ask for with errors.Is stay findable. Nil stays nil.
func Cut(err error) error {
	if err == nil {
		return nil
	}
	var kept []error
	for _, p := range plain {
		if errors.Is(err, p) {
			kept = append(kept, p)
		}
	}
	if d := databaseError(err); d != nil {
		kept = append(kept, d)
	}
	if len(kept) == 0 {
		kept = append(kept, &DatabaseError{driver: fmt.Sprintf("%T", innermost(err))})
	}
	return joined(kept)
}

func databaseError(err error) *DatabaseError {
	var done *DatabaseError
	var state interface{ SQLState() string }
	var code interface{ Code() int }
	switch {
	case errors.As(err, &done):
		return done
	case errors.As(err, &state):
		return &DatabaseError{state: clean(state.SQLState())}
	case errors.As(err, &code):
		return &DatabaseError{code: code.Code()}
	}
	return nil
}

func innermost(err error) error {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err
}

// clean keeps a SQLSTATE only if it has the form of one.
func clean(state string) string {
	if len(state) != 5 || strings.Trim(state, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "unknown"
	}
	return state
}

// several is errors.Join in one line.
type several []error

func (s several) Error() string {
	parts := make([]string, len(s))
	for i, err := range s {
		parts[i] = err.Error()
	}
	return strings.Join(parts, "; ")
}

func (s several) Unwrap() []error { return s }

func joined(errs []error) error {
	if len(errs) == 1 {
		return errs[0]
	}
	return several(errs)
}
