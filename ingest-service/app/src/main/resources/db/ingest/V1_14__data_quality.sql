-- How good the values of a tag on a day were; the newest judgement.
CREATE TABLE data_quality (
    tag_id       int         NOT NULL REFERENCES tag,
    day          date        NOT NULL,   -- of the zone
    zone         text        NOT NULL,
    version      int         NOT NULL,   -- rises when a later judgement differs, because values came late
    computed_at  timestamptz NOT NULL,
    samples      bigint      NOT NULL,
    expected     bigint      NOT NULL,   -- 0: on change only
    delay_seconds float8,                -- not exceeded by 95 % of the values
    spike_count  bigint      NOT NULL,
    flat_seconds float8      NOT NULL,
    completeness float8,                 -- the parts, 0 to 1; null: cannot be judged
    timeliness   float8,
    validity     float8,
    plausibility float8,
    flat_line    float8,
    spikes       float8,
    score        float8,
    breaches     text[]      NOT NULL,   -- parts below their bound
    PRIMARY KEY (tag_id, day)
);
CREATE INDEX data_quality_day ON data_quality (day);

-- Bounds of tags that have their own; all others have those of the configuration.
CREATE TABLE data_quality_rule (
    tag_id        int         PRIMARY KEY REFERENCES tag,
    completeness  float8      NOT NULL,
    timeliness    float8      NOT NULL,
    validity      float8      NOT NULL,
    plausibility  float8      NOT NULL,
    flat_line     float8      NOT NULL,
    spikes        float8      NOT NULL,
    latest_millis bigint      NOT NULL,
    flat_millis   bigint      NOT NULL,
    spike         float8      NOT NULL,
    changed_by    text        NOT NULL,
    changed_at    timestamptz NOT NULL
);

-- Nights in which the days before were judged, and how far the last one has come.
CREATE TABLE data_quality_night (
    day       date        PRIMARY KEY,   -- the newest day that is judged
    instance  text        NOT NULL,
    alive_at  timestamptz NOT NULL,      -- another instance takes over after five minutes
    last_tag  int         NOT NULL DEFAULT 0,
    done      boolean     NOT NULL DEFAULT false
);
