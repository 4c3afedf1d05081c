package sqltest

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Settings is what a package promises of looking at how a database is opened, to
// be tested by [Settings.Run]. All fields are required.
type Settings[D ~string] struct {
	Check                 func(context.Context, *sql.DB, D) error
	ErrSettings, ErrOther error // for the latter an engine is none of ours
	Engines               []Engine[D]
}

// Run runs the suite.
func (s Settings[D]) Run(t *testing.T) {
	t.Run("what is wrong is named", s.named)
	t.Run("a statement sets one connection", s.statement)
	t.Run("one connection is enough", s.single)
	t.Run("nil", s.noPool)
	t.Run("another engine", func(t *testing.T) {
		db, _ := s.Engines[0].Empty(t)
		for _, d := range []D{"", "mysql"} {
			require.ErrorIs(t, s.Check(t.Context(), db, d), s.ErrOther)
		}
	})
}

func (s Settings[D]) named(t *testing.T) {
	for _, c := range []struct {
		engine          int
		old, with, want string
	}{
		{0, "synchronous(FULL)", "synchronous(NORMAL)", "synchronous FULL or EXTRA"},
		{0, "synchronous(FULL)", "synchronous(OFF)", "synchronous FULL or EXTRA"},
		{0, busyTimeout, "", "busy_timeout over 0"},
		{0, "journal_mode(WAL)", "journal_mode(DELETE)", "journal_mode WAL"},
		{1, "search_path=", "synchronous_commit=off&search_path=", "synchronous_commit not off"},
		{0, "", "", ""},
		{1, "", "", ""},
	} {
		e := s.Engines[c.engine]
		t.Run(e.Name+" "+strings.Trim(c.with, "&"), func(t *testing.T) {
			_, dsn := e.Empty(t)
			changed := strings.Replace(dsn, c.old, c.with, 1)
			require.Equal(t, c.want == "", changed == dsn)
			err := s.Check(t.Context(), Open(t, e.Driver, changed), e.Dialect)
			if c.want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, s.ErrSettings)
			assert.True(t, strings.HasSuffix(err.Error(), ": want "+c.want), err.Error())
		})
	}
}

// statement: of two connections the first has what was set by a statement.
func (s Settings[D]) statement(t *testing.T) {
	_, dsn := s.Engines[0].Empty(t)
	db := Open(t, "sqlite", impatient(dsn))
	Exec(t, db, "PRAGMA busy_timeout=10000")
	require.ErrorIs(t, s.Check(t.Context(), db, s.Engines[0].Dialect), s.ErrSettings)
}

// noPool: there is no database to ask.
func (s Settings[D]) noPool(t *testing.T) {
	require.ErrorContains(t, s.Check(t.Context(), nil, s.Engines[0].Dialect), "the *sql.DB is nil")
}

// single: a pool of one is not asked for two.
func (s Settings[D]) single(t *testing.T) {
	db, _ := s.Engines[0].Empty(t)
	db.SetMaxOpenConns(1)
	require.NoError(t, s.Check(t.Context(), db, s.Engines[0].Dialect))
}
