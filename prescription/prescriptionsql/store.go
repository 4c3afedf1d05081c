package prescriptionsql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/internal/sqlplumbing"
	"github.com/verktoykatalog/verktoy/prescription"
)

// DBTX is the part of [sql.DB], [sql.Conn] and [sql.Tx] that a store needs.
type DBTX interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// ErrTransactionEnded says that the host's transaction is over, for instance
// because the context ended in the middle of a statement. Nothing of it is
// kept; roll it back and begin a new one.
var ErrTransactionEnded = sqlplumbing.ErrTransactionEnded

// ErrFull says that the database has no room on its disk. Nothing of the call
// was written; what is stored can be read. Make room and repeat the call with
// the same key.
var ErrFull = errors.New("prescriptionsql: the disk of the database is full")

// Store is a [prescription.Store] and [prescription.Outbox], and all else that a
// store can be: [prescription.DeadLetters], [prescription.Lister],
// [prescription.Notebook], [prescription.Eraser], [prescription.Historian] and
// [prescription.Auditor]. Make one with [New] or [NewFor].
type Store struct {
	db      DBTX
	dialect Dialect // empty if it is not known
}

var _ prescription.Queue = (*Store)(nil)

// New makes a store on a migrated database, of either engine.
//
// On a *sql.DB or *sql.Conn each call is a transaction of its own. On a *sql.Tx
// each call is part of the host's transaction and kept when the host commits; a
// savepoint guards it, so that a call that gives an error leaves nothing behind
// and the host may go on, unless the error is [ErrTransactionEnded]. Types that
// embed one of the three are treated like it; any other is refused by the calls
// that write. Making a store costs nothing: make one for each transaction.
func New(db DBTX) *Store { return &Store{db: db} }

// NewFor is [New] for hosts that say which engine the database is. On PostgreSQL
// a prescription is then stored with its audit entry and its message in one
// statement: the way to the server and back is most of what it costs. Otherwise,
// and for any other Dialect, the store is that of New.
func NewFor(d Dialect, db DBTX) *Store { return &Store{db: db, dialect: d} }

// do runs work wholly or not at all and keeps values out of its error.
func (s *Store) do(ctx context.Context, work func(sqlplumbing.DBTX) error) error {
	return translate(ctx, sqlplumbing.Do(ctx, s.db, work))
}

// translate keeps errors of the domain as they are and cuts all others.
func translate(ctx context.Context, err error) error {
	if err == nil || ofDomain(err) && !errors.Is(err, ErrTransactionEnded) {
		return err
	}
	cut := sqlplumbing.Cut(sqlplumbing.Because(ctx, err))
	var database *sqlplumbing.DatabaseError
	switch found := errors.As(cut, &database); {
	case found && database.Busy():
		return fmt.Errorf("%w: %w", prescription.ErrBusy, cut)
	case found && database.Full():
		return fmt.Errorf("%w: %w", ErrFull, cut)
	}
	return fmt.Errorf("prescriptionsql: %w", cut)
}

func ofDomain(err error) bool {
	for _, known := range []error{prescription.ErrNotFound, prescription.ErrKeyReused, prescription.ErrConflict{},
		prescription.ErrNotAllowed{}, prescription.ErrAudit, prescription.ErrNationalID, prescription.ErrAlreadyActive,
		prescription.ErrOtherPatient, prescription.ErrNotLonger, errInUse} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

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
	room, err := s.insert(ctx, db, n, p)
	if err == nil && !room {
		err = errInUse
	}
	return room, err
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

func changes(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// Get implements [prescription.Store]. It only reads: see the package comment
// for what that means in a transaction on SQLite.
func (s *Store) Get(ctx context.Context, id prescription.ID) (prescription.Prescription, error) {
	p, _, err := scanPrescription(s.db.QueryRowContext(ctx, selectByID, string(id)))
	if err != nil {
		return prescription.Prescription{}, translate(ctx, err)
	}
	return p, nil
}

// Audit implements [prescription.Store]. It only reads.
func (s *Store) Audit(ctx context.Context, id prescription.ID) ([]prescription.AuditEntry, error) {
	rows, err := s.db.QueryContext(ctx, selectAudit, string(id))
	entries, err := all(rows, err, scanAudit)
	if err != nil {
		return nil, translate(ctx, err)
	}
	if len(entries) == 0 { // unknown, or somebody removed them
		_, err := s.Get(ctx, id)
		return nil, err
	}
	return entries, nil
}
