-- From when on the samples of a tag are complete; a tag without a row has lost none. It only moves
-- forward, by whole days of UTC, and no sooner than all roll-ups before it are up to date: they stay as
-- they are then. Nothing before it may be stored, corrected or computed anew.
CREATE TABLE raw_retained (
    tag_id     int         PRIMARY KEY REFERENCES tag,
    raw_from   timestamptz NOT NULL,
    deleted_to timestamptz NOT NULL DEFAULT '-infinity'  -- the samples before it have been deleted
);
CREATE INDEX raw_retained_open ON raw_retained (tag_id) WHERE deleted_to < raw_from;
