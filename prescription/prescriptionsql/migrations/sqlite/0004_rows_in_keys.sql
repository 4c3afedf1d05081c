-- The rows of the audit trail and of the outbox move into the indexes of their
-- keys: one place to write to and to read from instead of two. They go by way of
-- a copy, since SQLite renames no table to a name that a view of the host's has.
CREATE TABLE verktoy_prescription_audit_copy AS SELECT * FROM verktoy_prescription_audit;
DROP TABLE verktoy_prescription_audit;
CREATE TABLE verktoy_prescription_audit (
  prescription  TEXT    NOT NULL REFERENCES verktoy_prescription (id),
  seq           INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  event         TEXT    NOT NULL,
  from_state    TEXT    NOT NULL,
  to_state      TEXT    NOT NULL,
  by_role       TEXT    NOT NULL,
  by_id         TEXT    NOT NULL,
  reason        TEXT    NOT NULL,
  previous_hash TEXT    NOT NULL,
  hash          TEXT    NOT NULL,
  detail        TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (prescription, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO verktoy_prescription_audit
 (prescription, seq, at, event, from_state, to_state, by_role, by_id, reason, previous_hash, hash, detail)
 SELECT prescription, seq, at, event, from_state, to_state, by_role, by_id, reason, previous_hash, hash, detail
 FROM verktoy_prescription_audit_copy ORDER BY prescription, seq;
DROP TABLE verktoy_prescription_audit_copy;

CREATE TABLE verktoy_prescription_outbox_copy AS SELECT * FROM verktoy_prescription_outbox;
DROP TABLE verktoy_prescription_outbox;
CREATE TABLE verktoy_prescription_outbox (
  id           TEXT    NOT NULL PRIMARY KEY,
  prescription TEXT    NOT NULL REFERENCES verktoy_prescription (id),
  version      INTEGER NOT NULL,
  event        TEXT    NOT NULL,
  due          INTEGER NOT NULL,
  leased       INTEGER NOT NULL,
  attempts     INTEGER NOT NULL,
  code         TEXT    NOT NULL,
  audience     TEXT    NOT NULL DEFAULT 'portal',
  recipient    TEXT    NOT NULL DEFAULT '',
  dead         INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO verktoy_prescription_outbox
 (id, prescription, version, event, due, leased, attempts, code, audience, recipient, dead)
 SELECT id, prescription, version, event, due, leased, attempts, code, audience, recipient, dead
 FROM verktoy_prescription_outbox_copy ORDER BY id;
DROP TABLE verktoy_prescription_outbox_copy;
CREATE INDEX verktoy_prescription_outbox_due ON verktoy_prescription_outbox (due, id);
CREATE INDEX verktoy_prescription_outbox_order ON verktoy_prescription_outbox (prescription, version) WHERE id <> prescription || '/1';
CREATE INDEX verktoy_prescription_outbox_dead ON verktoy_prescription_outbox (dead, id) WHERE dead > 0;
