package io.venule.simulator;

import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyRole;
import io.venule.signing.Keyring;
import io.venule.signing.Revocations;
import io.venule.signing.VerifyingKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The keys that a pump believes besides the root's, kept while its power is off. Source: pump contract, "Keys". */
final class HeldKeys {
    private static final String CERTIFICATES = "keys";
    private static final String REVOKED = "revoked";

    private final PumpMemory memory;
    private final PumpClock clock;
    private final String ward;
    private Keyring ring;

    HeldKeys(VerifyingKey root, PumpMemory memory, PumpClock clock, String ward) {
        this.memory = memory;
        this.clock = clock;
        this.ward = ward;
        this.ring = Keyring.of(root, memory.lines(CERTIFICATES)).under(kept(root));
    }

    /** What was revoked before the power failed. A list that is not the root's any more was tampered with: then nothing may be believed. */
    private Revocations kept(VerifyingKey root) {
        var lines = memory.lines(REVOKED);
        if (lines.isEmpty()) {
            return Revocations.NONE;
        }
        return switch (Revocations.check(lines.getLast(), root)) {
            case Revocations.Checked.Ok(var list) -> list;
            case Revocations.Checked.Refused(var kind, var reason) ->
                throw new IllegalStateException("the list of revoked keys in memory was changed: " + reason);
        };
    }

    Keyring ring() {
        return ring;
    }

    /** The keys that may do this now. */
    List<VerifyingKey> valid(KeyRole role) {
        var need = new Keyring.Need(role, ward, Instant.ofEpochMilli(clock.wall()));
        return ring.certificates().stream()
                .filter(known -> ring.find(known.id(), need) instanceof Keyring.Found.Key)
                .map(KeyCertificate::key)
                .toList();
    }

    /** {@code ACCEPTED}, or why the certificate is not taken. */
    String trust(String certificate) {
        return switch (ring.withoutThoseBefore(yesterday()).with(certificate)) {
            case Keyring.Trust.Refused refused ->
                OrderReading.codeOf(refused.kind()).name();
            case Keyring.Trust.Trusted(var larger, var added) -> {
                if (added.role() == KeyRole.ORDER && !added.covers(ward)) {
                    yield Rejection.AUDIENCE.name();
                }
                if (added.notAfter().toEpochMilli() < clock.wall()) {
                    yield Rejection.EXPIRED.name();
                }
                ring = larger;
                keep(certificate);
                yield "ACCEPTED";
            }
        };
    }

    /** {@code ACCEPTED}, or why the list of revoked keys is not taken; kept before it counts. */
    String revoke(String list) {
        return switch (Revocations.check(list, ring.root())) {
            case Revocations.Checked.Refused refused ->
                OrderReading.codeOf(refused.kind()).name();
            case Revocations.Checked.Ok(var read) -> {
                if (read.equals(ring.revoked())) {
                    yield "ACCEPTED";
                }
                if (!read.replaces(ring.revoked())) {
                    yield Rejection.ROLLBACK.name();
                }
                memory.replace(REVOKED, List.of(list));
                ring = ring.under(read);
                yield "ACCEPTED";
            }
        };
    }

    /** A key that ended a day ago by this clock, which may be wrong, is forgotten, so that the next day's keys have room. */
    private Instant yesterday() {
        return Instant.ofEpochMilli(clock.wall()).minus(Duration.ofDays(1));
    }

    /** Keeps each key's last certificate. */
    private void keep(String added) {
        var before = memory.lines(CERTIFICATES);
        if (before.contains(added)) {
            return;
        }
        memory.replace(
                CERTIFICATES,
                Stream.concat(before.stream(), Stream.of(added))
                        .filter(line -> KeyCertificate.check(line, ring.root())
                                        instanceof KeyCertificate.Checked.Certified(var certificate)
                                && ring.certificates().contains(certificate))
                        .toList());
    }
}
