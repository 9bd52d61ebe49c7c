-- What each pump says of itself: its nameplate and the drug library that it holds. One row a pump, its last word, written only when it says something else, so that
-- every server shows it, also of a pump that is away. The application needs SELECT, INSERT and UPDATE on it.
CREATE TABLE pump_self_report (
    pump              text        PRIMARY KEY,                          -- the enrolled serial
    manufacturer      text        NOT NULL CHECK (char_length(manufacturer) <= 100),
    model             text        NOT NULL CHECK (char_length(model) <= 100),
    serial_number     text        NOT NULL CHECK (char_length(serial_number) <= 100),      -- as it stands on the plate; another than the enrolled one is shown as such
    software_revision text        NOT NULL CHECK (char_length(software_revision) <= 100),
    hardware_revision text        NOT NULL CHECK (char_length(hardware_revision) <= 100),
    library_counter   bigint      NOT NULL CHECK (library_counter >= 0),
    library_sha256    text        NOT NULL CHECK (library_sha256 ~ '^([0-9a-f]{64})?$'),   -- empty where it holds none
    since             timestamptz NOT NULL                              -- when it was first read like this
);
