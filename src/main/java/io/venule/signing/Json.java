package io.venule.signing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The part of JSON that signed texts are made of: objects, lists, texts and whole numbers, and nothing else, so that no reader
 * can disagree about a fraction, a {@code null} or a {@code true}.
 * Source: docs/pump-contract.md, "Signed texts"; RFC 8785.
 */
public sealed interface Json {
    /** The largest whole number that every JSON reader keeps exactly: 2^53 − 1. */
    long MAX_WHOLE = (1L << 53) - 1;

    /** Members by name, in the order of their UTF-16 code units. */
    record JsonObject(SortedMap<String, Json> members) implements Json {
        public JsonObject {
            var copy = new TreeMap<String, Json>();
            copy.putAll(members);
            copy.keySet().forEach(Json::wellFormed);
            members = Collections.unmodifiableSortedMap(copy);
        }
    }

    /** Values in their order. */
    record JsonList(List<Json> items) implements Json {
        public JsonList {
            items = List.copyOf(items);
        }
    }

    /** Text without lone surrogates. */
    record JsonText(String value) implements Json {
        public JsonText {
            wellFormed(value);
        }
    }

    /** A whole number from −2^53 + 1 to 2^53 − 1. */
    record JsonWhole(long value) implements Json {
        public JsonWhole {
            if (value > MAX_WHOLE || value < -MAX_WHOLE) {
                throw new IllegalArgumentException("whole number beyond 2^53 - 1");
            }
        }
    }

    /** Starts an object. */
    static ObjectBuilder object() {
        return new ObjectBuilder();
    }

    static Json text(String value) {
        return new JsonText(value);
    }

    static Json whole(long value) {
        return new JsonWhole(value);
    }

    static JsonList list(List<? extends Json> items) {
        return new JsonList(List.copyOf(items));
    }

    /** A list of texts. */
    static JsonList texts(List<String> values) {
        return new JsonList(values.stream().map(Json::text).toList());
    }

    /** An object whose members are all texts. */
    static JsonObject textMap(Map<String, String> values) {
        var builder = object();
        values.forEach(builder::put);
        return builder.build();
    }

    /** Collects members; putting a name twice is a mistake of ours and throws. */
    final class ObjectBuilder {
        private final TreeMap<String, Json> members = new TreeMap<>();

        private ObjectBuilder() {}

        public ObjectBuilder put(String name, Json value) {
            if (members.putIfAbsent(name, value) != null) {
                throw new IllegalArgumentException("member put twice: " + name);
            }
            return this;
        }

        public ObjectBuilder put(String name, String value) {
            return put(name, new JsonText(value));
        }

        public ObjectBuilder put(String name, long value) {
            return put(name, new JsonWhole(value));
        }

        public ObjectBuilder put(String name, Digest value) {
            return put(name, value.hex());
        }

        public ObjectBuilder put(String name, KeyId value) {
            return put(name, value.hex());
        }

        public ObjectBuilder put(String name, ObjectBuilder value) {
            return put(name, value.build());
        }

        public ObjectBuilder put(String name, List<? extends Json> items) {
            return put(name, list(new ArrayList<>(items)));
        }

        public JsonObject build() {
            return new JsonObject(members);
        }
    }

    private static String wellFormed(String text) {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("text holds a lone surrogate");
        }
        return text;
    }

    /** Whether each surrogate in the text has its partner, so that the text has a UTF-8 form. */
    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            } else if (Character.isLowSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
