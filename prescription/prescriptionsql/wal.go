package prescriptionsql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// ErrWAL says that the -wal file of an SQLite database is greater than it should
// be and cannot be emptied, because somebody has been reading for long. It goes on
// growing with each write until they end.
var ErrWAL = errors.New("prescriptionsql: a reader keeps the -wal file from shrinking")

// WALLimit is how great a -wal file may be before somebody should look: 64 MiB.
const WALLimit = 64 << 20

// TrimWAL brings what the -wal file of an SQLite database holds into the database
// and empties the file, if nobody reads or writes at the moment; it waits for
// nobody. It gives how many bytes the file still holds. [ErrWAL] if those are more
// than limit; log it, look who reads, and call again. Call it from time to time,
// and after erasing, since the file also holds what was there before. Other errors
// are those of the database.
func TrimWAL(ctx context.Context, db *sql.DB, limit int64) (left int64, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return 0, translate(ctx, err)
	}
	defer func() { _ = conn.Close() }()
	var wait, busy, frames, moved, page int64
	if err := conn.QueryRowContext(ctx, "PRAGMA busy_timeout").Scan(&wait); err != nil {
		return 0, translate(ctx, err)
	}
	if _, err := conn.ExecContext(ctx, "PRAGMA busy_timeout = 0"); err != nil {
		return 0, translate(ctx, err)
	}
	err = conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved)
	_, restored := conn.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf("PRAGMA busy_timeout = %d", wait))
	if err == nil {
		err = conn.QueryRowContext(ctx, "PRAGMA page_size").Scan(&page)
	}
	if err := errors.Join(err, restored); err != nil {
		return 0, translate(ctx, err)
	}
	const head = 24 // of each frame, sqlite.org/fileformat2.html#walformat
	if left = max(frames, 0) * (page + head); left > limit {
		return left, fmt.Errorf("%w: it holds %d MiB", ErrWAL, left>>20)
	}
	return left, nil
}
