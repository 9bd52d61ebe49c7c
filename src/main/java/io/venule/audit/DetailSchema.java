package io.venule.audit;

import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonList;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Json.JsonWhole;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which details an entry of each kind has: those that must be there, those that may be, and no other. The one place that says so; docs/audit-format.md
 * says it in words and a test compares. An entry that does not follow is not appended, and whatever was to be recorded by it does not happen.
 */
public final class DetailSchema {
    private static final int MAX_LIST = 64;

    private DetailSchema() {}

    /** What a detail holds. */
    enum Form {
        TEXT("text") {
            @Override
            boolean fits(Json value) {
                return value instanceof JsonText;
            }
        },
        WHOLE("whole number") {
            @Override
            boolean fits(Json value) {
                return value instanceof JsonWhole;
            }
        },
        TEXTS("texts") {
            @Override
            boolean fits(Json value) {
                return value instanceof JsonList(var items)
                        && items.size() <= MAX_LIST
                        && items.stream().allMatch(TEXT::fits);
            }
        },
        WORDS("text or texts") {
            @Override
            boolean fits(Json value) {
                return TEXT.fits(value) || TEXTS.fits(value);
            }
        },
        HASH("hash") {
            @Override
            boolean fits(Json value) {
                return value instanceof JsonText(var text) && Digest.parse(text).isPresent();
            }
        };

        private final String word;

        Form(String word) {
            this.word = word;
        }

        abstract boolean fits(Json value);

        @Override
        public String toString() {
            return word;
        }
    }

    /** A detail that may be there, or must. */
    private record Detail(Form form, boolean must) {}

    /** What is wrong with the entry's details; empty where nothing is. */
    public static Optional<String> fault(AuditEntry entry) {
        var known = details(entry.kind());
        var given = entry.details().members();
        for (var detail : known.entrySet()) {
            var value = given.get(detail.getKey());
            if (value == null && detail.getValue().must()) {
                return Optional.of("an entry " + entry.kind() + " without " + detail.getKey());
            }
            if (value != null && !detail.getValue().form().fits(value)) {
                return Optional.of("in an entry " + entry.kind() + ", " + detail.getKey() + " is no "
                        + detail.getValue().form());
            }
        }
        return given.keySet().stream()
                .filter(name -> !known.containsKey(name))
                .findFirst()
                .map(name -> "an entry " + entry.kind() + " has no " + name);
    }

    /** The kind's details as the documentation writes them: {@code name form}, or {@code [name form]} where it may be missing; by name. */
    static String described(AuditKind kind) {
        return details(kind).entrySet().stream()
                .map(detail -> {
                    var words = detail.getKey() + " " + detail.getValue().form();
                    return detail.getValue().must() ? words : "[" + words + "]";
                })
                .reduce((one, other) -> one + ", " + other)
                .orElse("none");
    }

    private static Map<String, Detail> details(AuditKind kind) {
        return switch (kind) {
            case ORDER_APPROVED -> approval().map;
            case ORDER_OVERRIDDEN -> approval().must(Form.TEXT, "reason").must(Form.TEXTS, "breaches").map;
            case ORDER_REFUSED ->
                new Shape()
                        .must(Form.TEXT, "verdict")
                        .may(Form.WORDS, "why")
                        .may(Form.TEXT, "submission", "nurse", "prescription", "drug", "cause")
                        .may(Form.HASH, "patient", "text")
                        .map;
            case ORDER_DELIVERED, ORDER_REJECTED, ORDER_UNCONFIRMED, ORDER_EXPIRED, ORDER_STATE ->
                new Shape().must(Form.TEXT, "from", "to").may(Form.TEXT, "why").map;
            case STOP_ASKED ->
                new Shape().must(Form.TEXT, "op", "nurse", "reason").must(Form.HASH, "displayed").map;
            case STOP_DONE -> new Shape().must(Form.TEXT, "op", "stopOrder", "rate", "from", "to").map;
            case STOP_NOT_DONE -> new Shape().must(Form.TEXT, "op", "why").may(Form.TEXT, "stopOrder", "rate").map;
            case PUMP_RECORD ->
                new Shape().must(Form.TEXT, "pump", "epoch", "event").must(Form.WHOLE, "sequence").map;
            case PUMP_ENROLLED -> person().must(Form.TEXT, "assetId", "recordKey").map;
            case PUMP_DOUBTED -> new Shape().must(Form.TEXT, "what", "why").map;
            case PAIRING ->
                new Shape()
                        .must(Form.TEXT, "result", "nurse")
                        .may(Form.WORDS, "why")
                        .may(Form.TEXT, "prescription", "drug", "pairing")
                        .may(Form.HASH, "patient", "displayed")
                        .map;
            case LIBRARY_ACTIVATED -> new Shape().must(Form.TEXTS, "signers").must(Form.WHOLE, "before").map;
            case LIBRARY_RELEASED -> person().must(Form.TEXTS, "signers").map;
            case SIGN_IN ->
                new Shape()
                        .must(Form.TEXT, "result")
                        .may(Form.TEXT, "name", "client", "why", "address")
                        .may(Form.TEXTS, "roles")
                        .may(Form.WHOLE, "more")
                        .map;
            case ACCESS_DENIED ->
                new Shape().must(Form.WHOLE, "more").may(Form.TEXT, "method", "path", "address").map;
            case PATIENT_READ -> person().must(Form.HASH, "patient").must(Form.TEXT, "through").map;
            case PATIENT_ADMITTED -> person().must(Form.HASH, "patient").must(Form.TEXT, "careArea").map;
            case PATIENT_ERASED -> person().must(Form.HASH, "patient").must(Form.TEXT, "reason").map;
            case PRESCRIPTION_ENTERED ->
                person().must(Form.HASH, "patient").must(Form.TEXT, "prescription", "drug", "limitSet").map;
            case EXPORT ->
                person().must(Form.TEXT, "form")
                        .must(Form.WHOLE, "entries")
                        .may(Form.HASH, "sha256", "patient")
                        .may(Form.TEXTS, "searched")
                        .map;
            case CONFIGURATION ->
                new Shape()
                        .must(Form.TEXT, "mode", "log", "root", "orderKey", "checkpointKey", "dataKey", "pairingKey", "java")
                        .must(Form.HASH, "settings")
                        .must(Form.TEXTS, "changed")
                        .map;
            case LOG_CHECK ->
                new Shape().must(Form.TEXT, "result").must(Form.WHOLE, "entries").must(Form.HASH, "root").map;
        };
    }

    private static Shape approval() {
        return new Shape()
                .must(Form.HASH, "patient", "displayed")
                .must(
                        Form.TEXT,
                        "prescription",
                        "limitSet",
                        "drug",
                        "dose",
                        "rate",
                        "volume",
                        "arithmetic",
                        "nurse",
                        "pairing");
    }

    /** What a signed-in person did over our own interface: who by name, and from which address. */
    private static Shape person() {
        return new Shape().must(Form.TEXT, "name", "address");
    }

    /** A kind's details while they are put together. */
    private static final class Shape {
        private final Map<String, Detail> map = new TreeMap<>();

        Shape must(Form form, String... names) {
            Arrays.stream(names).forEach(name -> map.put(name, new Detail(form, true)));
            return this;
        }

        Shape may(Form form, String... names) {
            Arrays.stream(names).forEach(name -> map.put(name, new Detail(form, false)));
            return this;
        }
    }
}
