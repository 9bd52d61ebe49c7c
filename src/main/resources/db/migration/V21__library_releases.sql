-- Every release of the drug library that was ever the active one, whole: an audit entry names the release that it was judged under by its hash, and here stands
-- which limits held. The application needs SELECT and INSERT on both tables. A release is some hundred kilobytes, and a hospital has a few dozen in a year.
CREATE TABLE library_release (
    sha256    text   PRIMARY KEY,
    counter   bigint NOT NULL CHECK (counter > 0),            -- not unique: in training one counter may come with several hashes
    title     text   NOT NULL,
    canonical bytea  NOT NULL,                                -- the exact bytes that were signed and that pumps get
    CHECK (sha256 = encode(sha256(canonical), 'hex'))
);

-- When which of them became the active one, and whose signatures it had then. One release may become it again.
CREATE TABLE library_activation (
    number     bigint      PRIMARY KEY CHECK (number > 0),    -- 1, 2, 3 …
    sha256     text        NOT NULL REFERENCES library_release (sha256),
    signatures text[]      NOT NULL,                          -- compact JWS, as they were checked
    signers    text[]      NOT NULL,                          -- the subjects that those name
    at         timestamptz NOT NULL
);
CREATE INDEX library_activation_of_release ON library_activation (sha256);

CREATE TRIGGER keep_the_past BEFORE UPDATE OR DELETE OR TRUNCATE ON library_release FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_past();
CREATE TRIGGER keep_the_past BEFORE UPDATE OR DELETE OR TRUNCATE ON library_activation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_past();
