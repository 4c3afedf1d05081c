package prescriptionsql

import (
	"context"
	"database/sql"

	"github.com/verktoykatalog/verktoy/prescription"
)

var _ prescription.Auditor = (*Store)(nil)

// auditPage is how many prescriptions are read at a time.
const auditPage = 500

// AuditAll implements [prescription.Auditor]. It only reads, some hundred
// prescriptions in a statement, and has no statement open while each is called:
// who verifies for long does not keep the -wal file of SQLite from shrinking. Each
// prescription comes as it is when its page is read; those that are made later, with
// greater ids, do not come.
func (s *Store) AuditAll(ctx context.Context, each func(prescription.AuditHead, prescription.AuditEntry) error) error {
	var after, end string
	if err := s.db.QueryRowContext(ctx, selectLastID).Scan(&end); err != nil {
		return translate(ctx, err)
	}
	for page := (&auditRows{}); after != end; { // the database knows the order
		last, err := s.readAuditPage(ctx, after, end, page)
		if err != nil || last == "" {
			return err
		}
		for i := range page.heads {
			if err := each(page.heads[i], page.entries[i]); err != nil {
				return err
			}
		}
		after = last
	}
	return nil
}

// auditRows are the rows of a page; the room is used again for the next.
type auditRows struct {
	heads   []prescription.AuditHead
	entries []prescription.AuditEntry
}

// readAuditPage gives the last id of the page; "" when there is nothing left.
func (s *Store) readAuditPage(ctx context.Context, after, end string, page *auditRows) (last string, err error) {
	page.heads, page.entries = page.heads[:0], page.entries[:0]
	err = s.db.QueryRowContext(ctx, selectAuditPage, after, end, auditPage).Scan(&last)
	if err != nil || last == "" {
		return "", translate(ctx, err)
	}
	rows, err := s.db.QueryContext(ctx, selectAuditAll, after, last)
	if err != nil {
		return "", translate(ctx, err)
	}
	defer func() { _ = rows.Close() }()
	row := newAuditRow()
	for rows.Next() {
		if err := rows.Scan(row.into...); err != nil {
			return "", translate(ctx, err)
		}
		head, entry := row.read()
		page.heads, page.entries = append(page.heads, head), append(page.entries, entry)
	}
	return last, translate(ctx, rows.Err())
}

// auditRow is what a row is scanned into, one after the other: of a million rows
// each allocation counts.
type auditRow struct {
	head             prescription.AuditHead
	updated, us, seq sql.NullInt64
	texts            [10]sql.NullString
	into             []any
}

func newAuditRow() *auditRow {
	r := &auditRow{}
	r.into = []any{&r.head.ID, &r.head.Version, &r.head.State, &r.updated, &r.texts[0], &r.seq, &r.us}
	for i := range r.texts[1:] {
		r.into = append(r.into, &r.texts[i+1])
	}
	return r
}

// read gives a zero entry for a prescription without any.
func (r *auditRow) read() (prescription.AuditHead, prescription.AuditEntry) {
	r.head.Updated = at(r.updated.Int64)
	t := &r.texts
	return r.head, prescription.AuditEntry{Prescription: prescription.ID(t[0].String), Seq: r.seq.Int64, At: at(r.us.Int64),
		Event: prescription.Event(t[1].String), From: prescription.State(t[2].String), To: prescription.State(t[3].String),
		By:     prescription.Actor{Role: prescription.Role(t[4].String), ID: t[5].String},
		Reason: t[6].String, Detail: t[7].String, Previous: t[8].String, Hash: t[9].String}
}
