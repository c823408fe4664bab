-- What people say of machines' time. Rows stay as they are: they are what holds, and who said it when.
CREATE FUNCTION stays_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % stay as they are: say something new', TG_TABLE_NAME;
END $$;

-- About stops, by time, since late data move stops.
CREATE TABLE stop_word (
    version         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    machine_id      int         NOT NULL REFERENCES machine,
    kind            text        NOT NULL CHECK (kind IN ('classified', 'unclassified', 'split', 'merged', 'commented', 'withdrawn')),
    from_time       timestamptz NOT NULL,       -- the stop as it was then
    to_time         timestamptz NOT NULL,
    reason          text,                       -- classified: code of the reason
    comment         text,                       -- commented: the text; empty: no comment any more
    split_at        timestamptz,                -- split: where
    word            bigint      REFERENCES stop_word,   -- withdrawn: which word
    by              text        NOT NULL,
    at              timestamptz NOT NULL,
    idempotency_key text,
    request         text,                       -- fingerprint of the request that came with the key
    CHECK (from_time < to_time),
    CHECK ((kind = 'classified') = (reason IS NOT NULL)),
    CHECK ((kind = 'commented') = (comment IS NOT NULL)),
    CHECK ((kind = 'split') = (split_at IS NOT NULL)),
    CHECK ((kind = 'withdrawn') = (word IS NOT NULL)),
    CHECK ((idempotency_key IS NULL) = (request IS NULL)),
    UNIQUE (by, idempotency_key)
);
CREATE INDEX stop_word_machine ON stop_word
    USING gist (int4range(machine_id, machine_id, '[]'), tstzrange(from_time, to_time));
CREATE TRIGGER stop_word_stays BEFORE UPDATE OR DELETE ON stop_word FOR EACH ROW EXECUTE FUNCTION stays_as_it_is();

-- Which order ran; the latest word about an instant decides.
CREATE TABLE run_word (
    version         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    machine_id      int         NOT NULL REFERENCES machine,
    order_id        text        CHECK (order_id <> ''),     -- null: what was said is taken back, the machine's tags decide
    from_time       timestamptz NOT NULL,
    to_time         timestamptz,                            -- null: until something else is said
    by              text        NOT NULL,
    at              timestamptz NOT NULL,
    idempotency_key text        NOT NULL,
    request         text        NOT NULL,
    CHECK (to_time IS NULL OR from_time < to_time),
    UNIQUE (by, idempotency_key)
);
CREATE INDEX run_word_machine ON run_word (machine_id);
CREATE INDEX run_word_order ON run_word (order_id);
CREATE TRIGGER run_word_stays BEFORE UPDATE OR DELETE ON run_word FOR EACH ROW EXECUTE FUNCTION stays_as_it_is();

-- What manual stations report; their states and orders are events of the log.
CREATE TABLE manual_report (
    report_id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    machine_id      int         NOT NULL REFERENCES machine,
    report_time     timestamptz NOT NULL,
    content         jsonb       NOT NULL,       -- as it was sent
    by              text        NOT NULL,
    at              timestamptz NOT NULL,
    idempotency_key text        NOT NULL,
    request         text        NOT NULL,
    UNIQUE (by, idempotency_key)
);
CREATE TRIGGER manual_report_stays BEFORE UPDATE OR DELETE ON manual_report FOR EACH ROW EXECUTE FUNCTION stays_as_it_is();

-- Items to be added to what was counted.
CREATE TABLE count_correction (
    version         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    machine_id      int         NOT NULL REFERENCES machine,
    at_time         timestamptz NOT NULL,       -- the instant that they belong to
    kind            text        NOT NULL CHECK (kind IN ('good', 'reject', 'rework', 'total')),
    quantity        bigint      NOT NULL CHECK (quantity <> 0),     -- millionths of an item
    reason          text        NOT NULL,
    report_id       bigint      REFERENCES manual_report,           -- null: it corrects a counter
    by              text        NOT NULL,
    at              timestamptz NOT NULL,
    idempotency_key text,
    request         text,
    CHECK ((idempotency_key IS NULL) = (request IS NULL)),
    UNIQUE (by, idempotency_key)
);
CREATE INDEX count_correction_machine ON count_correction (machine_id, at_time);
CREATE TRIGGER count_correction_stays BEFORE UPDATE OR DELETE ON count_correction FOR EACH ROW EXECUTE FUNCTION stays_as_it_is();
