-- What has ended in a state, such as failed, is listed by when it ended. What has
-- not ended is not in this index, so prescribing writes no more than before.
CREATE INDEX verktoy_prescription_over ON verktoy_prescription (tenant, state, ended, id) WHERE ended > 0;
