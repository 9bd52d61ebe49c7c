-- Entries are written far more often than they are searched for by time, kind or actor, and these three come in the order in which they happen. One block
-- index says for each stretch of the table what is in it, and costs next to nothing at append; three trees cost as much as the entry itself.
DROP INDEX audit_leaf_at;
DROP INDEX audit_leaf_of_actor;
DROP INDEX audit_leaf_of_kind;
CREATE INDEX audit_leaf_blocks ON audit_leaf USING brin (at, actor text_bloom_ops, kind text_bloom_ops)
    WITH (pages_per_range = 64, autosummarize = on);
