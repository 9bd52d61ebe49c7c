package io.venule.opcua;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The fleet authority's list of revoked certificates, as last read. A newer one is taken up while the server runs; what is not the authority's word, or older
 * than the list in force, is not, so that nobody brings a pump back by putting an old list there.
 */
final class RevocationList {
    private static final System.Logger LOG = System.getLogger(RevocationList.class.getName());

    private final Path file;
    private final X509Certificate authority;
    private final AtomicReference<X509CRL> inForce;

    /** Reads the list; throws where it is none. */
    RevocationList(Path file, X509Certificate authority) {
        this.file = file;
        this.authority = authority;
        this.inForce = new AtomicReference<>(read());
    }

    /** Reads the list again; whether another one is in force now. */
    boolean refresh() {
        var before = inForce.get();
        try {
            var list = read();
            if (list.equals(before) || !isOurs(list)) {
                return false;
            }
            if (list.getThisUpdate().toInstant().isBefore(before.getThisUpdate().toInstant())) {
                LOG.log(System.Logger.Level.ERROR, "older than the revocation list in force: {0}", file);
                return false;
            }
            inForce.set(list);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "revocation list of {0} in force",
                    list.getThisUpdate().toInstant());
            return true;
        } catch (IllegalArgumentException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.ERROR, "the revocation list cannot be read again", e);
            return false;
        }
    }

    X509CRL inForce() {
        return inForce.get();
    }

    boolean names(X509Certificate certificate) {
        return inForce.get().isRevoked(certificate);
    }

    /** Whether the certificate may not be believed: it is revoked, or the list is not the authority's or has run out. */
    boolean speaksAgainst(X509Certificate certificate, Instant now) {
        var list = inForce.get();
        return !isOurs(list) || until().isBefore(now) || list.isRevoked(certificate);
    }

    /** The last moment at which it counts; a list that names none does not count at all. */
    Instant until() {
        var next = inForce.get().getNextUpdate();
        return next == null ? Instant.EPOCH : next.toInstant();
    }

    private boolean isOurs(X509CRL list) {
        try {
            list.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private X509CRL read() {
        try (var in = Files.newInputStream(file)) {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a revocation list in PEM: " + file, e);
        }
    }
}
