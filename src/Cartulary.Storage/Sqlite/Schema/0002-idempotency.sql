-- Which save a request's idempotency key stands for; written in the save's own commit. "body" is the hash of the request,
-- "guids" what its guids came to stand for.
CREATE TABLE idempotency (
    actor    TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    body     BLOB    NOT NULL,
    commit_n INTEGER NOT NULL,
    time     INTEGER NOT NULL,
    guids    BLOB    NOT NULL,
    PRIMARY KEY (actor, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_time ON idempotency (time);
