-- First halves of checks that two people make; each is used by one order. No patient data: the digest of what was shown.
-- The application needs SELECT, INSERT and UPDATE on it.
CREATE TABLE first_check (
    displayed text        PRIMARY KEY CHECK (displayed ~ '^[0-9a-f]{64}$'),
    pump      text        NOT NULL,
    channel   integer     NOT NULL CHECK (channel BETWEEN 1 AND 99),
    subject   text        NOT NULL,
    name      text        NOT NULL,
    acr       text        NOT NULL,
    auth_time timestamptz NOT NULL,
    at        timestamptz NOT NULL,
    used      boolean     NOT NULL DEFAULT false
);
