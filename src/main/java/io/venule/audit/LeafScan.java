package io.venule.audit;

import io.venule.signing.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Recognises a leaf in its most frequent form, ASCII without escapes, in one pass and without building its tree of values. What it is not sure of
 * it leaves to {@link AuditEntry#parse}: it takes nothing that is refused there, and reads nothing from it that is not read there.
 */
final class LeafScan {
    private static final Set<String> KINDS =
            Arrays.stream(AuditKind.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());
    private static final int MAX_TEXT = 128;
    private static final int MAX_NAME = 40;
    private static final int MAX_DETAILS = 48;
    private static final int MAX_DIGITS = 16;
    private static final int HASH_DIGITS = 64;
    private static final int ID_DIGITS = 32;

    private final byte[] in;
    private int at;
    /** The text or name that was read last. */
    private int from;

    private int end;
    /** The whole number that was read last. */
    private long number;

    private String actor = "";
    private String patient = "";
    private String drug = "";
    private String nurse = "";
    private String name = "";

    LeafScan(byte[] leaf) {
        this.in = leaf;
    }

    /** What the leaf is filed under; empty where somebody else must look. */
    Optional<Filed> filed() {
        if (in.length > AuditEntry.MAX_BYTES || !beginning() || !details() || !literal(",\"kind\":") || !text()) {
            return Optional.empty();
        }
        var kind = taken();
        if (!KINDS.contains(kind) || !library() || !literal(",\"order\":") || !text() || !isOrder()) {
            return Optional.empty();
        }
        var order = taken();
        if (!literal(",\"place\":") || !text() || end - from > MAX_TEXT) {
            return Optional.empty();
        }
        var place = taken();
        if (!signed() || !literal(",\"ver\":1}") || at != in.length) {
            return Optional.empty();
        }
        return Optional.of(new Filed(kind, actor, order, place, patient, drug, nurse.isEmpty() ? name : nurse));
    }

    private boolean beginning() {
        if (!literal("{\"actor\":") || !text() || from == end || end - from > MAX_TEXT || in[from] == ' ') {
            return false;
        }
        actor = taken();
        return literal(",\"at\":") && whole() && number >= 0;
    }

    private boolean details() {
        if (!literal(",\"details\":{")) {
            return false;
        }
        if (take('}')) {
            return true;
        }
        int count = 0;
        int lastFrom = 0;
        int lastEnd = 0;
        do {
            if (!detailName() || Arrays.compare(in, lastFrom, lastEnd, in, from, end) >= 0) {
                return false;
            }
            lastFrom = from;
            lastEnd = end;
            if (++count > MAX_DETAILS || !take(':') || !detail()) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    /** A lower-case letter, then letters and digits. */
    private boolean detailName() {
        if (!text() || from == end || end - from > MAX_NAME || in[from] < 'a' || in[from] > 'z') {
            return false;
        }
        for (int i = from + 1; i < end; i++) {
            if (!isLetterOrDigit(in[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean detail() {
        int nameFrom = from;
        int nameEnd = end;
        if (!sees('"')) {
            return !isKeyedHash(nameFrom, nameEnd) && (sees('[') ? list() : whole());
        }
        if (!text()) {
            return false;
        }
        if (isKeyedHash(nameFrom, nameEnd) && !isHex(HASH_DIGITS)) {
            return false;
        }
        keep(nameFrom, nameEnd);
        return true;
    }

    private boolean isKeyedHash(int nameFrom, int nameEnd) {
        return is(nameFrom, nameEnd, "patient") || is(nameFrom, nameEnd, "bag");
    }

    private void keep(int nameFrom, int nameEnd) {
        if (is(nameFrom, nameEnd, "patient")) {
            patient = taken();
        } else if (is(nameFrom, nameEnd, "drug")) {
            drug = taken();
        } else if (is(nameFrom, nameEnd, "nurse")) {
            nurse = taken();
        } else if (is(nameFrom, nameEnd, "name")) {
            name = taken();
        }
    }

    private boolean list() {
        at++;
        if (take(']')) {
            return true;
        }
        do {
            if (!(sees('"') ? text() : whole())) {
                return false;
            }
        } while (take(','));
        return take(']');
    }

    private boolean library() {
        return literal(",\"library\":{\"counter\":")
                && whole()
                && number >= 0
                && literal(",\"sha256\":")
                && text()
                && isHex(HASH_DIGITS)
                && take('}');
    }

    private boolean isOrder() {
        return from == end || isHex(ID_DIGITS);
    }

    private boolean signed() {
        if (!literal(",\"signed\":[")) {
            return false;
        }
        if (take(']')) {
            return true;
        }
        do {
            if (!text() || !isSignedText()) {
                return false;
            }
        } while (take(','));
        return take(']');
    }

    /** Three parts between dots, none of them empty. */
    private boolean isSignedText() {
        int dots = 0;
        int part = from;
        for (int i = from; i < end; i++) {
            if (in[i] == '.') {
                if (part == i) {
                    return false;
                }
                dots++;
                part = i + 1;
            } else if (!isLetterOrDigit(in[i]) && in[i] != '_' && in[i] != '-') {
                return false;
            }
        }
        return dots == 2 && part < end;
    }

    /** A text without anything that has an escaped form or more than one byte. */
    private boolean text() {
        if (!take('"')) {
            return false;
        }
        from = at;
        while (at < in.length) {
            byte b = in[at];
            if (b == '"') {
                end = at++;
                return true;
            }
            if (b < ' ' || b == '\\') {
                return false;
            }
            at++;
        }
        return false;
    }

    private boolean whole() {
        boolean negative = take('-');
        int first = at;
        number = 0;
        while (at < in.length && in[at] >= '0' && in[at] <= '9' && at - first < MAX_DIGITS) {
            number = number * 10 + (in[at++] - '0');
        }
        boolean isShortest = at > first && (in[first] != '0' || (at - first == 1 && !negative));
        number = negative ? -number : number;
        return isShortest && number <= Json.MAX_WHOLE && number >= -Json.MAX_WHOLE;
    }

    private boolean isHex(int digits) {
        if (end - from != digits) {
            return false;
        }
        for (int i = from; i < end; i++) {
            if ((in[i] < '0' || in[i] > '9') && (in[i] < 'a' || in[i] > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    }

    private boolean is(int wordFrom, int wordEnd, String word) {
        return wordEnd - wordFrom == word.length() && matches(wordFrom, word);
    }

    private boolean literal(String word) {
        if (in.length - at < word.length() || !matches(at, word)) {
            return false;
        }
        at += word.length();
        return true;
    }

    private boolean matches(int where, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (in[where + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean sees(char c) {
        return at < in.length && in[at] == c;
    }

    private boolean take(char c) {
        if (!sees(c)) {
            return false;
        }
        at++;
        return true;
    }

    private String taken() {
        return new String(in, from, end - from, StandardCharsets.US_ASCII);
    }
}
