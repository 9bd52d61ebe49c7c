package io.venule.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.netty.channel.nio.NioEventLoopGroup;
import io.venule.pump.PumpModel;
import io.venule.signing.RsaPss;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigBuilder;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A pump with an unsafe endpoint does not start; each part is broken once. Threats T-21 and T-23. */
class ServerSafetyTest {
    private static final FleetCa CA =
            FleetCa.create("Test fleet CA", Instant.parse("2026-11-21T08:00:00Z"), new SecureRandom());
    private static final NioEventLoopGroup LOOP = new NioEventLoopGroup(1);

    @AfterAll
    static void close() {
        LOOP.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private static OpcUaServerConfig built() {
        RsaPss.install();
        var identity = CA.issueApplication("LV-1", SimulatedPump.applicationUri("LV-1"));
        var threads = new SimulatedPump.Threads(
                LOOP, Executors.newVirtualThreadPerTaskExecutor(), Executors.newScheduledThreadPool(1));
        return SimulatedPump.config(
                PumpPlate.of("LV-1", "A1", PumpModel.LARGE_VOLUME, 1),
                new SimulatedPump.Socket(4840, identity, CA.revocationList()),
                threads);
    }

    @Test
    void what_a_pump_is_built_with_is_safe() {
        assertThat(ServerSafety.faults(built())).isEmpty();
    }

    static Stream<Arguments> unsafe() {
        return Stream.of(
                endpoint("security policy", part -> part.setSecurityPolicy(SecurityPolicy.Basic256Sha256)),
                endpoint("message security", part -> part.setSecurityMode(MessageSecurityMode.Sign)),
                endpoint(
                        "user tokens",
                        part -> part.addTokenPolicy(
                                new UserTokenPolicy("anonymous", UserTokenType.Anonymous, null, null, null))),
                of("endpoints", config -> config.setEndpoints(Set.of())),
                of("users", config -> config.setIdentityValidator(AnonymousIdentityValidator.INSTANCE)),
                of("sessions", config -> config.setLimits(new Sessions(0))),
                of("sessions", config -> config.setLimits(new Sessions(17))),
                of("longest message", config -> config.setEncodingLimits(new EncodingLimits(65_535, 64, 0, 32))));
    }

    private record Sessions(int most) implements OpcUaServerConfigLimits {
        @Override
        public UInteger getMaxSessions() {
            return uint(most);
        }
    }

    private static Arguments endpoint(String fault, Consumer<EndpointConfig.Builder> change) {
        return of(fault, config -> {
            var part = EndpointConfig.newBuilder()
                    .setCertificate(CA.certificate())
                    .setSecurityPolicy(SecurityPolicy.Aes256_Sha256_RsaPss)
                    .setSecurityMode(MessageSecurityMode.SignAndEncrypt)
                    .addTokenPolicy(new UserTokenPolicy("x509", UserTokenType.Certificate, null, null, null));
            change.accept(part);
            config.setEndpoints(Set.of(part.build()));
        });
    }

    private static Arguments of(String fault, Consumer<OpcUaServerConfigBuilder> change) {
        return Arguments.of(fault, Named.of("broken", change));
    }

    @ParameterizedTest
    @MethodSource("unsafe")
    void each_unsafe_part_is_found_by_its_name(String fault, Consumer<OpcUaServerConfigBuilder> change) {
        var broken = OpcUaServerConfig.copy(built(), change);

        assertThat(ServerSafety.faults(broken)).singleElement().asString().startsWith(fault);
        assertThatThrownBy(() -> ServerSafety.require(broken)).hasMessageContaining(fault);
    }
}
