package reportsql

// One text for SQLite and PostgreSQL. Parameters are numbered in the order in
// which they first appear, since SQLite takes $2 for a name.

const columns = `id, sequence, portal, task, launch, definition, event, at, progress, due, attempts, code, dead`

// claimable chooses what may be claimed. $3 is later than anyone can have leased it
// until, unless by a clock that was wrong.
const claimable = `SELECT o.id FROM verktoy_report_outbox o WHERE o.due <= $2 AND (o.leased <= $2 OR o.leased > $3) AND o.dead = 0 AND NOT EXISTS (
   SELECT 1 FROM verktoy_report_outbox e WHERE e.line = o.line AND e.sequence < o.sequence AND e.dead = 0)
  ORDER BY o.due, o.id LIMIT $4`

const (
	// Writes nothing new if there is a line: it locks the row and gives its newest
	// content.
	lockLine = `INSERT INTO verktoy_report_line (line, state, progress, sequence, updated, ended) VALUES ($1, $2, 0, 0, 0, 0)
 ON CONFLICT (line) DO UPDATE SET line = excluded.line RETURNING state, progress, sequence, updated`

	// The same by a report's id.
	lockLineOf = `UPDATE verktoy_report_line SET sequence = sequence WHERE line = (
  SELECT line FROM verktoy_report_outbox WHERE id = $1) RETURNING sequence`

	updateLine = `UPDATE verktoy_report_line SET state = $1, progress = $2, sequence = $3, updated = $4, ended = $5 WHERE line = $6`

	selectLine = `SELECT state, progress, sequence, updated FROM verktoy_report_line WHERE line = $1`

	insertReport = `INSERT INTO verktoy_report_outbox (line, leased, ` + columns + `)
 VALUES ($1, 0, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`

	collapseProgress = `DELETE FROM verktoy_report_outbox WHERE line = $1 AND event = 'progress' AND leased <= $2 RETURNING ` + columns

	// The outer conditions are looked at again by PostgreSQL when another claim was
	// faster; the inner ones choose.
	claimReports = `UPDATE verktoy_report_outbox SET leased = $1, attempts = attempts + 1
 WHERE due <= $2 AND (leased <= $2 OR leased > $3) AND dead = 0 AND id IN (` + claimable + `)
 RETURNING ` + columns

	// claimUnlocked is for PostgreSQL: it waits for nobody and takes what others are
	// not taking. The array is made once, before anything is changed.
	claimUnlocked = `UPDATE verktoy_report_outbox SET leased = $1, attempts = attempts + 1
 WHERE id = ANY (ARRAY(` + claimable + ` FOR UPDATE SKIP LOCKED))
 RETURNING ` + columns

	// What a clock that was wrong has put off becomes due.
	hastenReports = `UPDATE verktoy_report_outbox SET due = $1 WHERE due > $2`

	deleteReport = `DELETE FROM verktoy_report_outbox WHERE id = $1`

	retryReport = `UPDATE verktoy_report_outbox SET due = $1, leased = 0, code = $2 WHERE id = $3`

	giveUpReport = `UPDATE verktoy_report_outbox SET dead = $1, leased = 0, code = $2 WHERE id = $3`

	releaseReport = `UPDATE verktoy_report_outbox SET dead = 0, attempts = 0, due = $1 WHERE id = $2 AND dead > 0 RETURNING ` + columns

	selectDead = `SELECT ` + columns + ` FROM verktoy_report_outbox WHERE dead > 0 ORDER BY dead, id LIMIT $1`

	forgetEnded = `DELETE FROM verktoy_report_line WHERE line IN (
  SELECT l.line FROM verktoy_report_line l WHERE l.ended = 1 AND l.updated < $1 AND NOT EXISTS (
   SELECT 1 FROM verktoy_report_outbox o WHERE o.line = l.line)
  ORDER BY l.updated, l.line LIMIT $2)`
)
