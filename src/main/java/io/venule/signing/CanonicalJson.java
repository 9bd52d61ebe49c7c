package io.venule.signing;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.venule.signing.Json.JsonList;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Json.JsonWhole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads and writes canonical JSON: one value has one sequence of bytes, so that a signature over bytes is a signature over meaning.
 * The reader is strict: UTF-8 without byte-order mark, no member twice, no fraction, exponent, {@code true}, {@code false} or
 * {@code null}, whole numbers within ±(2^53 − 1), at most 32 levels deep, no lone surrogate.
 * Source: RFC 8785; RFC 7493; docs/pump-contract.md, "Signed texts".
 */
public final class CanonicalJson {
    /** Objects and lists within each other; an order needs four. */
    public static final int MAX_DEPTH = 32;
    /** Bytes read at most unless the caller says less: a drug library with room to grow. */
    public static final int MAX_BYTES = 16 << 20;

    /** Characters of most texts at most, so that few of them are copied while they grow. */
    private static final int TYPICAL = 1024;

    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,15}");
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(32)
                    .maxStringLength(MAX_BYTES)
                    .build())
            .build();

    private CanonicalJson() {}

    /** What reading found: a value, or why the bytes are not one. */
    public sealed interface Parsed {
        record Ok(Json value) implements Parsed {}

        record Refused(String reason) implements Parsed {}
    }

    /** Reads at most {@link #MAX_BYTES}; any spacing and member order. */
    public static Parsed parse(byte[] content) {
        return parse(content, MAX_BYTES);
    }

    /** Reads at most {@code maxBytes}; any spacing and member order. */
    public static Parsed parse(byte[] content, int maxBytes) {
        if (content.length > maxBytes) {
            return new Parsed.Refused("longer than " + maxBytes + " bytes");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            return new Parsed.Refused("not UTF-8");
        }
        if (text.startsWith("\uFEFF")) {
            return new Parsed.Refused("byte-order mark");
        }
        return parseText(text);
    }

    /** Reads at most {@link #MAX_BYTES} and refuses bytes that are not the canonical form of what they say. */
    public static Parsed parseCanonical(byte[] content) {
        return parseCanonical(content, MAX_BYTES);
    }

    /** Reads at most {@code maxBytes} and refuses bytes that are not the canonical form of what they say. */
    public static Parsed parseCanonical(byte[] content, int maxBytes) {
        return switch (parse(content, maxBytes)) {
            case Parsed.Refused refused -> refused;
            case Parsed.Ok ok when Arrays.equals(write(ok.value()), content) -> ok;
            case Parsed.Ok _ -> new Parsed.Refused("not in canonical form");
        };
    }

    /** The one sequence of bytes that stands for this value. */
    public static byte[] write(Json value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The canonical form as text. */
    public static String text(Json value) {
        var out = new StringBuilder(TYPICAL);
        append(value, out);
        return out.toString();
    }

    /**
     * Writes an object member by member, without the value first, where that is done ten thousand times a second. Members come in the order of their names;
     * another order is a mistake of ours and throws.
     */
    public static final class ObjectWriter {
        private final StringBuilder out = new StringBuilder(TYPICAL).append('{');
        private Optional<String> last = Optional.empty();

        public ObjectWriter put(String name, Json value) {
            begin(name);
            append(value, out);
            return this;
        }

        public ObjectWriter put(String name, String text) {
            return put(name, new JsonText(text));
        }

        public ObjectWriter put(String name, long number) {
            return put(name, new JsonWhole(number));
        }

        private void begin(String name) {
            last.ifPresent(before -> {
                if (name.compareTo(before) <= 0) {
                    throw new IllegalArgumentException("member " + name + " after " + before);
                }
                out.append(',');
            });
            appendText(name, out);
            out.append(':');
            last = Optional.of(name);
        }

        /** The object's bytes; nothing is to be put after. */
        public byte[] bytes() {
            return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    private static Parsed parseText(String text) {
        try (var parser = FACTORY.createParser(text)) {
            parser.nextToken();
            var value = value(parser);
            if (parser.nextToken() != null) {
                return new Parsed.Refused("more than one value");
            }
            return new Parsed.Ok(value);
        } catch (Refusal e) {
            return new Parsed.Refused(e.reason);
        } catch (JacksonException e) {
            return new Parsed.Refused("not JSON of our kind: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    private static Json value(JsonParser parser) throws IOException {
        var token = parser.currentToken();
        if (token == null) {
            throw new Refusal("nothing there");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> new JsonText(wellFormed(parser.getText()));
            case VALUE_NUMBER_INT -> new JsonWhole(whole(parser.getText()));
            case VALUE_NUMBER_FLOAT -> throw new Refusal("a number with fraction or exponent");
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> throw new Refusal("true, false or null");
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new Refusal("not a value");
        };
    }

    private static Json object(JsonParser parser) throws IOException {
        var members = new TreeMap<String, Json>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = wellFormed(parser.currentName());
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new JsonObject(members);
    }

    private static Json list(JsonParser parser) throws IOException {
        var items = new ArrayList<Json>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new JsonList(items);
    }

    private static String wellFormed(String text) throws Refusal {
        if (!Json.isWellFormed(text)) {
            throw new Refusal("a lone surrogate");
        }
        return text;
    }

    private static long whole(String text) throws Refusal {
        if (!WHOLE.matcher(text).matches()) {
            throw new Refusal("a whole number out of range or not in its shortest form");
        }
        long number = Long.parseLong(text);
        if (number > Json.MAX_WHOLE || number < -Json.MAX_WHOLE) {
            throw new Refusal("a whole number beyond 2^53 - 1");
        }
        return number;
    }

    private static void append(Json value, StringBuilder out) {
        switch (value) {
            case JsonText(var text) -> appendText(text, out);
            case JsonWhole(var number) -> out.append(number);
            case JsonList(var items) -> {
                var separator = "[";
                for (var item : items) {
                    out.append(separator);
                    append(item, out);
                    separator = ",";
                }
                out.append(items.isEmpty() ? "[]" : "]");
            }
            case JsonObject(var members) -> {
                out.append('{');
                int begun = out.length();
                members.forEach((name, member) -> {
                    if (out.length() > begun) {
                        out.append(',');
                    }
                    appendText(name, out);
                    out.append(':');
                    append(member, out);
                });
                out.append('}');
            }
        }
    }

    private static void appendText(String text, StringBuilder out) {
        out.append('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\') {
                continue;
            }
            out.append(text, plain, i);
            plain = i + 1;
            appendEscaped(c, out);
        }
        // Whole, where it can be: a piece of a text is copied character by character.
        out.append(plain == 0 ? text : text.substring(plain)).append('"');
    }

    private static void appendEscaped(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> out.append("\\u").append(HexFormat.of().toHexDigits(c));
        }
    }

    /** Leaves the recursive reader; never leaves this class. */
    private static final class Refusal extends IOException {
        private final String reason;

        Refusal(String reason) {
            super(reason, null);
            this.reason = reason;
        }
    }
}
