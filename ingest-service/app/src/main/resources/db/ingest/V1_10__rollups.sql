-- What minutes, hours and days of each tag amount to (decision 0014). A bucket is known by its number
-- since 1970-01-01T00:00:00Z; level 0 is the minute, 1 the hour, 2 the day.

-- Buckets that are out of date, as ranges. Whoever changes samples adds marks in the same transaction
-- and never touches one; the worker takes away those whose buckets it has computed anew.
CREATE TABLE rollup_dirty (
    level       smallint NOT NULL,
    tag_id      int      NOT NULL,
    from_bucket int      NOT NULL,
    to_bucket   int      NOT NULL,  -- not included
    id          bigint   GENERATED ALWAYS AS IDENTITY,
    epoch       bigint   NOT NULL,  -- in which it was added; 0: its writer relies on no earlier mark
    PRIMARY KEY (level, tag_id, from_bucket, id),
    CHECK (to_bucket > from_bucket)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,
        autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000);

-- A writer leaves out marks that it has added in the running epoch. The worker takes marks of epochs
-- only in which no transaction runs any more.
CREATE TABLE rollup_epoch (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    epoch   bigint  NOT NULL,  -- the running one
    settled bigint  NOT NULL   -- no transaction of this epoch or an earlier one runs
) WITH (fillfactor = 10);
INSERT INTO rollup_epoch (epoch, settled) VALUES (1, 0);

-- A row per bucket with samples. Usable samples are those not Bad with a finite number (a truth value is
-- 0 or 1). Times in microseconds run from the first sample to the end of the bucket; each sample holds
-- until the next one.
CREATE TABLE rollup_minute (
    tag_id           int         NOT NULL,
    start            timestamptz NOT NULL,
    good             int         NOT NULL,  -- samples by status
    uncertain        int         NOT NULL,
    bad              int         NOT NULL,
    numbers          int         NOT NULL,  -- usable samples
    sum              float8      NOT NULL,  -- of them
    sum_squares      float8      NOT NULL,
    minimum          float8,                -- of them; the first of equal ones
    minimum_time     timestamptz,
    maximum          float8,
    maximum_time     timestamptz,
    first_time       timestamptz NOT NULL,
    first_status     int         NOT NULL,
    first_value      float8,                -- null: no finite number
    last_time        timestamptz NOT NULL,
    last_status      int         NOT NULL,
    last_value       float8,
    integral         float8      NOT NULL,  -- value times seconds, over usable samples
    integral_micros  bigint      NOT NULL,  -- time that the integral covers
    good_micros      bigint      NOT NULL,  -- time by status
    uncertain_micros bigint      NOT NULL,
    bad_micros       bigint      NOT NULL,
    points           bytea,                 -- first, last, least, greatest sample by severity; null: texts
    PRIMARY KEY (tag_id, start)
);
CREATE TABLE rollup_hour (LIKE rollup_minute INCLUDING ALL);
CREATE TABLE rollup_day (LIKE rollup_minute INCLUDING ALL);

-- Roll-ups that did not equal the samples when they were compared; the newest 1,000.
CREATE TABLE rollup_mismatch (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    found_at timestamptz NOT NULL,
    level    smallint    NOT NULL,
    tag_id   int         NOT NULL,
    start    timestamptz NOT NULL,
    expected text,                          -- by the samples; null: no sample
    kept     text                           -- the roll-up; null: none
);

-- Samples that are there already: one mark per tag and day.
INSERT INTO rollup_dirty (level, tag_id, from_bucket, to_bucket, epoch)
SELECT 0, tag_id, min(minute), max(minute) + 1, 0
FROM (SELECT tag_id, floor(extract(epoch FROM source_time) / 60)::int AS minute FROM sample) s
GROUP BY tag_id, floor(minute / 1440.0);
