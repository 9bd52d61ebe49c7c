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

/** How a pump judges a server's certificate: by all of Milo's checks, and never its own presented back. Source: pump contract, "Transport"; T-24. */
final class ServerCertificateCheck extends DefaultServerCertificateValidator {
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
            throw new UaException(StatusCodes.Bad_SecurityChecksFailed, "the pump's own certificate presented back");
        }
        super.validateCertificateChain(chain, applicationUri, hostnames);
    }
}
