-- The catalog's log: what the log calls itself, and similar single facts.
CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row for each asset. "created" and "updated" are commits; "rev" is the revision that holds the state.
CREATE TABLE asset (
    id      INTEGER PRIMARY KEY,
    guid    BLOB    NOT NULL UNIQUE,
    type    INTEGER NOT NULL,
    status  INTEGER NOT NULL,
    version INTEGER NOT NULL,
    rev     INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT;

-- Every state an asset ever had; only ever added to. "prev" is the state before.
CREATE TABLE revision (
    id       INTEGER PRIMARY KEY,
    asset    INTEGER NOT NULL,
    prev     INTEGER,
    commit_n INTEGER NOT NULL,
    state    BLOB    NOT NULL
) STRICT;

-- By what assets are found, in the order of the values: crawlers send neighbours together.
CREATE TABLE key (
    value TEXT    NOT NULL,
    kind  INTEGER NOT NULL,
    type  INTEGER NOT NULL,
    asset INTEGER NOT NULL,
    PRIMARY KEY (value, kind, type, asset)
) STRICT, WITHOUT ROWID;

-- Edges; "opened" and "closed" are commits. A change of attributes closes the row and opens another with the same link.
CREATE TABLE edge (
    id         INTEGER PRIMARY KEY,
    link       INTEGER NOT NULL,
    type       INTEGER NOT NULL,
    end1       INTEGER NOT NULL,
    end2       INTEGER NOT NULL,
    opened     INTEGER NOT NULL,
    closed     INTEGER,
    attributes BLOB
) STRICT;

CREATE UNIQUE INDEX edge_open_end1 ON edge (end1, type, end2) WHERE closed IS NULL;
CREATE INDEX edge_open_end2 ON edge (end2, type) WHERE closed IS NULL;

-- The commits in order, each with its encoded events.
CREATE TABLE commit_log (
    n                INTEGER PRIMARY KEY,
    first_seq        INTEGER NOT NULL,
    count            INTEGER NOT NULL,
    save_id          BLOB    NOT NULL,
    time             INTEGER NOT NULL,
    registry_version INTEGER NOT NULL,
    actor            TEXT    NOT NULL,
    channel          TEXT    NOT NULL,
    delete_handler   TEXT,
    headers          TEXT    NOT NULL,
    log              BLOB    NOT NULL
) STRICT;

CREATE INDEX commit_log_first_seq ON commit_log (first_seq);

-- Which commit gave an asset a version after its first, and which of the commit's events tells it (null when none does).
CREATE TABLE touch (
    asset    INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    commit_n INTEGER NOT NULL,
    idx      INTEGER,
    PRIMARY KEY (asset, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE type (
    id            INTEGER PRIMARY KEY,
    category      TEXT NOT NULL,
    name          TEXT NOT NULL UNIQUE,
    definition    TEXT NOT NULL,
    attribute_ids TEXT NOT NULL
) STRICT;

CREATE TABLE api_key (
    id      TEXT    NOT NULL PRIMARY KEY,
    name    TEXT    NOT NULL,
    role    TEXT    NOT NULL,
    hash    BLOB    NOT NULL UNIQUE,
    created INTEGER NOT NULL,
    revoked INTEGER
) STRICT, WITHOUT ROWID;
