package main

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue/sample"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

const secret = "a-secret-of-the-sleep-course"

// rig is the program on a database of its own.
type rig struct {
	database []string // the flag that names it
	db       *sql.DB  // to look into it
	number   string   // the citizen's
	at       time.Time
	said     bytes.Buffer // all that was printed and logged
}

// onEach runs a test on both engines.
func onEach(t *testing.T, test func(t *testing.T, r *rig)) {
	t.Helper()
	for name, database := range map[string]func(*testing.T) (flag, dsn, driver string){"sqlite": sqlite, "postgres": postgres} {
		t.Run(name, func(t *testing.T) {
			flag, dsn, driver := database(t)
			db, err := sql.Open(driver, dsn)
			require.NoError(t, err)
			t.Cleanup(func() { assert.NoError(t, db.Close()) })
			r := &rig{database: []string{flag, dsn}, db: db, number: prescriptiontest.Number("158190"), at: sample.Today()}
			r.run(t, 0, "migrate")
			test(t, r)
			assert.NotContains(t, r.said.String(), r.number)
			assert.NotContains(t, r.said.String(), secret)
		})
	}
}

func sqlite(t *testing.T) (flag, dsn, driver string) {
	return "-sqlite", filepath.Join(t.TempDir(), "epr.db"), "sqlite"
}

var schemas atomic.Int64

// postgres makes a schema for one test.
func postgres(t *testing.T) (flag, dsn, driver string) {
	base := os.Getenv("VERKTOY_TEST_POSTGRES")
	if base == "" {
		require.NotEqual(t, "1", os.Getenv("VERKTOY_REQUIRE_ALL"), "VERKTOY_TEST_POSTGRES is not set")
		t.Skip("VERKTOY_TEST_POSTGRES is not set")
	}
	admin, err := sql.Open("pgx", base)
	require.NoError(t, err)
	schema := fmt.Sprintf("verktoy_epr_%d_%d", os.Getpid(), schemas.Add(1))
	_, err = admin.ExecContext(t.Context(), "CREATE SCHEMA "+schema)
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := admin.Exec("DROP SCHEMA " + schema + " CASCADE")
		assert.NoError(t, err)
		assert.NoError(t, admin.Close())
	})
	if !strings.Contains(base, "://") {
		return "-postgres", base + " search_path=" + schema, "pgx"
	}
	u, err := url.Parse(base)
	require.NoError(t, err, "VERKTOY_TEST_POSTGRES")
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return "-postgres", u.String(), "pgx"
}

func (r *rig) around(out, err io.Writer) surroundings {
	return surroundings{strings.NewReader(r.number + "\n"), out, err, func(name string) string {
		return map[string]string{"EPR_TOOL_SECRETS": "sovn-steg-for-steg=" + secret + ",slipp-taket=another-secret-of-another"}[name]
	}, func() time.Time { return r.at }}
}

// run runs a command and gives what it printed and logged.
func (r *rig) run(t *testing.T, code int, command string, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	got := run(t.Context(), append(append([]string{command}, r.database...), args...), r.around(&out, &out))
	require.Equal(t, code, got, out.String())
	r.said.Write(out.Bytes())
	return out.String()
}

// work starts the worker, which delivers once. until waits for a line that has a
// text, and gives it; end stops the worker.
func (r *rig) work(t *testing.T, args ...string) (until func(text string) string, end func()) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended, lines := make(chan int, 1), make(chan string, 1000)
	s := r.around(in, in)
	at := r.at
	s.now = func() time.Time { return at }
	go func() {
		ended <- run(ctx, append(append([]string{"worker", "-listen", "127.0.0.1:0", "-every", "1h"}, r.database...), args...), s)
		_ = in.Close()
	}()
	go func() {
		defer close(lines)
		for scanner := bufio.NewScanner(out); scanner.Scan(); {
			lines <- scanner.Text()
		}
	}()
	keep := func(line string) string { r.said.WriteString(line + "\n"); return line }
	until = func(text string) string {
		for line := range lines {
			if keep(line); strings.Contains(line, text) {
				return line
			}
		}
		require.Fail(t, "the worker has ended", "want a line with %q: %s", text, r.said.String())
		return ""
	}
	end = sync.OnceFunc(func() {
		stop()
		for line := range lines {
			keep(line)
		}
		assert.Equal(t, 0, <-ended)
	})
	t.Cleanup(end)
	return until, end
}

func (r *rig) count(t *testing.T, table string) (n int) {
	t.Helper()
	require.NoError(t, r.db.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n))
	return n
}

// enter enters the patient, which may be repeated.
func (r *rig) enter(t *testing.T) {
	t.Helper()
	r.run(t, 0, "patient", "-patient", patient, "-born", "1990-01-15")
}

// prescribe prescribes the sleep course for the patient, and gives the prescription's id.
func (r *rig) prescribe(t *testing.T, args ...string) string {
	t.Helper()
	r.enter(t)
	said := r.run(t, 0, "prescribe", append(click(), args...)...)
	require.True(t, strings.HasPrefix(said, "prescribed "), said)
	return strings.Fields(said)[1]
}

// click are the flags of a good prescription.
func click() []string {
	return []string{"-patient", patient, "-tool", "sovn-steg-for-steg", "-unit", "insomni-8-uker", "-note", "Sleeps badly.", "-read"}
}

const patient = "p-7f3a9c21"

func (r *rig) list(t *testing.T) string { t.Helper(); return r.run(t, 0, "list", "-patient", patient) }
