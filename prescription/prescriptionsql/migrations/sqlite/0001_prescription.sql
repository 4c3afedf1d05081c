-- Times are whole microseconds since 1970 in UTC; 0 means not yet.
CREATE TABLE verktoy_prescription (
  id              TEXT    NOT NULL PRIMARY KEY,
  version         INTEGER NOT NULL,
  tenant          TEXT    NOT NULL,
  request_key     TEXT    NOT NULL,
  content         TEXT    NOT NULL,
  tool            TEXT    NOT NULL,
  unit            TEXT    NOT NULL,
  pseudonym       TEXT    NOT NULL,
  national_id     TEXT    NOT NULL,
  lang            TEXT    NOT NULL,
  prescriber_role TEXT    NOT NULL,
  prescriber_id   TEXT    NOT NULL,
  patient_text    TEXT    NOT NULL,
  state           TEXT    NOT NULL,
  reason          TEXT    NOT NULL,
  issued          INTEGER NOT NULL,
  expires         INTEGER NOT NULL,
  sent            INTEGER NOT NULL,
  delivered       INTEGER NOT NULL,
  opened          INTEGER NOT NULL,
  started         INTEGER NOT NULL,
  completed       INTEGER NOT NULL,
  ended           INTEGER NOT NULL,
  updated         INTEGER NOT NULL,
  UNIQUE (tenant, request_key)
) STRICT;

-- One row for each change, never changed. hash covers previous_hash and all else.
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
  PRIMARY KEY (prescription, seq)
) STRICT;

-- Messages that wait for delivery; a row goes when it is delivered.
CREATE TABLE verktoy_prescription_outbox (
  id           TEXT    NOT NULL PRIMARY KEY,
  prescription TEXT    NOT NULL REFERENCES verktoy_prescription (id),
  version      INTEGER NOT NULL,
  event        TEXT    NOT NULL,
  due          INTEGER NOT NULL,
  leased       INTEGER NOT NULL,
  attempts     INTEGER NOT NULL,
  code         TEXT    NOT NULL
) STRICT;
CREATE INDEX verktoy_prescription_outbox_due ON verktoy_prescription_outbox (due, id);
CREATE INDEX verktoy_prescription_outbox_order ON verktoy_prescription_outbox (prescription, version);

-- Reports that were seen.
CREATE TABLE verktoy_prescription_inbox (
  prescription TEXT    NOT NULL REFERENCES verktoy_prescription (id),
  report       TEXT    NOT NULL,
  received     INTEGER NOT NULL,
  PRIMARY KEY (prescription, report)
) STRICT;
