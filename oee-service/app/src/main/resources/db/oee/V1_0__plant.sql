-- Rises with every change of machines, addresses, places or devices, so that every instance notices. Whoever changes them
-- locks it first; whoever stores events shares it, so that an address does not pass to another machine in between.
CREATE TABLE registry_state (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    revision bigint  NOT NULL DEFAULT 0
);
INSERT INTO registry_state DEFAULT VALUES;

-- The row that folds, workers and edits lock before they touch a machine of the line: of several lines the lesser id first.
CREATE TABLE line (
    line_id int         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    path    text        NOT NULL UNIQUE,
    due     timestamptz NOT NULL DEFAULT now()      -- when a worker should look at it next
) WITH (fillfactor = 50);

CREATE TABLE machine (
    machine_id     int         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    equipment_id   uuid        NOT NULL UNIQUE,     -- the identity that all services know
    line_id        int         NOT NULL REFERENCES line,   -- whose row is locked; of its first address, and never another
    manual         boolean     NOT NULL DEFAULT false,     -- a manual station of the master data: people tell its events
    revision       bigint      NOT NULL DEFAULT 0,         -- rises with every change of its log
    computed_until timestamptz NOT NULL DEFAULT '-infinity',    -- up to where cells were computed; never moves back
    told_until     timestamptz NOT NULL DEFAULT '-infinity',    -- up to where live events were told
    decided_until  timestamptz NOT NULL DEFAULT '-infinity'     -- up to where what is unknown counts as no data
) WITH (fillfactor = 50);
CREATE INDEX machine_line ON machine (line_id);

-- Under which path the events of a machine arrive. The first machine of an address has it since ever.
CREATE TABLE machine_address (
    address    text        NOT NULL,
    since      timestamptz NOT NULL,
    machine_id int         NOT NULL REFERENCES machine,
    PRIMARY KEY (address, since)
);
CREATE INDEX machine_address_machine ON machine_address (machine_id);

-- Where a machine stands. No index of an extension is needed: a range of one number stands for the machine.
CREATE TABLE machine_place (
    machine_id int       NOT NULL REFERENCES machine,
    path       text      NOT NULL,
    during     tstzrange NOT NULL CHECK (NOT isempty(during)),
    CONSTRAINT machine_place_one_at_a_time
        EXCLUDE USING gist (int4range(machine_id, machine_id, '[]') WITH &&, during WITH &&)
);

-- What speaks for machines: devices, and the gateways that carry them.
CREATE TABLE device (
    path           text    PRIMARY KEY,
    machine_id     int     REFERENCES machine,      -- null: a gateway, or equipment above machines
    gateway_group  text,                            -- Sparkplug group and node that carry it
    gateway_node   text,
    is_gateway     boolean NOT NULL DEFAULT false,
    complete_until timestamptz                      -- all values before it have been told; null: it never said so
) WITH (fillfactor = 70);
CREATE INDEX device_machine ON device (machine_id);

-- What a machine tells: each of its tags with a role. Of a module below it the tag is module#tag.
CREATE TABLE track (
    machine_id int      NOT NULL REFERENCES machine,
    kind       smallint NOT NULL,                   -- number of TrackKind
    tag        text     NOT NULL,
    device     text     NOT NULL,                   -- path of the device that has the tag
    first_time timestamptz,                         -- of its first event; null: there is none
    last_day   date,                                -- of its last one, in UTC
    PRIMARY KEY (machine_id, kind, tag),
    CHECK ((first_time IS NULL) = (last_day IS NULL))
) WITH (fillfactor = 70);
CREATE INDEX track_device ON track (device);

-- Values that are known to be lost, of a device or of all devices of a gateway; which machines that are is asked when it is read.
CREATE TABLE loss (
    ce_id     text        PRIMARY KEY,              -- source#id of the event that told it
    source    text        NOT NULL,                 -- path of the device or gateway
    lost_from timestamptz NOT NULL,
    lost_to   timestamptz NOT NULL,
    tags      text[],                               -- null: not known, or not all
    reason    text        NOT NULL,
    told_at   timestamptz NOT NULL,
    CHECK (lost_from <= lost_to)
);
CREATE INDEX loss_source ON loss (source, lost_from);

-- What could not be stored, newest first in the end; the bytes go to the topic of the quarantine.
CREATE TABLE set_aside (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source        text        NOT NULL UNIQUE,      -- identity of what was set aside: a repeat is not told twice
    stage         text        NOT NULL,
    topic         text        NOT NULL,
    partition     int         NOT NULL,
    record_offset bigint      NOT NULL,
    part          int         NOT NULL,
    cause         text        NOT NULL,
    at            timestamptz NOT NULL DEFAULT now()
);
