package prescriptionsql

import (
	"context"
	"database/sql"

	"github.com/verktoykatalog/verktoy/prescription"
)

var _ prescription.Auditor = (*Store)(nil)

// AuditAll implements [prescription.Auditor]. It only reads, all in one
// statement, and holds its connection while each is called.
func (s *Store) AuditAll(ctx context.Context, each func(prescription.AuditHead, prescription.AuditEntry) error) error {
	rows, err := s.db.QueryContext(ctx, selectAuditAll)
	if err != nil {
		return translate(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		head, entry, err := scanAuditAll(rows)
		if err != nil {
			return translate(err)
		}
		if err := each(head, entry); err != nil {
			return err
		}
	}
	return translate(rows.Err())
}

// scanAuditAll gives a zero entry for a prescription without any.
func scanAuditAll(row scanner) (h prescription.AuditHead, e prescription.AuditEntry, err error) {
	var updated, us, seq sql.NullInt64
	texts := make([]sql.NullString, 10)
	into := []any{&h.ID, &h.Version, &h.State, &updated, &texts[0], &seq, &us}
	for i := range texts[1:] {
		into = append(into, &texts[i+1])
	}
	err = row.Scan(into...)
	h.Updated = at(updated.Int64)
	e = prescription.AuditEntry{Prescription: prescription.ID(texts[0].String), Seq: seq.Int64, At: at(us.Int64),
		Event: prescription.Event(texts[1].String), From: prescription.State(texts[2].String), To: prescription.State(texts[3].String),
		By:     prescription.Actor{Role: prescription.Role(texts[4].String), ID: texts[5].String},
		Reason: texts[6].String, Detail: texts[7].String, Previous: texts[8].String, Hash: texts[9].String}
	return h, e, err
}
