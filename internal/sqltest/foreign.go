package sqltest

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ids of applications, from the list at sqlite.org.
const fossil, geoPackage = 0x0f055111, 0x47504b47

// notAsExpected puts each way to migrate and to look before each state.
func (s Suite[D]) notAsExpected(t *testing.T, e Engine[D]) {
	for _, st := range s.states(t, e) {
		t.Run(st.name, func(t *testing.T) {
			db, _ := e.Empty(t)
			Exec(t, db, st.sql)
			s.meets(t, e, db, st, func() error { return s.Migrate(t.Context(), db, e.Dialect) })
		})
		if e.Name == "sqlite" {
			t.Run(st.name+", in a file of the host's", func(t *testing.T) {
				db, _ := e.Empty(t)
				Exec(t, db, fmt.Sprintf("PRAGMA application_id = %d; ", geoPackage)+st.sql)
				s.meets(t, e, db, st, func() error { return s.MigrateFile(t.Context(), db, geoPackage) })
			})
		}
	}
}

// meets wants the errors of the state and that nothing is written, or, where it
// may be migrated, that this makes a database that can be used.
func (s Suite[D]) meets(t *testing.T, e Engine[D], db *sql.DB, st state, migrate func() error) {
	t.Helper()
	before := e.snapshot(t, db)
	require.ErrorIs(t, s.CheckSchema(t.Context(), db, e.Dialect), st.check)
	assert.Equal(t, before, e.snapshot(t, db), "CheckSchema writes nothing")
	if st.migrate != nil {
		require.ErrorIs(t, migrate(), st.migrate)
		assert.Equal(t, before, e.snapshot(t, db), "a refused migration writes nothing")
		return
	}
	require.NoError(t, migrate())
	require.NoError(t, s.CheckSchema(t.Context(), db, e.Dialect))
	s.Write(t, db)
	assert.Equal(t, 1, Count(t, db, "SELECT count(*) FROM "+s.Tables[0]))
}

// otherApplication opens a file that another application has marked as its own.
// The control: whoever expects its id migrates it.
func (s Suite[D]) otherApplication(t *testing.T) {
	e := s.engines()[0]
	db, _ := e.Empty(t)
	Exec(t, db, fmt.Sprintf("PRAGMA application_id = %d; CREATE TABLE blob (rid INTEGER)", fossil))
	before := e.snapshot(t, db)
	require.ErrorIs(t, s.Migrate(t.Context(), db, e.Dialect), s.Errors.ForeignFile)
	require.ErrorIs(t, s.MigrateFile(t.Context(), db, geoPackage), s.Errors.ForeignFile)
	require.ErrorIs(t, s.CheckSchema(t.Context(), db, e.Dialect), s.Errors.Older)
	assert.Equal(t, before, e.snapshot(t, db), "nothing is written")
	require.NoError(t, s.MigrateFile(t.Context(), db, fossil), "the control")
	require.NoError(t, s.Migrate(t.Context(), db, e.Dialect), "our tables are there")
	before = e.snapshot(t, db)
	require.ErrorIs(t, s.MigrateFile(t.Context(), db, geoPackage), s.Errors.ForeignFile, "whoever names one gets no other")
	assert.Equal(t, before, e.snapshot(t, db), "nothing is written")
}

// noDatabase opens a file of text.
func (s Suite[D]) noDatabase(t *testing.T) {
	e := s.engines()[0]
	db, file, text := Letter(t)
	require.ErrorIs(t, s.Migrate(t.Context(), db, e.Dialect), s.Errors.ForeignFile)
	require.ErrorIs(t, s.MigrateFile(t.Context(), db, geoPackage), s.Errors.ForeignFile)
	require.ErrorIs(t, s.CheckSchema(t.Context(), db, e.Dialect), s.Errors.ForeignFile)
	now, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, text, now)
}

// noPool: there is no database to migrate.
func (s Suite[D]) noPool(t *testing.T) {
	const want = "the *sql.DB is nil"
	for _, e := range s.engines() {
		require.ErrorContains(t, s.Migrate(t.Context(), nil, e.Dialect), want)
		require.ErrorContains(t, s.CheckSchema(t.Context(), nil, e.Dialect), want)
	}
	require.ErrorContains(t, s.MigrateFile(t.Context(), nil, 1), want)
}

// Letter opens a file of text as an SQLite database.
func Letter(t testing.TB) (db *sql.DB, file string, text []byte) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "letter.txt")
	text = []byte(strings.Repeat("Kjære pasient. ", 1_000))
	require.NoError(t, os.WriteFile(file, text, 0o600))
	return Open(t, "sqlite", "file:"+file), file, text
}
