package io.venule.store;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Names this replica, anew at each start: one that was restarted is another, and waits for the turn of the one that was. */
final class LeaseWiring {
    private LeaseWiring() {}

    @Produces
    @Singleton
    static PublisherLease publisherLease(Transactions transactions, SecureRandom random, Uptime uptime) {
        var name = new byte[16];
        random.nextBytes(name);
        return new PublisherLease(transactions, HexFormat.of().formatHex(name), uptime);
    }
}
