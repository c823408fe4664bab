-- The last canary of each gateway and bridge, written with the samples that it came with. Who finds a
-- standstill, or its end, moves the row and adds the event in one transaction: each is told once.
CREATE TABLE canary (
    node          text        PRIMARY KEY,  -- equipment path
    kind          text        NOT NULL CHECK (kind IN ('GATEWAY', 'BRIDGE')),
    number        bigint      NOT NULL,
    sent_at       timestamptz NOT NULL,     -- by the clock of the node
    arrived_at    timestamptz NOT NULL,     -- by the clock of this service
    stalled_after timestamptz,              -- arrival after which none came; null: they come
    stage         text                      -- where the trip stopped, while it stands still
) WITH (fillfactor = 50);
