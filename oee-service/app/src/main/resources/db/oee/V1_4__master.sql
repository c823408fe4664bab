-- Rises with every change of master data: who computes compares it with that of the book in memory, in its own transaction. Who
-- changes any locks it first of all; who stores results shares it before locking lines.
CREATE TABLE master_version (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    version bigint  NOT NULL DEFAULT 0
);
INSERT INTO master_version DEFAULT VALUES;

-- All that was ever said; rows stay as they are.
CREATE TABLE master_item (
    kind       text        NOT NULL,
    key        text        NOT NULL,
    version    int         NOT NULL CHECK (version >= 1),
    valid_from date        NOT NULL,      -- plant day; 0001-01-01: it always held
    content    jsonb,                     -- in canonical form, all single values as texts; null: taken back
    import_id  uuid,                      -- null: by REST, by itself
    changed_by text        NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (kind, key, version)
);

CREATE TABLE master_import (
    import_id       uuid        PRIMARY KEY,
    name            text        NOT NULL,
    format          text        NOT NULL,
    sha256          text        NOT NULL,
    result          jsonb       NOT NULL,   -- as it was answered
    by              text        NOT NULL,
    at              timestamptz NOT NULL,
    idempotency_key text        NOT NULL,
    UNIQUE (by, idempotency_key)
);

-- By which rules the clocks of zones were read last, so that a change of them is noticed.
CREATE TABLE zone_seen (
    zone        text        PRIMARY KEY,
    tzdata      text        NOT NULL,       -- version of the time zone database
    fingerprint text        NOT NULL,       -- its changes of the clock as text, see PlantZone
    seen_at     timestamptz NOT NULL
);
