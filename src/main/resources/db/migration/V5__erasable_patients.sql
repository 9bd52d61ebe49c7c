-- A patient is named in orders and in the audit log by a commitment: an HMAC of the number under a salt of the patient's own, which is sealed here like the
-- rest. Erasing removes number, particulars and salt and gives the row a random id; then nothing leads from a commitment to a person any more, and
-- nothing that refers to the row breaks.
ALTER TABLE patient
    ADD COLUMN salt       bytea,
    ADD COLUMN commitment text CHECK (length(commitment) = 64),
    ADD COLUMN erased     boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT salt_with_its_commitment CHECK ((salt IS NULL) = (commitment IS NULL)),
    ADD CONSTRAINT erased_is_nobody CHECK (NOT erased OR (salt IS NULL AND NOT admitted AND length(particulars) = 0));
CREATE UNIQUE INDEX patient_by_commitment ON patient (commitment);

ALTER TABLE prescription
    DROP CONSTRAINT prescription_patient_fkey,
    ADD CONSTRAINT prescription_patient_fkey FOREIGN KEY (patient) REFERENCES patient (id) ON UPDATE CASCADE;
ALTER TABLE infusion_order
    DROP CONSTRAINT infusion_order_patient_fkey,
    ADD CONSTRAINT infusion_order_patient_fkey FOREIGN KEY (patient) REFERENCES patient (id) ON UPDATE CASCADE;
