-- The ward that a pump stands in says which order keys are for it (pump contract, "Keys"); '*' is no named ward.
ALTER TABLE enrolled_pump ADD COLUMN ward text NOT NULL DEFAULT '*';
