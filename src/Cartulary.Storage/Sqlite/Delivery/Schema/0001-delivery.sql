-- Subscriptions, how far each has come, and what was parked or given up. In a file beside the catalog, so that storing places never
-- waits for saves. Times are epoch milliseconds, guids 16 bytes in the order of their text.

CREATE TABLE subscription (
    id               TEXT    NOT NULL PRIMARY KEY,
    shard            INTEGER NOT NULL,
    revision         INTEGER NOT NULL,
    generation       INTEGER NOT NULL,
    start            INTEGER NOT NULL,
    log              BLOB    NOT NULL,
    document         BLOB    NOT NULL,
    -- How far it has come; of an earlier generation while that one has stored nothing.
    state_generation INTEGER NOT NULL,
    state_log        BLOB    NOT NULL,
    position         INTEGER NOT NULL,
    failing_since    INTEGER,
    failed_probes    INTEGER NOT NULL,
    next_attempt     INTEGER,
    last_success     INTEGER,
    disabled         TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX subscription_shard ON subscription (shard);

CREATE TABLE parked (
    subscription TEXT    NOT NULL,
    sequence     INTEGER NOT NULL,
    asset        BLOB    NOT NULL,
    attempts     INTEGER NOT NULL,
    due          INTEGER,
    redriven     INTEGER NOT NULL,
    PRIMARY KEY (subscription, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE dead_letter (
    subscription TEXT    NOT NULL,
    sequence     INTEGER NOT NULL,
    asset        BLOB    NOT NULL,
    attempts     INTEGER NOT NULL,
    time         INTEGER NOT NULL,
    reason       TEXT    NOT NULL,
    PRIMARY KEY (subscription, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
    id           INTEGER NOT NULL PRIMARY KEY,
    subscription TEXT    NOT NULL,
    sequence     INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    started      INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL,
    class        TEXT    NOT NULL,
    status       INTEGER,
    response     TEXT    NOT NULL
) STRICT;

CREATE INDEX attempt_subscription ON attempt (subscription, id);

-- Rises with every change of a subscription.
CREATE TABLE change (
    one   INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    count INTEGER NOT NULL
) STRICT;

INSERT INTO change (one, count) VALUES (1, 0)
