package io.venule.pki;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * What a pump or the server asks to be certified: its key, of which it proved to have the private half, its name, and the names that it is reached by. Nothing
 * else of a request counts.
 *
 * @param names the alternative names; none for a user
 */
record Request(String commonName, PublicKey key, Optional<GeneralNames> names) {
    private static final int LEAST_BITS = 2048;
    private static final int MOST_BITS = 4096;
    private static final int MAX_NAME = 64;

    /** What came of reading a request. */
    sealed interface Reading {
        record Good(Request request) implements Reading {}

        record Refused(String reason) implements Reading {}
    }

    /** Reads a PKCS #10 request in PEM. */
    static Reading read(String pem) {
        try (var parser = new PEMParser(new StringReader(pem))) {
            if (!(parser.readObject() instanceof PKCS10CertificationRequest parsed)) {
                return new Reading.Refused("not a certification request in PEM");
            }
            return judge(new JcaPKCS10CertificationRequest(parsed));
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
            return new Reading.Refused("not a certification request that can be read: " + e.getMessage());
        }
    }

    private static Reading judge(JcaPKCS10CertificationRequest request)
            throws GeneralSecurityException, OperatorCreationException, PKCSException {
        var key = request.getPublicKey();
        if (!(key instanceof RSAPublicKey rsa)
                || rsa.getModulus().bitLength() < LEAST_BITS
                || rsa.getModulus().bitLength() > MOST_BITS) {
            return new Reading.Refused("the key must be RSA of " + LEAST_BITS + " to " + MOST_BITS + " bits");
        }
        if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
            return new Reading.Refused("the request is not signed by the key that it asks for");
        }
        var names = request.getSubject().getRDNs(BCStyle.CN);
        if (names.length != 1) {
            return new Reading.Refused("the subject must have one common name");
        }
        var commonName = IETFUtils.valueToString(names[0].getFirst().getValue());
        if (!commonName.matches("[A-Za-z0-9][A-Za-z0-9 ._-]*") || commonName.length() > MAX_NAME) {
            return new Reading.Refused("the common name may hold letters, digits, space and . _ - only");
        }
        var asked = Optional.ofNullable(request.getRequestedExtensions())
                .map(extensions -> GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName));
        return new Reading.Good(new Request(commonName, key, asked));
    }

    /** The application URI; empty where there is not exactly one. */
    Optional<String> applicationUri() {
        var uris = names.stream()
                .flatMap(all -> Arrays.stream(all.getNames()))
                .filter(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier)
                .map(name -> name.getName().toString())
                .toList();
        return uris.size() == 1 ? Optional.of(uris.getFirst()) : Optional.empty();
    }

    /** Whether an OPC UA application may have these names: one URI, and one host name or address at least, and nothing of another kind. */
    boolean isOfAnApplication() {
        var kinds = names.stream()
                .flatMap(all -> Arrays.stream(all.getNames()))
                .map(GeneralName::getTagNo)
                .toList();
        return applicationUri().isPresent()
                && kinds.size() > 1
                && kinds.stream()
                        .allMatch(kind -> kind == GeneralName.uniformResourceIdentifier
                                || kind == GeneralName.dNSName
                                || kind == GeneralName.iPAddress);
    }
}
