-- What an auditor searches the log by, beside place and time: the patient's commitment, the drug, the person by name. Drawn from the leaf like the other
-- columns, and compared with it by the running check. Entries of an order that do not name these themselves are found by the order.
ALTER TABLE audit_leaf
    ADD COLUMN patient text NOT NULL DEFAULT '',
    ADD COLUMN drug    text NOT NULL DEFAULT '',
    ADD COLUMN person  text NOT NULL DEFAULT '';

-- The one time that rows of the past are completed: columns that did not exist when they were written, from the leaf itself, which stays as it is.
ALTER TABLE audit_leaf DISABLE TRIGGER keep_the_past;
UPDATE audit_leaf SET
    patient = coalesce(convert_from(leaf, 'UTF8')::json #>> '{details,patient}', ''),
    drug    = coalesce(convert_from(leaf, 'UTF8')::json #>> '{details,drug}', ''),
    person  = coalesce(convert_from(leaf, 'UTF8')::json #>> '{details,nurse}', convert_from(leaf, 'UTF8')::json #>> '{details,name}', '');
ALTER TABLE audit_leaf ENABLE TRIGGER keep_the_past;

CREATE INDEX audit_leaf_of_patient ON audit_leaf (patient, index) WHERE patient <> '';
CREATE INDEX audit_leaf_of_drug ON audit_leaf (lower(drug) text_pattern_ops, index) WHERE drug <> '';
CREATE INDEX audit_leaf_of_person ON audit_leaf (lower(person) text_pattern_ops, index) WHERE person <> '';
CREATE INDEX audit_leaf_of_actor ON audit_leaf (actor, index);
CREATE INDEX audit_leaf_of_kind ON audit_leaf (kind, index);
