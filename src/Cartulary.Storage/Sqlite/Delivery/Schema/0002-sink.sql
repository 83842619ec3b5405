-- Sinks, which carry the whole log to another system, and what somebody told them to leave out.

CREATE TABLE sink (
    name             TEXT    NOT NULL PRIMARY KEY,
    revision         INTEGER NOT NULL,
    log              BLOB    NOT NULL,
    position         INTEGER NOT NULL,
    target           TEXT    NOT NULL,
    partitions       INTEGER,
    accepted         INTEGER,
    -- What is wrong with it; all empty when nothing is.
    trouble          TEXT,
    message          TEXT,
    since            INTEGER,
    blocking         INTEGER,
    at_sequence      INTEGER,
    at_asset         BLOB,
    found_partitions INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE sink_skipped (
    sink     TEXT    NOT NULL,
    sequence INTEGER NOT NULL,
    asset    BLOB    NOT NULL,
    time     INTEGER NOT NULL,
    reason   TEXT    NOT NULL,
    PRIMARY KEY (sink, sequence)
) STRICT, WITHOUT ROWID
