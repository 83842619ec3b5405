-- Places where tags are still to be passed on; written by commit "commit_n" in this order, removed by the commit that has done it.
CREATE TABLE tag_work (
    commit_n INTEGER NOT NULL,
    idx      INTEGER NOT NULL,
    tag      INTEGER NOT NULL,
    source   BLOB    NOT NULL,
    asset    BLOB    NOT NULL,
    kind     INTEGER NOT NULL,
    actor    TEXT    NOT NULL,
    PRIMARY KEY (commit_n, idx)
) STRICT, WITHOUT ROWID;

CREATE INDEX tag_work_tag ON tag_work (tag, source, commit_n, idx);
