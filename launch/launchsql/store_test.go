package launchsql_test

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchsql"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

const issuer = "https://portal.example"

// far is after every clock.
var far = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

func replay(t testing.TB, db *sql.DB) *launchsql.ReplayStore {
	t.Helper()
	s, err := launchsql.NewReplayStore(launchsql.ReplayConfig{DB: db})
	require.NoError(t, err)
	return s
}

func keyStore(t testing.TB, db *sql.DB, name string) *launchsql.KeyStore {
	t.Helper()
	s, err := launchsql.NewKeyStore(launchsql.KeyStoreConfig{DB: db, Name: name})
	require.NoError(t, err)
	return s
}

func consume(t testing.TB, s launch.ReplayStore, id string) bool {
	t.Helper()
	first, err := s.Consume(t.Context(), issuer, id, far)
	require.NoError(t, err)
	return first
}

func TestReplayStoreMeetsTheContract(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		launchtest.TestReplayStore(t, func(t *testing.T) launch.ReplayStore { return replay(t, e.Migrated(t)) })
	})
}

func TestKeyStoreMeetsTheContract(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		launchtest.TestKeyStore(t, func(t *testing.T) launch.KeyStore { return keyStore(t, e.Migrated(t), "") })
	})
}

func TestAReplayStoreRemembersThroughARestart(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db, dsn := e.Empty(t)
		require.NoError(t, launchsql.Migrate(t.Context(), db, e.Dialect))
		require.True(t, consume(t, replay(t, db), "message-1"))
		again := replay(t, open(t, e.Driver, dsn))
		assert.False(t, consume(t, again, "message-1"))
		_, forgets := any(again).(launch.Forgetful)
		assert.False(t, forgets)
	})
}

func TestRingsInOneDatabaseAreApart(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		require.NoError(t, keyStore(t, db, "a").Save(t.Context(), launch.KeyRecord("a"), 0))
		require.NoError(t, keyStore(t, db, "").Save(t.Context(), launch.KeyRecord("b"), 0))
		require.ErrorIs(t, keyStore(t, db, "default").Save(t.Context(), launch.KeyRecord("c"), 0), launch.ErrKeyConflict)
		record, revision, err := keyStore(t, db, "a").Load(t.Context())
		require.NoError(t, err)
		assert.Equal(t, "a", string([]byte(record)))
		assert.EqualValues(t, 1, revision)
	})
}

// The table knows neither issuers nor ids, and the key is a fixed one: other
// programs may share the table. Compared with Python's hashlib.
func TestTheTableHasAHashAndTheTime(t *testing.T) {
	assert.Equal(t, "7d944945d573c5516db0d712ef8d9506", hex.EncodeToString(launchsql.Key("https://portal.example", "message-1"))[:32])
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		s, err := launchsql.NewReplayStore(launchsql.ReplayConfig{DB: db, Skew: time.Minute})
		require.NoError(t, err)
		at := time.Date(2026, 9, 21, 8, 0, 0, 123456789, time.FixedZone("CEST", 7200))
		_, err = s.Consume(t.Context(), issuer, "message-1", at)
		require.NoError(t, err)
		want := at.Add(2 * time.Minute).UnixMicro()
		assert.Equal(t, 1, count(t, db, "SELECT count(*) FROM verktoy_launch_replay WHERE key = $1 AND until = $2", launchsql.Key(issuer, "message-1"), want))
	})
}

func TestConfigFaults(t *testing.T) {
	_, err := launchsql.NewReplayStore(launchsql.ReplayConfig{Skew: -1})
	require.EqualError(t, err, "launchsql: invalid ReplayConfig: field DB is nil; field Skew is not within 0 and 1 h")
	_, err = launchsql.NewKeyStore(launchsql.KeyStoreConfig{})
	require.EqualError(t, err, "launchsql: invalid KeyStoreConfig: field DB is nil")
}

func TestAMessageWithoutEndIsAnError(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		for _, until := range []time.Time{{}, time.Unix(-1e6, 0)} {
			first, err := replay(t, db).Consume(t.Context(), issuer, "message-1", until)
			require.ErrorContains(t, err, "until")
			assert.False(t, first)
		}
		assert.Zero(t, count(t, db, "SELECT count(*) FROM verktoy_launch_replay"))
	})
}

// Cleaning goes by time alone, in batches, and never takes a live row.
func TestCleanTakesWhatIsOverAndNothingElse(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		s := replay(t, db)
		now, err := s.DatabaseTime(t.Context())
		require.NoError(t, err)
		const over, live = 57, 23
		for i := range over {
			_, err := s.Consume(t.Context(), issuer, fmt.Sprint("over-", i), now.Add(-10*time.Minute-time.Second))
			require.NoError(t, err)
		}
		for i := range live {
			_, err := s.Consume(t.Context(), issuer, fmt.Sprint("live-", i), now.Add(-10*time.Minute+time.Hour))
			require.NoError(t, err)
		}
		removed, err := s.CleanAt(t.Context(), now, 10)
		require.NoError(t, err)
		assert.EqualValues(t, over, removed)
		for i := range live {
			require.False(t, consume(t, s, fmt.Sprint("live-", i)))
		}
		removed, err = s.Clean(t.Context())
		require.NoError(t, err)
		assert.Zero(t, removed, "an hour by the database's own clock")
		removed, err = s.CleanAt(t.Context(), now.Add(2*time.Hour), 10)
		require.NoError(t, err)
		assert.EqualValues(t, live, removed)
		assert.Zero(t, count(t, db, "SELECT count(*) FROM verktoy_launch_replay"), "bounded by time")
	})
}

// The index is there for Clean: a scan of the whole table would hold up launches.
func TestCleanUsesTheIndex(t *testing.T) {
	db := engines[0].Migrated(t)
	rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+strings.Split(strings.Split(launchsql.Queries()[2], "IN (")[1], ")")[0], 1, 10)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	plan := ""
	for rows.Next() {
		var id, parent, unused int
		var detail string
		require.NoError(t, rows.Scan(&id, &parent, &unused, &detail))
		plan += detail + "\n"
	}
	require.NoError(t, rows.Err())
	assert.Contains(t, plan, "verktoy_launch_replay_until")
}

// printed is everything that an error may show of itself and of what it wraps.
func printed(err error) string {
	text := ""
	for ; err != nil; err = errors.Unwrap(err) {
		text += fmt.Sprintf("%v %+v %#v %s %q %T\n", err, err, err, err, err, err)
	}
	return text
}

// PostgreSQL quotes the whole row when a constraint fails: none of it may get out.
func TestDriverErrorsShowNoValues(t *testing.T) {
	leaks := map[string][]string{
		"sqlite": {"CREATE TRIGGER leak1 BEFORE INSERT ON verktoy_launch_keys BEGIN SELECT RAISE(ABORT, 'canary'); END",
			"CREATE TRIGGER leak2 BEFORE INSERT ON verktoy_launch_replay BEGIN SELECT RAISE(ABORT, 'canary'); END"},
		"postgres": {"ALTER TABLE verktoy_launch_keys ADD CONSTRAINT leak1 CHECK (revision <> 1)",
			"ALTER TABLE verktoy_launch_replay ADD CONSTRAINT leak2 CHECK (until = 0)"},
	}
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		for _, leak := range leaks[e.Name] {
			_, err := db.ExecContext(t.Context(), leak)
			require.NoError(t, err)
		}
		err := keyStore(t, db, "canary").Save(t.Context(), launch.KeyRecord("canary"), 0)
		require.Error(t, err)
		first, other := replay(t, db).Consume(t.Context(), issuer, "canary", far)
		require.Error(t, other)
		assert.False(t, first)
		for _, text := range []string{printed(err), printed(other)} {
			assert.NotContains(t, text, "canary")
			assert.NotContains(t, text, hex.EncodeToString([]byte("canary")))
			assert.Regexp(t, "SQLSTATE 23514|SQLite code 1811", text)
		}
	})
}

func TestAnEndedContextIsAnErrorAndNeverFirst(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		s := replay(t, e.Migrated(t))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		first, err := s.Consume(ctx, issuer, "message-1", far)
		require.ErrorIs(t, err, context.Canceled)
		assert.False(t, first)
		_, err = s.Clean(ctx)
		require.ErrorIs(t, err, context.Canceled)
		err = keyStore(t, e.Migrated(t), "").Save(ctx, launch.KeyRecord("x"), 0)
		require.ErrorIs(t, err, context.Canceled)
	})
}
