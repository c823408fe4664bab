-- Values that somebody wants written to machines; the newest 100,000.
CREATE TABLE command (
    number          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,  -- order of the listing
    command_id      uuid        NOT NULL UNIQUE,
    path            text        NOT NULL,
    name            text        NOT NULL,
    type            text        NOT NULL CHECK (type IN ('boolean', 'integer', 'double', 'string', 'bytes')),
    value           text        NOT NULL,
    requester       text        NOT NULL,
    requested_at    timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    reason          text        NOT NULL,
    idempotency_key text        NOT NULL,
    step            text        NOT NULL,  -- how far it is, by all steps below
    final           boolean     NOT NULL,
    UNIQUE (requester, idempotency_key)
);
CREATE INDEX command_equipment ON command (path text_pattern_ops, number);
CREATE INDEX command_open ON command (expires_at) WHERE NOT final;

-- What was told of each: one word per speaker and step.
CREATE TABLE command_step (
    command_number bigint      NOT NULL REFERENCES command ON DELETE CASCADE,
    speaker        text        NOT NULL CHECK (speaker IN ('platform', 'bridge', 'gateway')),
    step           text        NOT NULL,
    at             timestamptz NOT NULL,  -- by the clock of the speaker
    detail         text        NOT NULL,
    PRIMARY KEY (command_number, speaker, step)
);
