-- What of the expected values did not come. All four are null in what was judged before they were known.
ALTER TABLE data_quality
    ADD COLUMN missing       bigint,       -- of the expected values
    ADD COLUMN unchanged     bigint,       -- did not come while the device was alive: nothing had changed
    ADD COLUMN alive_minutes int,          -- minutes with a sign of life of the device, as far as they count
    ADD COLUMN expected_to   timestamptz;  -- end of the time in which values were expected; whose they are then, is the judgement

-- Who changed the bounds of a tag, and how. Rows are never changed.
CREATE TABLE data_quality_rule_change (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tag_id       int         NOT NULL REFERENCES tag,
    changed_by   text        NOT NULL,
    changed_at   timestamptz NOT NULL,
    rules_before text,                     -- JSON; null: those of the configuration
    rules_after  text
);
CREATE INDEX data_quality_rule_change_tag ON data_quality_rule_change (tag_id, id);
CREATE TRIGGER data_quality_rule_change_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON data_quality_rule_change
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
