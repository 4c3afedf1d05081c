package prescriptionsql_test

import (
	"bufio"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

var update = flag.Bool("update", false, "write the hashes of new migrations")

// migrations is how many there are for each engine.
const migrations = 5

func TestMigrateAgainChangesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.migrated(t)
		_, err := service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-1"))
		require.NoError(t, err)
		require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.dialect))
		assert.Equal(t, 1, count(t, db, "SELECT count(*) FROM verktoy_prescription"))
		assert.Equal(t, migrations, count(t, db, "SELECT count(*) FROM verktoy_prescription_schema"))
	})
}

func TestMigrateRefusesANewerSchemaAndWritesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db, _ := e.empty(t)
		_, err := db.ExecContext(t.Context(), "CREATE TABLE verktoy_prescription_schema (version INTEGER NOT NULL PRIMARY KEY)")
		require.NoError(t, err)
		_, err = db.ExecContext(t.Context(), "INSERT INTO verktoy_prescription_schema (version) VALUES (9999)")
		require.NoError(t, err)
		require.ErrorIs(t, prescriptionsql.Migrate(t.Context(), db, e.dialect), prescriptionsql.ErrNewerSchema)
		_, err = db.ExecContext(t.Context(), "SELECT 1 FROM verktoy_prescription")
		require.Error(t, err, "no table was made")
		assert.Equal(t, 1, count(t, db, "SELECT count(*) FROM verktoy_prescription_schema"))
	})
}

func TestMigrateRefusesAnUnknownDialect(t *testing.T) {
	db, _ := emptySQLite(t)
	for _, d := range []prescriptionsql.Dialect{"", "mysql"} {
		assert.ErrorIs(t, prescriptionsql.Migrate(t.Context(), db, d), prescriptionsql.ErrDialect)
		assert.Empty(t, prescriptionsql.SQL(d))
	}
}

// A file that fails in its middle leaves nothing of itself behind.
func TestAStoppedMigrationLeavesTheDatabaseAsItWas(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db, _ := e.empty(t)
		e.exec(t, db, "CREATE TABLE verktoy_prescription_outbox_order (mine text)")
		require.ErrorContains(t, prescriptionsql.Migrate(t.Context(), db, e.dialect), "migration 1", "the last index cannot have its name")
		_, err := db.ExecContext(t.Context(), "SELECT 1 FROM verktoy_prescription")
		require.Error(t, err)
		e.exec(t, db, "DROP TABLE verktoy_prescription_outbox_order")
		require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.dialect))
	})
}

func TestTheHostsOwnToolCanMigrate(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db, _ := e.empty(t)
		_, err := db.ExecContext(t.Context(), prescriptionsql.SQL(e.dialect))
		require.NoError(t, err)
		require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.dialect), "nothing is left to do")
		_, err = service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-1"))
		require.NoError(t, err)
	})
}

const childDSN, childDriver = "VERKTOY_TEST_CHILD_DSN", "VERKTOY_TEST_CHILD_DRIVER"

// TestMigrateChild is the other process of the test below: it says that it is
// ready, waits for a line, and migrates.
func TestMigrateChild(t *testing.T) {
	dsn, driver := os.Getenv(childDSN), os.Getenv(childDriver)
	if dsn == "" {
		return
	}
	db, err := sql.Open(driver, dsn)
	require.NoError(t, err)
	fmt.Println("ready")
	_, err = bufio.NewReader(os.Stdin).ReadString('\n')
	require.NoError(t, err)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, dialects[driver]))
	require.NoError(t, db.Close())
}

// D14, two processes migrate at once. Pass: each schema is made once, no error.
func TestTwoProcessesMigrateAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		for range often(3, 20) {
			db, dsn := e.empty(t)
			dsn = strings.Replace(dsn, "&_pragma=busy_timeout(10000)", "", 1) // Migrate waits by itself
			goes := []func() error{child(t, e, dsn), child(t, e, dsn)}
			ends := make(chan error, len(goes))
			for _, g := range goes {
				go func() { ends <- g() }()
			}
			for range goes {
				require.NoError(t, <-ends)
			}
			assert.Equal(t, migrations, count(t, db, "SELECT count(*) FROM verktoy_prescription_schema"))
		}
	})
}

// D14, again in one process, where all start at the same moment. Each round is a
// test of its own, so that it leaves no connection open.
func TestEightPoolsMigrateAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		for round := range often(3, 20) {
			t.Run(fmt.Sprint(round), func(t *testing.T) { eightPools(t, e) })
		}
	})
}

func eightPools(t *testing.T, e engine) {
	db, dsn := e.empty(t)
	require.NoError(t, db.PingContext(t.Context()))
	dsn = strings.Replace(dsn, "&_pragma=busy_timeout(10000)", "", 1)
	var ready atomic.Int64
	ends := make(chan error, 8)
	for range cap(ends) {
		pool := open(t, e.driver(), dsn)
		go func() {
			for ready.Add(1); ready.Load() < int64(cap(ends)); {
				runtime.Gosched()
			}
			ends <- prescriptionsql.Migrate(t.Context(), pool, e.dialect)
		}()
	}
	for range cap(ends) {
		assert.NoError(t, <-ends)
	}
	assert.Equal(t, migrations, count(t, db, "SELECT count(*) FROM verktoy_prescription_schema"))
}

// The control of D14: who looks whether there are tables and then makes them,
// without the lock, fails when others have looked too.
func TestD14ControlWithoutTheLockFails(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		const programs = 4
		db, _ := e.empty(t)
		haveLooked := meeting(programs)
		failed := together(programs, func(int) error {
			return inTx(t.Context(), db, func(tx *sql.Tx) error {
				_, err := tx.ExecContext(t.Context(), "SELECT count(*) FROM "+map[string]string{"sqlite": "sqlite_master", "postgres": "pg_class"}[e.name])
				haveLooked()
				if err == nil {
					_, err = tx.ExecContext(t.Context(), prescriptionsql.SQL(e.dialect))
				}
				return err
			})
		})
		assert.NotEmpty(t, failed)
	})
}

// child starts a process and gives what lets it go on and waits for its end.
func child(t *testing.T, e engine, dsn string) func() error {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestMigrateChild$")
	cmd.Env = append(os.Environ(), childDSN+"="+dsn, childDriver+"="+e.driver())
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(out)
	require.True(t, lines.Scan(), "the child says that it is ready")
	return func() error {
		_, _ = fmt.Fprintln(in, "go")
		said := lines.Text()
		for lines.Scan() {
			said += "\n" + lines.Text()
		}
		if err := cmd.Wait(); err != nil {
			return fmt.Errorf("%w: %s", err, said)
		}
		return nil
	}
}

// A released migration never changes: adopters have run it.
func TestReleasedMigrationsNeverChange(t *testing.T) {
	const golden = "testdata/migrations.sha256"
	var lines []string
	err := fs.WalkDir(prescriptionsql.Migrations(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(prescriptionsql.Migrations(), path)
		sum := sha256.Sum256(body)
		lines = append(lines, hex.EncodeToString(sum[:])+"  "+path)
		return err
	})
	require.NoError(t, err)
	require.NotEmpty(t, lines)
	text := strings.Join(lines, "\n") + "\n"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(text), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), text, "add a new file instead")
}

func TestBothEnginesHaveTheSameMigrations(t *testing.T) {
	sqlite, err := fs.Glob(prescriptionsql.Migrations(), "sqlite/*")
	require.NoError(t, err)
	postgres, err := fs.Glob(prescriptionsql.Migrations(), "postgres/*")
	require.NoError(t, err)
	require.NotEmpty(t, sqlite)
	for i := range sqlite {
		sqlite[i] = strings.Replace(sqlite[i], "sqlite/", "postgres/", 1)
	}
	assert.Equal(t, postgres, sqlite)
}

func TestWithoutMigrationTheErrorSaysWhatIsMissing(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db, _ := e.empty(t)
		_, err := prescriptionsql.New(db).Get(t.Context(), "nobody")
		require.ErrorContains(t, err, "has the database been migrated?")
		assert.NotErrorIs(t, err, prescription.ErrNotFound)
	})
}
