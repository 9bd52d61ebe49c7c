-- Which servers live, and which of them holds the session with which pump (DESIGN, "Scale-out"; threat T-70). The application's role needs SELECT, INSERT and
-- UPDATE on both, and DELETE on replica, the only rows that are ever removed: a life that is over is no row, and never comes back under the same name.
CREATE TABLE replica (
    life    text        PRIMARY KEY,                         -- the process and which of its lives: NAME/1
    expires timestamptz NOT NULL                             -- by this database's clock; whoever finds it past removes the row
);

-- One row a pump. A holder without a row above holds nothing. The number is in every order that goes by the lease, and pumps refuse a lower one: it is at
-- least the time in milliseconds, so that it also rises where this database was restored from a backup.
CREATE TABLE pump_lease (
    pump    text   PRIMARY KEY,
    holder  text   NOT NULL DEFAULT '',                      -- a life; empty where given back
    fencing bigint NOT NULL DEFAULT 0 CHECK (fencing >= 0)
);

CREATE FUNCTION refuse_lower_fencing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.fencing < OLD.fencing OR (NEW.holder NOT IN (OLD.holder, '') AND NEW.fencing = OLD.fencing) THEN
        RAISE EXCEPTION 'the fencing number of pump % only rises', OLD.pump USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fencing_only_rises BEFORE UPDATE ON pump_lease FOR EACH ROW EXECUTE FUNCTION refuse_lower_fencing();
CREATE TRIGGER keep_the_leases BEFORE DELETE OR TRUNCATE ON pump_lease FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_past();
