package prescriptionsql_test

import (
	"database/sql"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/sqltest"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// TestMigrate has D14, programs that migrate at once, and of D15 a database that
// is not as the program expects it: older, newer, with a table of another program,
// another application's file, or no database. Pass: each schema is made once; an
// error of a kind of its own, from migrating (but for the older one) and from a
// program that only looks, and nothing is written. Controls: the older one that is
// migrated, and the file of another application that has the id that is expected.
func TestMigrate(t *testing.T) {
	sqltest.Suite[prescriptionsql.Dialect]{
		Migrate: prescriptionsql.Migrate, MigrateFile: prescriptionsql.MigrateFile, CheckSchema: prescriptionsql.CheckSchema,
		SQL: prescriptionsql.SQL, Migrations: prescriptionsql.Migrations(),
		Errors: sqltest.Errors{Dialect: prescriptionsql.ErrDialect, Newer: prescriptionsql.ErrNewerSchema, Older: prescriptionsql.ErrOlderSchema,
			ForeignTable: prescriptionsql.ErrForeignTable, ForeignFile: prescriptionsql.ErrForeignFile},
		Record: "verktoy_prescription_schema",
		Tables: []string{"verktoy_prescription", "verktoy_prescription_audit", "verktoy_prescription_outbox",
			"verktoy_prescription_inbox", "verktoy_prescription_note"},
		Versions: 8, Blocked: "verktoy_prescription_outbox_order", Rounds: often(3, 20),
		Write: func(t *testing.T, db *sql.DB) {
			_, err := service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-1"))
			require.NoError(t, err)
		},
		Unmigrated: func(t *testing.T, db *sql.DB) []error {
			_, err := prescriptionsql.New(db).Get(t.Context(), "nobody")
			require.NotErrorIs(t, err, prescription.ErrNotFound)
			_, prescribed := service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-1"))
			_, verified := prescription.VerifyAll(t.Context(), prescriptionsql.New(db), nil)
			return []error{err, prescribed, verified}
		},
	}.Run(t)
}

// The control of D14: who looks whether there are tables and then makes them,
// without the lock, fails when others have looked too.
func TestD14ControlWithoutTheLockFails(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		const programs = 4
		db, _ := e.Empty(t)
		require.NoError(t, db.PingContext(t.Context())) // a new SQLite file is busy while its journal is chosen
		haveLooked := meeting(programs)
		failed := together(programs, func(int) error {
			return inTx(t.Context(), db, func(tx *sql.Tx) error {
				_, err := tx.ExecContext(t.Context(), "SELECT count(*) FROM "+map[string]string{"sqlite": "sqlite_master", "postgres": "pg_class"}[e.Name])
				haveLooked()
				if err == nil {
					_, err = tx.ExecContext(t.Context(), prescriptionsql.SQL(e.Dialect))
				}
				return err
			})
		})
		assert.NotEmpty(t, failed)
	})
}
