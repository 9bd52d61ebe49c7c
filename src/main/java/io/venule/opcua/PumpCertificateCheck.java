package io.venule.opcua;

import io.venule.opcua.PlainReason.CertificateRefused;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultClientCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.util.validation.ValidationCheck;
import org.jspecify.annotations.Nullable;

/**
 * Believes a pump's certificate only if it is the one pinned at enrolment and passes every check there is: ours first, then all of
 * Milo's, none of which are optional here. Revocation is ours too, because Milo's own check passes where no list is found.
 * Source: pump contract, "Transport"; OPC 10000-4, 6.1.3.
 */
final class PumpCertificateCheck implements CertificateValidator {
    private static final int MIN_KEY_BITS = 2048;
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
        refuseIf(offered.equals(hub.certificate()), "our own certificate presented back");
        refuseIf(offered.getBasicConstraints() >= 0, "a certification authority is not a pump");
        refuseIf(
                offered.getSubjectX500Principal().equals(offered.getIssuerX500Principal()),
                "a self-signed certificate");
        refuseIf(
                !(offered.getPublicKey() instanceof RSAPublicKey key)
                        || key.getModulus().bitLength() < MIN_KEY_BITS,
                "a key that is not RSA or too short");
        refuseIf(
                hub.revocations().speaksAgainst(offered, clock.instant()),
                "a revoked certificate, or a revocation list that has run out");
        try {
            rest.validateCertificateChain(chain, applicationUri, hostnames);
        } catch (UaException e) {
            throw new CertificateRefused(words(e.getStatusCode().value()));
        }
    }

    private static String words(long status) {
        if (status == StatusCodes.Bad_CertificateTimeInvalid) {
            return "it has run out, or is not valid yet";
        }
        if (status == StatusCodes.Bad_CertificateUntrusted || status == StatusCodes.Bad_CertificateChainIncomplete) {
            return "no authority of this fleet made it";
        }
        return "it is not in order";
    }

    private static void refuseIf(boolean bad, String reason) throws UaException {
        if (bad) {
            throw new CertificateRefused(reason);
        }
    }
}
