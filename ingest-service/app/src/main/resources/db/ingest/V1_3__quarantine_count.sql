-- How many records are in quarantine. Triggers keep it, so that it is right whoever adds or deletes,
-- and whoever adds locks the row first: the bound holds over all instances.
CREATE TABLE quarantine_count (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    records bigint  NOT NULL
) WITH (fillfactor = 10);
LOCK TABLE quarantine IN SHARE ROW EXCLUSIVE MODE;
INSERT INTO quarantine_count (records) SELECT count(*) FROM quarantine;

CREATE FUNCTION count_quarantine() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    change bigint;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        UPDATE quarantine_count SET records = 0;
        RETURN NULL;
    END IF;
    SELECT CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END INTO change FROM changed;
    IF change <> 0 THEN
        UPDATE quarantine_count SET records = records + change;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER quarantine_added AFTER INSERT ON quarantine
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_quarantine();
CREATE TRIGGER quarantine_deleted AFTER DELETE ON quarantine
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_quarantine();
CREATE TRIGGER quarantine_emptied AFTER TRUNCATE ON quarantine
    FOR EACH STATEMENT EXECUTE FUNCTION count_quarantine();
