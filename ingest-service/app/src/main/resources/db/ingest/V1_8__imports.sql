-- Files with historical values that somebody has sent; the newest ones.
CREATE TABLE import (
    number          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,  -- order of the listing
    import_id       uuid        NOT NULL UNIQUE,
    requester       text        NOT NULL,
    idempotency_key text        NOT NULL,
    from_micros     bigint      NOT NULL,  -- the period that it declares, microseconds since 1970
    to_micros       bigint      NOT NULL,
    create_tags     boolean     NOT NULL,
    type            text,                  -- of tags that it creates
    unit            text,
    role            text,
    instance        text        NOT NULL,  -- the process that receives it, or did so last
    attempt         int         NOT NULL,  -- how often it was sent; only the last may go on
    state           text        NOT NULL CHECK (state IN ('receiving', 'producing', 'complete', 'failed', 'interrupted')),
    cause           text,                  -- why it failed or was interrupted
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    -- How far it has come: all of it is acknowledged by Kafka.
    bytes           bigint      NOT NULL DEFAULT 0,  -- of the unpacked file
    rows            bigint      NOT NULL DEFAULT 0,
    accepted        bigint      NOT NULL DEFAULT 0,
    refused         bigint      NOT NULL DEFAULT 0,
    repeated        bigint      NOT NULL DEFAULT 0,
    sha256          text        NOT NULL,            -- of these bytes, hexadecimal
    next_offsets    bigint[]    NOT NULL DEFAULT '{}',  -- per partition, behind its last record; 0: none
    UNIQUE (requester, idempotency_key),
    CHECK (rows = accepted + refused + repeated)
);

-- Rows that were refused; of each import the first ones.
CREATE TABLE import_refusal (
    import_number bigint NOT NULL REFERENCES import ON DELETE CASCADE,
    line          bigint NOT NULL,
    reason        text   NOT NULL,
    PRIMARY KEY (import_number, line)
);
