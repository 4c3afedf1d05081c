package prescriptionsql_test

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

func init() {
	jobs["one change"] = oneChange
	jobs["two changes"] = twoChanges
}

// oneChange prescribes, and says whether it was told that this is stored. It stays
// on one thread, because strace counts calls by thread.
func oneChange(t *testing.T, j job) {
	runtime.LockOSThread()
	if _, err := service(t).Prescribe(t.Context(), prescriptionsql.New(j.db), request(t, "visit-2")); err != nil {
		say("error", err)
		return
	}
	say("prescribed")
}

// twoChanges is how a host must not prescribe: its own row by itself, before.
func twoChanges(t *testing.T, j job) {
	runtime.LockOSThread()
	if _, err := j.db.ExecContext(t.Context(), "INSERT INTO visit (id) VALUES ('visit-2')"); err != nil {
		say("error", err)
		return
	}
	oneChange(t, j)
}

// errorAt has the system refuse the n-th call of a kind to a process with an I/O
// error (strace puts it in). It says whether the process was told that its work is
// stored, and whether there were so many calls.
func errorAt(t *testing.T, dsn, what, call string, n int) (stored, hit bool) {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		without(t, "the program strace is missing")
	}
	log := filepath.Join(t.TempDir(), "calls")
	o := engines[0].start(t, dsn, what, "", "", strace, "-f", "-qq", "-e", "trace="+call,
		"-e", fmt.Sprintf("inject=%s:error=EIO:when=%d", call, n), "-o", log)
	stored = o.rest(t)["prescribed"] != nil
	_ = o.Wait()
	calls, err := os.ReadFile(log)
	require.NoError(t, err)
	return stored, strings.Contains(string(calls), "(INJECTED)")
}

// withVisit is a database with a table of the host's and one prescription.
func withVisit(t *testing.T) (*sql.DB, string) {
	t.Helper()
	e := engines[0]
	db, dsn := e.Empty(t)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.Dialect))
	e.exec(t, db, "CREATE TABLE visit (id text NOT NULL PRIMARY KEY)")
	_, err := service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-1"))
	require.NoError(t, err)
	return db, dsn
}

const second = "SELECT count(*) FROM verktoy_prescription WHERE request_key = 'visit-2'"

// D4, the system refuses the n-th write or sync of the file, for each n that there
// is in the long form, with an I/O error. Pass: the prescription is there wholly or
// not at all, it is there if that was acknowledged, the file is sound and the same
// request works afterwards. Controls: some are refused and some go through, so the
// errors hit; what is written in two transactions is found between them.
func TestD4AnIOErrorAtTheNthWrite(t *testing.T) {
	t.Parallel()
	outcomes := map[bool]int{}
	for _, call := range []string{"pwrite64", "fsync", "fdatasync"} {
		for n, hit := 1, true; hit && n <= often(6, 1_000); n++ {
			t.Run(fmt.Sprint(call, n), func(t *testing.T) {
				db, dsn := withVisit(t)
				var stored bool
				stored, hit = errorAt(t, dsn, "one change", call, n)
				outcomes[stored]++
				there := count(t, db, second)
				if stored {
					require.Equal(t, 1, there)
				}
				require.EqualValues(t, 1+there, verified(t, db).Entries)
				require.Equal(t, 1+there, count(t, db, "SELECT count(*) FROM verktoy_prescription_outbox"))
				_, err := service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-2"))
				require.NoError(t, err)
				_, err = prescription.VerifyContent(t.Context(), prescriptionsql.New(db))
				require.NoError(t, err)
				sound(t, db, dsn)
			})
		}
	}
	assert.NotZero(t, outcomes[false], "the control: errors hit")
	assert.NotZero(t, outcomes[true])
	t.Logf("%d refused, %d stored", outcomes[false], outcomes[true])
}

func TestD4ControlTwoTransactionsComeApart(t *testing.T) {
	for n := 1; ; n++ {
		db, dsn := withVisit(t)
		stored, hit := errorAt(t, dsn, "two changes", "fsync", n)
		require.True(t, hit, "no error has hit between the two")
		if visits := count(t, db, "SELECT count(*) FROM visit"); visits == 1 && count(t, db, second) == 0 {
			require.False(t, stored)
			return
		}
	}
}
