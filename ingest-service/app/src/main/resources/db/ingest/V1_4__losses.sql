-- Values that are known to be lost, as gateways and bridges told.
CREATE TABLE loss (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source      text        NOT NULL UNIQUE,  -- identity of the event: a repeat is not kept twice
    equipment   text        NOT NULL,
    lost_from   timestamptz NOT NULL,
    lost_to     timestamptz NOT NULL,
    samples     bigint,                       -- null: unknown
    reason      text        NOT NULL,
    tags        text[],                       -- null: unknown; the first ones
    tag_count   int,                          -- null: unknown
    told_at     timestamptz NOT NULL
);

CREATE INDEX loss_equipment ON loss (equipment text_pattern_ops, id);
