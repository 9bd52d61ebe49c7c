package io.venule.audit;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonList;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Json.JsonWhole;
import io.venule.signing.JsonMembers;
import io.venule.signing.JsonMembers.Reading;
import io.venule.signing.Jws;
import io.venule.staff.SubjectId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One entry of the audit log; its canonical bytes are a leaf of the tree and never change. Instants are whole milliseconds of the
 * server's clock; the order in the log is the order of events. Holds no patient data: a patient or a bag is its keyed hash.
 * {@code order} is empty or 32 hexadecimal digits; {@code place} is empty or names a ward or pump channel; {@code signed} are
 * the exact signed texts the entry speaks of, in compact form.
 * Source: docs/audit-format.md.
 */
public record AuditEntry(
        AuditKind kind,
        Instant at,
        String actor,
        String place,
        String order,
        LibraryStamp library,
        JsonObject details,
        List<String> signed) {
    /** Who acts when no person does. */
    public static final String SYSTEM = "system";
    /** Bytes of an entry at most: an entry bundle counts with sixteen bits. Source: C2SP tlog-tiles, "Log entries". */
    public static final int MAX_BYTES = 0xFFFF;

    private static final int VERSION = 1;
    private static final int MAX_TEXT = 128;
    private static final int MAX_DETAILS = 48;
    private static final int MAX_NAME = 40;
    /** Digits of an order's id. */
    private static final int ORDER_ID = 32;

    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        signed = List.copyOf(signed);
        var fault = fault(actor, place, order, details, signed);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException("audit entry: " + fault);
        }
    }

    /** The release of the drug library that was active, or {@link #NONE}. */
    public record LibraryStamp(long counter, Digest sha256) {
        public static final LibraryStamp NONE = new LibraryStamp(0, Digest.NONE);

        public LibraryStamp {
            if (counter < 0) {
                throw new IllegalArgumentException("a release counter is not negative");
            }
        }

        private Json json() {
            return Json.object().put("counter", counter).put("sha256", sha256).build();
        }
    }

    /** An entry about something a person did. */
    public static AuditEntry of(AuditKind kind, Instant at, SubjectId actor) {
        if (actor.value().equals(SYSTEM)) {
            throw new IllegalArgumentException("no person is called " + SYSTEM);
        }
        return new AuditEntry(
                kind,
                at,
                actor.value(),
                "",
                "",
                LibraryStamp.NONE,
                Json.object().build(),
                List.of());
    }

    /** An entry about something that happened without a person, or that a pump reports. */
    public static AuditEntry bySystem(AuditKind kind, Instant at) {
        return new AuditEntry(
                kind, at, SYSTEM, "", "", LibraryStamp.NONE, Json.object().build(), List.of());
    }

    /** The same at a ward or pump channel. */
    public AuditEntry atPlace(String newPlace) {
        return new AuditEntry(kind, at, actor, newPlace, order, library, details, signed);
    }

    /** The same about an order of 32 hexadecimal digits. */
    public AuditEntry about(String newOrder) {
        return new AuditEntry(kind, at, actor, place, newOrder, library, details, signed);
    }

    /** The same under a release of the drug library. */
    public AuditEntry under(long counter, Digest sha256) {
        return new AuditEntry(kind, at, actor, place, order, new LibraryStamp(counter, sha256), details, signed);
    }

    /** The same with one more detail. */
    public AuditEntry with(String name, String value) {
        return with(name, Json.text(value));
    }

    /** The same with one more detail. */
    public AuditEntry with(String name, long value) {
        return with(name, Json.whole(value));
    }

    /** The same with one more detail. */
    public AuditEntry with(String name, Digest value) {
        return with(name, value.hex());
    }

    /** The same with one more detail, a list of texts. */
    public AuditEntry with(String name, List<String> values) {
        return with(name, Json.texts(values));
    }

    /** The same with one more signed text, exactly as it was sent or received. */
    public AuditEntry signed(String compact) {
        var more = new ArrayList<>(signed);
        more.add(compact);
        return new AuditEntry(kind, at, actor, place, order, library, details, more);
    }

    /** The detail of this name where it is a text; empty where nothing is said. */
    public String said(String name) {
        return details.members().get(name) instanceof JsonText(var text) ? text : "";
    }

    /** The person it names: the nurse of an order, or who signed in; empty where none is named. */
    public String person() {
        var nurse = said("nurse");
        return nurse.isEmpty() ? said("name") : nurse;
    }

    /** The leaf's bytes. */
    public byte[] canonical() {
        var bytes = new CanonicalJson.ObjectWriter()
                .put("actor", actor)
                .put("at", at.toEpochMilli())
                .put("details", details)
                .put("kind", kind.name())
                .put("library", library.json())
                .put("order", order)
                .put("place", place)
                .put("signed", Json.texts(signed))
                .put("ver", VERSION)
                .bytes();
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("audit entry longer than " + MAX_BYTES + " bytes");
        }
        return bytes;
    }

    /** The hash under which it hangs in the tree. */
    public Digest leafHash() {
        return Leaf.hash(canonical());
    }

    /** Reads a leaf's bytes; refuses anything but a canonical entry of this version. */
    public static Reading<AuditEntry> parse(byte[] content) {
        return JsonMembers.readCanonical(content, MAX_BYTES, AuditEntry::read);
    }

    private static AuditEntry read(JsonMembers members) {
        members.exactly("ver", VERSION);
        var stamp = members.object("library");
        var library = new LibraryStamp(stamp.whole("counter", 0, Json.MAX_WHOLE), stamp.digest("sha256"));
        var actor = members.text("actor");
        var place = members.text("place");
        var order = members.text("order");
        var details = members.open("details");
        var signed = members.texts("signed");
        var fault = fault(actor, place, order, details, signed);
        if (!fault.isEmpty()) {
            throw members.refusal("details", fault);
        }
        var kind = members.choice("kind", AuditKind.class);
        return new AuditEntry(kind, members.instant("at"), actor, place, order, library, details, signed);
    }

    private AuditEntry with(String name, Json value) {
        var more = new TreeMap<>(details.members());
        if (more.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("detail given twice: " + name);
        }
        return new AuditEntry(kind, at, actor, place, order, library, new JsonObject(more), signed);
    }

    private static String fault(String actor, String place, String order, JsonObject details, List<String> signed) {
        if (actor.isBlank() || actor.length() > MAX_TEXT || place.length() > MAX_TEXT) {
            return "actor has 1 and place 0 to " + MAX_TEXT + " characters";
        }
        if (!order.isEmpty() && !Digest.isHex(order, ORDER_ID)) {
            return "an order id has 32 lower-case hexadecimal digits";
        }
        if (!signed.stream().allMatch(Jws::isCompact)) {
            return "signed holds something that is no signed text";
        }
        if (details.members().size() > MAX_DETAILS) {
            return "more than " + MAX_DETAILS + " details";
        }
        for (Map.Entry<String, Json> detail : details.members().entrySet()) {
            if (!isName(detail.getKey())) {
                return "no name for a detail: " + detail.getKey();
            }
            if (!isPlain(detail.getValue())) {
                return "detail " + detail.getKey() + " is no text, whole number or list of them";
            }
            if (isKeyedHash(detail.getKey()) && !isDigest(detail.getValue())) {
                return "detail " + detail.getKey() + " is no keyed hash";
            }
        }
        return "";
    }

    /** A lower-case letter, then letters and digits; all of them ASCII. */
    private static boolean isName(String text) {
        if (text.isEmpty() || text.length() > MAX_NAME || !isBetween('a', text.charAt(0), 'z')) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isBetween('a', c, 'z') && !isBetween('A', c, 'Z') && !isBetween('0', c, '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBetween(char least, char c, char most) {
        return least <= c && c <= most;
    }

    private static boolean isPlain(Json value) {
        return switch (value) {
            case JsonText _, JsonWhole _ -> true;
            case JsonList(var items) -> items.stream().allMatch(i -> i instanceof JsonText || i instanceof JsonWhole);
            case JsonObject _ -> false;
        };
    }

    /** A patient or bag is named by its keyed hash and nothing else. */
    private static boolean isKeyedHash(String name) {
        return name.equals("patient") || name.equals("bag");
    }

    private static boolean isDigest(Json value) {
        return value instanceof JsonText(var text) && Digest.parse(text).isPresent();
    }
}
