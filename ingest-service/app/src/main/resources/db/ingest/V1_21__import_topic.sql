-- Offsets of an import say nothing of another topic of the same name.
ALTER TABLE import
    ADD COLUMN topic_id uuid;  -- Kafka's id of the topic of next_offsets; null: not known, or nothing sent yet
UPDATE import SET topic_id = (
    SELECT topic_id FROM consumer_offset WHERE topic = 'linewright.telemetry-backfill.v1' LIMIT 1);
