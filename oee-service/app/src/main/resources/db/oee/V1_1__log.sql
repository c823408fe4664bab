-- The events of a machine and day in UTC: the union of its parts. Each transaction adds one part of level 0 for each day that it
-- touches; 64 parts of a level become one of the next.
CREATE TABLE event_part (
    machine_id int         NOT NULL REFERENCES machine,
    day        date        NOT NULL,
    stream     smallint    NOT NULL CHECK (stream IN (0, 1)),     -- 0: states, counts, context; 1: energy
    level      smallint    NOT NULL CHECK (level BETWEEN 0 AND 3),
    part       int         NOT NULL,
    kinds      int         NOT NULL,                -- bits of the numbers of TrackKind that have events in it
    events     int         NOT NULL CHECK (events > 0),
    first_time timestamptz NOT NULL,
    last_time  timestamptz NOT NULL,
    data       bytea       NOT NULL,                -- packed, see EventPacking
    PRIMARY KEY (machine_id, day, stream, level, part),
    CHECK (first_time <= last_time)
);
-- Packed bytes cannot be compressed any further.
ALTER TABLE event_part ALTER COLUMN data SET STORAGE EXTERNAL;

-- Time of a machine in which results are out of date.
CREATE TABLE mark (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    line_id    int         NOT NULL REFERENCES line,
    machine_id int         NOT NULL REFERENCES machine,
    from_time  timestamptz NOT NULL,
    to_time    timestamptz NOT NULL,
    cause      text        NOT NULL,
    added_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (from_time < to_time)
);
CREATE INDEX mark_line ON mark (line_id, id);
CREATE INDEX mark_machine ON mark (machine_id);
