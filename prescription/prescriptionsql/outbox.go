package prescriptionsql

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/internal/sqlplumbing"
	"github.com/verktoykatalog/verktoy/prescription"
)

// Claim implements [prescription.Outbox]. One that comes at the same time as
// another may get fewer messages than are due, and never one that the other got.
// On PostgreSQL it waits for the other one, and both may be in each other's way
// ([prescription.ErrBusy]), unless the store is made with [NewFor].
func (s *Store) Claim(ctx context.Context, now, until time.Time, n int) (claimed []prescription.Message, err error) {
	err = s.do(ctx, func(db sqlplumbing.DBTX) (err error) {
		claimed, err = s.claim(ctx, db, now, until, n)
		if err != nil || len(claimed) >= n {
			return err
		}
		hastened, err := changes(db.ExecContext(ctx, hastenMessages, micros(now), micros(until.Add(prescription.LongestWait))))
		if err != nil || hastened == 0 {
			return err
		}
		more, err := s.claim(ctx, db, now, until, n-len(claimed))
		claimed = append(claimed, more...)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(claimed, func(a, b prescription.Message) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
	})
	return claimed, nil
}

func (s *Store) claim(ctx context.Context, db sqlplumbing.DBTX, now, until time.Time, n int) ([]prescription.Message, error) {
	query := claimMessages
	if s.dialect == PostgreSQL {
		query = claimUnlocked
	}
	rows, err := db.QueryContext(ctx, query, micros(until), micros(now), micros(until.Add(prescription.LongestWait)), max(n, 0))
	return all(rows, err, scanMessage)
}

// Done implements [prescription.Outbox].
func (s *Store) Done(ctx context.Context, m prescription.MessageID) error {
	return s.do(ctx, func(db sqlplumbing.DBTX) error {
		_, err := db.ExecContext(ctx, deleteMessage, string(m))
		return err
	})
}

// Retry implements [prescription.Outbox].
func (s *Store) Retry(ctx context.Context, m prescription.MessageID, at time.Time, code string) error {
	return s.do(ctx, func(db sqlplumbing.DBTX) error {
		_, err := db.ExecContext(ctx, retryMessage, micros(at), code, string(m))
		return err
	})
}

// GiveUp implements [prescription.Outbox].
func (s *Store) GiveUp(ctx context.Context, m prescription.MessageID, at time.Time, code string) error {
	return s.do(ctx, func(db sqlplumbing.DBTX) error {
		_, err := db.ExecContext(ctx, giveUpMessage, micros(at), code, string(m))
		return err
	})
}

// Release implements [prescription.DeadLetters].
func (s *Store) Release(ctx context.Context, m prescription.MessageID, at time.Time) error {
	return s.do(ctx, func(db sqlplumbing.DBTX) error {
		n, err := changes(db.ExecContext(ctx, releaseMessage, micros(at), string(m)))
		if err == nil && n == 0 {
			err = prescription.ErrNotFound
		}
		return err
	})
}

// Dead implements [prescription.DeadLetters]. It only reads.
func (s *Store) Dead(ctx context.Context, n int) ([]prescription.Message, error) {
	rows, err := s.db.QueryContext(ctx, selectDead, cmp.Or(max(n, 0), prescription.DefaultListed))
	dead, err := all(rows, err, scanMessage)
	return dead, translate(ctx, err)
}
