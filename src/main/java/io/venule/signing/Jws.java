package io.venule.signing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A signed text in compact form: header, payload and Ed25519 signature, each in unpadded base64url, joined by dots.
 * The header is exactly {@code {"alg":"Ed25519","kid":"…","typ":"…"}}; there is nothing to negotiate, so there is nothing to
 * downgrade. Checked in this order: size and alphabet, header, signature. What the payload means is the caller's next question.
 * Source: RFC 7515; RFC 9864; docs/pump-contract.md, "Signed texts".
 */
public final class Jws {
    /** Characters of a signed text at most. */
    public static final int MAX_LENGTH = 16 << 10;

    private static final String HEADER_BEFORE_KEY = "{\"alg\":\"Ed25519\",\"kid\":\"";
    private static final int KEY_ID_LENGTH = 16;

    private Jws() {}

    /** Why a signed text was not believed. */
    public enum RefusalKind {
        /** Too long, not ASCII, not three parts, or not canonical base64url. */
        MALFORMED,
        /** Another header than the one expected: other algorithm, type, order of members, or spacing. */
        HEADER,
        /** The key is not known, or not for this. */
        KEY,
        /** The key is known but not valid at this time. */
        KEY_LIFETIME,
        /** The signature does not belong to header and payload. */
        SIGNATURE
    }

    /** Whether the text is believed. */
    public sealed interface Verification {
        /** The payload's bytes, and the key that signed them. Only this class makes one, so holding one is the proof. */
        final class Verified implements Verification {
            private final byte[] payload;
            private final KeyId key;

            private Verified(byte[] payload, KeyId key) {
                this.payload = payload;
                this.key = key;
            }

            /** The signed bytes. */
            public byte[] payload() {
                return payload.clone();
            }

            public KeyId key() {
                return key;
            }
        }

        record Refused(RefusalKind kind, String reason) implements Verification {}
    }

    /** Signs the payload; the result may be longer than a reader takes, see {@link #MAX_LENGTH}. */
    public static String sign(String typ, byte[] payload, SigningKey key) {
        var input = Base64Url.encode(header(typ, key.id())) + "." + Base64Url.encode(payload);
        var signature = key.sign(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + Base64Url.encode(signature);
    }

    /** Signs the canonical form of a value. */
    public static String sign(String typ, Json payload, SigningKey key) {
        return sign(typ, CanonicalJson.write(payload), key);
    }

    /** Checks a text of at most {@link #MAX_LENGTH} characters against one key. */
    public static Verification verify(String compact, String typ, VerifyingKey key) {
        return verify(compact, typ, key, MAX_LENGTH);
    }

    /** Checks a text of at most {@code maxLength} characters against one key. */
    public static Verification verify(String compact, String typ, VerifyingKey key, int maxLength) {
        return split(compact, maxLength).map(parts -> check(parts, typ, key)).orElseGet(Jws::malformed);
    }

    /** Checks a text against the key it names, if the ring holds that key for this role and scope at this time. */
    public static Verification verify(String compact, String typ, Keyring keyring, Keyring.Need need) {
        return split(compact, MAX_LENGTH)
                .map(parts -> check(parts, typ, keyring, need))
                .orElseGet(Jws::malformed);
    }

    /** The key that the header names, nothing being verified; to choose among keys one of which must then verify. */
    public static Optional<KeyId> namedKey(String compact, String typ) {
        return split(compact, MAX_LENGTH).flatMap(parts -> namedKey(parts, typ));
    }

    /** The payload's bytes, nobody having judged the signature; to look where a text belongs before or beside verifying it. */
    public static Optional<byte[]> unverifiedPayload(String compact) {
        return split(compact, MAX_LENGTH).map(parts -> parts.payload.clone());
    }

    private static Verification check(Parts parts, String typ, Keyring keyring, Keyring.Need need) {
        var kid = namedKey(parts, typ);
        if (kid.isEmpty()) {
            return new Verification.Refused(
                    RefusalKind.HEADER, "the header is not exactly alg Ed25519, kid, typ " + typ);
        }
        return switch (keyring.find(kid.get(), need)) {
            case Keyring.Found.Key(var certificate) -> check(parts, typ, certificate.key());
            case Keyring.Found.NotFound(var kind, var reason) -> new Verification.Refused(kind, reason);
        };
    }

    private static Verification check(Parts parts, String typ, VerifyingKey key) {
        if (!Arrays.equals(parts.header, header(typ, key.id()))) {
            return new Verification.Refused(
                    RefusalKind.HEADER, "the header is not exactly alg Ed25519, kid " + key.id() + ", typ " + typ);
        }
        if (!key.verify(parts.input, parts.signature)) {
            return new Verification.Refused(RefusalKind.SIGNATURE, "not signed by key " + key.id());
        }
        return new Verification.Verified(parts.payload, key.id());
    }

    private static Optional<KeyId> namedKey(Parts parts, String typ) {
        var header = new String(parts.header, StandardCharsets.US_ASCII);
        int end = HEADER_BEFORE_KEY.length() + KEY_ID_LENGTH;
        if (header.length() < end) {
            return Optional.empty();
        }
        return KeyId.parse(header.substring(HEADER_BEFORE_KEY.length(), end))
                .filter(kid -> Arrays.equals(parts.header, header(typ, kid)));
    }

    /** Whether the text looks like one: three parts in the alphabet, none of them empty. Says nothing about what is in them. */
    public static boolean isCompact(String text) {
        int first = text.indexOf('.');
        int last = text.lastIndexOf('.');
        return isPart(text, 0, first) && isPart(text, first + 1, last) && isPart(text, last + 1, text.length());
    }

    private static boolean isPart(String text, int from, int end) {
        return from < end && Base64Url.isInAlphabet(text, from, end);
    }

    private static byte[] header(String typ, KeyId key) {
        return CanonicalJson.write(Json.object()
                .put("alg", "Ed25519")
                .put("kid", key)
                .put("typ", typ)
                .build());
    }

    private static Verification malformed() {
        return new Verification.Refused(
                RefusalKind.MALFORMED, "not a signed text in compact form, or longer than allowed");
    }

    private static Optional<Parts> split(String compact, int maxLength) {
        if (compact.length() > maxLength) {
            return Optional.empty();
        }
        int first = compact.indexOf('.');
        int last = compact.lastIndexOf('.');
        if (first < 0 || last == first || compact.indexOf('.', first + 1) != last) {
            return Optional.empty();
        }
        var header = Base64Url.decode(compact.substring(0, first));
        var payload = Base64Url.decode(compact.substring(first + 1, last));
        var signature = Base64Url.decode(compact.substring(last + 1));
        if (header.isEmpty() || payload.isEmpty() || signature.isEmpty()) {
            return Optional.empty();
        }
        var input = compact.substring(0, last).getBytes(StandardCharsets.US_ASCII);
        return Optional.of(new Parts(header.get(), payload.get(), signature.get(), input));
    }

    private static final class Parts {
        private final byte[] header;
        private final byte[] payload;
        private final byte[] signature;
        private final byte[] input;

        Parts(byte[] header, byte[] payload, byte[] signature, byte[] input) {
            this.header = header;
            this.payload = payload;
            this.signature = signature;
            this.input = input;
        }
    }
}
