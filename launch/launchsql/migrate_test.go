package launchsql_test

import (
	"database/sql"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/sqltest"
	"github.com/verktoykatalog/verktoy/launch/launchsql"
)

func TestMigrate(t *testing.T) {
	sqltest.Suite[launchsql.Dialect]{
		Migrate: launchsql.Migrate, MigrateFile: launchsql.MigrateFile, CheckSchema: launchsql.CheckSchema,
		SQL: launchsql.SQL, Migrations: launchsql.Migrations(),
		Errors: sqltest.Errors{Dialect: launchsql.ErrDialect, Newer: launchsql.ErrNewerSchema, Older: launchsql.ErrOlderSchema,
			ForeignTable: launchsql.ErrForeignTable, ForeignFile: launchsql.ErrForeignFile},
		Record: "verktoy_launch_schema", Tables: []string{"verktoy_launch_replay", "verktoy_launch_keys"},
		Versions: 1, Blocked: "verktoy_launch_replay_until", Rounds: 3,
		Write: func(t *testing.T, db *sql.DB) {
			require.True(t, consume(t, replay(t, db), "message-1"))
		},
		Unmigrated: func(t *testing.T, db *sql.DB) []error {
			first, used := replay(t, db).Consume(t.Context(), issuer, "message-1", far)
			require.False(t, first)
			_, _, loaded := keyStore(t, db, "").Load(t.Context())
			return []error{used, loaded}
		},
	}.Run(t)
}
