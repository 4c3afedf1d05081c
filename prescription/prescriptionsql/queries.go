package prescriptionsql

// One text for SQLite and PostgreSQL. Parameters are numbered in the order in
// which they first appear, since SQLite takes $2 for a name.

const columns = `id, version, tenant, request_key, content, tool, unit, pseudonym, national_id, lang, prescriber_role, prescriber_id,
 patient_text, state, reason, replaces, replaced_by, issued, expires, sent, delivered, opened, started, cancel_asked, completed,
 ended, updated`

const auditColumns = `prescription, seq, at, event, from_state, to_state, by_role, by_id, reason, detail, previous_hash, hash`

const newMessage = `id, prescription, version, audience, recipient, event, due, leased, attempts, code`

const messageColumns = `id, prescription, version, audience, recipient, event, due, attempts, code, dead`

// A citizen's prescriptions that have not ended are in another index than those
// that have: each is asked for its own.
const ofPatient = `SELECT * FROM (SELECT ` + columns + ` FROM verktoy_prescription WHERE tenant = $1 AND pseudonym = $2`

const idsOfPatient = `SELECT id FROM verktoy_prescription WHERE tenant = $1 AND pseudonym = $2 AND ended = 0
  UNION ALL SELECT id FROM verktoy_prescription WHERE tenant = $1 AND pseudonym = $2 AND ended > 0`

// comesFirst says that the message o waits for e. Most prescriptions have only
// the message of version 1 to the portal: that one is in no index but that of the
// ids, so each question for a prescription's messages has two parts.
const comesFirst = `e.prescription = o.prescription AND e.version < o.version AND e.audience = o.audience AND e.recipient = o.recipient
    AND e.dead = 0`

// claimable are the messages that are due and wait for no other.
const claimable = `SELECT o.id FROM verktoy_prescription_outbox o WHERE o.due <= $2 AND (o.leased <= $2 OR o.leased > $3) AND o.dead = 0
   AND NOT EXISTS (SELECT 1 FROM verktoy_prescription_outbox e WHERE e.id = o.prescription || '/1' AND ` + comesFirst + `)
   AND NOT EXISTS (SELECT 1 FROM verktoy_prescription_outbox e WHERE e.id <> e.prescription || '/1' AND ` + comesFirst + `)
  ORDER BY o.due, o.id LIMIT $4`

const (
	// What only comes later has its beginning here: each value more to be parsed and
	// bound is felt when prescribing.
	insertPrescription = `INSERT INTO verktoy_prescription (id, version, tenant, request_key, content, tool, unit, pseudonym, national_id,
 lang, prescriber_role, prescriber_id, patient_text, state, replaces, issued, expires, over_at, sent, updated, reason, delivered,
 opened, started, completed, ended)
 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $18, $19, '', 0, 0, 0, 0, 0)
 ON CONFLICT DO NOTHING`

	// insertAll is for PostgreSQL: the three inserts in one statement. It changes one
	// row, that of the message, or none.
	insertAll = `WITH new AS (` + insertPrescription + ` RETURNING 1), recorded AS (INSERT INTO verktoy_prescription_audit
 (` + auditColumns + `) SELECT $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31 FROM new)
 INSERT INTO verktoy_prescription_outbox (` + newMessage + `)
 SELECT $32, $33, $34, $35, $36, $37, $38, 0, 0, '' FROM new`

	// These two write nothing new: they lock the row and give its newest content.
	lockByKey = `UPDATE verktoy_prescription SET version = version WHERE tenant = $1 AND request_key = $2 RETURNING ` + columns
	lockByID  = `UPDATE verktoy_prescription SET version = version WHERE id = $1 RETURNING ` + columns

	// What stands in the way of a new prescription that had no room: others that
	// have not ended at the time. Those that have expired, and those beside which
	// another one is wanted, make room.
	rivals = `SELECT count(*) FROM verktoy_prescription WHERE tenant = $1 AND pseudonym = $2 AND tool = $3 AND ended = 0 AND expires > $4`

	makeRoom = `UPDATE verktoy_prescription SET slot = id WHERE tenant = $1 AND pseudonym = $2 AND tool = $3 AND ended = 0 AND slot = ''`

	// When one ends, another one that goes on takes its slot: heir is the id of one
	// that can, if nobody has it. That one may have ended when it is free to be
	// changed; PostgreSQL looks at its row again, and at nothing else.
	heir = `SELECT coalesce(max(id), '') FROM verktoy_prescription WHERE tenant = $1 AND pseudonym = $2 AND tool = $3 AND ended = 0
 AND NOT EXISTS (SELECT 1 FROM verktoy_prescription WHERE tenant = $1 AND pseudonym = $2 AND tool = $3 AND ended = 0 AND slot = '')`

	takeSlot = `UPDATE verktoy_prescription SET slot = '' WHERE id = $1 AND ended = 0`

	selectByID = `SELECT ` + columns + ` FROM verktoy_prescription WHERE id = $1`

	// What is changed after it was erased may have something new to erase.
	updatePrescription = `UPDATE verktoy_prescription SET version = $1, prescriber_role = $2, prescriber_id = $3, state = $4,
 reason = $5, replaced_by = $6, expires = $7, delivered = $8, opened = $9, started = $10, cancel_asked = $11, completed = $12,
 ended = $13, updated = $14, over_at = $15, erased = 0 WHERE id = $16 AND version = $17`

	insertAudit = `INSERT INTO verktoy_prescription_audit (` + auditColumns + `)
 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`

	selectHash = `SELECT hash FROM verktoy_prescription_audit WHERE prescription = $1 AND seq = $2`

	selectAudit = `SELECT ` + auditColumns + ` FROM verktoy_prescription_audit WHERE prescription = $1 ORDER BY seq`

	// The last of the next prescriptions, and those up to it with their trails. The
	// bounds stand for both tables, so that both are read by their indexes.
	selectAuditPage = `SELECT coalesce(max(id), '') FROM (
 SELECT id FROM verktoy_prescription WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3) AS page`

	selectLastID = `SELECT coalesce(max(id), '') FROM verktoy_prescription`

	selectAuditAll = `SELECT p.id, p.version, p.state, p.updated, a.prescription, a.seq, a.at, a.event, a.from_state, a.to_state,
 a.by_role, a.by_id, a.reason, a.detail, a.previous_hash, a.hash
 FROM verktoy_prescription p LEFT JOIN verktoy_prescription_audit a ON a.prescription = p.id AND a.prescription > $1 AND a.prescription <= $2
 WHERE p.id > $1 AND p.id <= $2 ORDER BY p.id, a.seq`

	insertReport = `INSERT INTO verktoy_prescription_inbox (prescription, report, event) VALUES ($1, $2, $3)
 ON CONFLICT (prescription, report) DO NOTHING`

	selectReport = `SELECT event FROM verktoy_prescription_inbox WHERE prescription = $1 AND report = $2`

	forgetReport = `DELETE FROM verktoy_prescription_inbox WHERE prescription = $1 AND report = $2`

	insertMessage = `INSERT INTO verktoy_prescription_outbox (` + newMessage + `)
 VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, '')`

	insertNote = `INSERT INTO verktoy_prescription_note (prescription, version, at, by_role, by_id, note, sum)
 VALUES ($1, $2, $3, $4, $5, $6, $7)`

	// The outer conditions are looked at again by PostgreSQL when another claim was
	// faster; the inner ones choose. $3 is later than anyone can have leased it until,
	// unless by a clock that was wrong.
	claimMessages = `UPDATE verktoy_prescription_outbox SET leased = $1, attempts = attempts + 1
 WHERE due <= $2 AND (leased <= $2 OR leased > $3) AND dead = 0 AND id IN (` + claimable + `)
 RETURNING ` + messageColumns

	// claimUnlocked is for PostgreSQL: it waits for nobody, so that two claims at
	// the same time cannot wait for each other.
	claimUnlocked = `WITH chosen AS (` + claimable + ` FOR UPDATE SKIP LOCKED)
 UPDATE verktoy_prescription_outbox SET leased = $1, attempts = attempts + 1 WHERE id = ANY (ARRAY(SELECT id FROM chosen))
 RETURNING ` + messageColumns

	// What a clock that was wrong has put off becomes due.
	hastenMessages = `UPDATE verktoy_prescription_outbox SET due = $1 WHERE due > $2`

	hurryMessages = `UPDATE verktoy_prescription_outbox SET due = $1 WHERE due > $1 AND prescription = $2 AND id IN (SELECT $2 || '/1'
 UNION ALL SELECT id FROM verktoy_prescription_outbox WHERE prescription = $2 AND id <> prescription || '/1')`

	deleteMessage = `DELETE FROM verktoy_prescription_outbox WHERE id = $1`

	retryMessage = `UPDATE verktoy_prescription_outbox SET due = $1, leased = 0, code = $2 WHERE id = $3`

	giveUpMessage = `UPDATE verktoy_prescription_outbox SET dead = $1, leased = 0, code = $2 WHERE id = $3`

	releaseMessage = `UPDATE verktoy_prescription_outbox SET dead = 0, attempts = 0, due = $1 WHERE id = $2 AND dead > 0`

	selectDead = `SELECT ` + messageColumns + ` FROM verktoy_prescription_outbox WHERE dead > 0 ORDER BY dead, id LIMIT $1`

	selectNotes = `SELECT version, at, by_role, by_id, note FROM verktoy_prescription_note WHERE prescription = $1 ORDER BY version`

	selectNoteSums = `SELECT prescription, version, note, sum FROM verktoy_prescription_note WHERE sum <> ''`

	selectNewestOfPatient = ofPatient + ` AND ended = 0 ORDER BY id DESC LIMIT $3) AS going UNION ALL ` +
		ofPatient + ` AND ended > 0 ORDER BY id DESC LIMIT $3) AS over ORDER BY id DESC LIMIT $3`

	selectOlderOfPatient = ofPatient + ` AND id < $3 AND ended = 0 ORDER BY id DESC LIMIT $4) AS going UNION ALL ` +
		ofPatient + ` AND id < $3 AND ended > 0 ORDER BY id DESC LIMIT $4) AS over ORDER BY id DESC LIMIT $4`

	selectOverdue = `SELECT ` + columns + ` FROM verktoy_prescription WHERE tenant = $1 AND state = $2 AND ended = 0 AND expires >= $3
 AND (expires > $3 OR id > $4) AND updated < $5 ORDER BY expires, id LIMIT $6`

	// The condition on ended is that of the index.
	selectEnded = `SELECT ` + columns + ` FROM verktoy_prescription WHERE tenant = $1 AND state = $2 AND ended > 0 AND ended >= $3
 AND ended <= $4 AND (ended < $4 OR id < $5) ORDER BY ended DESC, id DESC LIMIT $6`

	// The condition on id is that of the index, which is for this question alone.
	selectForTool = `SELECT ` + columns + ` FROM verktoy_prescription WHERE tenant = $1 AND tool = $2 AND ended = 0 AND id > '' AND expires >= $3
 AND (expires > $3 OR id > $4) ORDER BY expires, id LIMIT $5`

	selectMilestones = `SELECT tool, unit, tenant, state, issued, expires, delivered, opened, started, completed, ended
 FROM verktoy_prescription WHERE issued >= $1 AND issued < $2`

	eraseEnded = `UPDATE verktoy_prescription SET national_id = '', patient_text = '', erased = 1 WHERE id IN (
  SELECT id FROM verktoy_prescription WHERE erased = 0 AND over_at < $1 ORDER BY over_at, id LIMIT $2) RETURNING id`

	erasePatient = `UPDATE verktoy_prescription SET national_id = '', patient_text = '', erased = 1
 WHERE id IN (` + idsOfPatient + `) AND over_at <= $3 AND erased = 0 RETURNING id`

	countKept = `SELECT count(*) FROM verktoy_prescription WHERE id IN (` + idsOfPatient + `) AND over_at > $3`

	deleteNotes = `DELETE FROM verktoy_prescription_note WHERE prescription = $1`
)
