package io.venule.audit;

import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonText;
import io.venule.signing.JsonMembers;
import io.venule.signing.JsonMembers.Reading;
import io.venule.signing.Jws;
import io.venule.signing.VerifyingKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks what pumps signed themselves inside the entries, from the log alone: a pump's record key stands in the entry of its enrolment, each of
 * its records holds the hash of the one before. So a record was not invented or left out by whoever holds the log's own key either.
 * Texts of a pump whose enrolment is not in the log, and texts of signers that nobody knows, are counted and not judged. Keeps a key and a hash a pump.
 * Source: docs/pump-contract.md, "Records".
 */
final class PumpWord {
    private static final String RECORD = "pump-record+jws";
    private static final String RECEIPT = "pump-receipt+jws";

    private final Map<String, VerifyingKey> keys = new HashMap<>();
    private final Map<String, Last> last = new HashMap<>();
    private long verified;
    private long unjudged;

    /** A pump's last record that was met. */
    private record Last(String epoch, long sequence, Digest hash) {}

    /** Where a record says it stands. */
    private record Place(String pump, String epoch, long sequence, Digest previous) {}

    /** A signature to be checked; its entry's index. */
    private record Task(long index, String text, String type, VerifyingKey key) {
        Optional<Fault> fault() {
            return Jws.verify(text, type, key) instanceof Jws.Verification.Refused refused
                    ? Optional.of(new Fault(index, "holds a text that the pump did not sign: " + refused.reason()))
                    : Optional.empty();
        }
    }

    /** An entry that does not hold, and why. */
    record Fault(long index, String what) {}

    /** Texts of pumps whose signature holds. */
    long verified() {
        return verified;
    }

    /** Signed texts, other than what the root vouches for, that nothing in the log lets us judge. */
    long unjudged() {
        return unjudged;
    }

    /** Looks at entries that follow those before, the first of which has this index; gives the first that does not hold. */
    Optional<Fault> look(long from, List<Optional<AuditEntry>> entries) {
        var tasks = new ArrayList<Task>();
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < entries.size() && faults.isEmpty(); i++) {
            long index = from + i;
            entries.get(i)
                    .flatMap(entry -> enter(index, entry, tasks))
                    .map(what -> new Fault(index, what))
                    .ifPresent(faults::add);
        }
        verified += tasks.size();
        return tasks.parallelStream()
                .flatMap(task -> task.fault().stream())
                .findFirst()
                .or(() -> faults.stream().findFirst());
    }

    /** Notes what an entry brings; gives what is wrong with it apart from signatures. */
    private Optional<String> enter(long index, AuditEntry entry, List<Task> tasks) {
        if (entry.kind() == AuditKind.PUMP_ENROLLED) {
            text(entry, "recordKey").flatMap(VerifyingKey::parse).ifPresent(key -> keys.put(entry.place(), key));
        }
        for (var signed : CertifiedText.others(entry)) {
            var type = type(signed);
            var key = Optional.ofNullable(keys.get(pumpOf(entry)));
            if (type.isEmpty() || key.isEmpty()) {
                unjudged++;
                continue;
            }
            tasks.add(new Task(index, signed, type, key.get()));
        }
        return entry.kind() == AuditKind.PUMP_RECORD && keys.containsKey(pumpOf(entry))
                ? chainFault(entry)
                : Optional.empty();
    }

    private Optional<String> chainFault(AuditEntry entry) {
        if (entry.signed().size() != 1) {
            return Optional.of("is a pump's record without the pump's one signed text");
        }
        var signed = entry.signed().getFirst();
        return switch (place(signed)) {
            case Reading.Refused<Place> refused -> Optional.of("holds no record: " + refused.text());
            case Reading.Ok<Place>(var place) -> {
                var before = Optional.ofNullable(
                        last.put(place.pump(), new Last(place.epoch(), place.sequence(), Digest.ofText(signed))));
                yield place.pump().equals(pumpOf(entry))
                        ? before.filter(one -> !follows(one, place))
                                .map(one -> "does not follow record " + one.sequence() + " of " + place.pump())
                        : Optional.of("holds a record of another pump");
            }
        };
    }

    private static boolean follows(Last before, Place next) {
        return next.epoch().equals(before.epoch())
                ? next.sequence() == before.sequence() + 1 && next.previous().equals(before.hash())
                : next.sequence() == 1 && next.previous().equals(Digest.NONE);
    }

    /** Reads without judging the signature, which is a task of its own. */
    private static Reading<Place> place(String signed) {
        return Jws.unverifiedPayload(signed)
                .map(payload -> JsonMembers.readCanonical(payload, Jws.MAX_LENGTH, PumpWord::place))
                .orElseGet(() -> new Reading.Refused<>("", "not a signed text"));
    }

    private static Place place(JsonMembers said) {
        said.exactly("ver", 1);
        said.open("event");
        said.instant("wallClock");
        said.whole("uptime", 0, Json.MAX_WHOLE);
        return new Place(
                said.text("pump"), said.id("epoch"), said.whole("seq", 1, Json.MAX_WHOLE), said.digest("prev"));
    }

    private static String type(String signed) {
        return List.of(RECORD, RECEIPT).stream()
                .filter(type -> Jws.namedKey(signed, type).isPresent())
                .findFirst()
                .orElse("");
    }

    /** A place is a ward, a pump or a pump's channel: SERIAL/1. */
    private static String pumpOf(AuditEntry entry) {
        return text(entry, "pump").orElseGet(() -> entry.place().split("/", 2)[0]);
    }

    private static Optional<String> text(AuditEntry entry, String name) {
        return Optional.ofNullable(entry.details().members().get(name))
                .filter(JsonText.class::isInstance)
                .map(value -> ((JsonText) value).value());
    }
}
