-- What the historian has not stored of the values that it got from an import.
ALTER TABLE import
    ADD COLUMN set_aside         bigint NOT NULL DEFAULT 0,  -- how many values
    ADD COLUMN set_aside_records int    NOT NULL DEFAULT 0,  -- of how many records in quarantine, at most
    ADD COLUMN set_aside_cause   text;                       -- why the first of them
