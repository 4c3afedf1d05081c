-- One row for each message that was used. key is SHA-256 of issuer and id; until
-- is whole microseconds since 1970 in UTC.
CREATE TABLE verktoy_launch_replay (
  key   BLOB    NOT NULL PRIMARY KEY,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX verktoy_launch_replay_until ON verktoy_launch_replay (until);

-- One row for each key ring. record holds private keys.
CREATE TABLE verktoy_launch_keys (
  name     TEXT    NOT NULL PRIMARY KEY,
  revision INTEGER NOT NULL,
  record   BLOB    NOT NULL
) STRICT;
