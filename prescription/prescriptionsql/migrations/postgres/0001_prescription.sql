-- Times are whole microseconds since 1970 in UTC; 0 means not yet.
CREATE TABLE verktoy_prescription (
  id              text    NOT NULL PRIMARY KEY,
  version         bigint  NOT NULL,
  tenant          text    NOT NULL,
  request_key     text    NOT NULL,
  content         text    NOT NULL,
  tool            text    NOT NULL,
  unit            text    NOT NULL,
  pseudonym       text    NOT NULL,
  national_id     text    NOT NULL,
  lang            text    NOT NULL,
  prescriber_role text    NOT NULL,
  prescriber_id   text    NOT NULL,
  patient_text    text    NOT NULL,
  state           text    NOT NULL,
  reason          text    NOT NULL,
  issued          bigint  NOT NULL,
  expires         bigint  NOT NULL,
  sent            bigint  NOT NULL,
  delivered       bigint  NOT NULL,
  opened          bigint  NOT NULL,
  started         bigint  NOT NULL,
  completed       bigint  NOT NULL,
  ended           bigint  NOT NULL,
  updated         bigint  NOT NULL,
  UNIQUE (tenant, request_key)
);

-- One row for each change, never changed. hash covers previous_hash and all else.
CREATE TABLE verktoy_prescription_audit (
  prescription  text    NOT NULL REFERENCES verktoy_prescription (id),
  seq           bigint  NOT NULL,
  at            bigint  NOT NULL,
  event         text    NOT NULL,
  from_state    text    NOT NULL,
  to_state      text    NOT NULL,
  by_role       text    NOT NULL,
  by_id         text    NOT NULL,
  reason        text    NOT NULL,
  previous_hash text    NOT NULL,
  hash          text    NOT NULL,
  PRIMARY KEY (prescription, seq)
);

-- Messages that wait for delivery; a row goes when it is delivered.
CREATE TABLE verktoy_prescription_outbox (
  id           text    NOT NULL PRIMARY KEY,
  prescription text    NOT NULL REFERENCES verktoy_prescription (id),
  version      bigint  NOT NULL,
  event        text    NOT NULL,
  due          bigint  NOT NULL,
  leased       bigint  NOT NULL,
  attempts     bigint  NOT NULL,
  code         text    NOT NULL
);
CREATE INDEX verktoy_prescription_outbox_due ON verktoy_prescription_outbox (due, id);
CREATE INDEX verktoy_prescription_outbox_order ON verktoy_prescription_outbox (prescription, version);

-- Reports that were seen.
CREATE TABLE verktoy_prescription_inbox (
  prescription text    NOT NULL REFERENCES verktoy_prescription (id),
  report       text    NOT NULL,
  received     bigint  NOT NULL,
  PRIMARY KEY (prescription, report)
);
