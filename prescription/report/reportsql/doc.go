// Package reportsql keeps a tool's reports in SQLite or PostgreSQL, in the
// transaction in which the tool stores what it reports.
//
// Most programs need two functions: [Migrate] when the program starts, and [New]
// to make a store on a pool or on a transaction of the tool's own. Programs of
// which several drain one PostgreSQL database take [NewFor] instead.
//
//	tx, err := db.BeginTx(ctx, nil)
//	…                                                      // the tool's own rows
//	_, err = reporter.Completed(ctx, reportsql.New(tx), subject)
//	err = tx.Commit()                                      // all or nothing
//
// The caller brings the driver (modernc.org/sqlite, pgx/v5/stdlib) and decides
// when to commit. SQLite must be opened with settings that hold for every
// connection, in the DSN: journal_mode WAL, synchronous FULL, and busy_timeout.
// With modernc.org/sqlite that is
//
//	file:/var/lib/tool/tool.db?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)
//
// PostgreSQL must not run with synchronous_commit off. [CheckSettings] looks whether
// that is so. In a transaction on SQLite write before you read, or begin it with BEGIN
// IMMEDIATE. All calls that change something write first. After [report.ErrBusy]
// do the whole transaction again.
//
// Errors hold codes of the database but never its messages, because those quote
// values. What is not done here: encrypting, and making copies.
//
// Before version 1 exported names may still change; changes are listed. A
// migration that was released never changes.
package reportsql
