package launchsql

import (
	"context"
	"time"
)

// Queries are all SQL texts, for a test of their form.
func Queries() []string {
	return []string{insertUsed, selectNow, deleteOver, selectKeys, insertKeys, updateKeys}
}

// CleanAt is Clean as if the database's clock said now.
func (s *ReplayStore) CleanAt(ctx context.Context, now time.Time, batch int) (int64, error) {
	return s.clean(ctx, now, batch)
}

// DatabaseTime is what Clean takes for now.
func (s *ReplayStore) DatabaseTime(ctx context.Context) (time.Time, error) {
	return databaseTime(ctx, s.cfg.DB)
}

// Key is what the table has of a message.
func Key(issuer, id string) []byte {
	key := replayKey(issuer, id)
	return key[:]
}
