package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.simulator.FleetCa;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultClientCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Milo takes by default and a server of ours must not. Threat T-23; each is broken once. */
class ClientSafetyTest {
    private static final FleetCa CA =
            FleetCa.create("Test fleet CA", Instant.parse("2026-11-21T08:00:00Z"), new SecureRandom());
    private static final String X509 = "x509";

    @TempDir
    private Path folder;

    private OpcUaSettings settings = new TestSettings(Path.of("."));

    @BeforeEach
    void write() {
        settings = TestSettings.write(folder, CA, CA.issueApplication("venule", "urn:venule:test"));
    }

    private PumpConnection.Fleetwide fleet(SharedTransport transport) {
        return new PumpConnection.Fleetwide(settings, HubIdentity.of(settings), transport, InstantSource.system());
    }

    private OpcUaClientConfigBuilder built() throws Exception {
        var pump = CA.issueApplication("LV-1", "urn:venule:simulator:LV-1");
        var enrolled = new EnrolledPump(
                new PumpSerial("LV-1"),
                "A1",
                PumpModel.LARGE_VOLUME,
                1,
                "opc.tcp://127.0.0.1:4840",
                pump.certificatePem(),
                "",
                true);
        try (var transport = new SharedTransport(settings)) {
            return PumpConnection.builder(enrolled, pump.certificate(), fleet(transport));
        }
    }

    @Test
    void what_we_build_is_safe() throws Exception {
        assertThat(ClientSafety.faults(built().build())).isEmpty();
        try (var transport = new SharedTransport(settings)) {
            ClientSafety.require(fleet(transport));
        }
    }

    static Stream<Arguments> unsafe() {
        return Stream.of(
                of(
                        "security policy",
                        builder -> endpoint(builder, SecurityPolicy.None, MessageSecurityMode.SignAndEncrypt)),
                of(
                        "security policy",
                        builder ->
                                endpoint(builder, SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt)),
                of(
                        "message security",
                        builder -> endpoint(builder, SecurityPolicy.Aes256_Sha256_RsaPss, MessageSecurityMode.Sign)),
                of(
                        "message security",
                        builder -> endpoint(builder, SecurityPolicy.Aes256_Sha256_RsaPss, MessageSecurityMode.None)),
                of(
                        "user tokens",
                        builder -> tokens(
                                builder, new UserTokenPolicy("anonymous", UserTokenType.Anonymous, null, null, null))),
                of(
                        "user tokens",
                        builder ->
                                tokens(builder, new UserTokenPolicy("name", UserTokenType.UserName, null, null, null))),
                of(
                        "user tokens",
                        builder -> tokens(
                                builder,
                                new UserTokenPolicy(
                                        X509,
                                        UserTokenType.Certificate,
                                        null,
                                        null,
                                        SecurityPolicy.Basic256.getUri()))),
                of("user tokens", ClientSafetyTest::tokens),
                of("a user without a certificate", builder -> builder.setIdentityProvider(AnonymousProvider.INSTANCE)),
                of(
                        "certificates checked by InsecureCertificateValidator",
                        builder -> builder.setCertificateValidator(
                                new CertificateValidator.InsecureCertificateValidator())),
                of(
                        "certificates checked by DefaultClientCertificateValidator",
                        builder -> builder.setCertificateValidator(new DefaultClientCertificateValidator(
                                new MemoryTrustListManager(), new MemoryCertificateQuarantine()))),
                of("our own certificate", builder -> builder.setCertificate(CA.certificate())),
                of("request timeout", builder -> builder.setRequestTimeout(uint(0))),
                of("request timeout", builder -> builder.setRequestTimeout(uint(30_001))),
                of("session timeout", builder -> builder.setSessionTimeout(uint(0))),
                of("keep-alive interval", builder -> builder.setKeepAliveInterval(uint(0))),
                of("keep-alive timeout", builder -> builder.setKeepAliveTimeout(uint(0))),
                of("longest answer", builder -> builder.setMaxResponseMessageSize(uint(0))),
                of("publish requests", builder -> builder.setMaxPendingPublishRequests(uint(2))),
                of("longest message", builder -> builder.setEncodingLimits(new EncodingLimits(65_535, 64, 0, 32))),
                of("chunks", builder -> builder.setEncodingLimits(new EncodingLimits(65_535, 0, 2 << 20, 32))),
                of("nesting", builder -> builder.setEncodingLimits(EncodingLimits.DEFAULT)));
    }

    private static Arguments of(String fault, Consumer<OpcUaClientConfigBuilder> change) {
        return Arguments.of(fault, Named.of("broken", change));
    }

    @ParameterizedTest
    @MethodSource("unsafe")
    void each_unsafe_part_is_found_by_its_name(String fault, Consumer<OpcUaClientConfigBuilder> change)
            throws Exception {
        var broken = built();
        change.accept(broken);

        assertThat(ClientSafety.faults(broken.build()))
                .singleElement()
                .asString()
                .startsWith(fault);
    }

    @Test
    void milo_s_own_configuration_is_refused_for_many_reasons() throws Exception {
        var bare = OpcUaClientConfig.builder()
                .setEndpoint(changed(built().build().getEndpoint(), SecurityPolicy.None, MessageSecurityMode.None))
                .build();

        assertThat(ClientSafety.faults(bare)).hasSizeGreaterThan(5);
    }

    @Test
    void a_transport_without_limits_is_found() {
        var transport = OpcTcpClientTransportConfig.newBuilder()
                .setConnectTimeout(uint(0))
                .setAcknowledgeTimeout(uint(0))
                .setChannelLifetime(uint(0));

        assertThat(ClientSafety.faults(transport)).hasSize(3);
    }

    @Test
    void an_unsafe_setting_refuses_the_start_by_name() {
        settings = withRequestTimeout(Duration.ofMinutes(10));

        try (var transport = new SharedTransport(settings)) {
            var fleet = fleet(transport);
            assertThatThrownBy(() -> ClientSafety.require(fleet))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("request timeout 600000");
        }
    }

    private OpcUaSettings withRequestTimeout(Duration timeout) {
        var good = settings;
        return (OpcUaSettings) Proxy.newProxyInstance(
                OpcUaSettings.class.getClassLoader(),
                new Class<?>[] {OpcUaSettings.class},
                (proxy, method, arguments) ->
                        method.getName().equals("requestTimeout") ? timeout : method.invoke(good, arguments));
    }

    private static void endpoint(OpcUaClientConfigBuilder builder, SecurityPolicy policy, MessageSecurityMode mode) {
        builder.setEndpoint(changed(builder.build().getEndpoint(), policy, mode));
    }

    private static EndpointDescription changed(
            EndpointDescription good, SecurityPolicy policy, MessageSecurityMode mode) {
        return new EndpointDescription(
                good.getEndpointUrl(),
                good.getServer(),
                good.getServerCertificate(),
                mode,
                policy.getUri(),
                good.getUserIdentityTokens(),
                good.getTransportProfileUri(),
                good.getSecurityLevel());
    }

    private static void tokens(OpcUaClientConfigBuilder builder, UserTokenPolicy... tokens) {
        var good = builder.build().getEndpoint();
        builder.setEndpoint(new EndpointDescription(
                good.getEndpointUrl(),
                good.getServer(),
                good.getServerCertificate(),
                good.getSecurityMode(),
                good.getSecurityPolicyUri(),
                List.of(tokens).toArray(UserTokenPolicy[]::new),
                good.getTransportProfileUri(),
                good.getSecurityLevel()));
    }
}
