package prescriptionsql_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// printed is everything that an error may show of itself and of what it wraps.
func printed(err error) string {
	text := ""
	for ; err != nil; err = errors.Unwrap(err) {
		text += fmt.Sprintf("%v %+v %#v %s %q %T\n", err, err, err, err, err, err)
		if many, ok := err.(interface{ Unwrap() []error }); ok {
			for _, one := range many.Unwrap() {
				text += printed(one)
			}
		}
	}
	return text
}

// PostgreSQL quotes the whole row when a constraint fails, SQLite the
// constraint: none of it may get out.
func TestDriverErrorsShowNoValues(t *testing.T) {
	digits, _ := number(t)
	constraints := map[string]string{
		"sqlite":   "CREATE TRIGGER leak BEFORE INSERT ON verktoy_prescription BEGIN SELECT RAISE(ABORT, 'row has " + digits + "'); END",
		"postgres": "ALTER TABLE verktoy_prescription ADD CONSTRAINT leak CHECK (lang <> 'nb')",
	}
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		_, err := db.ExecContext(t.Context(), constraints[e.Name])
		require.NoError(t, err)
		_, err = service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-canary"))
		require.Error(t, err)
		text := printed(err)
		for _, secret := range []string{digits, "visit-canary", "Øv litt"} {
			assert.NotContains(t, text, secret)
		}
		assert.Regexp(t, "SQLSTATE 23514|SQLite code 1811", text)
	})
}

// A row that somebody has damaged is not quoted either.
func TestADamagedRowIsNotQuoted(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		st := prescriptionsql.New(db)
		p, err := service(t).Prescribe(t.Context(), st, request(t, "visit-1"))
		require.NoError(t, err)
		_, err = db.ExecContext(t.Context(), "UPDATE verktoy_prescription SET national_id = '15819000000x'")
		require.NoError(t, err)
		_, err = st.Get(t.Context(), p.ID)
		require.ErrorIs(t, err, prescription.ErrNationalID)
		assert.NotContains(t, printed(err), "15819000000")
	})
}

// The identity number is in one column of one table and in no other place.
func TestTheIdentityNumberIsInOneColumnOnly(t *testing.T) {
	digits, _ := number(t)
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		s, st := service(t), prescriptionsql.New(db)
		p, err := s.Prescribe(t.Context(), st, request(t, "visit-1"))
		require.NoError(t, err)
		_, _, err = s.Apply(t.Context(), st, prescription.Report{ID: "r1", Prescription: p.ID, Event: prescription.EventStart, At: noon,
			By: prescription.Actor{Role: prescription.RoleTool, ID: "tool-1"}})
		require.NoError(t, err)
		_, err = s.Cancel(t.Context(), st, prescription.Ref{ID: p.ID, Version: 2}, therapist, prescription.ReasonOther)
		require.NoError(t, err)
		for _, table := range append(ours, "verktoy_prescription_inbox", "verktoy_prescription_schema") {
			want := 0
			if table == "verktoy_prescription" {
				want = 1
			}
			assert.Equal(t, want, strings.Count(dump(t, db, table), digits), table)
		}
	})
}

func dump(t *testing.T, db *sql.DB, table string) string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+table)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	names, err := rows.Columns()
	require.NoError(t, err)
	text, found := "", 0
	for rows.Next() {
		values, into := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		require.NoError(t, rows.Scan(into...))
		text += fmt.Sprintln(values...)
		found++
	}
	require.NoError(t, rows.Err())
	require.NotZero(t, found, table)
	return text
}

type receiver struct {
	got map[prescription.MessageID]int
}

func (r *receiver) Deliver(_ context.Context, d prescription.Delivery) error {
	r.got[d.Message.ID]++
	return nil
}

func TestDrainDeliversWhatTheHostCommitted(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		s, r := service(t), &receiver{got: map[prescription.MessageID]int{}}
		var want []prescription.MessageID
		for i := range 30 {
			err := inTx(t.Context(), db, func(tx *sql.Tx) error {
				p, err := s.Prescribe(t.Context(), prescriptionsql.New(tx), request(t, fmt.Sprintf("visit-%d", i)))
				if i%3 == 0 {
					return errors.Join(err, errors.New("the host thinks better of it"))
				}
				want = append(want, prescription.MessageID(p.ID+"/1"))
				return err
			})
			require.Equal(t, i%3 == 0, err != nil)
		}
		n, err := s.Drain(t.Context(), prescriptionsql.New(db), r)
		require.NoError(t, err)
		assert.Equal(t, 20, n)
		for _, id := range want {
			assert.Equal(t, 1, r.got[id])
		}
		assert.Equal(t, 20, count(t, db, "SELECT count(*) FROM verktoy_prescription WHERE state = 'delivered' AND delivered = $1", noon.UnixMicro()))
		assert.Zero(t, count(t, db, "SELECT count(*) FROM verktoy_prescription_outbox"))
	})
}

func TestTimesAreStoredAsMicroseconds(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		_, err := service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-1"))
		require.NoError(t, err)
		want := noon.Add(56 * 24 * time.Hour).UnixMicro()
		assert.Equal(t, 1, count(t, db, "SELECT count(*) FROM verktoy_prescription WHERE issued = $1 AND expires = $2 AND opened = 0", noon.UnixMicro(), want))
	})
}
