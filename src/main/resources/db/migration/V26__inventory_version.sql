-- How often the inventory was changed, by whomever: servers look at this each second, and read thousands of pumps again only after a change.
-- The application needs SELECT and UPDATE on it.
CREATE TABLE inventory_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    number   bigint  NOT NULL
);
INSERT INTO inventory_version (number) VALUES (0);

CREATE FUNCTION count_change_of_inventory() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE inventory_version SET number = number + 1;
    RETURN NULL;
END
$$;
CREATE TRIGGER count_changes AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON enrolled_pump FOR EACH STATEMENT EXECUTE FUNCTION count_change_of_inventory();
