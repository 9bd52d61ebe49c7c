package io.venule.signing;

import java.util.Base64;
import java.util.Optional;

/** Unpadded base64url with exactly one text for one sequence of bytes: no padding, no other alphabet, no stray last bits. */
final class Base64Url {
    private Base64Url() {}

    static String encode(byte[] content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
    }

    /** Empty unless encoding the result gives the same text again. */
    static Optional<byte[]> decode(String text) {
        if (!isInAlphabet(text, 0, text.length()) || text.length() % 4 == 1) {
            return Optional.empty();
        }
        var content = Base64.getUrlDecoder().decode(text);
        return encode(content).equals(text) ? Optional.of(content) : Optional.empty();
    }

    /** Whether every character from one index on and before the other may stand in such a text. */
    static boolean isInAlphabet(String text, int from, int end) {
        for (int i = from; i < end; i++) {
            if (!isInAlphabet(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isInAlphabet(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
