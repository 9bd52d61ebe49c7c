-- Lots that must not be used. No row is removed: what was lifted stays with its time; who recalled and who lifted, and why, is in the audit log.
-- The application needs SELECT, INSERT and UPDATE on it. It takes the place of recalled_lot, which nothing wrote and which knew no product.
CREATE TABLE lot_recall (
    number    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    gtin      text        NOT NULL CHECK (gtin = '' OR gtin ~ '^[0-9]{14}$'),   -- empty for every product that carries the lot number
    lot       text        NOT NULL CHECK (lot ~ '^[!-"%-?A-Z_a-z]{1,20}$'),
    reason    text        NOT NULL CHECK (reason IN ('MAKER', 'AUTHORITY', 'PHARMACY', 'BEDSIDE')),
    reference text        NOT NULL DEFAULT '' CHECK (reference ~ '^[A-Za-z0-9 ./_-]{0,40}$'),
    since     timestamptz NOT NULL,
    lifted    timestamptz
);
-- A recall is typed from a letter: the same lot in other letters is the same lot.
CREATE UNIQUE INDEX one_recall_of_a_lot ON lot_recall (gtin, upper(lot)) WHERE lifted IS NULL;
CREATE INDEX lot_recall_by_lot ON lot_recall (upper(lot)) WHERE lifted IS NULL;
CREATE TRIGGER keep_the_recalls BEFORE DELETE OR TRUNCATE ON lot_recall FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_the_past();

-- Whatever an operator wrote there by hand goes on to hold.
INSERT INTO lot_recall (gtin, lot, reason, since) SELECT '', lot, 'PHARMACY', since FROM recalled_lot;
DROP TABLE recalled_lot;

-- Which orders used bags of a lot. A bag is kept as id|lot|expiry|serial.
CREATE INDEX infusion_order_of_lot ON infusion_order (upper(split_part(bag, '|', 2))) WHERE op = 'PROGRAM';
