package prescriptionsql

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/internal/sqlplumbing"
	"github.com/verktoykatalog/verktoy/prescription"
)

// Create implements [prescription.Store].
func (s *Store) Create(ctx context.Context, n prescription.New) (p prescription.Prescription, err error) {
	err = s.do(ctx, func(db sqlplumbing.DBTX) (err error) {
		p, err = s.create(ctx, db, n)
		return err
	})
	if err != nil {
		return prescription.Prescription{}, err
	}
	return p, nil
}

func (s *Store) create(ctx context.Context, db sqlplumbing.DBTX, n prescription.New) (prescription.Prescription, error) {
	if n.OnlyStored {
		return again(ctx, db, n)
	}
	if n.Previous != nil {
		p, err := again(ctx, db, n)
		if !errors.Is(err, prescription.ErrNotFound) {
			return p, err
		}
		if err := supersede(ctx, db, n); err != nil {
			return p, err
		}
	}
	p := fresh(n.Prescription)
	room, err := s.insert(ctx, db, n, p)
	if err == nil && !room {
		room, err = s.squeeze(ctx, db, n, p)
	}
	if err == nil && !room {
		return again(ctx, db, n)
	}
	return p, err
}

// insert writes a prescription with its audit entry and messages, or nothing if
// there is no room for it.
func (s *Store) insert(ctx context.Context, db sqlplumbing.DBTX, n prescription.New, p prescription.Prescription) (bool, error) {
	entry := n.Audit
	entry.At = whole(entry.At)
	entry = entry.Linked("")
	messages := make([]prescription.Message, len(n.Messages))
	for i, m := range n.Messages {
		messages[i] = m.For(p)
	}
	if s.dialect == PostgreSQL && len(messages) == 1 {
		args := slices.Concat(insertArgs(p, n.Content), auditArgs(entry), messageArgs(messages[0]))
		created, err := changes(db.ExecContext(ctx, insertAll, args...))
		return created == 1, err
	}
	created, err := changes(db.ExecContext(ctx, insertPrescription, insertArgs(p, n.Content)...))
	if err != nil || created == 0 {
		return false, err
	}
	if err := record(ctx, db, entry); err != nil {
		return false, err
	}
	return true, post(ctx, db, messages)
}

// squeeze looks why there was no room for a prescription: because the key was
// used, or because the citizen has one of the tool, which may have expired or
// may be wanted besides. In the last two cases it makes room.
func (s *Store) squeeze(ctx context.Context, db sqlplumbing.DBTX, n prescription.New, p prescription.Prescription) (bool, error) {
	if _, err := again(ctx, db, n); !errors.Is(err, prescription.ErrNotFound) {
		return false, nil // the caller looks again
	}
	for range squeezes {
		if room, err := s.squeezeOnce(ctx, db, n, p); room || err != nil {
			return room, err
		}
	}
	if _, _, err := scanPrescription(db.QueryRowContext(ctx, selectByID, string(p.ID))); !errors.Is(err, prescription.ErrNotFound) {
		return false, cmp.Or(err, errInUse)
	}
	return false, prescription.ErrBusy
}

// squeezes is how often room is made. On PostgreSQL one that ends meanwhile may
// hand its slot on to another just before it would have been taken from it.
const squeezes = 3

func (s *Store) squeezeOnce(ctx context.Context, db sqlplumbing.DBTX, n prescription.New, p prescription.Prescription) (bool, error) {
	whose := []any{p.Tenant, p.Patient.Pseudonym, string(p.Tool)}
	if !n.Second {
		count := 0
		err := db.QueryRowContext(ctx, rivals, append(whose, micros(p.Issued))...).Scan(&count)
		if err == nil && count > 0 {
			err = prescription.ErrAlreadyActive
		}
		if err != nil {
			return false, err
		}
	}
	if _, err := db.ExecContext(ctx, makeRoom, whose...); err != nil {
		return false, err
	}
	return s.insert(ctx, db, n, p)
}

// errInUse says that there is no room though nobody stands in the way.
var errInUse = errors.New("prescriptionsql: id is in use")

// supersede ends the prescription that the new one takes the place of.
func supersede(ctx context.Context, db sqlplumbing.DBTX, n prescription.New) error {
	before, _, err := scanPrescription(db.QueryRowContext(ctx, lockByID, string(n.Previous.ID)))
	if err != nil {
		return err
	}
	if err := n.Follows(before); err != nil {
		return err
	}
	after, _, err := before.Next(*n.Previous)
	if err != nil {
		return err
	}
	return write(ctx, db, *n.Previous, before, after)
}

// again gives what the key has stored.
func again(ctx context.Context, db sqlplumbing.DBTX, n prescription.New) (prescription.Prescription, error) {
	key := []any{n.Prescription.Tenant, n.Prescription.Key}
	p, content, err := scanPrescription(db.QueryRowContext(ctx, lockByKey, key...))
	if err == nil && !n.Same(p, content) {
		err = prescription.ErrKeyReused
	}
	return p, err
}

// fresh is what the database keeps of a new prescription: times in microseconds,
// and nothing of what only comes later.
func fresh(p prescription.Prescription) prescription.Prescription {
	p.Issued, p.Expires, p.Sent, p.Updated = whole(p.Issued), whole(p.Expires), whole(p.Sent), whole(p.Updated)
	p.Delivered, p.Opened, p.Started, p.CancelAsked, p.Completed, p.Ended = never, never, never, never, never, never
	p.Reason, p.ReplacedBy = "", ""
	return p
}

var never time.Time

func record(ctx context.Context, db sqlplumbing.DBTX, e prescription.AuditEntry) error {
	_, err := db.ExecContext(ctx, insertAudit, auditArgs(e)...)
	return err
}

func post(ctx context.Context, db sqlplumbing.DBTX, messages []prescription.Message) error {
	for _, m := range messages {
		if _, err := db.ExecContext(ctx, insertMessage, messageArgs(m)...); err != nil {
			return err
		}
	}
	return nil
}
