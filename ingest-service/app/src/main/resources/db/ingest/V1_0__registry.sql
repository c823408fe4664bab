-- Equipment after ISA-95. The id never changes; the path is an attribute that is valid over time.
CREATE TABLE equipment (
    equipment_id    uuid        PRIMARY KEY,
    level           text        NOT NULL,
    sparkplug_group text,
    sparkplug_node  text,
    first_seen      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE equipment_path (
    equipment_id uuid        NOT NULL REFERENCES equipment,
    path         text        NOT NULL,
    valid_from   timestamptz NOT NULL,
    valid_to     timestamptz,            -- null: valid now
    PRIMARY KEY (equipment_id, valid_from),
    CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE UNIQUE INDEX equipment_path_now ON equipment_path (path) WHERE valid_to IS NULL;
CREATE UNIQUE INDEX equipment_now ON equipment_path (equipment_id) WHERE valid_to IS NULL;

-- Tags. A batch of values makes its tags known by name and type; the announcement adds the rest.
CREATE TABLE tag (
    id              int         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    path            text        NOT NULL,
    name            text        NOT NULL,
    type            text        NOT NULL CHECK (type IN ('boolean', 'integer', 'double', 'string', 'bytes')),
    unit            text        NOT NULL DEFAULT '1',
    role            text        NOT NULL DEFAULT 'process-value',
    range_low       float8,
    range_high      float8,
    sampling_millis bigint,
    data_class      text        NOT NULL DEFAULT 'site',
    owner           text,
    announced       boolean     NOT NULL DEFAULT false,
    first_seen      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (path, name)
);
