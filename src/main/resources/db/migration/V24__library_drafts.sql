-- Releases of the drug library that were sent to be looked at before two people sign them, and what was said to each. Nothing of it is changed or removed. The application needs SELECT and INSERT on both tables.
CREATE TABLE library_draft (
    sha256    text   PRIMARY KEY,
    counter   bigint NOT NULL CHECK (counter > 0),
    title     text   NOT NULL,
    canonical bytea  NOT NULL,                                   -- the exact bytes that are looked at and then signed
    CHECK (sha256 = encode(sha256(canonical), 'hex'))
);

-- A draft is where its last step leaves it, as long as the release that it was compared with is the active one.
CREATE TABLE library_draft_step (
    number bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sha256 text        NOT NULL REFERENCES library_draft (sha256),
    what   text        NOT NULL CHECK (what IN ('SENT', 'APPROVED', 'CLOSED')),
    reason text        NOT NULL CHECK (reason IN ('', 'LIMIT', 'CONTENT', 'SOURCE', 'QUESTION', 'NOT_NEEDED')),
    who    text        NOT NULL,                                 -- subject of the identity provider
    name   text        NOT NULL,
    base   text        NOT NULL CHECK (base ~ '^[0-9a-f]{64}$'), -- the active release then
    at     timestamptz NOT NULL,
    CHECK ((what = 'CLOSED') = (reason <> ''))
);
CREATE INDEX library_draft_step_of_draft ON library_draft_step (sha256, number);

CREATE TRIGGER keep_the_past BEFORE UPDATE OR DELETE OR TRUNCATE ON library_draft FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_past();
CREATE TRIGGER keep_the_past BEFORE UPDATE OR DELETE OR TRUNCATE ON library_draft_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_past();
