-- Prescribing writes to two indexes less.
-- The slots have a citizen's prescriptions that have not ended; the others need
-- an index of their own from their end on. What has ended waits for nothing.
DROP INDEX verktoy_prescription_patient;
CREATE INDEX verktoy_prescription_ended ON verktoy_prescription (tenant, pseudonym, id) WHERE ended > 0;
DROP INDEX verktoy_prescription_waiting;
CREATE INDEX verktoy_prescription_waiting ON verktoy_prescription (tenant, state, expires, id) WHERE ended = 0;

-- The first message of a prescription is most often the only one; it has the
-- prescription's id and /1, and is found by that.
DROP INDEX verktoy_prescription_outbox_order;
CREATE INDEX verktoy_prescription_outbox_order ON verktoy_prescription_outbox (prescription, version) WHERE id <> prescription || '/1';
