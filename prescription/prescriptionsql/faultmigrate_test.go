package prescriptionsql_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/sqltest"
	"github.com/verktoykatalog/verktoy/internal/underrace"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

func init() { jobs["migrate and die"] = migrateAndDie }

// migrateAndDie migrates through a driver that takes a migration's statements one
// by one and kills the program before one of them.
func migrateAndDie(t *testing.T, j job) {
	var at int
	_, err := fmt.Sscan(j.with, &at)
	require.NoError(t, err)
	db := sql.OpenDB(slow{j.db.Driver(), os.Getenv(sqltest.ChildDSN), &at})
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, j.e.Dialect))
	say("migrated")
}

// slow is a driver whose program dies before statement number left.
type slow struct {
	real driver.Driver
	dsn  string
	left *int
}

func (s slow) Connect(context.Context) (driver.Conn, error) {
	c, err := s.real.Open(s.dsn)
	return slowConn{c, s.left}, err
}

func (s slow) Driver() driver.Driver { return s.real }

type slowConn struct {
	driver.Conn
	left *int
}

func (c slowConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
}

func (c slowConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (r driver.Result, err error) {
	for _, one := range statements(query) {
		if *c.left--; *c.left == 0 {
			die()
		}
		if r, err = c.Conn.(driver.ExecerContext).ExecContext(ctx, one, args); err != nil {
			return r, err
		}
	}
	return r, nil
}

// statements are those of a text, in which no value has a semicolon at a line's end.
func statements(text string) (all []string) {
	for one := range strings.SplitSeq(text, ";\n") {
		if strings.TrimSpace(one) != "" {
			all = append(all, one)
		}
	}
	return all
}

// schemas are what a database has after each migration.
func (e engine) schemas(t *testing.T) (all []string) {
	t.Helper()
	db, _ := e.Empty(t)
	for i, body := range e.Bodies(t, prescriptionsql.Migrations()) {
		if i == 0 {
			e.first(t, db)
		} else {
			e.exec(t, db, body)
		}
		all = append(all, e.Schema(t, db))
	}
	return all
}

// first runs the first migration by hand and stores a prescription in its form,
// with its audit entry and a message. A view of the host's looks at both.
func (e engine) first(t *testing.T, db *sql.DB) {
	t.Helper()
	e.exec(t, db, e.Bodies(t, prescriptionsql.Migrations())[0])
	e.exec(t, db, "CREATE TABLE verktoy_prescription_schema (version INTEGER NOT NULL PRIMARY KEY)")
	e.exec(t, db, "INSERT INTO verktoy_prescription_schema (version) VALUES (1)")
	e.exec(t, db, `INSERT INTO verktoy_prescription VALUES ('old', 1, '999999999', 'visit-1', '', 'sleep', 'eight-weeks', 'patient-1', '',
 'nb', 'therapist', 'hpr/9144889', 'Øv litt.', 'sent', '', 1, 2, 1, 0, 0, 0, 0, 0, 1)`)
	entry := prescription.AuditEntry{Prescription: "old", Seq: 1, At: time.UnixMicro(1), Event: prescription.EventPrescribe,
		From: prescription.Drafted, To: prescription.Sent, By: therapist}.Linked("")
	e.exec(t, db, fmt.Sprintf(`INSERT INTO verktoy_prescription_audit VALUES ('old', 1, 1, 'prescribe', 'drafted', 'sent', 'therapist',
 'hpr/9144889', '', '', '%s')`, entry.Hash))
	e.exec(t, db, "INSERT INTO verktoy_prescription_outbox VALUES ('old/1', 'old', 1, 'prescribe', 1, 0, 0, '')")
	e.exec(t, db, `CREATE VIEW host AS SELECT a.hash, o.id FROM verktoy_prescription_audit a
 JOIN verktoy_prescription_outbox o ON o.prescription = a.prescription`)
}

// whole looks for what first stored, in the newest form.
func (e engine) whole(t *testing.T, db *sql.DB) {
	t.Helper()
	st := prescriptionsql.New(db)
	p, err := st.Get(t.Context(), "old")
	require.NoError(t, err)
	assert.Equal(t, "Øv litt.", p.Text)
	sum, err := prescription.VerifyAll(t.Context(), st, nil)
	require.NoError(t, err)
	assert.EqualValues(t, 1, sum.Entries)
	assert.Equal(t, 1, count(t, db, "SELECT count(*) FROM host"))
	assert.Equal(t, []string{"old/1"}, claimed(t, st))
}

// killedAt migrates what first stored, in a program that is killed before
// statement number at, and again; done is true when there was no such statement.
// The schema must be one of whole after the first, and the last of them after the
// second.
func (e engine) killedAt(t *testing.T, at int, whole []string) (done bool) {
	db, dsn := e.Empty(t)
	e.first(t, db)
	o := e.start(t, dsn, "migrate and die", fmt.Sprint(at), "")
	done = o.line(t) == "migrated"
	o.rest(t)
	if err := o.Wait(); !done {
		require.Error(t, err)
		assert.True(t, slices.Contains(whole, e.Schema(t, db)), "between, after statement %d", at-1)
	}
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.Dialect))
	assert.True(t, e.Schema(t, db) == whole[len(whole)-1], "the schema of a new database, after statement %d", at-1)
	e.whole(t, db)
	return done
}

// D13, killed before any statement of a migration. Pass: what was there is as it
// was, of one version or another, never between; run again it ends at the schema of a
// new database, old data whole. Control: without a transaction the kill leaves
// half a schema.
func TestD13MigrationKilledAtAnyStatement(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		whole := e.schemas(t)
		require.True(t, e.Schema(t, e.Migrated(t)) == whole[len(whole)-1])
		killed := 0
		for at, done := 1, false; !done; at += often(12/underrace.Cases(3), 1) {
			t.Run(fmt.Sprint(at), func(t *testing.T) { // its pool ends with it: the server has 100 places
				if done = e.killedAt(t, at, whole); !done {
					killed++
				}
			})
			require.False(t, t.Failed())
		}
		require.Greater(t, killed, 3)
		t.Logf("%d kills", killed)

		db, _ := e.Empty(t) // the control
		e.first(t, db)
		all := statements(prescriptionsql.SQL(e.Dialect))
		second := slices.IndexFunc(all, func(one string) bool { return strings.Contains(one, "ADD COLUMN") })
		require.Positive(t, second)
		e.exec(t, db, all[second])
		assert.False(t, slices.Contains(whole, e.Schema(t, db)))
	})
}
