-- Orders that change what runs (pump contract, op titrate): each names the order it changes. They are orders in everything else: once per
-- tap, signed, answered, kept. A channel may have one program and one change of it open.
ALTER TABLE infusion_order ADD COLUMN target text NOT NULL DEFAULT '' CHECK (target = '' OR target ~ '^[0-9a-f]{32}$');
DROP INDEX one_open_order_per_channel;
CREATE UNIQUE INDEX one_open_order_per_channel ON infusion_order (pump, channel)
    WHERE target = '' AND state IN ('APPROVED', 'UNCONFIRMED', 'WAITING', 'RUNNING');
CREATE UNIQUE INDEX one_open_change_per_channel ON infusion_order (pump, channel)
    WHERE target <> '' AND state IN ('APPROVED', 'UNCONFIRMED', 'WAITING', 'RUNNING');
