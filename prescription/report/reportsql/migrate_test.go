package reportsql_test

import (
	"database/sql"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/sqltest"
	"github.com/verktoykatalog/verktoy/prescription/report/reportsql"
)

func TestMigrate(t *testing.T) {
	sqltest.Suite[reportsql.Dialect]{
		Migrate: reportsql.Migrate, MigrateFile: reportsql.MigrateFile, CheckSchema: reportsql.CheckSchema,
		SQL: reportsql.SQL, Migrations: reportsql.Migrations(),
		Errors: sqltest.Errors{Dialect: reportsql.ErrDialect, Newer: reportsql.ErrNewerSchema, Older: reportsql.ErrOlderSchema,
			ForeignTable: reportsql.ErrForeignTable, ForeignFile: reportsql.ErrForeignFile},
		Record: "verktoy_report_schema", Tables: []string{"verktoy_report_line", "verktoy_report_outbox"},
		Versions: 1, Blocked: "verktoy_report_outbox_due", Rounds: 3,
		Write: func(t *testing.T, db *sql.DB) {
			_, err := reporter(t).Started(t.Context(), reportsql.New(db), subject(1))
			require.NoError(t, err)
		},
		Unmigrated: func(t *testing.T, db *sql.DB) []error {
			_, err := reportsql.New(db).Line(t.Context(), subject(1))
			return []error{err}
		},
	}.Run(t)
}
