-- How far the reports of a subject have come. Times are whole microseconds since
-- 1970 in UTC; 0 means not yet. ended is 1 when nothing can be reported any more.
CREATE TABLE verktoy_report_line (
  line     text    NOT NULL PRIMARY KEY,
  state    text    NOT NULL,
  progress bigint  NOT NULL,
  sequence bigint  NOT NULL,
  updated  bigint  NOT NULL,
  ended    bigint  NOT NULL
);
CREATE INDEX verktoy_report_line_over ON verktoy_report_line (ended, updated, line);

-- Reports that wait for delivery; a row goes when it is delivered.
CREATE TABLE verktoy_report_outbox (
  id         text    NOT NULL PRIMARY KEY,
  line       text    NOT NULL REFERENCES verktoy_report_line (line),
  sequence   bigint  NOT NULL,
  portal     text    NOT NULL,
  task       text    NOT NULL,
  launch     text    NOT NULL,
  definition text    NOT NULL,
  event      text    NOT NULL,
  at         bigint  NOT NULL,
  progress   bigint  NOT NULL,
  due        bigint  NOT NULL,
  leased     bigint  NOT NULL,
  attempts   bigint  NOT NULL,
  code       text    NOT NULL,
  dead       bigint  NOT NULL,
  UNIQUE (line, sequence)
);
CREATE INDEX verktoy_report_outbox_due ON verktoy_report_outbox (due, id);
CREATE INDEX verktoy_report_outbox_dead ON verktoy_report_outbox (dead, id);
