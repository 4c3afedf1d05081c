-- What has not ended is listed by its tool, for when that can be started no longer:
-- by when it expires, so that what has expired is not read. What has ended is not
-- in this index. Every id is greater than the empty one: only a question that says
-- so may use the index, or PostgreSQL looks for a citizen's prescription of a tool
-- among those of all citizens.
CREATE INDEX verktoy_prescription_tool ON verktoy_prescription (tenant, tool, expires, id) WHERE ended = 0 AND id > '';
