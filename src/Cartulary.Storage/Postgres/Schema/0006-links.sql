-- Edges whose attributes have changed, found by the link that their guid is made from; all others have it as their number.
CREATE INDEX edge_link ON edge (link) WHERE closed IS NULL AND link <> id;
