package io.venule.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The order keys that a server holds: a day's key for each ward and day, made ahead under the offline root. It answers which of them signs
 * for a ward at a time, and which certificates a pump of that ward should have by now. Unchanging; what lies in the folder later is another value.
 * Source: docs/keys.md; docs/pump-contract.md, "Keys".
 */
public final class OrderKeys {
    /** The folder that holds them below the key folder, if no other: {@code NAME.key} and {@code NAME.jws} for each. */
    public static final String FOLDER = "orders";

    /** The file beside them with the root's list of keys that must not be believed any more. */
    public static final String REVOKED = "revoked.jws";

    /** Pumps have a certificate this long before it is needed, so that a pump that was away for a night is not without. */
    public static final Duration AHEAD = Duration.ofDays(2);

    private static final Comparator<Held> BY_BEGIN = Comparator.<Held, Instant>comparing(
                    held -> held.certificate().notBefore())
            .thenComparing(held -> held.certificate().id().hex());

    private final List<Held> all;

    private OrderKeys(List<Held> all) {
        this.all = all.stream().sorted(BY_BEGIN).toList();
    }

    /** A key, what the root said of it, and the root's exact words. */
    public record Held(SigningKey key, KeyCertificate certificate, String signed) {
        public Held {
            if (certificate.role() != KeyRole.ORDER || !certificate.key().equals(key.verifyingKey())) {
                throw new IllegalArgumentException("not the certificate of this order key");
            }
        }
    }

    public static OrderKeys of(List<Held> keys) {
        return new OrderKeys(keys);
    }

    /** Reads what lies in the folder; throws, naming the file, where one is no order key that this root certified. */
    public static OrderKeys in(Path folder, VerifyingKey root) {
        if (!Files.isDirectory(folder)) {
            return new OrderKeys(List.of());
        }
        try (var files = Files.list(folder)) {
            return new OrderKeys(files.filter(file -> file.toString().endsWith(".jws") && !file.endsWith(REVOKED))
                    .map(file -> read(file, root))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("the order keys cannot be listed: " + folder, e);
        }
    }

    /** The list of revoked keys in the folder, as the root signed it; {@link Revocations#NONE} where there is none, and throws where it is no such list. */
    public static Revocations revokedIn(Path folder, VerifyingKey root) {
        var file = folder.resolve(REVOKED);
        if (!Files.exists(file)) {
            return Revocations.NONE;
        }
        return switch (Revocations.check(KeyFiles.certificate(file), root)) {
            case Revocations.Checked.Ok(var list) -> list;
            case Revocations.Checked.Refused(var kind, var reason) ->
                throw new IllegalArgumentException(file + " is not the root's word: " + reason);
        };
    }

    private static Held read(Path file, VerifyingKey root) {
        var signed = KeyFiles.certificate(file);
        var name = file.getFileName().toString();
        var key = KeyFiles.signingKey(file.resolveSibling(name.substring(0, name.length() - ".jws".length()) + ".key"));
        return switch (KeyCertificate.check(signed, root)) {
            case KeyCertificate.Checked.Refused(var kind, var reason) ->
                throw new IllegalArgumentException(file + " is not the root's word: " + reason);
            case KeyCertificate.Checked.Certified(var certificate) -> {
                if (certificate.role() != KeyRole.ORDER || !certificate.key().equals(key.verifyingKey())) {
                    throw new IllegalArgumentException(file + " is not the certificate of the order key beside it");
                }
                yield new Held(key, certificate, signed);
            }
        };
    }

    /** These keys but for those that were revoked. */
    public OrderKeys without(Revocations revoked) {
        return new OrderKeys(all.stream()
                .filter(held -> !revoked.names(held.certificate().id()))
                .toList());
    }

    /** Those whose certificate names exactly this ward. */
    OrderKeys ofScope(String ward) {
        return new OrderKeys(all.stream()
                .filter(held -> held.certificate().scope().equals(ward))
                .toList());
    }

    public List<Held> all() {
        return all;
    }

    /**
     * The key that signs for this ward what lives from one instant to the other: one of the ward's own before one for all wards, and of those the one whose
     * nearer end is farthest, because clocks of pumps may be off either way.
     */
    public Optional<Held> signing(String ward, Instant from, Instant until) {
        return all.stream()
                .filter(held -> held.certificate().covers(ward))
                .filter(held ->
                        held.certificate().isValidAt(from) && held.certificate().isValidAt(until))
                .max(Comparator.<Held, Boolean>comparing(
                                held -> held.certificate().scope().equals(ward))
                        .thenComparing(held -> margin(held.certificate(), from, until)));
    }

    private static Duration margin(KeyCertificate certificate, Instant from, Instant until) {
        var before = Duration.between(certificate.notBefore(), from);
        var after = Duration.between(until, certificate.notAfter());
        return before.compareTo(after) < 0 ? before : after;
    }

    /** The signed certificates that a pump of this ward should have now: those in force and those that begin soon. */
    public List<String> certificates(String ward, Instant now) {
        return all.stream()
                .filter(held -> held.certificate().covers(ward))
                .filter(held -> isNear(held.certificate(), now))
                .map(Held::signed)
                .toList();
    }

    private static boolean isNear(KeyCertificate certificate, Instant now) {
        return !certificate.notAfter().isBefore(now) && !certificate.notBefore().isAfter(now.plus(AHEAD));
    }

    /** A ring of those in force or soon to be, for checking what was signed with them. */
    public Keyring ring(VerifyingKey root, Instant now) {
        return Keyring.of(
                root,
                all.stream()
                        .filter(held -> isNear(held.certificate(), now))
                        .map(Held::signed)
                        .toList());
    }

    /** Until when, from now on, there is a key for this ward without a gap; {@code now} where there is none now. */
    public Instant lastUntil(String ward, Instant now) {
        var end = now;
        for (var held : all) {
            var certificate = held.certificate();
            if (certificate.covers(ward)
                    && !certificate.notBefore().isAfter(end)
                    && certificate.notAfter().isAfter(end)) {
                end = certificate.notAfter();
            }
        }
        return end;
    }

    /** The wards that there is a key of, by name. */
    public List<String> scopes() {
        return all.stream()
                .map(held -> held.certificate().scope())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public String toString() {
        return all.size() + " order keys";
    }
}
