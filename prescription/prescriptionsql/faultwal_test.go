package prescriptionsql_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// wal is how great the file beside a database is.
func wal(t *testing.T, dsn string) int64 {
	t.Helper()
	info, err := os.Stat(fileOf(dsn) + "-wal")
	require.NoError(t, err)
	return info.Size()
}

// verifiedMeanwhile prescribes so often while somebody reads the whole trail, and
// gives the greatest size of the -wal file.
func verifiedMeanwhile(t *testing.T, db *sql.DB, dsn string, writes int) (greatest int64) {
	t.Helper()
	s, st := service(t), prescriptionsql.New(db)
	rows, prescribed := 0, 0
	err := st.AuditAll(t.Context(), func(prescription.AuditHead, prescription.AuditEntry) error {
		if rows++; rows%2 == 0 && prescribed < writes {
			prescribed++
			if _, err := s.Prescribe(t.Context(), st, request(t, fmt.Sprintf("meanwhile-%d", prescribed))); err != nil {
				return err
			}
			greatest = max(greatest, wal(t, dsn))
		}
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, writes, prescribed)
	return greatest
}

// D7, somebody reads for long while others write, more than the limit of 64 MiB in
// the long form. Pass: nobody is refused; while the whole trail is verified the
// -wal file stays below a fraction of what is written; while somebody else reads,
// of whom this package knows nothing, TrimWAL gives the warning, at the limit and
// not before; when they are done the file shrinks to nothing. Control: the file
// under that reader grows with all that is written.
func TestD7AReaderThatTakesItsTime(t *testing.T) {
	writes := often(200, 2_000)
	e := engines[0]
	db, dsn := e.Empty(t)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.Dialect))
	e.write(t, db, max(2*writes, 1_200)) // more than two pages are read
	e.chain(t, db, 1)
	verifying := verifiedMeanwhile(t, db, dsn, writes)

	rows, err := db.QueryContext(t.Context(), "SELECT id FROM verktoy_prescription")
	require.NoError(t, err)
	defer func() { _ = rows.Close() }()
	require.True(t, rows.Next())
	s, st := service(t), prescriptionsql.New(db)
	for i := range writes {
		_, err := s.Prescribe(t.Context(), st, request(t, fmt.Sprintf("later-%d", i)))
		require.NoError(t, err)
	}
	held := wal(t, dsn)
	assert.Greater(t, held, int64(writes)*40<<10, "the control")
	assert.Less(t, verifying, held/2)
	assert.Less(t, verifying, int64(prescriptionsql.WALLimit))
	left, err := prescriptionsql.TrimWAL(t.Context(), db, held)
	require.NoError(t, err)
	assert.Less(t, held-left, int64(8<<10), "the file has a header, and may have room to spare")
	left, err = prescriptionsql.TrimWAL(t.Context(), db, left-1)
	require.ErrorIs(t, err, prescriptionsql.ErrWAL)
	assert.NotZero(t, left)
	_, err = prescriptionsql.TrimWAL(t.Context(), db, prescriptionsql.WALLimit)
	assert.Equal(t, held > prescriptionsql.WALLimit, errors.Is(err, prescriptionsql.ErrWAL))
	require.NoError(t, rows.Close())
	left, err = prescriptionsql.TrimWAL(t.Context(), db, 0)
	require.NoError(t, err)
	assert.Zero(t, left)
	assert.Zero(t, wal(t, dsn))
	require.NoError(t, prescriptionsql.CheckSettings(t.Context(), db, e.Dialect), "the settings are as they were")
	_, err = prescription.VerifyAll(t.Context(), st, nil)
	require.NoError(t, err)
	t.Logf("%d prescriptions: -wal file %d kB while verifying, %d kB under another reader", writes, verifying>>10, held>>10)
}

// The trail is read page by page: what is changed meanwhile on a later page comes as
// it is then, and what is prescribed meanwhile does not come.
func TestTheTrailIsReadInPages(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		const before = 1_100
		db := e.Migrated(t)
		e.write(t, db, before)
		e.chain(t, db, 1)
		s, st := service(t), prescriptionsql.New(db)
		id := prescription.ID("0193a6f0-00001000") // is open, and on the second page
		heads := map[prescription.ID]prescription.AuditHead{}
		require.NoError(t, st.AuditAll(t.Context(), func(h prescription.AuditHead, _ prescription.AuditEntry) error {
			if len(heads) == 0 {
				_, err := s.Note(t.Context(), st, prescription.Ref{ID: id, Version: 1}, therapist, "x")
				require.NoError(t, err)
				_, err = s.Prescribe(t.Context(), st, request(t, "meanwhile"))
				require.NoError(t, err)
			}
			heads[h.ID] = h
			return nil
		}))
		assert.Len(t, heads, before)
		assert.EqualValues(t, 2, heads[id].Version)
		assert.Equal(t, before+1, count(t, db, "SELECT count(*) FROM verktoy_prescription"))
	})
}

// Who has no -wal file has nothing to trim.
func TestTrimWALWithoutOne(t *testing.T) {
	db := open(t, "sqlite", "file:"+t.TempDir()+"/test.db")
	left, err := prescriptionsql.TrimWAL(t.Context(), db, 0)
	require.NoError(t, err)
	assert.Zero(t, left)
}
