-- Venule's durable record. Flyway runs this as the owner of the schema; the application itself should connect as a role that holds
-- SELECT and INSERT on every table, UPDATE only on audit_head, infusion_order, patient, prescription, enrolled_pump, pump_record_head,
-- recalled_lot and follower_place, DELETE on none, and no right to change a trigger or a table. The triggers below refuse to change the
-- past for whoever connects, the owner included; who can drop a trigger is found by the published checkpoints (THREATS T-43, T-44).

-- ── The audit log: an RFC 6962 Merkle tree, one row per leaf ────────────────────────────────────────────────────────────────────────
-- One row. Whoever appends locks it, so indices have no gap and no double, whichever replica appends.
CREATE TABLE audit_head (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    size     bigint  NOT NULL CHECK (size >= 0),
    frontier bytea   NOT NULL,                               -- size in 8 bytes, then the roots of the complete subtrees, widest first
    root     bytea   NOT NULL CHECK (length(root) = 32)
);
-- The empty tree: SHA-256 of nothing (RFC 6962, 2.1).
INSERT INTO audit_head (size, frontier, root)
VALUES (0, '\x0000000000000000', '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');

CREATE TABLE audit_leaf (
    index    bigint      PRIMARY KEY CHECK (index >= 0),
    leaf     bytea       NOT NULL,                            -- the exact canonical bytes; everything below is drawn from them for search
    hash     bytea       NOT NULL CHECK (length(hash) = 32),  -- SHA-256(0x00 ‖ leaf)
    kind     text        NOT NULL,
    at       timestamptz NOT NULL,
    actor    text        NOT NULL,
    order_id text        NOT NULL,
    place    text        NOT NULL                             -- a ward, a pump, or a pump's channel: SERIAL/1
);
CREATE INDEX audit_leaf_of_order ON audit_leaf (order_id, index) WHERE order_id <> '';
CREATE INDEX audit_leaf_at_place ON audit_leaf (place text_pattern_ops, index) WHERE place <> '';
CREATE INDEX audit_leaf_at ON audit_leaf (at);

-- Roots of the complete subtrees of 2^level leaves from 2^8 on, so that a proof reads a few hundred rows at most, however long the log.
CREATE TABLE audit_node (
    level smallint NOT NULL CHECK (level BETWEEN 8 AND 62),
    index bigint   NOT NULL CHECK (index >= 0),
    hash  bytea    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, index)
);

CREATE TABLE audit_checkpoint (
    size bigint      PRIMARY KEY CHECK (size > 0),
    root bytea       NOT NULL CHECK (length(root) = 32),
    note text        NOT NULL,                                -- C2SP signed note
    at   timestamptz NOT NULL
);

-- How far each follower of the log has come.
CREATE TABLE follower_place (
    follower   text   PRIMARY KEY,
    next_index bigint NOT NULL CHECK (next_index >= 0)
);

-- ── The fleet ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE enrolled_pump (
    serial      text     PRIMARY KEY,
    asset_id    text     NOT NULL,
    model       text     NOT NULL CHECK (model IN ('large-volume', 'syringe')),
    channels    integer  NOT NULL CHECK (channels BETWEEN 1 AND 32),
    endpoint    text     NOT NULL,
    certificate text     NOT NULL,
    record_key  text     NOT NULL,
    simulated   boolean  NOT NULL
);

-- What pumps reported: each record once, in order, without gap (invariant 5).
CREATE TABLE pump_record (
    pump          text        NOT NULL,
    epoch         text        NOT NULL CHECK (epoch ~ '^[0-9a-f]{32}$'),
    sequence      bigint      NOT NULL CHECK (sequence > 0),
    previous_hash text        NOT NULL CHECK (length(previous_hash) = 64),
    hash          text        NOT NULL CHECK (length(hash) = 64),
    pump_clock    timestamptz NOT NULL,
    uptime_ms     bigint      NOT NULL,
    event         text        NOT NULL,
    channel       integer,
    order_id      text        NOT NULL DEFAULT '',
    signed        text        NOT NULL,                       -- the pump's exact signed text
    audit_index   bigint      NOT NULL UNIQUE,
    PRIMARY KEY (pump, epoch, sequence)
);
CREATE INDEX pump_record_of_order ON pump_record (order_id, audit_index) WHERE order_id <> '';

-- The last record kept of each pump; whoever adds records locks this row.
CREATE TABLE pump_record_head (
    pump     text   PRIMARY KEY,
    epoch    text   NOT NULL,
    sequence bigint NOT NULL CHECK (sequence >= 0),
    hash     text   NOT NULL CHECK (length(hash) = 64)
);

-- ── The ward ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
-- id is a keyed hash; name, birth date, numbers and body are in one AES-256-GCM box bound to this row (invariant 10).
CREATE TABLE patient (
    id          text    PRIMARY KEY CHECK (length(id) = 64),
    particulars bytea   NOT NULL,
    care_area   text    NOT NULL,
    admitted    boolean NOT NULL
);
CREATE INDEX patient_admitted ON patient (care_area, id) WHERE admitted;

CREATE TABLE prescription (
    id               text        PRIMARY KEY,
    patient          text        NOT NULL REFERENCES patient (id),
    drug             text        NOT NULL,
    library_entry    text        NOT NULL,
    amount_value     text,                                    -- amount and volume: the mixture; none for a plain fluid
    amount_unit      text,
    mixture_ul       bigint,
    regimen          text        NOT NULL CHECK (regimen IN ('CONTINUOUS', 'INTERMITTENT', 'FLUID')),
    dose_value       text,
    dose_unit        text,
    over_ms          bigint,
    fluid_ul_per_h   bigint,
    vtbi_ul          bigint      NOT NULL,
    route            text        NOT NULL,
    startable_from   timestamptz NOT NULL,
    startable_until  timestamptz NOT NULL,
    active           boolean     NOT NULL,
    CHECK ((amount_value IS NULL) = (amount_unit IS NULL) AND (amount_value IS NULL) = (mixture_ul IS NULL)),
    CHECK ((regimen = 'FLUID') = (fluid_ul_per_h IS NOT NULL)),
    CHECK ((regimen = 'FLUID') = (dose_value IS NULL) AND (dose_value IS NULL) = (dose_unit IS NULL)),
    CHECK ((regimen = 'INTERMITTENT') = (over_ms IS NOT NULL))
);
CREATE INDEX prescription_of_patient ON prescription (patient, id);

CREATE TABLE recalled_lot (
    lot    text        PRIMARY KEY,
    reason text        NOT NULL,
    since  timestamptz NOT NULL
);

-- ── Orders to pumps ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE infusion_order (
    id              text        PRIMARY KEY CHECK (id ~ '^[0-9a-f]{32}$'),
    submission      text        NOT NULL,
    state           text        NOT NULL CHECK (state IN ('APPROVED', 'UNCONFIRMED', 'WAITING', 'RUNNING', 'COMPLETE', 'STOPPED', 'DROPPED', 'REJECTED', 'EXPIRED')),
    state_detail    text        NOT NULL DEFAULT '',          -- since when unconfirmed (ISO 8601), why dropped, rejection code
    prescription    text        NOT NULL REFERENCES prescription (id),
    pump            text        NOT NULL,
    channel         integer     NOT NULL,
    patient         text        NOT NULL REFERENCES patient (id),
    patient_hash    text        NOT NULL,                     -- as the order names the patient
    drug            text        NOT NULL,
    dose            text        NOT NULL,
    rate_ul_per_h   bigint      NOT NULL,
    vtbi_ul         bigint      NOT NULL,
    override_reason text        NOT NULL DEFAULT '',
    nurse           text        NOT NULL,
    nurse_name      text        NOT NULL,
    approved_at     timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    signed          text        NOT NULL,
    pairing         text        NOT NULL,
    bag             text        NOT NULL,
    bag_has_serial  boolean     NOT NULL,
    CONSTRAINT one_order_per_submission UNIQUE (submission),
    CONSTRAINT one_order_per_pairing UNIQUE (pairing)
);
-- Two nurses, one channel: one wins.
CREATE UNIQUE INDEX one_open_order_per_channel ON infusion_order (pump, channel)
    WHERE state IN ('APPROVED', 'UNCONFIRMED', 'WAITING', 'RUNNING');
-- A bag that can be told from its like is used once; an order that never started frees it again (T-58).
CREATE UNIQUE INDEX one_order_per_bag ON infusion_order (bag)
    WHERE bag_has_serial AND state NOT IN ('REJECTED', 'EXPIRED', 'DROPPED');
CREATE INDEX infusion_order_newest ON infusion_order (approved_at DESC);
CREATE INDEX infusion_order_of_patient ON infusion_order (patient);
CREATE INDEX infusion_order_unanswered ON infusion_order (approved_at) WHERE state IN ('APPROVED', 'UNCONFIRMED');

-- ── Nobody edits the past ───────────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE FUNCTION refuse_change_of_the_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_the_past BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_leaf FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_past();
CREATE TRIGGER keep_the_past BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_node FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_past();
CREATE TRIGGER keep_the_past BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_past();
CREATE TRIGGER keep_the_past BEFORE UPDATE OR DELETE OR TRUNCATE ON pump_record FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_past();
CREATE TRIGGER keep_the_past BEFORE DELETE OR TRUNCATE ON audit_head FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_past();
CREATE TRIGGER keep_the_past BEFORE DELETE OR TRUNCATE ON infusion_order FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_past();
