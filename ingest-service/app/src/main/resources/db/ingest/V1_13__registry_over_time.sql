-- The path under which values arrive stays that of the former place as long as the gateway's file has not changed.
ALTER TABLE equipment_path
    ADD COLUMN address    text,
    ADD COLUMN moved_by   text,          -- who said so; null: the gateway
    ADD COLUMN reason     text,
    ADD COLUMN entered_at timestamptz NOT NULL DEFAULT now();
UPDATE equipment_path SET address = path;
ALTER TABLE equipment_path ALTER COLUMN address SET NOT NULL;
CREATE UNIQUE INDEX equipment_address_now ON equipment_path (address) WHERE valid_to IS NULL;

-- Type and unit over time, of tags whose type or unit has changed; what the tag is now stands in "tag" too.
CREATE TABLE tag_version (
    tag_id     int         NOT NULL REFERENCES tag,
    version    int         NOT NULL CHECK (version >= 1),
    valid_from timestamptz,              -- null: since ever
    type       text        NOT NULL CHECK (type IN ('boolean', 'integer', 'double', 'string', 'bytes')),
    unit       text        NOT NULL,
    entered_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tag_id, version),
    CHECK ((version = 1) = (valid_from IS NULL))
);

-- Rises with every change of places, types or units, so that every instance notices. Whoever changes them locks it first.
CREATE TABLE registry_state (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    revision bigint  NOT NULL DEFAULT 0
);
INSERT INTO registry_state DEFAULT VALUES;
