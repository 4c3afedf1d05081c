-- What follows up a prescription. Times are whole microseconds since 1970 in UTC;
-- 0 means not yet. over_at is when it has ended, or else will expire.
ALTER TABLE verktoy_prescription ADD COLUMN replaces text NOT NULL DEFAULT '';
ALTER TABLE verktoy_prescription ADD COLUMN replaced_by text NOT NULL DEFAULT '';
ALTER TABLE verktoy_prescription ADD COLUMN cancel_asked bigint NOT NULL DEFAULT 0;
ALTER TABLE verktoy_prescription ADD COLUMN over_at bigint NOT NULL DEFAULT 0;
ALTER TABLE verktoy_prescription ADD COLUMN erased bigint NOT NULL DEFAULT 0;
UPDATE verktoy_prescription SET over_at = CASE WHEN ended > 0 THEN ended ELSE expires END;
CREATE INDEX verktoy_prescription_patient ON verktoy_prescription (tenant, pseudonym, id);
CREATE INDEX verktoy_prescription_waiting ON verktoy_prescription (tenant, state, expires, id);
CREATE INDEX verktoy_prescription_over ON verktoy_prescription (erased, over_at, id);
CREATE INDEX verktoy_prescription_issued ON verktoy_prescription (issued);

ALTER TABLE verktoy_prescription_audit ADD COLUMN detail text NOT NULL DEFAULT '';

ALTER TABLE verktoy_prescription_outbox ADD COLUMN audience text NOT NULL DEFAULT 'portal';
ALTER TABLE verktoy_prescription_outbox ADD COLUMN recipient text NOT NULL DEFAULT '';
ALTER TABLE verktoy_prescription_outbox ADD COLUMN dead bigint NOT NULL DEFAULT 0;
CREATE INDEX verktoy_prescription_outbox_dead ON verktoy_prescription_outbox (dead, id);

-- Who has had which tool: a row to lock, so that nobody gets two at once.
CREATE TABLE verktoy_prescription_holder (
  tenant    text NOT NULL,
  pseudonym text NOT NULL,
  tool      text NOT NULL,
  PRIMARY KEY (tenant, pseudonym, tool)
);

-- What was written to a prescription; personal, so it goes with the citizen's data.
CREATE TABLE verktoy_prescription_note (
  prescription text    NOT NULL REFERENCES verktoy_prescription (id),
  version      bigint NOT NULL,
  at           bigint NOT NULL,
  by_role      text    NOT NULL,
  by_id        text    NOT NULL,
  note         text    NOT NULL,
  PRIMARY KEY (prescription, version)
);
