package io.venule.opcua;

import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.identity.X509IdentityProvider;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.validation.ValidationCheck;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;

/**
 * Looks at the OPC UA configuration as it was built, not as it was meant: much of what Milo takes by default is unsafe, and a line that went missing is not seen
 * otherwise. Each fault is named; with one the server does not start. Threat T-23.
 */
final class ClientSafety {
    private static final String POLICY = SecurityPolicy.Aes256_Sha256_RsaPss.getUri();
    private static final int MIN_KEY_BITS = 2048;
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final int MOST_MESSAGE = 16 << 20;
    private static final int MOST_NESTING = 64;

    private ClientSafety() {}

    /** Throws, naming every fault, unless what connections to pumps are made from is safe. */
    static void require(PumpConnection.Fleetwide fleet) {
        var specimen = new EnrolledPump(
                new PumpSerial("SPECIMEN"),
                "",
                PumpModel.LARGE_VOLUME,
                1,
                "opc.tcp://specimen.invalid:4840",
                "",
                "",
                true);
        var transport = OpcTcpClientTransportConfig.newBuilder();
        fleet.transport().configure(transport);
        try {
            var faults = new ArrayList<String>();
            faults.addAll(faults(PumpConnection.config(specimen, fleet.hub().certificate(), fleet)));
            faults.addAll(faults(transport));
            if (!faults.isEmpty()) {
                throw new IllegalStateException(
                        "unsafe OPC UA configuration, not started: " + String.join("; ", faults));
            }
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("our own certificate cannot be encoded", e);
        }
    }

    /** What is unsafe in the configuration of a client. */
    static List<String> faults(OpcUaClientConfig config) {
        var faults = new ArrayList<String>();
        var endpoint = config.getEndpoint();
        unless(
                POLICY.equals(endpoint.getSecurityPolicyUri()),
                "security policy " + endpoint.getSecurityPolicyUri(),
                faults);
        unless(
                endpoint.getSecurityMode() == MessageSecurityMode.SignAndEncrypt,
                "message security " + endpoint.getSecurityMode(),
                faults);
        var tokens = endpoint.getUserIdentityTokens();
        unless(
                tokens != null && tokens.length > 0 && Arrays.stream(tokens).allMatch(ClientSafety::isSafe),
                "user tokens that are no certificates, or under another policy",
                faults);
        unless(config.getIdentityProvider() instanceof X509IdentityProvider, "a user without a certificate", faults);
        unless(
                config.getCertificateValidator() instanceof PumpCertificateCheck,
                "certificates checked by "
                        + config.getCertificateValidator().getClass().getSimpleName(),
                faults);
        unless(
                PumpCertificateCheck.checks().equals(ValidationCheck.ALL_OPTIONAL_CHECKS),
                "certificate checks that are left out",
                faults);
        unless(config.getKeyPair().isPresent() && isOurs(config), "our own certificate: none, or a short key", faults);
        limits(config, faults);
        return List.copyOf(faults);
    }

    private static void limits(OpcUaClientConfig config, List<String> faults) {
        within(config.getRequestTimeout(), MINUTE / 2, "request timeout", faults);
        within(config.getSessionTimeout(), 10 * MINUTE, "session timeout", faults);
        within(config.getKeepAliveInterval(), MINUTE, "keep-alive interval", faults);
        within(config.getKeepAliveTimeout(), MINUTE, "keep-alive timeout", faults);
        within(config.getMaxResponseMessageSize(), MOST_MESSAGE, "longest answer", faults);
        // Two answers under way may be swapped by the stack, and records with them.
        within(config.getMaxPendingPublishRequests(), 1, "publish requests under way", faults);
        var encoding = config.getEncodingLimits();
        within(encoding.getMaxMessageSize(), MOST_MESSAGE, "longest message", faults);
        within(encoding.getMaxChunkCount(), 1_024, "chunks in a message", faults);
        within(encoding.getMaxRecursionDepth(), MOST_NESTING, "nesting", faults);
    }

    /** What is unsafe in the transport below it. */
    static List<String> faults(OpcTcpClientTransportConfigBuilder transport) {
        var faults = new ArrayList<String>();
        var config = transport.build();
        within(config.getConnectTimeout(), MINUTE, "connect timeout", faults);
        within(config.getAcknowledgeTimeout(), MINUTE, "acknowledge timeout", faults);
        within(config.getChannelLifetime(), DAY, "channel lifetime", faults);
        return List.copyOf(faults);
    }

    private static boolean isSafe(UserTokenPolicy token) {
        return token.getTokenType() == UserTokenType.Certificate
                && (token.getSecurityPolicyUri() == null
                        || token.getSecurityPolicyUri().equals(POLICY));
    }

    private static boolean isOurs(OpcUaClientConfig config) {
        return config.getCertificate()
                .filter(certificate -> certificate.getPublicKey() instanceof RSAPublicKey key
                        && key.getModulus().bitLength() >= MIN_KEY_BITS
                        && certificate.getBasicConstraints() < 0)
                .isPresent();
    }

    private static void within(UInteger value, long most, String what, List<String> faults) {
        within(value.longValue(), most, what, faults);
    }

    /** Zero is no limit in Milo. */
    private static void within(long value, long most, String what, List<String> faults) {
        unless(value >= 1 && value <= most, what + " " + value + ", not 1 to " + most, faults);
    }

    private static void unless(boolean safe, String fault, List<String> faults) {
        if (!safe) {
            faults.add(fault);
        }
    }
}
