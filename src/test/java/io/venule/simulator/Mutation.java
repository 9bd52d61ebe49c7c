package io.venule.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Changes texts as an attacker or a broken pump would: bytes, lengths, and what JSON readers are known to disagree about. The same
 * random numbers give the same change. Source: T-05, T-40.
 */
final class Mutation {
    private static final Pattern NUMBER = Pattern.compile("(?<=[:\\[,])-?[0-9]+(?=[,}\\]])");
    private static final Pattern TEXT = Pattern.compile("\"[^\"\\\\]*\"");
    private static final Pattern MEMBER = Pattern.compile("\"[A-Za-z0-9]+\":(\"[^\"]*\"|-?[0-9]+)");
    private static final Pattern VALUE = Pattern.compile("(?<=:)(\"[^\"]*\"|-?[0-9]+)");
    private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int DEEP = 20_000;
    /** Some of these are one level more than is read. */
    private static final int NEARLY_DEEP = 26;

    private static final int LONG = 200_000;

    private static final List<String> NUMBERS = List.of(
            "1.0",
            "1e0",
            "1E2",
            "-0",
            "01",
            "+1",
            "0x10",
            "NaN",
            "Infinity",
            "1.",
            ".5",
            "9007199254740991",
            "9007199254740992",
            "9007199254740993",
            "-9007199254740992",
            "18446744073709551616",
            "1e400",
            "-1",
            "0",
            "9".repeat(400));
    private static final List<String> VALUES = List.of(
            "true",
            "false",
            "null",
            "{}",
            "[]",
            "\"\"",
            "\" \"",
            "\"\u00a0\"",
            "[[]]",
            "{\"a\":1}",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0000\"",
            "\"%s%n%x\"",
            "\"\u202e\"",
            "\"\uFEFF\"",
            "\"" + "0".repeat(32) + "\"",
            "\"" + "f".repeat(64) + "\"",
            "\"ALARM\"",
            "\"9999\"",
            "\"0.001\"",
            "\"1e3\"",
            "\"-1\"",
            "\"program\"",
            "\"stop\"",
            "\"cancel\"",
            "\"titrate\"");
    private static final List<byte[]> BYTES = List.of(
            bytes(0xC0, 0xAF),
            bytes(0xED, 0xA0, 0x80),
            bytes(0xF4, 0x90, 0x80, 0x80),
            bytes(0xEF, 0xBB, 0xBF),
            bytes(0xFF),
            bytes(0x00),
            bytes(0x1F),
            bytes(0x7F),
            bytes(0xE2, 0x80, 0xA8),
            bytes(0xD0, 0xB5));

    private static final List<BiFunction<String, SplittableRandom, String>> OF_STRUCTURE = List.of(
            (text, random) -> replace(text, NUMBER, random, found -> pick(NUMBERS, random)),
            (text, random) -> replace(text, VALUE, random, found -> pick(VALUES, random)),
            (text, random) -> replace(text, VALUE, random, found -> pick(NUMBERS, random)),
            (text, random) -> replace(text, MEMBER, random, found -> found.group() + "," + found.group()),
            (text, random) -> replace(text, MEMBER, random, found -> "\"zz\":1," + found.group()),
            (text, random) ->
                    replace(text, MEMBER, random, found -> found.group().replace("\":", "\" :")),
            (text, random) ->
                    replace(text, MEMBER, random, found -> found.group().replaceFirst("[aeiou]", "\u0435")),
            (text, random) -> replace(text, TEXT, random, found -> escaped(found.group())),
            (text, random) -> replace(text, TEXT, random, found -> found.group().toUpperCase(java.util.Locale.ROOT)),
            (text, random) -> replace(text, VALUE, random, found -> "[".repeat(DEEP) + "]".repeat(DEEP)),
            (text, random) -> replace(text, VALUE, random, found -> nested(NEARLY_DEEP + random.nextInt(10))),
            (text, random) -> replace(text, VALUE, random, found -> "\"" + "a".repeat(random.nextInt(LONG)) + "\""),
            (text, random) -> replace(text, Pattern.compile(MEMBER + ",?"), random, found -> ""),
            (text, random) -> text.substring(0, random.nextInt(text.length() + 1)),
            (text, random) -> text + pick(List.of(" ", "\n", "{}", ",", "\u0000", text), random),
            (text, random) -> pick(List.of(" ", "\uFEFF", "[", "//\n"), random) + text);

    private Mutation() {}

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** One to three changes to a JSON text. */
    static byte[] ofJson(byte[] json, SplittableRandom random) {
        var changed = json;
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            changed = random.nextInt(3) == 0
                    ? ofBytes(changed, random)
                    : pick(OF_STRUCTURE, random)
                            .apply(new String(changed, StandardCharsets.UTF_8), random)
                            .getBytes(StandardCharsets.UTF_8);
        }
        return changed;
    }

    /** A change to a signed text at the joints of its compact form: where parts begin and end, and which bits a last letter holds. */
    static String ofCompact(String text, SplittableRandom random) {
        var parts = text.split("\\.", -1);
        var part = random.nextInt(parts.length);
        var last = parts[part].length() - 1;
        parts[part] = switch (random.nextInt(4)) {
            case 0, 1 -> parts[part].substring(0, last) + BASE64URL.charAt(random.nextInt(BASE64URL.length()));
            case 2 -> parts[part] + pick(List.of("=", "==", ".", "A", "AA", " ", "\n", "+", "/"), random);
            default -> parts[random.nextInt(parts.length)];
        };
        return String.join(".", parts);
    }

    /** A change to bytes, whatever they mean. */
    static byte[] ofBytes(byte[] original, SplittableRandom random) {
        if (original.length == 0) {
            return bytes(random.nextInt(256));
        }
        var at = random.nextInt(original.length);
        return switch (random.nextInt(6)) {
            case 0 -> flipped(original, at, 1 << random.nextInt(8));
            case 1 -> flipped(original, at, 1 + random.nextInt(255));
            case 2 -> Arrays.copyOf(original, at);
            case 3 -> joined(original, at, pick(BYTES, random), at);
            case 4 -> joined(original, at, new byte[0], Math.min(original.length, at + 1 + random.nextInt(8)));
            default -> joined(original, at, Arrays.copyOfRange(original, at, original.length), at);
        };
    }

    private static byte[] flipped(byte[] original, int at, int bits) {
        var changed = original.clone();
        changed[at] ^= (byte) bits;
        return changed;
    }

    /** The bytes up to {@code end}, then {@code middle}, then the bytes from {@code resume}. */
    private static byte[] joined(byte[] original, int end, byte[] middle, int resume) {
        var out = new ByteArrayOutputStream();
        out.write(original, 0, end);
        out.writeBytes(middle);
        out.write(original, resume, original.length - resume);
        return out.toByteArray();
    }

    private static String replace(
            String text,
            Pattern pattern,
            SplittableRandom random,
            java.util.function.Function<MatchResult, String> change) {
        var found = pattern.matcher(text).results().toList();
        if (found.isEmpty()) {
            return text;
        }
        var one = found.get(random.nextInt(found.size()));
        return text.substring(0, one.start()) + change.apply(one) + text.substring(one.end());
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
    }

    private static String escaped(String quoted) {
        return quoted.length() < 3 ? quoted : "\"\\u%04x".formatted((int) quoted.charAt(1)) + quoted.substring(2);
    }

    private static <T> T pick(List<T> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }
}
