-- A draft is signed by two people and then published while the servers run. What the application may do stays as it was: SELECT and INSERT.
ALTER TABLE library_draft_step
    ADD COLUMN signature text NOT NULL DEFAULT '' CHECK (octet_length(signature) <= 16384), -- compact JWS, as it was checked
    DROP CONSTRAINT library_draft_step_what_check,
    ADD CONSTRAINT library_draft_step_what_check CHECK (what IN ('SENT', 'APPROVED', 'SIGNED', 'PUBLISHED', 'CLOSED')),
    ADD CONSTRAINT library_draft_step_signature CHECK ((what = 'SIGNED') = (signature <> ''));
ALTER TABLE library_draft_step ALTER COLUMN signature DROP DEFAULT;
