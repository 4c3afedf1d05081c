// Package prescriptionsql keeps prescriptions, their audit trail, and the
// outbox in SQLite or PostgreSQL through database/sql.
//
// Most programs need three functions: [Migrate] and [NewFor] when they start,
// and, to prescribe together with what they write themselves, [Store.In] with
// their *sql.Tx: prescription, audit entry and outbox message are then kept or
// rolled back with the host's own rows.
//
// The caller brings the driver (tested: modernc.org/sqlite, and pgx/v5/stdlib
// for PostgreSQL 15) and decides when to commit. SQLite must be opened with
// settings that hold for every connection, in the DSN: journal_mode WAL,
// synchronous FULL, foreign_keys, secure_delete, and busy_timeout. With
// modernc.org/sqlite that is
//
//	file:/var/lib/epr/epr.db?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)
//
// PostgreSQL must not run with synchronous_commit off, and wants lock_timeout if
// nobody shall wait for long. [CheckSettings] looks whether that is so. Let the pool keep as many idle
// connections as it may have (SetMaxIdleConns; database/sql keeps two): to make a
// new one costs PostgreSQL more than to prescribe. In a transaction on SQLite write before
// you read, or begin it with BEGIN IMMEDIATE: a transaction that starts by
// reading cannot always go on to write. All calls of this package write first.
// While somebody reads on SQLite the -wal file cannot shrink: each prescription
// adds about 45 kB to it. No call of this package reads for long, also not a
// verification of the whole audit trail; [TrimWAL] warns when somebody else does.
// Writers that wait for SQLite's lock are not served in turn, and neither are those
// that wait for a connection of database/sql. A store of [NewFor] has its own wait
// in turn: keep one for each file. Of 16 writers the longest wait then was 0.02 to
// 0.13 s, and up to 4 s without (BenchmarkD5Writers).
//
// A migration may make a table of SQLite anew, with all its rows but without
// triggers that a host has put on it.
//
// Errors are those of package prescription, [ErrFull], and others with codes of
// the database but never its messages, because those quote values. After
// [prescription.ErrBusy] and [ErrTransactionEnded] do the whole transaction again.
//
// What is personal is deleted when the host calls [Store.EraseEnded] or
// [Store.ErasePatient], never by itself; rows without it stay. With
// secure_delete, and [TrimWAL] afterwards, nothing of it is left in the files of
// SQLite; a file that was written without the setting wants a VACUUM once. On
// PostgreSQL it is gone for all who ask, and from the disk when VACUUM has been
// there. Copies that were made before, and archives of the write-ahead log, hold it
// for as long as the host keeps them. What is not done here: encrypting, and making
// copies. Identity numbers are stored in the column national_id and nowhere else.
//
// Before version 1 exported names may still change; changes are listed. A
// migration that was released never changes.
package prescriptionsql
