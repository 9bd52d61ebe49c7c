package io.venule;

import io.venule.druglibrary.LibraryVersion;
import io.venule.opcua.Provisions;
import io.venule.release.ActiveRelease;
import io.venule.release.LibraryReleases.Signed;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;

/** What the pumps of a ward must have, as of now. Asked once a second for each ward and more often by sessions, so a release's bytes are copied once. */
final class OutfitOfPumps implements Function<String, Provisions> {
    private final ActiveRelease active;
    private final OrderKeyFolder orders;
    private final LongKeys keys;
    private final InstantSource clock;
    private volatile Map.Entry<LibraryVersion, Provisions> made;

    OutfitOfPumps(ActiveRelease active, OrderKeyFolder orders, LongKeys keys, InstantSource clock) {
        this.active = active;
        this.orders = orders;
        this.keys = keys;
        this.clock = clock;
        this.made = made(active.signed());
    }

    @Override
    public Provisions apply(String ward) {
        return ofAll().with(orders.now().certificates(ward, clock.instant()), orders.signedList());
    }

    private Provisions ofAll() {
        var now = active.signed();
        var last = made;
        if (!last.getKey().equals(now.release().version())) {
            last = made(now);
            made = last;
        }
        return last.getValue();
    }

    private Map.Entry<LibraryVersion, Provisions> made(Signed release) {
        var version = release.release().version();
        var bytes = new Provisions.Bytes(release.release().canonicalBytes());
        return Map.entry(
                version,
                Provisions.ofAll(
                        keys.certificates(), version.counter(), version.sha256(), bytes, release.signatures()));
    }
}
