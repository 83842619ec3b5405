-- Places where tags are still to be passed on; written by commit "commit_n" in this order, removed by the commit that has done it.
CREATE TABLE tag_work (
    commit_n bigint  NOT NULL,
    idx      integer NOT NULL,
    tag      integer NOT NULL,
    source   uuid    NOT NULL,
    asset    uuid    NOT NULL,
    kind     integer NOT NULL,
    actor    text    NOT NULL,
    PRIMARY KEY (commit_n, idx)
);

CREATE INDEX tag_work_tag ON tag_work (tag, source, commit_n, idx);
