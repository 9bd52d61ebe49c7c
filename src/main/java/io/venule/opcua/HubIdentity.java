package io.venule.opcua;

import io.venule.order.Ending;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.stream.Stream;

/** Who we are towards pumps, and whose word on pumps we take; read once at start, and refused with the file's name. */
record HubIdentity(
        KeyPair keys,
        X509Certificate certificate,
        PrivateKey userKey,
        X509Certificate userCertificate,
        X509Certificate authority,
        RevocationList revocations) {

    static HubIdentity of(OpcUaSettings settings) {
        var certificate = certificate(settings.certificate());
        var authority = certificate(settings.fleetAuthority());
        return new HubIdentity(
                new KeyPair(certificate.getPublicKey(), privateKey(settings.privateKey())),
                certificate,
                privateKey(settings.userPrivateKey()),
                certificate(settings.userCertificate()),
                authority,
                new RevocationList(settings.revocationList(), authority));
    }

    Stream<Ending> endings() {
        return Stream.of(
                ending(Ending.Kind.SERVER_CERTIFICATE, certificate),
                ending(Ending.Kind.USER_CERTIFICATE, userCertificate),
                ending(Ending.Kind.FLEET_AUTHORITY, authority),
                new Ending(Ending.Kind.REVOCATION_LIST, "", revocations.until()));
    }

    private static Ending ending(Ending.Kind kind, X509Certificate certificate) {
        return new Ending(kind, "", certificate.getNotAfter().toInstant());
    }

    private static X509Certificate certificate(Path file) {
        try (var in = Files.newInputStream(file)) {
            return certificate(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a certificate in PEM: " + file, e);
        }
    }

    private static X509Certificate certificate(InputStream in) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }

    private static PrivateKey privateKey(Path file) {
        try {
            var text = Files.readString(file)
                    .replace("-----BEGIN PRIVATE KEY-----", "")
                    .replace("-----END PRIVATE KEY-----", "")
                    .replaceAll("\\s", "");
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not an RSA private key in PEM: " + file, e);
        }
    }

    @Override
    public String toString() {
        return "HubIdentity[" + certificate.getSubjectX500Principal() + "]";
    }
}
