package launchsql

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/sqlplumbing"
	"github.com/verktoykatalog/verktoy/launch"
)

// ReplayConfig says where used messages are kept. DB is required.
type ReplayConfig struct {
	// DB is a migrated database. A transaction would not do: what is undone later
	// was never used.
	DB *sql.DB
	// Skew is the greatest difference between any two clocks: of the processes
	// that take launches, and of the database. Messages are remembered for twice
	// as long as that after their time. Zero means 5 min; at most an hour.
	Skew time.Duration
}

// ReplayStore is a launch.ReplayStore that all processes on one database share
// and that outlives them. It is safe for concurrent use.
type ReplayStore struct{ cfg ReplayConfig }

var _ launch.ReplayStore = (*ReplayStore)(nil)

// NewReplayStore checks the configuration; the error names every fault. The
// database is not asked.
func NewReplayStore(cfg ReplayConfig) (*ReplayStore, error) {
	if cfg.Skew == 0 {
		cfg.Skew = 5 * time.Minute
	}
	var faults []string
	if cfg.DB == nil {
		faults = append(faults, "field DB is nil")
	}
	if cfg.Skew < 0 || cfg.Skew > time.Hour {
		faults = append(faults, "field Skew is not within 0 and 1 h")
	}
	if len(faults) > 0 {
		return nil, errors.New("launchsql: invalid ReplayConfig: " + strings.Join(faults, "; "))
	}
	return &ReplayStore{cfg}, nil
}

// Consume implements launch.ReplayStore in one statement of the database, which
// decides who was first. Any error means that it is not known; the message may
// have been used up.
func (s *ReplayStore) Consume(ctx context.Context, issuer, id string, until time.Time) (bool, error) {
	key := replayKey(issuer, id)
	kept := until.Add(2 * s.cfg.Skew)
	if kept.Unix() <= 0 {
		return false, errors.New("launchsql: until is over, or not given")
	}
	n, err := changes(s.cfg.DB.ExecContext(ctx, insertUsed, key[:], kept.UnixMicro()))
	if err != nil {
		return false, cut(err)
	}
	return n == 1, nil
}

// replayKey takes the issuer's length in, so that no two pairs look alike. It is
// not the message's own text, which has several spellings.
func replayKey(issuer, id string) [sha256.Size]byte {
	return sha256.Sum256(append(binary.BigEndian.AppendUint64(nil, uint64(len(issuer))), issuer+id...))
}

// batch is how many rows one statement deletes, so that launches need not wait long.
const batch = 1000

// Clean deletes what no clock within Skew can take for valid any more, in small
// batches, and says how many rows that were, also together with an error. The
// database's clock decides. Call it every few minutes, in one process or in all.
func (s *ReplayStore) Clean(ctx context.Context) (removed int64, err error) {
	now, err := databaseTime(ctx, s.cfg.DB)
	if err != nil {
		return 0, cut(err)
	}
	return s.clean(ctx, now, batch)
}

func (s *ReplayStore) clean(ctx context.Context, now time.Time, batch int) (removed int64, err error) {
	for {
		n, err := changes(s.cfg.DB.ExecContext(ctx, deleteOver, now.UnixMicro(), batch))
		removed += n
		if err != nil {
			return removed, cut(err)
		}
		if n < int64(batch) {
			return removed, nil
		}
	}
}

// databaseTime is the time of the database, in whole seconds. PostgreSQL's
// driver gives a time, SQLite's a text.
func databaseTime(ctx context.Context, db *sql.DB) (time.Time, error) {
	var now any
	if err := db.QueryRowContext(ctx, selectNow).Scan(&now); err != nil {
		return time.Time{}, err
	}
	switch x := now.(type) {
	case time.Time:
		return x.UTC().Truncate(time.Second), nil
	case []byte:
		return time.Parse(time.DateTime, string(x))
	case string:
		return time.Parse(time.DateTime, x)
	}
	return time.Time{}, errors.New("the database gives no time")
}

func changes(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

func cut(err error) error { return fmt.Errorf("launchsql: %w", sqlplumbing.Cut(err)) }
