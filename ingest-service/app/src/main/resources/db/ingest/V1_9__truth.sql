-- What people say about samples. Nothing in it is ever changed, and samples are not touched: at each
-- key (tag, source time, ordinal) the latest word decides, be it about the key or about a range of
-- time that covers it. Replace and insert put a value there, delete none, restore what is stored.

-- Tags that somebody has corrected: locked while corrections are added, so that versions are given in
-- the order of commits. A tag without a row has none; whoever reads needs to look no further.
CREATE TABLE corrected_tag (
    tag_id  int    PRIMARY KEY REFERENCES tag,
    version bigint NOT NULL   -- of its last correction
);

CREATE TABLE correction_request (
    request_id      uuid        PRIMARY KEY,
    requester       text        NOT NULL,
    idempotency_key text        NOT NULL,
    reason          text        NOT NULL,
    fingerprint     text        NOT NULL,  -- SHA-256 of what was asked for
    recorded_at     timestamptz NOT NULL,
    UNIQUE (requester, idempotency_key)
);

CREATE TABLE correction (
    tag_id      int         NOT NULL REFERENCES tag,
    version     bigint      NOT NULL CHECK (version > 0),
    kind        text        NOT NULL CHECK (kind IN ('replace', 'insert', 'delete', 'restore')),
    source_time timestamptz NOT NULL,
    end_time    timestamptz,           -- null: one value; else a range, end not included
    ordinal     smallint,              -- null for a range
    status      int,                   -- value and status of a replace or insert
    number      float8,
    integer     int8,
    bool        boolean,
    text        text,
    bytes       bytea,
    request_id  uuid        NOT NULL REFERENCES correction_request,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (tag_id, version),
    CHECK ((end_time IS NULL) = (ordinal IS NOT NULL)),
    CHECK (end_time > source_time),
    CHECK ((kind IN ('replace', 'insert')) = (status IS NOT NULL)),
    CHECK (end_time IS NULL OR kind IN ('delete', 'restore'))
);
CREATE INDEX correction_value ON correction (tag_id, source_time, ordinal, version) WHERE end_time IS NULL;
CREATE INDEX correction_restored ON correction (tag_id, source_time, ordinal)
    WHERE end_time IS NULL AND kind = 'restore';
CREATE INDEX correction_range ON correction (tag_id, source_time) WHERE end_time IS NOT NULL;
CREATE INDEX correction_request_rows ON correction (request_id);

-- Annotations of a tag or of equipment. The highest version counts; one without text is a deletion.
CREATE TABLE annotation (
    annotation_id   uuid        NOT NULL,
    version         int         NOT NULL CHECK (version > 0),
    tag_id          int         REFERENCES tag,
    equipment_id    uuid        REFERENCES equipment,
    from_time       timestamptz NOT NULL,
    to_time         timestamptz NOT NULL,  -- included; equal to the begin for an instant
    text            text,
    author          text        NOT NULL,  -- of the first version
    created_at      timestamptz NOT NULL,
    changed_by      text        NOT NULL,  -- of this version
    changed_at      timestamptz NOT NULL,
    idempotency_key text,                  -- of the first version only
    PRIMARY KEY (annotation_id, version),
    UNIQUE (author, idempotency_key),
    CHECK ((tag_id IS NULL) <> (equipment_id IS NULL)),
    CHECK (to_time >= from_time)
);
CREATE INDEX annotation_tag ON annotation (tag_id, from_time);
CREATE INDEX annotation_equipment ON annotation (equipment_id, from_time);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed: add a new version', TG_TABLE_NAME;
END $$;
CREATE TRIGGER correction_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON correction
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER correction_request_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON correction_request
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER annotation_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON annotation
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The series of a tag that counts, in a range of time, in no particular order; the same rule as
-- EffectiveSeries of the core, a test holds them together. It is inlined where it is called. A row that
-- a correction puts there has in both of the last columns the time at which that was recorded.
CREATE FUNCTION effective_sample(wanted_tag int, wanted_from timestamptz, wanted_to timestamptz)
RETURNS TABLE (tag_id int, source_time timestamptz, ordinal smallint, status int, number float8, "integer" int8,
               bool boolean, text text, bytes bytea, gateway_time timestamptz, ingest_time timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 5000 AS $$
    WITH painted AS MATERIALIZED (
        SELECT c.version, c.kind, c.source_time AS begins, c.end_time AS ends
        FROM correction c
        WHERE c.tag_id = wanted_tag AND c.end_time > wanted_from AND c.source_time < wanted_to
    )
    SELECT s.tag_id, s.source_time, s.ordinal, s.status, s.number, s.integer, s.bool, s.text, s.bytes,
           s.gateway_time, s.ingest_time
    FROM sample s
    WHERE s.tag_id = wanted_tag AND s.source_time >= wanted_from AND s.source_time < wanted_to
      AND (NOT EXISTS (SELECT FROM corrected_tag t WHERE t.tag_id = wanted_tag)
           OR coalesce((
               SELECT w.kind = 'restore' FROM (
                   (SELECT c.version, c.kind FROM correction c
                    WHERE c.tag_id = wanted_tag AND c.end_time IS NULL
                      AND c.source_time = s.source_time AND c.ordinal = s.ordinal
                    ORDER BY c.version DESC LIMIT 1)
                   UNION ALL
                   SELECT p.version, p.kind FROM painted p
                   WHERE p.begins <= s.source_time AND p.ends > s.source_time
               ) w ORDER BY w.version DESC LIMIT 1), true))
    UNION ALL
    SELECT wanted_tag, v.source_time, v.ordinal, v.status, v.number, v.integer, v.bool, v.text, v.bytes,
           v.recorded_at, v.recorded_at
    FROM (SELECT DISTINCT ON (c.source_time, c.ordinal) c.*
          FROM correction c
          WHERE c.tag_id = wanted_tag AND c.end_time IS NULL
            AND c.source_time >= wanted_from AND c.source_time < wanted_to
          ORDER BY c.source_time, c.ordinal, c.version DESC) v
    WHERE v.kind IN ('replace', 'insert')
      AND NOT EXISTS (SELECT FROM painted p
                      WHERE p.begins <= v.source_time AND p.ends > v.source_time AND p.version > v.version)
$$;
