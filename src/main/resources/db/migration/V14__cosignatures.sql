-- What each witness said of the log last: a cosignature of the checkpoint of that size. Only the last word of each is kept; an earlier one says less.
CREATE TABLE audit_cosignature (
    witness text        PRIMARY KEY,                         -- its verifier key: name, key id and public key
    size    bigint      NOT NULL REFERENCES audit_checkpoint (size),
    line    text        NOT NULL,                            -- C2SP tlog-cosignature, a signature line
    at      timestamptz NOT NULL                             -- by the witness's clock
);
CREATE INDEX audit_cosignature_of_size ON audit_cosignature (size);
