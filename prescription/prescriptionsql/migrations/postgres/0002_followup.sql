-- What follows up a prescription. Times are whole microseconds since 1970 in UTC;
-- 0 means not yet. over_at is when it has ended, or else will expire.
ALTER TABLE verktoy_prescription ADD COLUMN replaces text NOT NULL DEFAULT '';
ALTER TABLE verktoy_prescription ADD COLUMN replaced_by text NOT NULL DEFAULT '';
ALTER TABLE verktoy_prescription ADD COLUMN cancel_asked bigint NOT NULL DEFAULT 0;
ALTER TABLE verktoy_prescription ADD COLUMN over_at bigint NOT NULL DEFAULT 0;
ALTER TABLE verktoy_prescription ADD COLUMN erased bigint NOT NULL DEFAULT 0;
-- Of a citizen's prescriptions of a tool that have not ended, one has the empty
-- slot and the others their own id: the index keeps a second one away.
ALTER TABLE verktoy_prescription ADD COLUMN slot text NOT NULL DEFAULT '';
UPDATE verktoy_prescription SET slot = id;
UPDATE verktoy_prescription SET slot = '' WHERE ended = 0 AND id = (SELECT max(o.id) FROM verktoy_prescription o WHERE o.ended = 0
 AND o.tenant = verktoy_prescription.tenant AND o.pseudonym = verktoy_prescription.pseudonym AND o.tool = verktoy_prescription.tool);
CREATE UNIQUE INDEX verktoy_prescription_slot ON verktoy_prescription (tenant, pseudonym, tool, slot) WHERE ended = 0;
UPDATE verktoy_prescription SET over_at = CASE WHEN ended > 0 THEN ended ELSE expires END;
CREATE INDEX verktoy_prescription_patient ON verktoy_prescription (tenant, pseudonym, id);
CREATE INDEX verktoy_prescription_waiting ON verktoy_prescription (tenant, state, expires, id);

ALTER TABLE verktoy_prescription_audit ADD COLUMN detail text NOT NULL DEFAULT '';

ALTER TABLE verktoy_prescription_outbox ADD COLUMN audience text NOT NULL DEFAULT 'portal';
ALTER TABLE verktoy_prescription_outbox ADD COLUMN recipient text NOT NULL DEFAULT '';
ALTER TABLE verktoy_prescription_outbox ADD COLUMN dead bigint NOT NULL DEFAULT 0;
CREATE INDEX verktoy_prescription_outbox_dead ON verktoy_prescription_outbox (dead, id) WHERE dead > 0;

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
