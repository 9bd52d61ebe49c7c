-- The pages of an infusion ask for its changes every second.
CREATE INDEX changes_of_an_order ON infusion_order (target) WHERE target <> '';
