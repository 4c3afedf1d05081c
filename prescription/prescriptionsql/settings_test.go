package prescriptionsql_test

import (
	"database/sql"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/sqltest"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// D8, settings on every connection. Pass: with the DSN that the package asks for,
// 20 connections that are open at the same time have all settings. Control:
// settings made by a statement are one connection's.
func TestD8SettingsOnEveryConnection(t *testing.T) {
	db, _ := engines[0].Empty(t)
	db.SetMaxOpenConns(20)
	want := []string{"wal", "2", "1", "1", "10000"}
	for _, have := range read(t, db, 20) {
		assert.Equal(t, want, have)
	}
	require.NoError(t, prescriptionsql.CheckSettings(t.Context(), db, prescriptionsql.SQLite))

	plain := open(t, "sqlite", "file:"+t.TempDir()+"/test.db")
	plain.SetMaxOpenConns(20)
	_, err := plain.ExecContext(t.Context(), "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=1; PRAGMA secure_delete=1; PRAGMA busy_timeout=10000")
	require.NoError(t, err)
	with := 0
	for _, have := range read(t, plain, 20) {
		if assert.ObjectsAreEqual(want, have) {
			with++
		}
	}
	assert.Equal(t, 1, with, "the control")
	plain.SetMaxIdleConns(0) // closes them all
	plain.SetMaxIdleConns(2)
	_, err = plain.ExecContext(t.Context(), "PRAGMA foreign_keys=1; PRAGMA secure_delete=1; PRAGMA busy_timeout=10000; PRAGMA synchronous=FULL")
	require.NoError(t, err)
	err = prescriptionsql.CheckSettings(t.Context(), plain, prescriptionsql.SQLite) // the first connection is as wanted
	require.EqualError(t, err, "prescriptionsql: settings: "+prescriptionsql.ErrSettings.Error()+": want busy_timeout over 0, foreign_keys ON, secure_delete ON")
}

// read gives the settings of n connections that are open at the same time.
func read(t *testing.T, db *sql.DB, n int) (all [][]string) {
	t.Helper()
	for range n {
		c, err := db.Conn(t.Context())
		require.NoError(t, err)
		defer func() { require.NoError(t, c.Close()) }()
		var have []string
		for _, name := range []string{"journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout"} {
			var value string
			require.NoError(t, c.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&value))
			have = append(have, value)
		}
		all = append(all, have)
	}
	return all
}

func TestCheckSettings(t *testing.T) {
	sqltest.Settings[prescriptionsql.Dialect]{Check: prescriptionsql.CheckSettings, ErrSettings: prescriptionsql.ErrSettings,
		ErrOther: prescriptionsql.ErrDialect, Engines: sqltest.Engines(prescriptionsql.Migrate)}.Run(t)
}

func TestCheckSettingsNamesWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		e         engine
		old, with string
		want      string
	}{
		"foreign_keys off":   {engines[0], "foreign_keys(1)", "foreign_keys(0)", "foreign_keys ON"},
		"secure_delete FAST": {engines[0], "secure_delete(1)", "secure_delete(FAST)", "secure_delete ON"},
		"no secure_delete":   {engines[0], "secure_delete(1)", "secure_delete(0)", "secure_delete ON"},
	} {
		t.Run(name, func(t *testing.T) {
			_, dsn := c.e.Empty(t)
			db := open(t, c.e.Driver, strings.Replace(dsn, c.old, c.with, 1))
			err := prescriptionsql.CheckSettings(t.Context(), db, c.e.Dialect)
			require.ErrorIs(t, err, prescriptionsql.ErrSettings)
			assert.ErrorContains(t, err, c.want)
		})
	}
}

// with sets a parameter of a DSN of PostgreSQL.
func with(t *testing.T, dsn, name, value string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	require.NoError(t, err)
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.String()
}
