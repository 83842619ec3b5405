-- What an asset was at a version: the revision that held its state, and its status. Null in rows that were written before these
-- columns; the log's record of the version tells them too.
ALTER TABLE touch ADD COLUMN rev INTEGER;
ALTER TABLE touch ADD COLUMN status INTEGER;

-- Edges that have ended, found from both ends by when they did: what an asset was linked to at an earlier commit.
CREATE INDEX edge_closed_end1 ON edge (end1, closed) WHERE closed IS NOT NULL;
CREATE INDEX edge_closed_end2 ON edge (end2, closed) WHERE closed IS NOT NULL;
