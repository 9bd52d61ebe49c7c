package io.venule.signing;

import io.venule.signing.JsonMembers.Reading;
import io.venule.signing.Jws.RefusalKind;
import io.venule.signing.Jws.Verification;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The root's word on which keys must not be believed any more, whatever their certificates say. Each list holds all that ever were
 * revoked and a higher counter than the one before, so that an old list cannot bring a key back. Source: docs/pump-contract.md, "Keys".
 */
public record Revocations(long counter, Instant issued, List<KeyId> keys) {
    /** The {@code typ} of a list's signed text. */
    public static final String TYP = "key-revocation+jws";
    /** Keys in one list; a pump is small, and a signed text has an end. */
    public static final int MAX_KEYS = 512;

    /** What stands before the first list: nothing is revoked. */
    public static final Revocations NONE = new Revocations(0, Instant.EPOCH, List.of());

    private static final Comparator<KeyId> BY_ID = Comparator.comparing(KeyId::hex);

    public Revocations {
        keys = List.copyOf(keys);
        if (counter < 0 || keys.size() > MAX_KEYS || !keys.equals(sorted(keys))) {
            throw new IllegalArgumentException("not a list of at most " + MAX_KEYS + " keys, each once and in order");
        }
    }

    /** What the root said, or why it is not the root's word. */
    public sealed interface Checked {
        record Ok(Revocations list) implements Checked {}

        record Refused(RefusalKind kind, String reason) implements Checked {}
    }

    /** Whether this key must not be believed. */
    public boolean names(KeyId key) {
        return keys.contains(key);
    }

    /** Whether this list may stand in the place of the other: it is newer and forgets no key. */
    public boolean replaces(Revocations other) {
        return counter > other.counter && keys.containsAll(other.keys);
    }

    /** The next list, with more keys. */
    public Revocations with(Collection<KeyId> more, Instant at) {
        return new Revocations(
                Math.addExact(counter, 1),
                at,
                sorted(Stream.concat(keys.stream(), more.stream()).toList()));
    }

    /** The keys that stand here and not in the other. */
    public List<KeyId> beyond(Revocations other) {
        return keys.stream().filter(key -> !other.names(key)).toList();
    }

    /** The list as the root's signed text. */
    public String signedBy(SigningKey root) {
        return Jws.sign(
                TYP,
                Json.object()
                        .put("counter", counter)
                        .put("issued", issued.toEpochMilli())
                        .put("revoked", Json.texts(keys.stream().map(KeyId::hex).toList()))
                        .put("ver", 1)
                        .build(),
                root);
    }

    /** Reads a list and believes it only if this root signed it. Whether it is newer is the next question. */
    public static Checked check(String compact, VerifyingKey root) {
        return switch (Jws.verify(compact, TYP, root)) {
            case Verification.Refused(var kind, var reason) -> new Checked.Refused(kind, reason);
            case Verification.Verified verified ->
                switch (JsonMembers.readCanonical(verified.payload(), Jws.MAX_LENGTH, Revocations::read)) {
                    case Reading.Ok<Revocations>(var list) -> new Checked.Ok(list);
                    case Reading.Refused<Revocations> refused ->
                        new Checked.Refused(RefusalKind.MALFORMED, refused.text());
                };
        };
    }

    private static Revocations read(JsonMembers members) {
        members.exactly("ver", 1);
        var counter = members.whole("counter", 1, Long.MAX_VALUE);
        var issued = members.instant("issued");
        var keys = members.texts("revoked").stream()
                .map(text -> KeyId.parse(text).orElseThrow(() -> members.refusal("revoked", "holds no key id")))
                .toList();
        if (keys.size() > MAX_KEYS || !keys.equals(sorted(keys))) {
            throw members.refusal("revoked", "is not a list of at most " + MAX_KEYS + " ids, each once and in order");
        }
        return new Revocations(counter, issued, keys);
    }

    private static List<KeyId> sorted(Collection<KeyId> keys) {
        var once = new TreeSet<>(BY_ID);
        once.addAll(keys);
        return List.copyOf(once);
    }
}
