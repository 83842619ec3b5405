-- Purged assets keep their row, with status 3, until the event that tells of it is trimmed: their past can be read until then. Numbers
-- are never given again, so the last ones given before a trimming are kept beside it.
ALTER TABLE retention ADD COLUMN last_asset INTEGER NOT NULL DEFAULT 0;
ALTER TABLE retention ADD COLUMN last_revision INTEGER NOT NULL DEFAULT 0;

CREATE INDEX asset_purged ON asset (id) WHERE status = 3;
