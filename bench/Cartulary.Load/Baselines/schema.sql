CREATE TABLE asset (
    guid           uuid        NOT NULL PRIMARY KEY,
    type_name      text        NOT NULL,
    qualified_name text        NOT NULL,
    doc            text        NOT NULL,
    version        bigint      NOT NULL DEFAULT 1,
    updated_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (qualified_name, type_name)
);

CREATE TABLE outbox (
    seq       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operation text        NOT NULL,
    guid      uuid        NOT NULL,
    version   bigint      NOT NULL,
    doc       text        NOT NULL,
    at        timestamptz NOT NULL DEFAULT now()
);

-- Triggers for a whole statement: one call for all the rows of a save.
CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox (operation, guid, version, doc) SELECT TG_ARGV[0], guid, version, doc FROM saved;
    RETURN NULL;
END $$;

CREATE TRIGGER asset_created AFTER INSERT ON asset
    REFERENCING NEW TABLE AS saved FOR EACH STATEMENT EXECUTE FUNCTION tell('ENTITY_CREATE');
CREATE TRIGGER asset_updated AFTER UPDATE ON asset
    REFERENCING NEW TABLE AS saved FOR EACH STATEMENT EXECUTE FUNCTION tell('ENTITY_UPDATE');
