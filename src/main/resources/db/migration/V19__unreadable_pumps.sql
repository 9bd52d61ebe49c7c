-- A pump whose answers cannot be read, in one session after the other, is put out of use like one that cannot be believed.
ALTER TABLE pump_quarantine DROP CONSTRAINT pump_quarantine_cause_check;
ALTER TABLE pump_quarantine ADD CONSTRAINT pump_quarantine_cause_check
    CHECK (cause IN ('RECORD', 'FORK', 'GAP', 'ANSWER', 'UNREADABLE', 'CERTIFICATE', 'INVENTORY'));
