-- How far the reports of a subject have come. Times are whole microseconds since
-- 1970 in UTC; 0 means not yet. ended is 1 when nothing can be reported any more.
CREATE TABLE verktoy_report_line (
  line     TEXT    NOT NULL PRIMARY KEY,
  state    TEXT    NOT NULL,
  progress INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  updated  INTEGER NOT NULL,
  ended    INTEGER NOT NULL
) STRICT;
CREATE INDEX verktoy_report_line_over ON verktoy_report_line (ended, updated, line);

-- Reports that wait for delivery; a row goes when it is delivered.
CREATE TABLE verktoy_report_outbox (
  id         TEXT    NOT NULL PRIMARY KEY,
  line       TEXT    NOT NULL REFERENCES verktoy_report_line (line),
  sequence   INTEGER NOT NULL,
  portal     TEXT    NOT NULL,
  task       TEXT    NOT NULL,
  launch     TEXT    NOT NULL,
  definition TEXT    NOT NULL,
  event      TEXT    NOT NULL,
  at         INTEGER NOT NULL,
  progress   INTEGER NOT NULL,
  due        INTEGER NOT NULL,
  leased     INTEGER NOT NULL,
  attempts   INTEGER NOT NULL,
  code       TEXT    NOT NULL,
  dead       INTEGER NOT NULL,
  UNIQUE (line, sequence)
) STRICT;
CREATE INDEX verktoy_report_outbox_due ON verktoy_report_outbox (due, id);
CREATE INDEX verktoy_report_outbox_dead ON verktoy_report_outbox (dead, id);
