package prescriptionsql_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// smallDisk is a file system of its own with so many bytes.
func smallDisk(t *testing.T, bytes int) string {
	t.Helper()
	at := t.TempDir()
	out, err := exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%d", bytes), "tmpfs", at).CombinedOutput()
	if err != nil {
		without(t, "want the right to mount a small disk: "+string(out))
	}
	t.Cleanup(func() {
		out, err := exec.CommandContext(context.Background(), "umount", at).CombinedOutput()
		require.NoError(t, err, string(out))
	})
	return at
}

// D3, again on a disk that is really full, with the system's own error. Half of it
// is taken by a file of somebody else's, which goes when the disk is full. Pass: as
// above; the error says that the disk is full each time, whichever write it was
// that had no room. Control: when the file has gone as much again is stored.
func TestD3ADiskThatIsReallyFull(t *testing.T) {
	const size = 4 << 20
	disk := smallDisk(t, size)
	ballast := filepath.Join(disk, "ballast")
	require.NoError(t, os.WriteFile(ballast, make([]byte, size/2), 0o600))
	_, dsn := engines[0].Empty(t)
	dsn = strings.Replace(dsn, fileOf(dsn), filepath.Join(disk, "test.db"), 1)
	db := open(t, "sqlite", dsn)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, prescriptionsql.SQLite))
	s, st := service(t), prescriptionsql.New(db)
	var stored []prescription.ID
	fill := func() (n int) {
		for refused := 0; refused < 20; {
			require.Less(t, len(stored), 10_000, "the disk never fills up")
			p, err := s.Prescribe(t.Context(), st, request(t, fmt.Sprintf("visit-%d", len(stored))))
			if err != nil {
				require.ErrorIs(t, err, prescriptionsql.ErrFull)
				require.NotErrorIs(t, err, prescription.ErrBusy)
				refused++
				continue
			}
			stored = append(stored, p.ID)
			n++
		}
		return n
	}
	first := fill()
	require.NotZero(t, first)
	for _, id := range stored {
		_, err := s.Get(t.Context(), st, id)
		require.NoError(t, err, "reads go on")
	}
	require.NoError(t, os.Remove(ballast))
	second := fill()
	assert.Greater(t, second, first/2, "the control")
	assert.EqualValues(t, len(stored), verified(t, db).Prescriptions)
	assert.Equal(t, len(stored), count(t, db, "SELECT count(*) FROM verktoy_prescription_outbox"))
	sound(t, db, dsn)
	t.Logf("%d stored, then %d more", first, second)
}
