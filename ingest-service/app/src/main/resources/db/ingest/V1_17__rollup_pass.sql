-- Marks of ranges (epoch -1): something in the range may be out of date. The worker divides them into marks
-- of the days in which there is something of the tag, before it takes any.
CREATE INDEX rollup_dirty_range ON rollup_dirty (tag_id, from_bucket, id) WHERE epoch < 0;

-- How far the pass over all days and tags has come that compares each day's roll-up with its samples; the
-- newest day comes first.
CREATE TABLE rollup_pass (
    one             boolean     PRIMARY KEY DEFAULT true CHECK (one),
    began_at        timestamptz,               -- null: none is under way
    day             int,                       -- that is being compared, days since 1970-01-01
    tag_id          int         NOT NULL DEFAULT -1,  -- the last one that was compared of that day
    days            bigint      NOT NULL DEFAULT 0,   -- days of tags compared
    mismatches      bigint      NOT NULL DEFAULT 0,
    last_began_at   timestamptz,               -- of the last one that came to its end
    last_ended_at   timestamptz,
    last_days       bigint,
    last_mismatches bigint
);
INSERT INTO rollup_pass DEFAULT VALUES;
