package prescriptionsql_test

import (
	"database/sql"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

// An engine that is not known is no fault of a store: it is that of New.
func TestAStoreForAnUnknownEngineIsThatOfNew(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		for _, d := range []prescriptionsql.Dialect{"", "mysql"} {
			db := e.Migrated(t)
			st := prescriptionsql.NewFor(d, db)
			_, err := service(t).Prescribe(t.Context(), st, request(t, "visit-1"))
			require.NoError(t, err, d)
			assert.Len(t, claimed(t, st), 1, d)
			require.ErrorIs(t, prescriptionsql.Migrate(t.Context(), db, d), prescriptionsql.ErrDialect)
		}
	})
}

func TestStoreKeepsTheContract(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, e engine, store func(prescriptionsql.DBTX) *prescriptionsql.Store) {
		prescriptiontest.TestStore(t, func(t *testing.T) prescription.Store { return store(e.Migrated(t)) })
	})
}

func TestSameAnswersOnAConnectionAsOnAPool(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		conn, err := db.Conn(t.Context())
		require.NoError(t, err)
		defer func() { require.NoError(t, conn.Close()) }()
		s := service(t)
		p, err := s.Prescribe(t.Context(), prescriptionsql.New(conn), request(t, "visit-1"))
		require.NoError(t, err)
		got, err := s.Get(t.Context(), prescriptionsql.New(db), p.ID)
		require.NoError(t, err, "kept at once")
		assert.Equal(t, p, got)
	})
}

// The answer is what is stored also if what only comes later is asked for.
func TestANewPrescriptionHasNothingOfWhatComesLater(t *testing.T) {
	onEachStore(t, func(t *testing.T, e engine, store func(prescriptionsql.DBTX) *prescriptionsql.Store) {
		st := store(e.Migrated(t))
		p := prescription.Prescription{ID: "a", Version: 1, Tenant: "999999999", Key: "visit-1", Tool: "sleep", Unit: "eight-weeks",
			Patient: prescription.Patient{Pseudonym: "patient-1"}, Prescriber: therapist, State: prescription.Sent,
			Issued: noon, Sent: noon, Updated: noon, Expires: noon.Add(time.Hour), Reason: "other", ReplacedBy: "b",
			Delivered: noon, Opened: noon, Started: noon, CancelAsked: noon, Completed: noon, Ended: noon}
		created, err := st.Create(t.Context(), prescription.New{Prescription: p, Audit: prescription.AuditEntry{Prescription: p.ID, Seq: 1}})
		require.NoError(t, err)
		got, err := st.Get(t.Context(), "a")
		require.NoError(t, err)
		assert.Equal(t, created, got)
		assert.Equal(t, noon, got.Sent)
		assert.Zero(t, got.Ended)
	})
}

// bare has the methods of DBTX but is neither pool nor transaction.
type bare struct{ prescriptionsql.DBTX }

func TestWhatIsNeitherPoolNorTransactionIsRefused(t *testing.T) {
	db := engines[0].Migrated(t)
	_, err := service(t).Prescribe(t.Context(), prescriptionsql.New(bare{db}), request(t, "visit-1"))
	require.ErrorContains(t, err, "want a *sql.DB, *sql.Conn or *sql.Tx")
	assert.Zero(t, count(t, db, "SELECT count(*) FROM verktoy_prescription"))
}

// hostTx is how a host may wrap its transaction.
type hostTx struct{ *sql.Tx }

func TestAWrappedTransactionIsTheHosts(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		tx, err := db.BeginTx(t.Context(), nil)
		require.NoError(t, err)
		_, err = service(t).Prescribe(t.Context(), prescriptionsql.New(hostTx{tx}), request(t, "visit-1"))
		require.NoError(t, err)
		require.NoError(t, tx.Rollback())
		assert.Zero(t, count(t, db, "SELECT count(*) FROM verktoy_prescription"))
	})
}

// A trail that somebody has cut is not continued as if nothing were wrong.
func TestAChangeNeedsTheAuditEntryBefore(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		s, st := service(t), prescriptionsql.New(db)
		p, err := s.Prescribe(t.Context(), st, request(t, "visit-1"))
		require.NoError(t, err)
		_, err = db.ExecContext(t.Context(), "DELETE FROM verktoy_prescription_audit")
		require.NoError(t, err)
		_, err = s.Cancel(t.Context(), st, prescription.Ref{ID: p.ID, Version: 1}, therapist, prescription.ReasonOther)
		require.ErrorIs(t, err, prescription.ErrAudit)
		got, err := s.Get(t.Context(), st, p.ID)
		require.NoError(t, err)
		assert.Equal(t, p, got, "nothing was written")
		entries, err := st.Audit(t.Context(), p.ID)
		require.NoError(t, err)
		assert.ErrorIs(t, got.CheckAudit(entries), prescription.ErrAudit)
	})
}

// The columns of the audit are what the hash covers: no row can be changed
// unseen in the database.
func TestEveryChangedAuditColumnIsFound(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db := e.Migrated(t)
		s, st := service(t), prescriptionsql.New(db)
		p, err := s.Prescribe(t.Context(), st, request(t, "visit-1"))
		require.NoError(t, err)
		p, err = s.Cancel(t.Context(), st, prescription.Ref{ID: p.ID, Version: 1}, therapist, prescription.ReasonOther)
		require.NoError(t, err)
		edits := []string{"at = at + 1", "event = 'open'", "from_state = 'opened'", "to_state = 'failed'", "by_role = 'tool'",
			"by_id = 'x'", "reason = ''", "previous_hash = hash", "hash = previous_hash"}
		for _, edit := range edits {
			tx, err := db.BeginTx(t.Context(), nil)
			require.NoError(t, err)
			_, err = tx.ExecContext(t.Context(), "UPDATE verktoy_prescription_audit SET "+edit+" WHERE seq = 2")
			require.NoError(t, err)
			entries, err := prescriptionsql.New(tx).Audit(t.Context(), p.ID)
			require.NoError(t, err)
			assert.ErrorIs(t, prescription.VerifyAudit(entries), prescription.ErrAudit, edit)
			require.NoError(t, tx.Rollback())
		}
		entries, err := st.Audit(t.Context(), p.ID)
		require.NoError(t, err)
		assert.NoError(t, p.CheckAudit(entries))
	})
}
