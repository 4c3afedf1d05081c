package prescriptionsql

// One text for SQLite and PostgreSQL. Parameters are numbered in the order in
// which they first appear, since SQLite takes $2 for a name.

const columns = `id, version, tenant, request_key, content, tool, unit, pseudonym, national_id, lang, prescriber_role, prescriber_id,
 patient_text, state, reason, issued, expires, sent, delivered, opened, started, completed, ended, updated`

const (
	insertPrescription = `INSERT INTO verktoy_prescription (` + columns + `)
 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
 ON CONFLICT (tenant, request_key) DO NOTHING`

	// These two write nothing new: they lock the row and give its newest content.
	lockByKey = `UPDATE verktoy_prescription SET version = version WHERE tenant = $1 AND request_key = $2 RETURNING ` + columns
	lockByID  = `UPDATE verktoy_prescription SET version = version WHERE id = $1 RETURNING ` + columns

	selectByID = `SELECT ` + columns + ` FROM verktoy_prescription WHERE id = $1`

	updatePrescription = `UPDATE verktoy_prescription SET version = $1, state = $2, reason = $3, delivered = $4, opened = $5,
 started = $6, completed = $7, ended = $8, updated = $9 WHERE id = $10 AND version = $11`

	insertAudit = `INSERT INTO verktoy_prescription_audit
 (prescription, seq, at, event, from_state, to_state, by_role, by_id, reason, previous_hash, hash)
 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`

	selectHash = `SELECT hash FROM verktoy_prescription_audit WHERE prescription = $1 AND seq = $2`

	selectAudit = `SELECT prescription, seq, at, event, from_state, to_state, by_role, by_id, reason, previous_hash, hash
 FROM verktoy_prescription_audit WHERE prescription = $1 ORDER BY seq`

	insertReport = `INSERT INTO verktoy_prescription_inbox (prescription, report, received) VALUES ($1, $2, $3)
 ON CONFLICT (prescription, report) DO NOTHING`

	insertMessage = `INSERT INTO verktoy_prescription_outbox (id, prescription, version, event, due, leased, attempts, code)
 VALUES ($1, $2, $3, $4, $5, 0, 0, '')`

	// The outer conditions are looked at again by PostgreSQL when another claim was
	// faster; the inner ones choose.
	claimMessages = `UPDATE verktoy_prescription_outbox SET leased = $1, attempts = attempts + 1
 WHERE due <= $2 AND leased <= $2 AND id IN (
  SELECT o.id FROM verktoy_prescription_outbox o WHERE o.due <= $2 AND o.leased <= $2 AND NOT EXISTS (
   SELECT 1 FROM verktoy_prescription_outbox e WHERE e.prescription = o.prescription AND e.version < o.version)
  ORDER BY o.due, o.id LIMIT $3)
 RETURNING id, prescription, version, event, due, attempts, code`

	hurryMessages = `UPDATE verktoy_prescription_outbox SET due = $1 WHERE prescription = $2 AND due > $1`

	deleteMessage = `DELETE FROM verktoy_prescription_outbox WHERE id = $1`

	retryMessage = `UPDATE verktoy_prescription_outbox SET due = $1, leased = 0, code = $2 WHERE id = $3`
)
