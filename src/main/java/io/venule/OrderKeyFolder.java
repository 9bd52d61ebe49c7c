package io.venule;

import io.venule.signing.KeyFiles;
import io.venule.signing.Keyring;
import io.venule.signing.OrderKeys;
import io.venule.signing.VerifyingKey;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The order keys that lie in the key folder, as last read. What is laid there while the server runs is taken up within seconds; where a file there cannot be
 * understood, what was read before goes on counting, and health says so.
 */
final class OrderKeyFolder {
    private static final System.Logger LOG = System.getLogger(OrderKeyFolder.class.getName());

    private final Path folder;
    private final VerifyingKey root;
    private final InstantSource clock;
    private final AtomicReference<Standing> standing;

    private record Standing(OrderKeys keys, Keyring ring, Optional<String> fault) {}

    /** Reads the folder; throws where it cannot be understood. */
    OrderKeyFolder(VenuleSettings.Keys settings, InstantSource clock) {
        this.folder = settings.orders().orElseGet(() -> settings.directory().resolve(OrderKeys.FOLDER));
        this.clock = clock;
        this.root = KeyFiles.verifyingKey(settings.directory().resolve("root.pub"));
        this.standing = new AtomicReference<>(read());
    }

    private Standing read() {
        var keys = OrderKeys.in(folder, root);
        return new Standing(keys, keys.ring(root, clock.instant()), Optional.empty());
    }

    /** Reads the folder again. */
    synchronized void refresh() {
        try {
            standing.set(read());
        } catch (IllegalArgumentException | UncheckedIOException e) {
            var before = standing.get();
            if (before.fault().isEmpty()) {
                LOG.log(System.Logger.Level.ERROR, "the order keys cannot be read again", e);
            }
            standing.set(new Standing(
                    before.keys(),
                    before.keys().ring(root, clock.instant()),
                    Optional.of(String.valueOf(e.getMessage()))));
        }
    }

    OrderKeys now() {
        return standing.get().keys();
    }

    /** What orders are verified with. */
    Keyring ring() {
        return standing.get().ring();
    }

    /** What is wrong in the folder, naming the file; empty where nothing is. */
    Optional<String> fault() {
        return standing.get().fault();
    }
}
