package io.venule.simulator;

import java.security.cert.X509Certificate;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.DefaultServerCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.TrustListManager;
import org.eclipse.milo.opcua.stack.core.util.validation.ValidationCheck;
import org.jspecify.annotations.Nullable;

/**
 * How a pump judges a server's certificate: by all of Milo's checks, and never its own presented back. Whoever is refused hears the same, whatever the reason; the pump's own log has it. Source: pump contract,
 * "Transport"; OPC 10000-4, 6.1.3; T-24, T-25.
 */
final class ServerCertificateCheck extends DefaultServerCertificateValidator {
    private static final System.Logger LOG = System.getLogger(ServerCertificateCheck.class.getName());

    private final X509Certificate own;

    ServerCertificateCheck(TrustListManager trust, CertificateQuarantine quarantine, X509Certificate own) {
        super(trust, ValidationCheck.ALL_OPTIONAL_CHECKS, quarantine);
        this.own = own;
    }

    @Override
    public void validateCertificateChain(
            List<X509Certificate> chain, @Nullable String applicationUri, @Nullable String @Nullable [] hostnames)
            throws UaException {
        if (chain.getFirst().equals(own)) {
            throw refusal("its own, presented back");
        }
        try {
            super.validateCertificateChain(chain, applicationUri, hostnames);
        } catch (UaException e) {
            throw refusal(e.getStatusCode() + " " + e.getMessage());
        }
    }

    private static UaException refusal(String why) {
        LOG.log(System.Logger.Level.INFO, "certificate refused error={0}", why);
        return new UaException(StatusCodes.Bad_SecurityChecksFailed, "certificate refused");
    }
}
