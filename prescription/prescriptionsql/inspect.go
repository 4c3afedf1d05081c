package prescriptionsql

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/verktoykatalog/verktoy/prescription"
)

var _ prescription.Inspector = (*Store)(nil)

// contradictions find rows that the trail gives the lie, each with what it is.
var contradictions = []struct{ what, query string }{
	{"the digest of its request is another than its first entry says", `SELECT p.id, a.seq FROM verktoy_prescription p
 JOIN verktoy_prescription_audit a ON a.prescription = p.id AND a.seq = 1
 WHERE a.detail LIKE '1/%/%/%/%' AND substr(a.detail, length(a.detail) - 63) <> p.content LIMIT 1`},
	{"it is to be erased at another time than it is over", `SELECT id, version FROM verktoy_prescription
 WHERE over_at <> CASE WHEN ended > 0 THEN ended ELSE expires END LIMIT 1`},
	{"a message is about something else than its entry", `SELECT o.prescription, o.version FROM verktoy_prescription_outbox o
 LEFT JOIN verktoy_prescription_audit a ON a.prescription = o.prescription AND a.seq = o.version
 WHERE o.event <> coalesce(a.event, '') OR o.id <> o.prescription || '/' || o.version
  || CASE WHEN o.audience = 'portal' THEN '' ELSE '/' || o.audience END
  || CASE WHEN o.recipient = '' THEN '' ELSE '/' || o.recipient END LIMIT 1`},
	{"a report is of no event", `SELECT prescription, 0 FROM verktoy_prescription_inbox WHERE event NOT IN (''` + events() + `) LIMIT 1`},
	{"a note is not by whom and when its entry says", `SELECT n.prescription, n.version FROM verktoy_prescription_note n
 LEFT JOIN verktoy_prescription_audit a ON a.prescription = n.prescription AND a.seq = n.version
 WHERE coalesce(a.event, '') <> 'note' OR a.at <> n.at OR a.by_role <> n.by_role OR a.by_id <> n.by_id LIMIT 1`},
}

// events are all events as SQL, each with a comma before it.
func events() (list string) {
	for _, t := range prescription.Transitions() {
		list += ", '" + string(t.Event) + "'"
	}
	return list
}

// Inspect implements [prescription.Inspector]. It compares digests of requests,
// times of erasure, messages that wait, and whom notes are by, with the trail; whether reports are of
// events; and
// the text of a note with the checksum beside it, since the trail must not keep
// anything of it. It cannot judge when a message is due and how often it was
// tried. The error is a [*prescription.AuditFault]. It only reads.
func (s *Store) Inspect(ctx context.Context) error {
	for _, c := range contradictions {
		rows, err := s.db.QueryContext(ctx, c.query)
		found, err := all(rows, err, func(row scanner) (*prescription.AuditFault, error) {
			f := &prescription.AuditFault{Why: c.what}
			return f, row.Scan(&f.Prescription, &f.Seq)
		})
		if err != nil {
			return translate(ctx, err)
		}
		if len(found) > 0 {
			return found[0]
		}
	}
	return s.inspectNotes(ctx)
}

// inspectNotes keeps no more than one note at a time.
func (s *Store) inspectNotes(ctx context.Context) error {
	rows, err := s.db.QueryContext(ctx, selectNoteSums)
	if err != nil {
		return translate(ctx, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		f := &prescription.AuditFault{Why: "the text of a note is not what was written"}
		var note, sum string
		if err := rows.Scan(&f.Prescription, &f.Seq, &note, &sum); err != nil {
			return translate(ctx, err)
		}
		if noteSum(note) != sum {
			return f
		}
	}
	return translate(ctx, rows.Err())
}

// noteSum finds what changes by itself; who can write to the table can write it too.
func noteSum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
