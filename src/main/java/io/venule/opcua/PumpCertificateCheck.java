package io.venule.opcua;

import io.venule.opcua.PlainReason.CertificateRefused;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultClientCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.validation.ValidationCheck;
import org.jspecify.annotations.Nullable;

/**
 * Believes a pump's certificate only if it is the one pinned at enrolment and passes every check there is: ours first, then all of
 * Milo's, none of which are optional here. Revocation is ours too, because Milo's own check passes where no list is found.
 * Source: pump contract, "Transport"; OPC 10000-4, 6.1.3.
 */
final class PumpCertificateCheck implements CertificateValidator {
    private static final int MIN_KEY_BITS = 2048;
    private static final String FOREIGN = "no authority of this fleet made it";
    private static final String OUT_OF_TIME = "it has run out, or is not valid yet";
    private static final Set<ValidationCheck> CHECKS = ValidationCheck.ALL_OPTIONAL_CHECKS;

    private final X509Certificate pinned;
    private final HubIdentity hub;
    private final InstantSource clock;
    private final CertificateValidator rest;

    PumpCertificateCheck(X509Certificate pinned, HubIdentity hub, InstantSource clock) {
        this.pinned = pinned;
        this.hub = hub;
        this.clock = clock;
        var trust = new MemoryTrustListManager();
        trust.setTrustedCertificates(List.of(hub.authority()));
        trust.setTrustedCrls(List.of(hub.revocations().inForce()));
        this.rest = new DefaultClientCertificateValidator(trust, CHECKS, new MemoryCertificateQuarantine());
    }

    /** Those of Milo's checks that are made. */
    static Set<ValidationCheck> checks() {
        return CHECKS;
    }

    @Override
    public void validateCertificateChain(
            List<X509Certificate> chain, @Nullable String applicationUri, @Nullable String @Nullable [] hostnames)
            throws UaException {
        var offered = chain.getFirst();
        refuseIf(!offered.equals(pinned), "not the certificate that this pump was enrolled with");
        var now = clock.instant();
        refuseIf(offered.equals(hub.certificate()), "our own certificate presented back");
        refuseIf(offered.getBasicConstraints() >= 0, "a certification authority is not a pump");
        refuseIf(
                offered.getSubjectX500Principal().equals(offered.getIssuerX500Principal()),
                "a self-signed certificate");
        refuseIf(
                !(offered.getPublicKey() instanceof RSAPublicKey key)
                        || key.getModulus().bitLength() < MIN_KEY_BITS,
                "a key that is not RSA or too short");
        refuseIf(!isOurs(offered), FOREIGN);
        refuseIf(
                hub.revocations().speaksAgainst(offered, now),
                "a revoked certificate, or a revocation list that has run out");
        refuseIf(
                now.isBefore(offered.getNotBefore().toInstant())
                        || now.isAfter(offered.getNotAfter().toInstant()),
                OUT_OF_TIME);
        try {
            rest.validateCertificateChain(chain, applicationUri, hostnames);
        } catch (UaException e) {
            throw new CertificateRefused(words(e.getStatusCode().value()));
        }
    }

    /** Why the certificate could not be believed of a pump of this application URI and host even if it were enrolled with it; empty where nothing speaks against it. */
    static Optional<String> fault(
            X509Certificate offered, String applicationUri, String host, HubIdentity hub, InstantSource clock) {
        var enrolled = new PumpCertificateCheck(offered, hub, clock);
        try {
            refuseIf(
                    !CertificateUtil.getSanUri(offered).equals(Optional.of(applicationUri)),
                    "it was made for something else");
            enrolled.validateCertificateChain(List.of(offered), applicationUri, new String[] {host});
            return Optional.empty();
        } catch (CertificateRefused e) {
            return Optional.of(e.reason());
        } catch (UaException e) {
            return Optional.of(words(e.getStatusCode().value()));
        }
    }

    private boolean isOurs(X509Certificate offered) {
        try {
            offered.verify(hub.authority().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String words(long status) {
        if (status == StatusCodes.Bad_CertificateTimeInvalid) {
            return OUT_OF_TIME;
        }
        if (status == StatusCodes.Bad_CertificateUntrusted || status == StatusCodes.Bad_CertificateChainIncomplete) {
            return FOREIGN;
        }
        if (status == StatusCodes.Bad_CertificateHostNameInvalid) {
            return "it does not name the pump's address";
        }
        return "it is not in order";
    }

    private static void refuseIf(boolean bad, String reason) throws UaException {
        if (bad) {
            throw new CertificateRefused(reason);
        }
    }
}
