-- What whoever looks after subscriptions should know. Times are epoch milliseconds.

-- What was told last of the endpoint's present state.
ALTER TABLE subscription ADD COLUMN told integer;

CREATE TABLE notice (
    id           bigint  NOT NULL PRIMARY KEY,
    subscription text    COLLATE "C" NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
    kind         integer NOT NULL,
    time         bigint  NOT NULL,
    since        bigint,
    sequence     bigint,
    count        integer,
    reason       text
);

CREATE INDEX notice_subscription ON notice (subscription, id);

-- The last id. Whoever writes notices holds it until the end of the transaction, so that ids become visible in their order.
CREATE TABLE notice_head (
    one  boolean NOT NULL PRIMARY KEY CHECK (one),
    last bigint  NOT NULL
) WITH (fillfactor = 10);

INSERT INTO notice_head (one, last) VALUES (true, 0);
