-- How far each topic has been applied. The row moves in the transaction of the data (compare and set).
CREATE TABLE consumer_offset (
    topic       text   NOT NULL,
    partition   int    NOT NULL,
    topic_id    uuid   NOT NULL,  -- Kafka's id of the topic: a topic that is deleted and made again has another one
    next_offset bigint NOT NULL,
    PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);

-- Books of the stages: "in" = "out" + set_aside + duplicates.
CREATE TABLE stage_counter (
    stage      text        NOT NULL,
    instance   text        NOT NULL,
    "in"       bigint      NOT NULL,
    "out"      bigint      NOT NULL,
    set_aside  bigint      NOT NULL,
    duplicates bigint      NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (stage, instance)
) WITH (fillfactor = 50);

-- Events that wait to be sent. A relay gives them a batch number before it sends them.
CREATE TABLE outbox (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic      text        NOT NULL,
    key        text        NOT NULL,
    headers    jsonb       NOT NULL,
    payload    bytea       NOT NULL,
    batch      bigint,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX outbox_waiting ON outbox (id) WHERE batch IS NULL;
CREATE INDEX outbox_batch ON outbox (batch, id) WHERE batch IS NOT NULL;

-- Last number given to an event per source and key: gap-free, because it rolls back with the event.
CREATE TABLE outbox_sequence (
    source text   NOT NULL,
    key    text   NOT NULL,
    last   bigint NOT NULL,
    PRIMARY KEY (source, key)
) WITH (fillfactor = 50);

-- Number of the last batch that the relay formed. It begins at the time of the migration in milliseconds,
-- so that a new database never uses a number that an older one has already told Kafka.
CREATE TABLE outbox_relay (
    one        boolean PRIMARY KEY DEFAULT true CHECK (one),
    last_batch bigint  NOT NULL
);
INSERT INTO outbox_relay (last_batch) VALUES ((extract(epoch FROM clock_timestamp()) * 1000)::bigint);
