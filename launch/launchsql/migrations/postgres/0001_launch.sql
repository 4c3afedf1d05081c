-- One row for each message that was used. key is SHA-256 of issuer and id; until
-- is whole microseconds since 1970 in UTC.
CREATE TABLE verktoy_launch_replay (
  key   bytea  NOT NULL PRIMARY KEY,
  until bigint NOT NULL
);

CREATE INDEX verktoy_launch_replay_until ON verktoy_launch_replay (until);

-- One row for each key ring. record holds private keys.
CREATE TABLE verktoy_launch_keys (
  name     text   NOT NULL PRIMARY KEY,
  revision bigint NOT NULL,
  record   bytea  NOT NULL
);
