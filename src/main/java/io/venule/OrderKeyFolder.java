package io.venule;

import io.venule.signing.KeyFiles;
import io.venule.signing.Keyring;
import io.venule.signing.OrderKeys;
import io.venule.signing.Revocations;
import io.venule.signing.VerifyingKey;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The order keys that lie in the key folder and the root's list of revoked keys beside them, as last read. What is laid there while the server runs
 * counts within seconds; where something there cannot be understood, or the list is older than the one in force, what was read before goes on counting, and
 * health says so.
 */
final class OrderKeyFolder {
    private static final System.Logger LOG = System.getLogger(OrderKeyFolder.class.getName());

    private final Path folder;
    private final VerifyingKey root;
    private final InstantSource clock;
    private final AtomicReference<Standing> standing;

    /**
     * What counts now.
     *
     * @param keys the keys that may sign: none that is revoked
     * @param ring the same for checking what was signed
     * @param revoked the list in force
     * @param signedList its signed text; empty where there is none
     */
    private record Standing(
            OrderKeys keys, Keyring ring, Revocations revoked, String signedList, Optional<String> fault) {
        Standing {
            signedList = signedList.strip();
        }
    }

    /** Reads the folder; throws where it cannot be understood. */
    OrderKeyFolder(VenuleSettings.Keys settings, InstantSource clock) {
        this.folder = settings.orders().orElseGet(() -> settings.directory().resolve(OrderKeys.FOLDER));
        this.clock = clock;
        this.root = KeyFiles.verifyingKey(settings.directory().resolve("root.pub"));
        this.standing = new AtomicReference<>(under(revocations(), OrderKeys.in(folder, root), Optional.empty()));
    }

    private Revocations revocations() {
        return OrderKeys.revokedIn(folder, root);
    }

    private Standing under(Revocations list, OrderKeys all, Optional<String> fault) {
        var keys = all.without(list);
        var text = list.counter() == 0 ? "" : KeyFiles.certificate(folder.resolve(OrderKeys.REVOKED));
        return new Standing(keys, keys.ring(root, clock.instant()).under(list), list, text, fault);
    }

    /** Reads the folder again. The list comes first: a key file that cannot be read must not keep a key from being revoked. */
    synchronized void refresh() {
        var fault = readList().or(this::readKeys);
        var before = standing.get();
        if (fault.isPresent() && !fault.equals(before.fault())) {
            LOG.log(System.Logger.Level.ERROR, "the order keys cannot be read again: {0}", fault.get());
        }
        standing.set(new Standing(
                before.keys(),
                before.keys().ring(root, clock.instant()).under(before.revoked()),
                before.revoked(),
                before.signedList(),
                fault));
    }

    private Optional<String> readList() {
        var before = standing.get();
        try {
            var list = revocations();
            if (list.replaces(before.revoked())) {
                standing.set(under(list, before.keys(), before.fault()));
                LOG.log(System.Logger.Level.WARNING, "revocation list {0} in force", list.counter());
                return Optional.empty();
            }
            return list.equals(before.revoked())
                    ? Optional.empty()
                    : Optional.of("revocation list " + list.counter() + " in the folder is older than list "
                            + before.revoked().counter() + " in force, or forgets a key of it");
        } catch (IllegalArgumentException | UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> readKeys() {
        var before = standing.get();
        try {
            var keys = OrderKeys.in(folder, root).without(before.revoked());
            standing.set(new Standing(keys, before.ring(), before.revoked(), before.signedList(), before.fault()));
            return Optional.empty();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    OrderKeys now() {
        return standing.get().keys();
    }

    /** What orders are verified with. */
    Keyring ring() {
        return standing.get().ring();
    }

    /** The list of revoked keys in force. */
    Revocations revoked() {
        return standing.get().revoked();
    }

    /** Its signed text, for pumps; empty where no key was ever revoked. */
    Optional<String> signedList() {
        return Optional.of(standing.get().signedList()).filter(text -> !text.isEmpty());
    }

    /** What is wrong in the folder, naming the file; empty where nothing is. */
    Optional<String> fault() {
        return standing.get().fault();
    }
}
