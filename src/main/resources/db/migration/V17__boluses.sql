-- What an order asks for (pump contract, op). A bolus changes what runs, once, and is open until the pump says what it gave of it.
ALTER TABLE infusion_order ADD COLUMN op text NOT NULL DEFAULT 'PROGRAM' CHECK (op IN ('PROGRAM', 'TITRATE', 'BOLUS'));
UPDATE infusion_order SET op = 'TITRATE' WHERE target <> '';
ALTER TABLE infusion_order ADD CONSTRAINT a_change_names_what_it_changes CHECK ((op = 'PROGRAM') = (target = ''));
