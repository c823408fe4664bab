-- Machine events that an import has raised.
ALTER TABLE import
    ADD COLUMN events         bigint   NOT NULL DEFAULT 0,     -- as far as they are entered
    ADD COLUMN event_offsets  bigint[] NOT NULL DEFAULT '{}',  -- per partition of machine-events, behind the last one; 0: none
    ADD COLUMN readers_absent text[]   NOT NULL DEFAULT '{}';  -- groups that were not waited for, because nobody is in them
