-- What a report said, to tell it from another one that uses its id. Reports from
-- before have none.
ALTER TABLE verktoy_prescription_inbox ADD COLUMN event TEXT NOT NULL DEFAULT '';
