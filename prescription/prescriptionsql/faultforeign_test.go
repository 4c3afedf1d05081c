package prescriptionsql_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// refused wants an error of one kind from each way to open a database, and that
// nothing was written.
func (e engine) refused(t *testing.T, db *sql.DB, migrate, check error) {
	t.Helper()
	before := e.schema(t, db)
	if migrate != nil {
		require.ErrorIs(t, prescriptionsql.Migrate(t.Context(), db, e.dialect), migrate)
	}
	require.ErrorIs(t, prescriptionsql.CheckSchema(t.Context(), db, e.dialect), check)
	assert.Equal(t, before, e.schema(t, db), "nothing is written")
}

// D15, a database that is not as the program expects it: older, newer, with a
// table of another program, another application's file, or no database. Pass: an
// error of a kind of its own, from migrating (but for the older one) and from a
// program that only looks, and nothing is written. Controls: the older one that is
// migrated, and the file of another application that has the id that is expected.
func TestD15ADatabaseThatIsNotOurs(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		t.Run("none", func(t *testing.T) {
			db, _ := e.empty(t)
			e.exec(t, db, "CREATE TABLE visit (id text)")
			e.refused(t, db, nil, prescriptionsql.ErrOlderSchema)
		})
		t.Run("older", func(t *testing.T) {
			db, _ := e.empty(t)
			e.first(t, db)
			e.refused(t, db, nil, prescriptionsql.ErrOlderSchema)
			before := e.schema(t, db)
			_, err := service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-1"))
			require.ErrorContains(t, err, "has the database been migrated?")
			assert.Equal(t, before, e.schema(t, db))
			assert.Equal(t, 1, count(t, db, "SELECT count(*) FROM verktoy_prescription"))
			require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.dialect))
			require.NoError(t, prescriptionsql.CheckSchema(t.Context(), db, e.dialect), "the control")
			_, err = service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-2"))
			require.NoError(t, err, "the control")
		})
		t.Run("newer", func(t *testing.T) {
			db := e.migrated(t)
			e.exec(t, db, "INSERT INTO verktoy_prescription_schema (version) VALUES (9999)")
			e.refused(t, db, prescriptionsql.ErrNewerSchema, prescriptionsql.ErrNewerSchema)
		})
		for _, table := range []string{"verktoy_prescription", "verktoy_prescription_audit", "verktoy_prescription_outbox",
			"verktoy_prescription_inbox", "verktoy_prescription_note"} {
			t.Run("another program's "+table, func(t *testing.T) {
				db, _ := e.empty(t)
				e.exec(t, db, "CREATE TABLE "+table+" (mine text)")
				e.refused(t, db, prescriptionsql.ErrForeignTable, prescriptionsql.ErrForeignTable)
			})
		}
	})
}

// ids of applications, from the list at sqlite.org.
const fossil, geoPackage = 0x0f055111, 0x47504b47

func TestD15AFileOfAnotherApplication(t *testing.T) {
	e := engines[0]
	db, _ := e.empty(t)
	e.exec(t, db, fmt.Sprintf("PRAGMA application_id = %d; CREATE TABLE blob (rid INTEGER)", fossil))
	e.refused(t, db, prescriptionsql.ErrForeignFile, prescriptionsql.ErrOlderSchema)
	before := e.schema(t, db)
	require.ErrorIs(t, prescriptionsql.MigrateFile(t.Context(), db, geoPackage), prescriptionsql.ErrForeignFile)
	assert.Equal(t, before, e.schema(t, db))
	require.NoError(t, prescriptionsql.MigrateFile(t.Context(), db, fossil), "the control")
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.dialect), "our tables are there")
	require.ErrorIs(t, prescriptionsql.MigrateFile(t.Context(), db, geoPackage), prescriptionsql.ErrForeignFile, "whoever names one gets no other")
	require.ErrorIs(t, prescriptionsql.CheckSchema(t.Context(), db, "mysql"), prescriptionsql.ErrDialect)
}

func TestD15NoDatabase(t *testing.T) {
	file := filepath.Join(t.TempDir(), "letter.txt")
	text := []byte(strings.Repeat("Kjære pasient. ", 1_000))
	require.NoError(t, os.WriteFile(file, text, 0o600))
	db := open(t, "sqlite", "file:"+file)
	require.ErrorIs(t, prescriptionsql.Migrate(t.Context(), db, prescriptionsql.SQLite), prescriptionsql.ErrForeignFile)
	require.ErrorIs(t, prescriptionsql.CheckSchema(t.Context(), db, prescriptionsql.SQLite), prescriptionsql.ErrForeignFile)
	_, err := prescription.VerifyAll(t.Context(), prescriptionsql.New(db), nil)
	require.ErrorContains(t, err, "SQLite code 26")
	now, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, text, now)
}
