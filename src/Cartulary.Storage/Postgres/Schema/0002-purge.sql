-- Purged assets keep their row, with status 3, until the event that tells of it is trimmed: their past can be read until then.
CREATE INDEX asset_purged ON asset (id) WHERE status = 3;
