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
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which details an entry of each kind has: those that must be there, those that may be, and no other. The one place that says so; docs/audit-format.md
 * says it in words and a test compares. An entry that does not follow is not appended, and whatever was to be recorded by it does not happen.
 */
public final class DetailSchema {
    private static final int MAX_LIST = 64;

    private static final Shape NOTHING = new Shape(Map.of());
    /** What a signed-in person did over our own interface: who by name, and from which address. */
    private static final Shape PERSON = NOTHING.must(Form.TEXT, "name", "address");

    private static final Shape PATIENT = PERSON.must(Form.HASH, "patient");

    /** A first order names its prescription, rate and pairing, a change what runs and from which rate to which. */
    private static final Shape APPROVAL = NOTHING.must(Form.HASH, "patient", "displayed")
            .must(Form.TEXT, "limitSet", "drug", "dose", "arithmetic", "nurse")
            .may(Form.TEXT, "prescription", "rate", "volume", "pairing")
            .may(Form.TEXT, "op", "change", "from", "to")
            .may(Form.TEXT, "first", "firstNurse", "insteadOf");

    private static final Shape FIRST_CHECK = NOTHING.must(Form.HASH, "patient", "displayed")
            .must(Form.TEXT, "nurse", "prescription", "limitSet", "drug", "arithmetic")
            .may(Form.TEXTS, "why");

    private static final Shape OVERRIDE = APPROVAL.must(Form.TEXT, "reason").must(Form.TEXTS, "breaches");
    private static final Shape REFUSAL = NOTHING.must(Form.TEXT, "verdict")
            .may(Form.WORDS, "why")
            .may(Form.TEXT, "submission", "nurse", "prescription", "drug", "cause")
            .may(Form.TEXT, "op", "value", "to")
            .may(Form.HASH, "patient", "text");
    private static final Shape ENROLLED = PERSON.must(Form.TEXT, "assetId", "recordKey")
            .may(Form.TEXT, "ward", "endpoint")
            .may(Form.TEXTS, "certificates");
    private static final Shape DRAFT = PERSON.must(Form.WHOLE, "counter").must(Form.HASH, "sha256");
    private static final Shape ACTIVATED = NOTHING.must(Form.TEXTS, "signers").must(Form.WHOLE, "before");
    private static final Shape NOT_BELIEVED =
            NOTHING.must(Form.WHOLE, "counter").must(Form.HASH, "sha256").must(Form.TEXTS, "reasons");
    private static final Shape CERTIFICATE = NOTHING.must(Form.HASH, "sha256").must(Form.TEXT, "number", "until");
    private static final Shape CERTIFICATE_ACCEPTED =
            PERSON.must(Form.HASH, "sha256").must(Form.TEXT, "number", "until");
    private static final Shape MOVE = NOTHING.must(Form.TEXT, "from", "to").may(Form.TEXT, "why", "change");
    private static final Shape STOP_ASKED =
            NOTHING.must(Form.TEXT, "op", "nurse", "reason").must(Form.HASH, "displayed");
    private static final Shape STOP_TAKEN = NOTHING.must(Form.TEXT, "op", "stopOrder", "rate", "from", "to");
    private static final Shape STOP_NOT_DONE =
            NOTHING.must(Form.TEXT, "op", "why").may(Form.TEXT, "stopOrder", "rate");
    private static final Shape PUMP_RECORD =
            NOTHING.must(Form.TEXT, "pump", "epoch", "event").must(Form.WHOLE, "sequence");
    private static final Shape PAIRING = NOTHING.must(Form.TEXT, "result", "nurse")
            .may(Form.WORDS, "why")
            .may(Form.TEXT, "prescription", "drug", "pairing")
            .may(Form.HASH, "patient", "displayed");
    private static final Shape LOT_RECALL =
            PERSON.must(Form.TEXT, "lot", "reason").may(Form.TEXT, "gtin", "reference");
    private static final Shape SIGN_IN = NOTHING.must(Form.TEXT, "result")
            .may(Form.TEXT, "name", "client", "why", "address")
            .may(Form.TEXTS, "roles")
            .may(Form.WHOLE, "more");
    private static final Shape EXPORT = PERSON.must(Form.TEXT, "form")
            .must(Form.WHOLE, "entries")
            .may(Form.HASH, "sha256", "patient")
            .may(Form.TEXTS, "searched");
    private static final Shape CONFIGURATION = NOTHING.must(Form.TEXT, "mode", "log", "java")
            .must(Form.TEXT, "root", "orderKey", "checkpointKey", "dataKey", "pairingKey")
            .must(Form.HASH, "settings")
            .must(Form.TEXTS, "changed");
    private static final Shape LOG_CHECK =
            NOTHING.must(Form.TEXT, "result").must(Form.WHOLE, "entries").must(Form.HASH, "root");

    private static final Map<AuditKind, Map<String, Detail>> KNOWN = Arrays.stream(AuditKind.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), DetailSchema::details));

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
        var known = KNOWN.getOrDefault(entry.kind(), Map.of());
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
        for (var name : given.keySet()) {
            if (!known.containsKey(name)) {
                return Optional.of("an entry " + entry.kind() + " has no " + name);
            }
        }
        return Optional.empty();
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
        return (switch (kind) {
                    case ORDER_APPROVED -> APPROVAL;
                    case ORDER_OVERRIDDEN -> OVERRIDE;
                    case ORDER_SIGNED -> NOTHING.must(Form.TEXT, "key").may(Form.TEXT, "change");
                    case FIRST_CHECK -> FIRST_CHECK;
                    case ORDER_REFUSED -> REFUSAL;
                    case ORDER_DELIVERED, ORDER_REJECTED, ORDER_UNCONFIRMED, ORDER_EXPIRED, ORDER_STATE -> MOVE;
                    case STOP_ASKED -> STOP_ASKED;
                    case STOP_TAKEN -> STOP_TAKEN;
                    case STOP_NOT_DONE -> STOP_NOT_DONE;
                    case PUMP_RECORD -> PUMP_RECORD;
                    case PUMP_ENROLLED -> ENROLLED;
                    case PUMP_DOUBTED -> NOTHING.must(Form.TEXT, "what", "why");
                    case PUMP_NAMEPLATE -> NOTHING.must(Form.TEXT, "what", "from", "to");
                    case PUMP_CERTIFICATE_OFFERED -> CERTIFICATE;
                    case PUMP_CERTIFICATE_ACCEPTED -> CERTIFICATE_ACCEPTED;
                    case QUARANTINE_LIFTED -> PERSON.must(Form.TEXT, "reason", "why");
                    case PAIRING -> PAIRING;
                    case LOT_RECALLED, LOT_RECALL_LIFTED -> LOT_RECALL;
                    case LIBRARY_DRAFTED, LIBRARY_DRAFT_APPROVED, LIBRARY_DRAFT_SIGNED -> DRAFT;
                    case LIBRARY_DRAFT_CLOSED -> DRAFT.must(Form.TEXT, "reason");
                    case LIBRARY_ACTIVATED -> ACTIVATED;
                    case LIBRARY_RELEASED -> DRAFT.must(Form.TEXTS, "signers");
                    case LIBRARY_NOT_BELIEVED -> NOT_BELIEVED;
                    case SIGN_IN -> SIGN_IN;
                    case ACCESS_DENIED ->
                        NOTHING.must(Form.WHOLE, "more").may(Form.TEXT, "method", "name", "path", "address");
                    case PATIENT_READ -> PATIENT.must(Form.TEXT, "through");
                    case PATIENT_ADMITTED -> PATIENT.must(Form.TEXT, "careArea");
                    case PATIENT_ERASED -> PATIENT.must(Form.TEXT, "reason");
                    case PRESCRIPTION_ENTERED -> PATIENT.must(Form.TEXT, "prescription", "drug", "limitSet");
                    case EXPORT -> EXPORT;
                    case CONFIGURATION -> CONFIGURATION;
                    case DATA_RESEALED -> NOTHING.must(Form.TEXT, "dataKey").must(Form.WHOLE, "patients");
                    case KEY_REVOKED -> NOTHING.must(Form.WHOLE, "counter").must(Form.TEXTS, "keys");
                    case LOG_CHECK -> LOG_CHECK;
                })
                .details();
    }

    /** A kind's details; a new one each time something is added. */
    private record Shape(Map<String, Detail> details) {
        Shape must(Form form, String... names) {
            return with(new Detail(form, true), names);
        }

        Shape may(Form form, String... names) {
            return with(new Detail(form, false), names);
        }

        private Shape with(Detail detail, String... names) {
            var more = new TreeMap<>(details);
            Arrays.stream(names).forEach(name -> more.put(name, detail));
            return new Shape(more);
        }
    }
}
