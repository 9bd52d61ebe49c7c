package io.venule.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A second opinion on canonical JSON, by a reader that shares nothing with ours, not even a library: it walks through the characters by the grammar and knows the one form only. Source: RFC 8259;
 * RFC 8785, for texts and whole numbers; docs/pump-contract.md, "Signed texts", for depth and range.
 */
final class Canonical {
    private static final int MOST_LEVELS = 32;
    private static final String MOST = "9007199254740991";
    /** What stands behind a backslash, and for which characters. */
    private static final String SHORT = "btnfr\"\\";

    private static final String STANDS_FOR = "\b\t\n\f\r\"\\";
    private static final Pattern CONTROL = Pattern.compile("00[01][0-9a-f]");
    private static final int DIGITS_OF_A_CHARACTER = 4;
    private static final char NOTHING = '\uFFFF';

    private final String text;
    private int at;

    private Canonical(String text) {
        this.text = text;
    }

    /** Whether the bytes hold only what we sign, in its one form. */
    static boolean is(byte[] bytes) {
        try {
            var read = new Canonical(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
            return read.value(0) && read.at == read.text.length();
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private boolean value(int levels) {
        return switch (next()) {
            case '"' -> text().isPresent();
            case '{' -> levels < MOST_LEVELS && object(levels + 1);
            case '[' -> levels < MOST_LEVELS && list(levels + 1);
            default -> number();
        };
    }

    private boolean object(int levels) {
        var before = Optional.<String>empty();
        for (at++; !passed('}'); ) {
            if (before.isPresent() && !passed(',')) {
                return false;
            }
            var name = text();
            if (name.isEmpty()
                    || before.filter(last -> last.compareTo(name.get()) >= 0).isPresent()) {
                return false;
            }
            before = name;
            if (!passed(':') || !value(levels)) {
                return false;
            }
        }
        return true;
    }

    private boolean list(int levels) {
        at++;
        if (passed(']')) {
            return true;
        }
        do {
            if (!value(levels)) {
                return false;
            }
        } while (passed(','));
        return passed(']');
    }

    private boolean number() {
        boolean negative = passed('-');
        int from = at;
        while (next() >= '0' && next() <= '9') {
            at++;
        }
        var digits = text.substring(from, at);
        if (digits.isEmpty() || digits.startsWith("0")) {
            return digits.equals("0") && !negative;
        }
        return digits.length() < MOST.length() || (digits.length() == MOST.length() && digits.compareTo(MOST) <= 0);
    }

    private Optional<String> text() {
        if (!passed('"')) {
            return Optional.empty();
        }
        var read = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return Optional.of(read.toString());
            }
            int meant = c == '\\' ? escaped() : c;
            if (c < ' ' || meant < 0) {
                return Optional.empty();
            }
            read.append((char) meant);
        }
        return Optional.empty();
    }

    /** What is meant by what stands behind a backslash; less than nothing where it could be written shorter, or means nothing. */
    private int escaped() {
        int known = SHORT.indexOf(next());
        if (known >= 0) {
            at++;
            return STANDS_FOR.charAt(known);
        }
        if (!passed('u') || text.length() - at < DIGITS_OF_A_CHARACTER) {
            return -1;
        }
        var digits = text.substring(at, at + DIGITS_OF_A_CHARACTER);
        at += DIGITS_OF_A_CHARACTER;
        if (!CONTROL.matcher(digits).matches()) {
            return -1;
        }
        int meant = Integer.parseInt(digits, 16);
        return STANDS_FOR.indexOf(meant) < 0 ? meant : -1;
    }

    private boolean passed(char expected) {
        boolean isThere = next() == expected && at < text.length();
        at += isThere ? 1 : 0;
        return isThere;
    }

    private char next() {
        return at < text.length() ? text.charAt(at) : NOTHING;
    }
}
