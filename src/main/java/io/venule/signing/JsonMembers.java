package io.venule.signing;

import io.venule.signing.Json.JsonList;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Json.JsonWhole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads one object against a closed schema: each member is asked for by name and kind, and a member that nobody asked for is a
 * refusal. Used inside {@link #read}, which turns the first thing that does not fit into a {@link Reading.Refused} naming its path.
 * <pre>{@code
 * Reading<Order> order = JsonMembers.read(json, m -> new Order(m.text("id"), m.whole("seq"), rate(m.object("rate"))));
 * }</pre>
 * Nested objects are closed too; {@link #end} may be called to close one early.
 */
public final class JsonMembers {
    private final String path;
    private final JsonObject object;
    private final Set<String> asked = new HashSet<>();
    private final List<JsonMembers> nested = new ArrayList<>();

    private JsonMembers(String path, JsonObject object) {
        this.path = path;
        this.object = object;
    }

    /** A value read from JSON, or the member that did not fit and why. */
    public sealed interface Reading<T> {
        record Ok<T>(T value) implements Reading<T> {}

        /** {@code path} names the member, as in {@code /aud/channel}; empty for the whole text. */
        record Refused<T>(String path, String reason) implements Reading<T> {
            /** Path and reason for people. */
            public String text() {
                return path.isEmpty() ? reason : path + ": " + reason;
            }

            /** The same refusal where another kind of value was wanted. */
            public <U> Refused<U> as() {
                return new Refused<>(path, reason);
            }
        }
    }

    /** Reads an object with the given reader; members that it does not ask for are refused afterwards. */
    public static <T> Reading<T> read(Json json, Function<JsonMembers, T> reader) {
        if (!(json instanceof JsonObject object)) {
            return new Reading.Refused<>("", "not an object");
        }
        var members = new JsonMembers("", object);
        try {
            var value = reader.apply(members);
            members.end();
            return new Reading.Ok<>(value);
        } catch (MemberRefusal e) {
            return new Reading.Refused<>(e.path, e.reason);
        }
    }

    /** Reads canonical bytes of at most {@code maxBytes} with the given reader. */
    public static <T> Reading<T> readCanonical(byte[] content, int maxBytes, Function<JsonMembers, T> reader) {
        return switch (CanonicalJson.parseCanonical(content, maxBytes)) {
            case CanonicalJson.Parsed.Refused(var reason) -> new Reading.Refused<>("", reason);
            case CanonicalJson.Parsed.Ok(var json) -> read(json, reader);
        };
    }

    public String text(String name) {
        return asText(name, required(name));
    }

    /** A text of at most {@code maxLength} UTF-16 units and at least one. */
    public String text(String name, int maxLength) {
        var text = text(name);
        if (text.isEmpty() || text.length() > maxLength) {
            throw refusal(name, "must have 1 to " + maxLength + " characters");
        }
        return text;
    }

    public Optional<String> optionalText(String name) {
        return member(name).map(value -> asText(name, value));
    }

    /** A text that the given reader understands; empty from the reader is a refusal saying what was expected. */
    public <T> T parsed(String name, String expected, Function<String, Optional<T>> parser) {
        return parser.apply(text(name)).orElseThrow(() -> refusal(name, "is not " + expected));
    }

    /** The same for a member that may be absent. */
    public <T> Optional<T> optionalParsed(String name, String expected, Function<String, Optional<T>> parser) {
        return has(name) ? Optional.of(parsed(name, expected, parser)) : notThere(name);
    }

    public long whole(String name) {
        if (required(name) instanceof JsonWhole(var value)) {
            return value;
        }
        throw refusal(name, "is not a whole number");
    }

    /** A whole number from {@code least} to {@code most}, both inside. */
    public long whole(String name, long least, long most) {
        long value = whole(name);
        if (value < least || value > most) {
            throw refusal(name, "is not between " + least + " and " + most);
        }
        return value;
    }

    /** {@link #whole(String, long, long)} for a small number. */
    public int number(String name, int least, int most) {
        return Math.toIntExact(whole(name, least, most));
    }

    /** Milliseconds since 1970-01-01T00:00Z. */
    public Instant instant(String name) {
        return Instant.ofEpochMilli(whole(name, 0, Json.MAX_WHOLE));
    }

    public Digest digest(String name) {
        return parsed(name, "a SHA-256 value in lower-case hexadecimal", Digest::parse);
    }

    public KeyId keyId(String name) {
        return parsed(name, "a key id of 16 lower-case hexadecimal digits", KeyId::parse);
    }

    /** An id or nonce: 32 lower-case hexadecimal digits. */
    public String id(String name) {
        return parsed(
                name,
                "32 lower-case hexadecimal digits",
                text -> Digest.isHex(text, 32) ? Optional.of(text) : Optional.empty());
    }

    /** The enumeration value with exactly this name. */
    public <E extends Enum<E>> E choice(String name, Class<E> kind) {
        var text = text(name);
        for (var value : kind.getEnumConstants()) {
            if (value.name().equals(text)) {
                return value;
            }
        }
        throw refusal(name, "is not one of " + Arrays.toString(kind.getEnumConstants()));
    }

    /** A text that must be exactly this. */
    public void exactly(String name, String expected) {
        if (!text(name).equals(expected)) {
            throw refusal(name, "is not " + expected);
        }
    }

    /** A whole number that must be exactly this. */
    public void exactly(String name, long expected) {
        if (whole(name) != expected) {
            throw refusal(name, "is not " + expected);
        }
    }

    /** A nested object, closed together with this one. */
    public JsonMembers object(String name) {
        return nested(name, required(name));
    }

    public Optional<JsonMembers> optionalObject(String name) {
        return member(name).map(value -> nested(name, value));
    }

    /** A nested object as it stands, its members not checked here. */
    public JsonObject open(String name) {
        if (required(name) instanceof JsonObject inner) {
            return inner;
        }
        throw refusal(name, "is not an object");
    }

    /** A list of objects, each closed together with this one. */
    public List<JsonMembers> objects(String name) {
        var items = items(name);
        var readers = new ArrayList<JsonMembers>();
        for (int i = 0; i < items.size(); i++) {
            readers.add(nested(name + "/" + i, items.get(i)));
        }
        return List.copyOf(readers);
    }

    /** A list of texts. */
    public List<String> texts(String name) {
        return items(name).stream().map(item -> asText(name, item)).toList();
    }

    /** Whether the member is there; does not count as asking for it. */
    public boolean has(String name) {
        return object.members().containsKey(name);
    }

    /** Refuses members that nobody asked for, here and in nested objects. */
    public void end() {
        for (var name : object.members().keySet()) {
            if (!asked.contains(name)) {
                throw refusal(name, "is not a known member");
            }
        }
        nested.forEach(JsonMembers::end);
    }

    /** A refusal of the named member, to be thrown inside {@link #read} where the value has no meaning here. */
    public RuntimeException refusal(String name, String reason) {
        return new MemberRefusal(path + "/" + name, reason);
    }

    private List<Json> items(String name) {
        if (required(name) instanceof JsonList(var items)) {
            return items;
        }
        throw refusal(name, "is not a list");
    }

    private JsonMembers nested(String name, Json value) {
        if (!(value instanceof JsonObject inner)) {
            throw refusal(name, "is not an object");
        }
        var members = new JsonMembers(path + "/" + name, inner);
        nested.add(members);
        return members;
    }

    private String asText(String name, Json value) {
        if (value instanceof JsonText(var text)) {
            return text;
        }
        throw refusal(name, "is not a text");
    }

    private Json required(String name) {
        return member(name).orElseThrow(() -> refusal(name, "is missing"));
    }

    private Optional<Json> member(String name) {
        asked.add(name);
        return Optional.ofNullable(object.members().get(name));
    }

    private <T> Optional<T> notThere(String name) {
        asked.add(name);
        return Optional.empty();
    }

    /** Carries a refusal out of a reader to {@link #read}; never leaves it. */
    private static final class MemberRefusal extends RuntimeException {
        private final String path;
        private final String reason;

        MemberRefusal(String path, String reason) {
            super(path + ": " + reason, null, false, false);
            this.path = path;
            this.reason = reason;
        }
    }
}
