package io.venule.pump;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The X.509 certificates that a pump is enrolled with, as PEM text: one, or the old and the new one while it is changed. Source: pump contract, "Transport". */
public final class PumpCertificates {
    private static final int LINE = 64;
    /** While a certificate is changed. */
    private static final int MOST = 2;

    private PumpCertificates() {}

    /** All that the text holds, the newest first; an {@link IllegalArgumentException} where it holds none, or something else. */
    public static List<X509Certificate> of(String pem) {
        return read(pem.getBytes(StandardCharsets.US_ASCII));
    }

    /** The one that these bytes begin with, as DER or PEM; an {@link IllegalArgumentException} where they do not. */
    public static X509Certificate first(byte[] encoded) {
        try (var in = new ByteArrayInputStream(encoded)) {
            if (CertificateFactory.getInstance("X.509").generateCertificate(in)
                    instanceof X509Certificate certificate) {
                return certificate;
            }
            throw new IllegalArgumentException("no certificate");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("not a certificate", e);
        }
    }

    private static List<X509Certificate> read(byte[] encoded) {
        try (var in = new ByteArrayInputStream(encoded)) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .sorted(Comparator.comparing(X509Certificate::getNotBefore).reversed())
                    .toList();
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("no certificate in PEM");
            }
            return certificates;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("not certificates in PEM", e);
        }
    }

    /** The enrolled text with another certificate: that one and the newest before it, so that the pump is believed under either while it changes. */
    public static String withNext(String enrolled, X509Certificate next) {
        return Stream.concat(Stream.of(next), of(enrolled).stream().filter(before -> !before.equals(next)))
                .limit(MOST)
                .map(PumpCertificates::pem)
                .collect(Collectors.joining());
    }

    public static String pem(X509Certificate certificate) {
        var lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der(certificate));
        return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    }

    /** Its exact bytes, of which the fingerprint is made. */
    public static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
    }
}
