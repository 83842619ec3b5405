-- Deletions of connections, running and ended ones. While one runs, nobody else may save what belongs to its connection.
CREATE TABLE job (
    id         BLOB    NOT NULL PRIMARY KEY,
    connection TEXT    NOT NULL,
    purges     INTEGER NOT NULL,
    actor      TEXT    NOT NULL,
    started    INTEGER NOT NULL,
    total      INTEGER NOT NULL,
    state      INTEGER NOT NULL,
    done       INTEGER NOT NULL,
    ended      INTEGER,
    problem    TEXT
) STRICT, WITHOUT ROWID;
