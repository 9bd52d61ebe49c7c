-- Pumps that are out of use because of what they said, until a person lifted that. Every server asks here before it opens a session. No row is removed: what was
-- lifted stays with its time; who lifted it, and why, is in the audit log. The application needs SELECT, INSERT and UPDATE on it.
CREATE TABLE pump_quarantine (
    number bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    pump   text        NOT NULL,
    cause  text        NOT NULL CHECK (cause IN ('RECORD', 'FORK', 'GAP', 'ANSWER', 'CERTIFICATE', 'INVENTORY')),
    why    text        NOT NULL,
    since  timestamptz NOT NULL,
    lifted timestamptz
);
CREATE UNIQUE INDEX one_quarantine_of_a_pump ON pump_quarantine (pump) WHERE lifted IS NULL;
CREATE TRIGGER keep_the_quarantines BEFORE DELETE OR TRUNCATE ON pump_quarantine FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_past();
