-- Deletions of connections, running and ended ones. While one runs, nobody else may save what belongs to its connection.
CREATE TABLE job (
    id         uuid    NOT NULL PRIMARY KEY,
    connection text    COLLATE "C" NOT NULL,
    purges     boolean NOT NULL,
    actor      text    NOT NULL,
    started    bigint  NOT NULL,
    total      bigint  NOT NULL,
    state      integer NOT NULL,
    done       bigint  NOT NULL,
    ended      bigint,
    problem    text
);
