package prescriptionsql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

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
	turn    turn
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
// statement, since the way to the server and back is most of what it costs, and
// claims pass by what others are claiming. On SQLite the calls that write are
// done one by one in the order in which they came, so that none waits much longer
// than others: keep one such store for each file, and use [Store.In] for
// transactions. For any other Dialect the store is that of New.
func NewFor(d Dialect, db DBTX) *Store { return &Store{db: db, dialect: d, turn: newTurn(d)} }

// In is the same store on another handle, such as the host's transaction that
// the next calls shall be part of. Its calls do not wait for those of s; the host
// has begun already.
func (s *Store) In(db DBTX) *Store { return &Store{db: db, dialect: s.dialect} }

// do runs work wholly or not at all and keeps values out of its error.
func (s *Store) do(ctx context.Context, work func(sqlplumbing.DBTX) error) error {
	if err := s.turn.take(ctx); err != nil {
		return translate(ctx, err)
	}
	defer s.turn.leave()
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
	for _, known := range []error{prescription.ErrNotFound, prescription.ErrKeyReused, prescription.ErrReportReused, prescription.ErrConflict{},
		prescription.ErrNotAllowed{}, prescription.ErrAudit, prescription.ErrNationalID, prescription.ErrAlreadyActive,
		prescription.ErrOtherPatient, prescription.ErrOtherTool, prescription.ErrNotLonger, prescription.ErrPolicy, prescription.ErrBusy, errInUse} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
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
