package prescriptionsql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/verktoykatalog/verktoy/prescription"
)

var (
	// ErrOlderSchema says that the database has not been migrated to the schema of
	// this program, or not at all. Call [Migrate].
	ErrOlderSchema = errors.New("prescriptionsql: the database has an older schema than this program, or none")
	// ErrForeignTable says that another program has a table with a name of this
	// package's. Nothing was changed; take another database, or schema.
	ErrForeignTable = errors.New("prescriptionsql: the database has a table of another program with our name")
	// ErrForeignFile says that a file is no SQLite database, or that of another
	// application, by its application_id. Nothing was changed, other than the
	// journal_mode if the DSN says so; look at the path.
	ErrForeignFile = errors.New("prescriptionsql: the file is not ours: no SQLite database, or another application's")
)

// CheckSchema looks whether the database has the schema of this program, for
// programs that leave migrating to another one. Errors are [ErrOlderSchema],
// [ErrNewerSchema], [ErrForeignTable], [ErrForeignFile] for what is no SQLite
// database, [ErrDialect], and those of the database. It changes nothing. Settings are looked at by [CheckSettings].
func CheckSchema(ctx context.Context, db *sql.DB, d Dialect) error {
	here, err := look(ctx, db, d)
	switch {
	case err != nil:
		return err
	case here.tables > 0 && !here.migrated:
		return ErrForeignTable
	case !here.migrated:
		return ErrOlderSchema
	}
	known, err := fs.Glob(files, "migrations/"+string(d)+"/*.sql")
	var version int
	if err == nil {
		err = db.QueryRowContext(ctx, "SELECT coalesce(max(version), 0) FROM verktoy_prescription_schema").Scan(&version)
	}
	switch {
	case err != nil:
		return translate(ctx, err)
	case version < len(known):
		return ErrOlderSchema
	case version > len(known):
		return ErrNewerSchema
	}
	return nil
}

// found is what is in a database.
type found struct {
	migrated    bool // by this package, to whatever version
	tables      int  // with our names
	application int64
}

const (
	sqliteTables = `SELECT (SELECT count(*) FROM sqlite_master WHERE name = 'verktoy_prescription_schema'), (SELECT count(*) FROM sqlite_master
 WHERE name IN ('verktoy_prescription', 'verktoy_prescription_audit', 'verktoy_prescription_outbox', 'verktoy_prescription_inbox', 'verktoy_prescription_note'))`
	postgresTables = `SELECT count(to_regclass('verktoy_prescription_schema')), count(to_regclass('verktoy_prescription')) +
 count(to_regclass('verktoy_prescription_audit')) + count(to_regclass('verktoy_prescription_outbox')) +
 count(to_regclass('verktoy_prescription_inbox')) + count(to_regclass('verktoy_prescription_note'))`
)

// look waits for half a minute while others migrate: a database that has no
// busy_timeout says that it is busy at once.
func look(ctx context.Context, db *sql.DB, d Dialect) (here found, err error) {
	query := map[Dialect]string{SQLite: sqliteTables, PostgreSQL: postgresTables}[d]
	if query == "" {
		return here, ErrDialect
	}
	const pause, tries = 20 * time.Millisecond, 1_500
	for range tries {
		here, err = lookOnce(ctx, db, d, query)
		if !errors.Is(err, prescription.ErrBusy) {
			break
		}
		select {
		case <-ctx.Done():
			return here, err
		case <-time.After(pause):
		}
	}
	return here, err
}

func lookOnce(ctx context.Context, db *sql.DB, d Dialect, query string) (here found, err error) {
	if d == SQLite {
		err = db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&here.application)
	}
	if err == nil {
		err = db.QueryRowContext(ctx, query).Scan(&here.migrated, &here.tables)
	}
	var code interface{ Code() int }
	if errors.As(err, &code) && code.Code()&0xff == 26 { // sqlite.org/rescode.html: SQLITE_NOTADB
		return here, ErrForeignFile
	}
	return here, translate(ctx, err)
}

// foreign says whether something of another program's is in the way of migrating.
func (here found) foreign(application int64) error {
	switch {
	case here.application != application && (application != 0 || !here.migrated):
		return fmt.Errorf("%w: application_id is %d", ErrForeignFile, here.application)
	case here.tables > 0 && !here.migrated:
		return ErrForeignTable
	}
	return nil
}

// MigrateFile is [Migrate] for an SQLite file with an application_id of the host's
// own (sqlite.org/pragma.html#pragma_application_id): any other is refused with
// [ErrForeignFile]. The host sets it when it makes the file.
func MigrateFile(ctx context.Context, db *sql.DB, applicationID int32) error {
	return migrate(ctx, db, SQLite, int64(applicationID))
}
