-- The one row that all commits go through: it is locked first and written last. It holds the last numbers given; "trimmed" is
-- the last commit whose events were trimmed, and "oldest" the first sequence that is kept.
CREATE TABLE head (
    one              boolean NOT NULL PRIMARY KEY CHECK (one),
    log_id           uuid    NOT NULL,
    n                bigint  NOT NULL,
    sequence         bigint  NOT NULL,
    oldest           bigint  NOT NULL,
    trimmed          bigint  NOT NULL,
    registry_version bigint  NOT NULL,
    time             bigint  NOT NULL,
    save_id          uuid,
    asset            bigint  NOT NULL,
    revision         bigint  NOT NULL,
    edge             bigint  NOT NULL
) WITH (fillfactor = 10);

-- One row for each asset. "created" and "updated" are commits; "rev" is the revision that holds the state.
CREATE TABLE asset (
    id      bigint   NOT NULL PRIMARY KEY,
    guid    uuid     NOT NULL UNIQUE,
    type    integer  NOT NULL,
    status  smallint NOT NULL,
    version bigint   NOT NULL,
    rev     bigint   NOT NULL,
    created bigint   NOT NULL,
    updated bigint   NOT NULL
) WITH (fillfactor = 90);

-- Every state an asset ever had; only ever added to. "prev" is the state before.
CREATE TABLE revision (
    id       bigint NOT NULL PRIMARY KEY,
    asset    bigint NOT NULL,
    prev     bigint,
    commit_n bigint NOT NULL,
    state    bytea  NOT NULL
);

ALTER TABLE revision ALTER COLUMN state SET STORAGE EXTERNAL;

-- By what assets are found, in the order of the values: crawlers send neighbours together.
CREATE TABLE key (
    value bytea   NOT NULL,
    kind  integer NOT NULL,
    type  integer NOT NULL,
    asset bigint  NOT NULL,
    PRIMARY KEY (value, kind, type, asset)
);

-- Edges; "opened" and "closed" are commits. A change of attributes closes the row and opens another with the same link.
CREATE TABLE edge (
    id         bigint  NOT NULL PRIMARY KEY,
    link       bigint  NOT NULL,
    type       integer NOT NULL,
    end1       bigint  NOT NULL,
    end2       bigint  NOT NULL,
    opened     bigint  NOT NULL,
    closed     bigint,
    attributes bytea
);

CREATE UNIQUE INDEX edge_open_end1 ON edge (end1, type, end2) WHERE closed IS NULL;
CREATE INDEX edge_open_end2 ON edge (end2, type) WHERE closed IS NULL;
CREATE INDEX edge_closed ON edge (closed) WHERE closed IS NOT NULL;
CREATE INDEX edge_closed_end1 ON edge (end1, closed) WHERE closed IS NOT NULL;
CREATE INDEX edge_closed_end2 ON edge (end2, closed) WHERE closed IS NOT NULL;

-- The commits in order, each with its encoded events. "writes" are the marks of what it wrote, for servers that planned
-- before it, and "touches" those of which saves may have changed their meaning, for servers that know some to change
-- nothing; null where it may be anything. "shortens" says whether it ended an edge or archived an asset. Of a trimmed commit
-- the events, headers and marks are removed: its row stays for who and when.
CREATE TABLE commit_log (
    n                bigint  NOT NULL PRIMARY KEY,
    first_seq        bigint  NOT NULL,
    count            integer NOT NULL,
    save_id          uuid    NOT NULL UNIQUE,
    time             bigint  NOT NULL,
    registry_version bigint  NOT NULL,
    actor            text    NOT NULL,
    channel          text    NOT NULL,
    delete_handler   text,
    headers          text    NOT NULL,
    writes           bytea,
    touches          bytea,
    shortens         boolean NOT NULL,
    log              bytea   NOT NULL
);

ALTER TABLE commit_log ALTER COLUMN writes SET STORAGE EXTERNAL;
ALTER TABLE commit_log ALTER COLUMN touches SET STORAGE EXTERNAL;
ALTER TABLE commit_log ALTER COLUMN log SET STORAGE EXTERNAL;
CREATE INDEX commit_log_first_seq ON commit_log (first_seq, n);

-- Which commit gave an asset a version after its first, which of the commit's events tells it (null when none does), and the
-- revision and status that the asset had then.
CREATE TABLE touch (
    asset    bigint   NOT NULL,
    version  bigint   NOT NULL,
    commit_n bigint   NOT NULL,
    idx      integer,
    rev      bigint   NOT NULL,
    status   smallint NOT NULL,
    PRIMARY KEY (asset, version)
);

CREATE TABLE type (
    id            integer NOT NULL PRIMARY KEY,
    category      text    NOT NULL,
    name          text    NOT NULL UNIQUE,
    definition    text    NOT NULL,
    attribute_ids text    NOT NULL
);

-- The catalog's settings, one row for each that was ever written.
CREATE TABLE setting (
    name  text COLLATE "C" NOT NULL PRIMARY KEY,
    value text NOT NULL
);

-- How far what trimmed events leave behind has been removed (one row): up to commit "commit_n", and of the next one up to the
-- event "idx".
CREATE TABLE sweep (
    one      boolean NOT NULL PRIMARY KEY CHECK (one),
    commit_n bigint  NOT NULL,
    idx      integer NOT NULL
);

INSERT INTO sweep (one, commit_n, idx) VALUES (true, 0, 0);

CREATE TABLE api_key (
    id      text   COLLATE "C" NOT NULL PRIMARY KEY,
    name    text   NOT NULL,
    role    text   NOT NULL,
    hash    bytea  NOT NULL UNIQUE,
    created bigint NOT NULL,
    revoked bigint
);

-- Which save a request's idempotency key stands for; written in the save's own commit. "body" is the hash of the request,
-- "guids" what its guids came to stand for.
CREATE TABLE idempotency (
    actor    text   COLLATE "C" NOT NULL,
    key      text   COLLATE "C" NOT NULL,
    body     bytea  NOT NULL,
    commit_n bigint NOT NULL,
    time     bigint NOT NULL,
    guids    bytea  NOT NULL,
    PRIMARY KEY (actor, key)
);

CREATE INDEX idempotency_time ON idempotency (time);

-- Work that one server at a time may do. "epoch" rises whenever another owner takes it; "expires_at" is by this clock.
CREATE TABLE lease (
    name       text        COLLATE "C" NOT NULL PRIMARY KEY,
    owner      uuid        NOT NULL,
    epoch      bigint      NOT NULL,
    expires_at timestamptz NOT NULL
) WITH (fillfactor = 10);
