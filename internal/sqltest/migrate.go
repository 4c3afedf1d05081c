package sqltest

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// named holds Tables against the database: one that is not named would not be
// known when another program has it.
func (s Suite[D]) named(t *testing.T, e Engine[D]) {
	want := slices.Sorted(slices.Values(append([]string{s.Record}, s.Tables...)))
	assert.Equal(t, want, e.tables(t, e.Migrated(t)))
}

func (s Suite[D]) unmigrated(t *testing.T, e Engine[D]) {
	db, _ := e.Empty(t)
	errs := s.Unmigrated(t, db)
	require.NotEmpty(t, errs)
	for _, err := range errs {
		require.ErrorContains(t, err, "has the database been migrated?")
	}
}

func (s Suite[D]) again(t *testing.T, e Engine[D]) {
	db := e.Migrated(t)
	s.Write(t, db)
	before := e.snapshot(t, db)
	require.NoError(t, s.Migrate(t.Context(), db, e.Dialect))
	require.NoError(t, s.CheckSchema(t.Context(), db, e.Dialect))
	assert.Equal(t, before, e.snapshot(t, db))
	assert.Equal(t, 1, Count(t, db, "SELECT count(*) FROM "+s.Tables[0]))
	assert.Equal(t, s.Versions, Count(t, db, "SELECT count(*) FROM "+s.Record))
}

func (s Suite[D]) hostsTool(t *testing.T, e Engine[D]) {
	db, _ := e.Empty(t)
	Exec(t, db, s.SQL(e.Dialect))
	before := e.snapshot(t, db)
	require.NoError(t, s.CheckSchema(t.Context(), db, e.Dialect))
	require.NoError(t, s.Migrate(t.Context(), db, e.Dialect))
	assert.Equal(t, before, e.snapshot(t, db), "nothing is left to do")
	s.Write(t, db)
	assert.Equal(t, 1, Count(t, db, "SELECT count(*) FROM "+s.Tables[0]))
}

// hostsFiles: a tool that knows nothing of the record is told what is missing, and
// can mend it.
func (s Suite[D]) hostsFiles(t *testing.T, e Engine[D]) {
	db, _ := e.Empty(t)
	bodies := e.Bodies(t, s.Migrations)
	for _, body := range bodies {
		Exec(t, db, body)
	}
	before := e.snapshot(t, db)
	for _, err := range []error{s.CheckSchema(t.Context(), db, e.Dialect), s.Migrate(t.Context(), db, e.Dialect)} {
		require.ErrorIs(t, err, s.Errors.ForeignTable)
		require.ErrorContains(t, err, "write the numbers of the files that were applied into "+s.Record)
	}
	assert.Equal(t, before, e.snapshot(t, db), "nothing was written")
	Exec(t, db, s.recordSQL())
	for i := range bodies {
		Exec(t, db, s.versionSQL(i+1))
	}
	require.NoError(t, s.CheckSchema(t.Context(), db, e.Dialect))
	require.NoError(t, s.Migrate(t.Context(), db, e.Dialect))
	s.Write(t, db)
}

// stopped fails a file in its middle, of which nothing may stay.
func (s Suite[D]) stopped(t *testing.T, e Engine[D]) {
	db, _ := e.Empty(t)
	Exec(t, db, "CREATE TABLE "+s.Blocked+" (mine text)")
	before := e.snapshot(t, db)
	require.ErrorContains(t, s.Migrate(t.Context(), db, e.Dialect), "migration 1", "an index cannot have its name")
	assert.Equal(t, before, e.snapshot(t, db))
	Exec(t, db, "DROP TABLE "+s.Blocked)
	require.NoError(t, s.Migrate(t.Context(), db, e.Dialect))
}

func (s Suite[D]) unknown(t *testing.T, e Engine[D]) {
	db, _ := e.Empty(t)
	Exec(t, db, "CREATE TABLE visit (id text)")
	before := e.snapshot(t, db)
	for _, d := range []D{"", "mysql"} {
		assert.ErrorIs(t, s.Migrate(t.Context(), db, d), s.Errors.Dialect)
		assert.ErrorIs(t, s.CheckSchema(t.Context(), db, d), s.Errors.Dialect)
		assert.Empty(t, s.SQL(d))
	}
	assert.Equal(t, before, e.snapshot(t, db))
}
