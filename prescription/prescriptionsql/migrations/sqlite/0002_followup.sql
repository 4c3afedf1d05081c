-- What follows up a prescription. Times are whole microseconds since 1970 in UTC;
-- 0 means not yet. over_at is when it has ended, or else will expire.
ALTER TABLE verktoy_prescription ADD COLUMN replaces TEXT NOT NULL DEFAULT '';
ALTER TABLE verktoy_prescription ADD COLUMN replaced_by TEXT NOT NULL DEFAULT '';
ALTER TABLE verktoy_prescription ADD COLUMN cancel_asked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE verktoy_prescription ADD COLUMN over_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE verktoy_prescription ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
-- Of a citizen's prescriptions of a tool that have not ended, one has the empty
-- slot and the others their own id: the index keeps a second one away.
ALTER TABLE verktoy_prescription ADD COLUMN slot TEXT NOT NULL DEFAULT '';
UPDATE verktoy_prescription SET slot = id;
UPDATE verktoy_prescription SET slot = '' WHERE ended = 0 AND id = (SELECT max(o.id) FROM verktoy_prescription o WHERE o.ended = 0
 AND o.tenant = verktoy_prescription.tenant AND o.pseudonym = verktoy_prescription.pseudonym AND o.tool = verktoy_prescription.tool);
CREATE UNIQUE INDEX verktoy_prescription_slot ON verktoy_prescription (tenant, pseudonym, tool, slot) WHERE ended = 0;
UPDATE verktoy_prescription SET over_at = CASE WHEN ended > 0 THEN ended ELSE expires END;
CREATE INDEX verktoy_prescription_patient ON verktoy_prescription (tenant, pseudonym, id);
CREATE INDEX verktoy_prescription_waiting ON verktoy_prescription (tenant, state, expires, id);

ALTER TABLE verktoy_prescription_audit ADD COLUMN detail TEXT NOT NULL DEFAULT '';

ALTER TABLE verktoy_prescription_outbox ADD COLUMN audience TEXT NOT NULL DEFAULT 'portal';
ALTER TABLE verktoy_prescription_outbox ADD COLUMN recipient TEXT NOT NULL DEFAULT '';
ALTER TABLE verktoy_prescription_outbox ADD COLUMN dead INTEGER NOT NULL DEFAULT 0;
CREATE INDEX verktoy_prescription_outbox_dead ON verktoy_prescription_outbox (dead, id) WHERE dead > 0;

-- What was written to a prescription; personal, so it goes with the citizen's data.
CREATE TABLE verktoy_prescription_note (
  prescription TEXT    NOT NULL REFERENCES verktoy_prescription (id),
  version      INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  by_role      TEXT    NOT NULL,
  by_id        TEXT    NOT NULL,
  note         TEXT    NOT NULL,
  PRIMARY KEY (prescription, version)
) STRICT;
