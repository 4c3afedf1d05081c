package sqltest

import (
	"context"
	"database/sql"
	"io/fs"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// Suite is what a package promises of migrating, to be tested by [Suite.Run]. All
// fields are required.
type Suite[D ~string] struct {
	Migrate     func(context.Context, *sql.DB, D) error
	MigrateFile func(context.Context, *sql.DB, int32) error
	CheckSchema func(context.Context, *sql.DB, D) error
	SQL         func(D) string
	Migrations  fs.FS
	Errors      Errors

	// Record is the name of the table of versions, Tables are those of all others.
	Record string
	Tables []string
	// Versions is how many migrations there are for each engine.
	Versions int
	// Blocked is the name of an index that migration 1 makes when it has made a
	// table. If the name is taken the migration fails in its middle.
	Blocked string
	// Rounds is how often programs migrate at once.
	Rounds int
	// Write stores something that is one row of the first of Tables.
	Write func(*testing.T, *sql.DB)
	// Unmigrated gives the errors of calls on a database without tables.
	Unmigrated func(*testing.T, *sql.DB) []error
}

// Errors are the package's names for why it does not migrate.
type Errors struct{ Dialect, Newer, Older, ForeignTable, ForeignFile error }

func (s Suite[D]) engines() []Engine[D] { return Engines(s.Migrate) }

// Run runs the suite. The other processes that it needs run the same test, which
// does nothing there but to migrate.
func (s Suite[D]) Run(t *testing.T) {
	if os.Getenv(ChildDSN) != "" {
		s.child(t)
		return
	}
	require.NotEmpty(t, s.Tables)
	require.Positive(t, s.Versions)
	require.Positive(t, s.Rounds)
	t.Run("a released migration never changes", s.released)
	t.Run("both engines have the same migrations", s.same)
	s.onEach(t, "the tables are those that are named", s.named)
	s.onEach(t, "without migration the error says what is missing", s.unmigrated)
	s.onEach(t, "migrate again", s.again)
	s.onEach(t, "the host's own tool migrates", s.hostsTool)
	s.onEach(t, "the host's own tool applies the files", s.hostsFiles)
	s.onEach(t, "stopped", s.stopped)
	s.onEach(t, "unknown dialect", s.unknown)
	s.onEach(t, "not as expected", s.notAsExpected)
	t.Run("file of another application", s.otherApplication)
	t.Run("no database", s.noDatabase)
	t.Run("nil", s.noPool)
	s.onEach(t, "two processes at once", s.twoProcesses)
	s.onEach(t, "eight pools at once", s.eightPools)
	s.onEach(t, "another program before the lock", s.beforeTheLock)
}

func (s Suite[D]) onEach(t *testing.T, name string, test func(*testing.T, Engine[D])) {
	t.Run(name, func(t *testing.T) { OnEach(t, s.engines(), test) })
}
