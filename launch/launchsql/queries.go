package launchsql

// One text for SQLite and PostgreSQL. Parameters are numbered in the order in
// which they first appear, since SQLite takes $2 for a name.
const (
	insertUsed = `INSERT INTO verktoy_launch_replay (key, until) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING`

	selectNow = `SELECT CURRENT_TIMESTAMP`

	deleteOver = `DELETE FROM verktoy_launch_replay WHERE key IN (
  SELECT key FROM verktoy_launch_replay WHERE until < $1 ORDER BY until, key LIMIT $2)`

	selectKeys = `SELECT revision, record FROM verktoy_launch_keys WHERE name = $1`

	insertKeys = `INSERT INTO verktoy_launch_keys (name, revision, record) VALUES ($1, 1, $2) ON CONFLICT (name) DO NOTHING`

	updateKeys = `UPDATE verktoy_launch_keys SET revision = revision + 1, record = $1 WHERE name = $2 AND revision = $3`
)
