-- How far the log has been trimmed (one row). "commit_n" is the last trimmed commit and "oldest" the first sequence kept; what
-- they leave behind has been swept up to "swept_commit", and of the next commit up to the event "swept_idx". "last_edge" keeps
-- the numbers of edges from being given again.
CREATE TABLE retention (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    commit_n     INTEGER NOT NULL,
    oldest       INTEGER NOT NULL,
    swept_commit INTEGER NOT NULL,
    swept_idx    INTEGER NOT NULL,
    last_edge    INTEGER NOT NULL
) STRICT;

INSERT INTO retention (id, commit_n, oldest, swept_commit, swept_idx, last_edge) VALUES (1, 0, 1, 0, 0, 0);

-- Edges that have ended, by when: trimming removes the oldest.
CREATE INDEX edge_closed ON edge (closed) WHERE closed IS NOT NULL;
