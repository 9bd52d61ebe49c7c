package io.venule.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of the durable record. */
@ConfigMapping(prefix = "venule.store")
public interface StoreSettings {
    /** A transaction that takes longer is rolled back, so that a stuck database never holds the audit log's lock for long. */
    @WithDefault("10s")
    Duration transactionLimit();

    /** How often a grown log is looked for and its checkpoint signed; the promise is a checkpoint within a second of an append. */
    @WithDefault("250ms")
    Duration checkpointEvery();

    /** All leaves are read again and the tree recomputed from them, part by part, so that a changed byte is found within this time. */
    @WithDefault("60s")
    Duration recheckEvery();
}
