-- Edges that have ended, found from both ends: what an asset was linked to at an earlier commit.
CREATE INDEX edge_closed_end1 ON edge (end1, type) WHERE closed IS NOT NULL;
CREATE INDEX edge_closed_end2 ON edge (end2, type) WHERE closed IS NOT NULL;
