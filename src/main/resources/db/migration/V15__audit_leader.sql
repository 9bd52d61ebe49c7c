-- Which replica signs checkpoints: one row, taken for a few seconds at a time by the database's own clock. The number rises with each new holder and is
-- compared when a checkpoint is put in, so that a replica which lost its turn while it stood still puts in nothing.
CREATE TABLE audit_leader (
    only_row boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    holder   text        NOT NULL,
    fence    bigint      NOT NULL CHECK (fence >= 0),
    until    timestamptz NOT NULL
);
INSERT INTO audit_leader (holder, fence, until) VALUES ('', 0, '-infinity');

-- Under which number each was put in; 0 for those from before.
ALTER TABLE audit_checkpoint ADD COLUMN fence bigint NOT NULL DEFAULT 0 CHECK (fence >= 0);
