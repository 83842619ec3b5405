-- Subscriptions, how far each has come, and what was parked or given up. Times are epoch milliseconds.

CREATE TABLE subscription (
    id               text    COLLATE "C" NOT NULL PRIMARY KEY,
    shard            integer NOT NULL,
    revision         bigint  NOT NULL,
    generation       bigint  NOT NULL,
    start            bigint  NOT NULL,
    log              uuid    NOT NULL,
    document         bytea   NOT NULL,
    -- How far it has come; of an earlier generation while that one has stored nothing.
    state_generation bigint  NOT NULL,
    state_log        uuid    NOT NULL,
    position         bigint  NOT NULL,
    failing_since    bigint,
    failed_probes    integer NOT NULL,
    next_attempt     bigint,
    last_success     bigint,
    disabled         text
) WITH (fillfactor = 50);

CREATE INDEX subscription_shard ON subscription (shard);

CREATE TABLE parked (
    subscription text    COLLATE "C" NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
    sequence     bigint  NOT NULL,
    asset        uuid    NOT NULL,
    attempts     integer NOT NULL,
    due          bigint,
    redriven     boolean NOT NULL,
    PRIMARY KEY (subscription, sequence)
);

CREATE TABLE dead_letter (
    subscription text    COLLATE "C" NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
    sequence     bigint  NOT NULL,
    asset        uuid    NOT NULL,
    attempts     integer NOT NULL,
    time         bigint  NOT NULL,
    reason       text    NOT NULL,
    PRIMARY KEY (subscription, sequence)
);

CREATE TABLE attempt (
    id           bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subscription text    COLLATE "C" NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
    sequence     bigint  NOT NULL,
    number       integer NOT NULL,
    started      bigint  NOT NULL,
    milliseconds bigint  NOT NULL,
    class        text    NOT NULL,
    status       integer,
    response     text    NOT NULL
);

CREATE INDEX attempt_subscription ON attempt (subscription, id);

-- Rises with every change of a subscription.
CREATE TABLE subscription_change (
    one   boolean NOT NULL PRIMARY KEY CHECK (one),
    count bigint  NOT NULL
) WITH (fillfactor = 10);

INSERT INTO subscription_change (one, count) VALUES (true, 0);
