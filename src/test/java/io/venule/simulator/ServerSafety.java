package io.venule.simulator;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.X509IdentityValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultServerCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;

/** Looks at a pump's OPC UA configuration as it was built; with a fault the pump does not start. Pump contract, "Transport"; threats T-21, T-23. */
final class ServerSafety {
    private static final long MOST_SESSIONS = 16;
    private static final int MOST_MESSAGE = 16 << 20;

    private ServerSafety() {}

    static OpcUaServerConfig require(OpcUaServerConfig config) {
        var faults = faults(config);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "unsafe OPC UA configuration, not started: " + String.join("; ", faults));
        }
        return config;
    }

    /** What is unsafe, by name. */
    static List<String> faults(OpcUaServerConfig config) {
        var faults = new ArrayList<String>();
        if (config.getEndpoints().size() != 1) {
            faults.add("endpoints " + config.getEndpoints().size());
        }
        config.getEndpoints().forEach(endpoint -> of(endpoint, faults));
        if (!(config.getIdentityValidator() instanceof X509IdentityValidator)) {
            faults.add("users checked by "
                    + config.getIdentityValidator().getClass().getSimpleName());
        }
        config.getCertificateManager().getCertificateGroups().forEach(group -> {
            if (!(group.getCertificateValidator() instanceof DefaultServerCertificateValidator)) {
                faults.add("certificates checked by "
                        + group.getCertificateValidator().getClass().getSimpleName());
            }
            if (group.getTrustListManager().getTrustedCertificates().isEmpty()
                    || group.getTrustListManager().getTrustedCrls().isEmpty()) {
                faults.add("no authority, or no revocation list");
            }
        });
        var sessions = config.getLimits().getMaxSessions().longValue();
        if (sessions < 1 || sessions > MOST_SESSIONS) {
            faults.add("sessions " + sessions);
        }
        var message = config.getEncodingLimits().getMaxMessageSize();
        if (message < 1 || message > MOST_MESSAGE) {
            faults.add("longest message " + message);
        }
        return List.copyOf(faults);
    }

    private static void of(EndpointConfig endpoint, List<String> faults) {
        if (endpoint.getSecurityPolicy() != SecurityPolicy.Aes256_Sha256_RsaPss) {
            faults.add("security policy " + endpoint.getSecurityPolicy());
        }
        if (endpoint.getSecurityMode() != MessageSecurityMode.SignAndEncrypt) {
            faults.add("message security " + endpoint.getSecurityMode());
        }
        if (endpoint.getTokenPolicies().isEmpty()
                || !endpoint.getTokenPolicies().stream()
                        .allMatch(token -> token.getTokenType() == UserTokenType.Certificate)) {
            faults.add("user tokens that are no certificates");
        }
    }
}
