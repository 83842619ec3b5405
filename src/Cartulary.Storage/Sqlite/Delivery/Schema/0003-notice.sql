-- What whoever looks after subscriptions should know. Ids are never used twice, so that a reader can go on after the last one that it has seen.

-- What was told last of the endpoint's present state.
ALTER TABLE subscription ADD COLUMN told INTEGER;

CREATE TABLE notice (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    subscription TEXT    NOT NULL,
    kind         INTEGER NOT NULL,
    time         INTEGER NOT NULL,
    since        INTEGER,
    sequence     INTEGER,
    count        INTEGER,
    reason       TEXT
) STRICT;

CREATE INDEX notice_subscription ON notice (subscription, id)
