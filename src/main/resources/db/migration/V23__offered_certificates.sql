-- Certificates that are presented at a pump's address and that it was not enrolled with, each made by the fleet's authority for that pump, until a biomedical engineer accepts one or the pump is
-- reached under what it is enrolled with. Public data; when each was first seen, and who accepted which, is in the audit log. The application needs SELECT, INSERT and DELETE on it.
CREATE TABLE offered_certificate (
    pump        text        NOT NULL,                                              -- the enrolled serial
    sha256      text        NOT NULL CHECK (sha256 = encode(sha256(certificate), 'hex')),
    certificate bytea       NOT NULL CHECK (octet_length(certificate) <= 65536),   -- DER
    since       timestamptz NOT NULL,                                              -- when it was first seen there
    PRIMARY KEY (pump, sha256)
);
