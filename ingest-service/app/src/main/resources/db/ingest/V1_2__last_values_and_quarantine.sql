-- Where the search for the last value of a tag begins after a start; the table of samples decides.
CREATE TABLE last_value (
    tag_id      int         PRIMARY KEY REFERENCES tag,
    source_time timestamptz NOT NULL
) WITH (fillfactor = 50);

-- What could not be processed, with its cause and original bytes.
CREATE TABLE quarantine (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source          text        NOT NULL UNIQUE,  -- identity of what was set aside: a repeat is not kept twice
    stage           text        NOT NULL,
    origin          text        NOT NULL,
    partition       int,
    "offset"        bigint,
    cause           text        NOT NULL,
    payload         bytea       NOT NULL,
    size            int         NOT NULL,         -- of the original; larger than the payload if that was cut
    resubmittable   boolean     NOT NULL,
    quarantined_at  timestamptz NOT NULL DEFAULT now(),
    attempts        int         NOT NULL DEFAULT 0
);
