// Package launchsql keeps used messages and signing keys in SQLite or
// PostgreSQL through database/sql, for several processes and for restarts.
//
// Most programs need [Migrate] and [CheckSettings] when they start, and then
// [NewReplayStore] for launch.HandlerConfig or [NewKeyStore] for
// launch.KeyRingConfig. Call [ReplayStore.Clean] from time to time, or the table grows.
//
// The caller brings the driver (tested: modernc.org/sqlite, and pgx/v5/stdlib
// for PostgreSQL 15) and a *sql.DB. SQLite must be opened with settings that hold
// for every connection, in the DSN: journal_mode WAL, synchronous FULL, and
// busy_timeout, without which launches at the same time are refused. With
// modernc.org/sqlite that is
//
//	file:/var/lib/tool/tool.db?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)
//
// PostgreSQL must not run with synchronous_commit off for these tables.
// [CheckSettings] looks whether that is so. All processes must ask the same primary
// server: a copy that lags behind, or is made the primary without the last rows, lets
// messages in twice. Let the pool keep as many idle connections as it may have (SetMaxIdleConns;
// database/sql keeps two): to make a new one costs PostgreSQL more than a launch.
//
// Errors hold codes of the database but never its messages. What is not done
// here: encrypting keys (launch.SealKeys does), making copies, and retrying: a
// launch that the store cannot decide is refused.
//
// Before version 1 exported names may still change; changes are listed. A
// migration that was released never changes.
package launchsql
