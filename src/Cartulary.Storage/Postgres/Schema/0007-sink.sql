-- Sinks, which carry the whole log to another system, and what somebody told them to leave out. Times are epoch milliseconds.

CREATE TABLE sink (
    name             text    COLLATE "C" NOT NULL PRIMARY KEY,
    revision         bigint  NOT NULL,
    log              uuid    NOT NULL,
    position         bigint  NOT NULL,
    target           text    NOT NULL,
    partitions       integer,
    accepted         integer,
    -- What is wrong with it; all empty when nothing is.
    trouble          text,
    message          text,
    since            bigint,
    blocking         boolean,
    at_sequence      bigint,
    at_asset         uuid,
    found_partitions integer
) WITH (fillfactor = 50);

CREATE TABLE sink_skipped (
    sink     text    COLLATE "C" NOT NULL REFERENCES sink (name) ON DELETE CASCADE,
    sequence bigint  NOT NULL,
    asset    uuid    NOT NULL,
    time     bigint  NOT NULL,
    reason   text    NOT NULL,
    PRIMARY KEY (sink, sequence)
);
