package prescriptionsql_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// What a store is filled with: of a hundred prescriptions 90 have ended, 5 have
// expired and 5 are open, in 200 tenants. One of them, the biggest, has a tenth
// of all. A citizen has four. 2,000 messages wait, whatever the size.
const (
	bigTenant = "999999999"
	patients  = 4
	inOutbox  = 2_000
)

// numbersFrom1 are n rows with a number i.
func (e engine) numbersFrom1(n int) string {
	if e.Name == "postgres" {
		return fmt.Sprintf("(SELECT i FROM generate_series(1, %d) AS i) AS numbers", n)
	}
	return fmt.Sprintf("(WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %d) SELECT i FROM c) AS numbers", n)
}

// open states, one after the other.
const openState = `CASE (i / 20) % 5 WHEN 0 THEN 'sent' WHEN 1 THEN 'delivered' WHEN 2 THEN 'opened' WHEN 3 THEN 'started' ELSE 'paused' END`

// fill writes n prescriptions, and messages for the first, and has the database
// look at them.
func (e engine) fill(t testing.TB, db *sql.DB, n int) {
	t.Helper()
	e.write(t, db, n)
	e.analyze(t, db)
}

func (e engine) write(t testing.TB, db *sql.DB, n int) {
	t.Helper()
	const day = int64(24 * time.Hour / time.Microsecond)
	now := noon.UnixMicro()
	id := map[string]string{"sqlite": "printf('0193a6f0-%08d', i)", "postgres": "'0193a6f0-' || lpad(i::text, 8, '0')"}[e.Name]
	query := fmt.Sprintf(`INSERT INTO verktoy_prescription (id, version, tenant, request_key, content, tool, unit, pseudonym,
 national_id, lang, prescriber_role, prescriber_id, patient_text, state, reason, issued, expires, sent, delivered, opened, started,
 completed, ended, updated, over_at, slot)
 SELECT %[1]s, 2, CASE WHEN i / %[4]d %% 10 = 0 THEN '%[5]s' ELSE 'tenant-' || (i / %[4]d %% 199) END, 'visit-' || i, 'c0ffee',
 'tool-' || (i %% 60), 'eight-weeks', 'patient-' || (i / %[4]d), '', 'nb', 'therapist', 'hpr/9144889', 'Øv litt hver kveld.',
 CASE WHEN i %% 20 < 2 THEN %[2]s ELSE 'completed' END, '', %[3]d - i %% 700 * %[6]d,
 CASE WHEN i %% 20 = 0 THEN %[3]d + (1 + i %% 50) * %[6]d ELSE %[3]d - (1 + i %% 300) * %[6]d END, 0, 0, 0, 0, 0,
 CASE WHEN i %% 20 < 2 THEN 0 ELSE %[3]d - (1 + i %% 300) * %[6]d END, %[3]d - 30 * %[6]d, %[3]d, %[1]s FROM %[7]s`,
		id, openState, now, patients, bigTenant, day, e.numbersFrom1(n))
	e.exec(t, db, query)
	e.exec(t, db, fmt.Sprintf(`INSERT INTO verktoy_prescription_outbox (id, prescription, version, event, due, leased, attempts, code)
 SELECT id || '/' || v, id, v, 'note', %d + v, 0, 0, '' FROM verktoy_prescription, (SELECT 1 AS v UNION SELECT 2 UNION SELECT 3 UNION SELECT 4) AS versions
 ORDER BY id, v LIMIT %d`, now-10, inOutbox))
}

func (e engine) analyze(t testing.TB, db *sql.DB) {
	t.Helper()
	query := "ANALYZE"
	if e.Name == "postgres" {
		query += " verktoy_prescription, verktoy_prescription_outbox, verktoy_prescription_audit"
	}
	e.exec(t, db, query)
}

func (e engine) exec(t testing.TB, db *sql.DB, query string) {
	t.Helper()
	_, err := db.ExecContext(t.Context(), query)
	require.NoError(t, err, query)
}

// look is a question that must stay quick.
type look struct {
	name  string
	ask   func(ctx context.Context, db prescriptionsql.DBTX) (int, error)
	query string // the one of the store, with its arguments
	args  []any
	index []string // that the plan must use
}

func (e engine) looks() []look {
	const page = 10
	all := prescriptionsql.Lookups()
	long := noon.Add(-time.Hour)
	q := prescription.Overdue{At: noon, Undelivered: long, Unopened: long, Unstarted: long, Silent: long, Unconfirmed: long}
	us := noon.UnixMicro()
	claims := []string{"verktoy_prescription_outbox_due", "verktoy_prescription_outbox_order"}
	found := []look{
		{"for patient", func(ctx context.Context, db prescriptionsql.DBTX) (int, error) {
			found, err := prescriptionsql.New(db).ForPatient(ctx, bigTenant, "patient-20", "", page)
			return len(found), err
		}, all["for patient"], []any{bigTenant, "patient-20", page}, []string{"verktoy_prescription_slot", "verktoy_prescription_ended"}},
		{"overdue", func(ctx context.Context, db prescriptionsql.DBTX) (int, error) {
			found, err := prescriptionsql.New(db).Overdue(ctx, bigTenant, q, prescription.Prescription{}, page)
			return len(found), err
		}, all["overdue"], []any{bigTenant, "opened", us, "", long.UnixMicro(), page}, []string{"verktoy_prescription_waiting"}},
		{"claim", func(ctx context.Context, db prescriptionsql.DBTX) (int, error) {
			found, err := prescriptionsql.New(db).Claim(ctx, noon, noon.Add(time.Minute), page)
			return len(found), err
		}, all["claim"], []any{us + 1, us, us + 2, page}, claims},
	}
	found = slices.Insert(found, 2, look{"ended", func(ctx context.Context, db prescriptionsql.DBTX) (int, error) {
		found, err := prescriptionsql.New(db).Ended(ctx, bigTenant, prescription.Completed, noon.AddDate(0, 0, -7), prescription.Prescription{}, page)
		return len(found), err
	}, all["ended"], []any{bigTenant, "completed", noon.AddDate(0, 0, -7).UnixMicro(), us, "", page}, []string{"verktoy_prescription_over"}})
	found = slices.Insert(found, 2, look{"for tool", func(ctx context.Context, db prescriptionsql.DBTX) (int, error) {
		found, err := prescriptionsql.New(db).ForTool(ctx, bigTenant, "tool-20", noon, prescription.Prescription{}, page)
		return len(found), err
	}, all["for tool"], []any{bigTenant, "tool-20", us, "", page}, []string{"verktoy_prescription_tool"}})
	if e.Dialect == prescriptionsql.PostgreSQL {
		found = append(found, look{"claim what is unlocked", func(ctx context.Context, db prescriptionsql.DBTX) (int, error) {
			found, err := prescriptionsql.NewFor(e.Dialect, db).Claim(ctx, noon, noon.Add(time.Minute), page)
			return len(found), err
		}, all["claim what is unlocked"], []any{us + 1, us, us + 2, page}, claims})
	}
	return found
}

// plan is how the database answers, a line for each step.
func (e engine) plan(t testing.TB, db *sql.DB, query string, args ...any) []string {
	t.Helper()
	explain := map[string]string{"sqlite": "EXPLAIN QUERY PLAN ", "postgres": "EXPLAIN "}[e.Name]
	rows, err := db.QueryContext(t.Context(), explain+query, args...)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	var lines []string
	for rows.Next() {
		var line string
		var other int
		into := []any{&line}
		if e.Name == "sqlite" {
			into = []any{&other, &other, &other, &line}
		}
		require.NoError(t, rows.Scan(into...))
		lines = append(lines, line)
	}
	require.NoError(t, rows.Err())
	require.NotEmpty(t, lines)
	return lines
}

// scans are the steps of a plan that read a whole table of ours. What SQLite
// reads as a co-routine or a constant row is a part of the question.
func scans(plan []string) (found []string) {
	for _, line := range plan {
		name, isScan := strings.CutPrefix(line, "SCAN ")
		if strings.Contains(line, "Seq Scan on verktoy") ||
			isScan && name != "CONSTANT ROW" && !strings.Contains(line, "USING") && !slices.Contains(plan, "CO-ROUTINE "+name) {
			found = append(found, line)
		}
	}
	return found
}

// The lists and the claim find what they look for by an index. The claim does
// not compare all messages with all in a new table, of which the database has no
// statistics. The control is a question
// that no index can answer.
func TestPlansUseTheIndexes(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		e.write(t, db, 50_000)
		for _, claim := range e.looks()[4:] {
			plan := strings.Join(e.plan(t, db, claim.query, claim.args...), "\n")
			require.NotContains(t, plan, "outbox_dead", "the index of those that were given up, of which there are few")
			require.Contains(t, plan, "outbox_order")
		}
		e.analyze(t, db)
		for _, l := range e.looks() {
			plan := e.plan(t, db, l.query, l.args...)
			require.Empty(t, scans(plan), l.name)
			for _, index := range l.index {
				require.Contains(t, strings.Join(plan, "\n"), index, l.name)
			}
			n, err := l.ask(t.Context(), db)
			require.NoError(t, err)
			require.NotZero(t, n, l.name)
		}
		hurry := e.plan(t, db, prescriptionsql.Lookups()["hurry"], noon.UnixMicro(), "0193a6f0-00000001")
		require.Empty(t, scans(hurry), "those of one prescription")
		slot := e.plan(t, db, prescriptionsql.Lookups()["heir"], bigTenant, "patient-20", "tool-20")
		require.Empty(t, scans(slot), "those of one citizen")
		require.Contains(t, strings.Join(slot, "\n"), "verktoy_prescription_slot")
		rivals := e.plan(t, db, prescriptionsql.Lookups()["rivals"], bigTenant, "patient-20", "tool-20", noon.UnixMicro())
		require.Contains(t, strings.Join(rivals, "\n"), "verktoy_prescription_slot", "and not all citizens' of the tool")
		require.NotEmpty(t, scans(e.plan(t, db, "SELECT id FROM verktoy_prescription WHERE patient_text = 'x'")), "the control")
	})
}

// BenchmarkScale times the questions at 10,000 prescriptions and at a million, or
// as many as VERKTOY_TEST_ROWS says, and gives how much longer they take. The
// bar is three times.
func BenchmarkScale(b *testing.B) {
	const small = 10_000
	large := number10(b, "VERKTOY_TEST_ROWS", 1_000_000)
	for _, e := range engines {
		b.Run(e.Name, func(b *testing.B) {
			before, after := e.Migrated(b), e.Migrated(b)
			e.fill(b, before, small)
			e.fill(b, after, large)
			for _, l := range e.looks() {
				b.Run(strings.ReplaceAll(l.name, " ", "-"), func(b *testing.B) {
					b.Logf("%d and %d prescriptions", count(b, before, "SELECT count(*) FROM verktoy_prescription"), count(b, after, "SELECT count(*) FROM verktoy_prescription"))
					b.Log(strings.Join(e.plan(b, after, l.query, l.args...), "\n"))
					compare(b, before, after, l)
				})
			}
		})
	}
}

// compare asks both in turn, so that what else the machine does meets both.
func compare(b *testing.B, before, after *sql.DB, l look) {
	var took [2]time.Duration
	var found [2]int
	for b.Loop() {
		for i, db := range []*sql.DB{before, after} {
			began := time.Now()
			n, err := once(b, db, l)
			took[i] += time.Since(began)
			require.NoError(b, err)
			found[i] = n
		}
	}
	require.NotZero(b, found[0])
	b.ReportMetric(float64(took[1])/float64(took[0]), "ratio")
	b.ReportMetric(float64(took[0].Nanoseconds())/float64(b.N), "ns/small")
	b.ReportMetric(float64(took[1].Nanoseconds())/float64(b.N), "ns/large")
	b.Logf("%d rows of %d", found[0], found[1])
}

// once asks and takes back what asking changed.
func once(b *testing.B, db *sql.DB, l look) (int, error) {
	tx, err := db.BeginTx(b.Context(), nil)
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }()
	return l.ask(b.Context(), tx)
}
