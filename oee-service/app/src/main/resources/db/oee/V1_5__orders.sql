-- Production orders as they are now. What an order is follows from its words in the order in which they were written, not from
-- that in which they came.
CREATE TABLE production_order (
    order_id     text        PRIMARY KEY CHECK (order_id <> ''),
    version      int         NOT NULL CHECK (version >= 1),
    product      text        NOT NULL,
    quantity     bigint      NOT NULL CHECK (quantity > 0),     -- millionths of the unit
    unit         text        NOT NULL,                          -- UCUM
    lot          text,
    earliest     timestamptz,
    due          timestamptz,
    equipment    text,                                          -- null: anywhere
    priority     int         NOT NULL,
    state        text        NOT NULL,                          -- as B2MML spells it
    planned_scrap bigint,
    document_id  text        NOT NULL,                          -- of the word that was heard last
    changed_by   text        NOT NULL,
    changed_at   timestamptz NOT NULL
);
CREATE INDEX production_order_due ON production_order (due);
CREATE INDEX production_order_state ON production_order (state);
CREATE TABLE production_order_version (LIKE production_order INCLUDING CONSTRAINTS, PRIMARY KEY (order_id, version));
CREATE TRIGGER production_order_version_stays BEFORE UPDATE OR DELETE ON production_order_version
    FOR EACH ROW EXECUTE FUNCTION stays_as_it_is();

-- All that was said of orders, also what was refused.
CREATE TABLE order_word (
    order_id    text        NOT NULL CHECK (order_id <> ''),
    said_at     timestamptz NOT NULL,       -- when the document was written
    document_id text        NOT NULL CHECK (document_id <> ''),
    row_no      int         NOT NULL CHECK (row_no >= 1),
    path        text        NOT NULL,
    verb        text        NOT NULL,
    wish        jsonb       NOT NULL,
    by          text        NOT NULL,
    heard_at    timestamptz NOT NULL,
    PRIMARY KEY (order_id, said_at, document_id, row_no)
);
CREATE TRIGGER order_word_stays BEFORE UPDATE OR DELETE ON order_word FOR EACH ROW EXECUTE FUNCTION stays_as_it_is();

-- Of orders with more words than are looked at: what the older ones made of it, and the last of those.
CREATE TABLE order_base (
    order_id    text        PRIMARY KEY,
    content     jsonb,                      -- null: they made nothing of it
    said_at     timestamptz NOT NULL,
    document_id text        NOT NULL,
    row_no      int         NOT NULL,
    FOREIGN KEY (order_id, said_at, document_id, row_no) REFERENCES order_word
);

-- Documents of planning systems, and what they were told.
CREATE TABLE mes_document (
    document_id text        PRIMARY KEY CHECK (document_id <> ''),
    hash        text        NOT NULL,       -- SHA-256 of what it says, whatever its syntax
    verb        text,                       -- null: it was not understood
    origin      text        NOT NULL,
    state       text        NOT NULL CHECK (state IN ('accepted', 'partly-accepted', 'refused')),
    faults      jsonb       NOT NULL,
    rows        jsonb       NOT NULL,
    content     bytea       NOT NULL,
    written_at  timestamptz,
    received_at timestamptz NOT NULL
);
CREATE INDEX mes_document_received ON mes_document (received_at);

-- What was told to planning systems.
CREATE TABLE performance_document (
    document_id text        NOT NULL CHECK (document_id <> ''),
    version     int         NOT NULL CHECK (version >= 1),
    line_id     int         NOT NULL REFERENCES line,
    order_id    text,
    shift_no    int         REFERENCES shift,
    content     jsonb       NOT NULL,
    made_at     timestamptz NOT NULL,
    PRIMARY KEY (document_id, version),
    CHECK ((order_id IS NULL) <> (shift_no IS NULL))
);
