package sqltest

import (
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const server = "VERKTOY_TEST_POSTGRES"

// HasPostgres says whether there is a server. There must be one if
// VERKTOY_REQUIRE_ALL is 1.
func HasPostgres(t testing.TB) bool {
	t.Helper()
	there := os.Getenv(server) != ""
	require.True(t, there || os.Getenv("VERKTOY_REQUIRE_ALL") != "1", server+" is not set")
	return there
}

// emptyPostgres makes a schema for one test and drops it afterwards.
func emptyPostgres(t testing.TB) (*sql.DB, string) {
	t.Helper()
	if !HasPostgres(t) {
		t.Skip(server + " is not set")
	}
	admin := Open(t, "pgx", os.Getenv(server))
	schema := "verktoy_test_" + strings.ToLower(rand.Text())
	Exec(t, admin, "CREATE SCHEMA "+schema)
	t.Cleanup(func() {
		_, err := admin.Exec("DROP SCHEMA " + schema + " CASCADE") // the test's context has ended
		require.NoError(t, err)
	})
	dsn := withSearchPath(t, os.Getenv(server), schema)
	return Open(t, "pgx", dsn), dsn
}

func withSearchPath(t testing.TB, dsn, schema string) string {
	t.Helper()
	if !strings.Contains(dsn, "://") {
		return dsn + " search_path=" + schema
	}
	u, err := url.Parse(dsn)
	require.NoError(t, err, server)
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}
