-- Up to where later news may change cells before computed_until: where a stop that began before that ended, and the like.
ALTER TABLE machine ADD COLUMN reaches_until timestamptz NOT NULL DEFAULT '-infinity';

-- Shifts of which cells have come, or are others now, and that were not told since.
CREATE TABLE shift_change (
    line_id  int  NOT NULL REFERENCES line,
    shift_no int  NOT NULL REFERENCES shift,
    cause    text NOT NULL,
    PRIMARY KEY (line_id, shift_no, cause)
);
CREATE INDEX cell_shift ON cell (shift_no) WHERE shift_no IS NOT NULL;

-- Time that somebody wants to be computed again; what of it is left to do is in its marks.
CREATE TABLE recomputation (
    recomputation_id uuid        PRIMARY KEY,
    requested_by     text        NOT NULL,
    idempotency_key  text        NOT NULL,
    equipment        text,                         -- null: all of the plant
    from_time        timestamptz NOT NULL,
    to_time          timestamptz NOT NULL,
    machine_days     bigint      NOT NULL,
    created_at       timestamptz NOT NULL,
    UNIQUE (requested_by, idempotency_key)
);
