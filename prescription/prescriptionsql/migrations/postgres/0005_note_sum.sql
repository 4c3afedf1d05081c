-- The SHA-256 of a note beside it, which goes with it: the trail must not keep
-- anything of what people write. Notes from before have none.
ALTER TABLE verktoy_prescription_note ADD COLUMN sum text NOT NULL DEFAULT '';
-- Nobody asks when a report was received.
ALTER TABLE verktoy_prescription_inbox DROP COLUMN received;
