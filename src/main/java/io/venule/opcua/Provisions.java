package io.venule.opcua;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What every pump must have from us: key certificates signed by the root, and the released library with its signatures.
 *
 * @param certificates signed texts for {@code TrustKey}
 * @param revocations the root's list of revoked keys, a signed text for {@code RevokeKeys}; empty where no key ever was
 * @param counter release counter of the library
 * @param sha256 hash of its canonical bytes, in hexadecimal
 * @param library the canonical bytes
 * @param signatures the release signatures, signed texts
 */
public record Provisions(
        List<String> certificates,
        Optional<String> revocations,
        long counter,
        String sha256,
        Bytes library,
        List<String> signatures) {
    public Provisions {
        certificates = List.copyOf(certificates);
        signatures = List.copyOf(signatures);
    }

    /** What the pumps of every ward must have. */
    public static Provisions ofAll(
            List<String> certificates, long counter, String sha256, Bytes library, List<String> signatures) {
        return new Provisions(certificates, Optional.empty(), counter, sha256, library, signatures);
    }

    /** The same with these certificates too, those of one ward, and this list of revoked keys. */
    public Provisions with(List<String> more, Optional<String> revoked) {
        var all = Stream.concat(certificates.stream(), more.stream()).toList();
        return new Provisions(all, revoked, counter, sha256, library, signatures);
    }

    /** Bytes that nobody changes. */
    public static final class Bytes {
        private final byte[] content;

        public Bytes(byte[] content) {
            this.content = content.clone();
        }

        int size() {
            return content.length;
        }

        byte[] block(int from, int most) {
            return java.util.Arrays.copyOfRange(content, from, Math.min(content.length, from + most));
        }
    }
}
