package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpCertificates;
import io.venule.simulator.FleetCa;
import io.venule.simulator.FleetPlan;
import io.venule.simulator.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.SignedIdentityToken;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.AnonymousIdentityToken;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.SignatureData;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets no session, on either side. Source: pump contract, "Transport". */
class SecurityWallIT {
    /** Nothing of the reason. T-25. */
    private static final String REFUSED = "it refuses our certificate";

    @TempDir
    private Path folder;

    private PumpWard ward;

    @BeforeEach
    void openWard() {
        ward = new PumpWard(folder, new FleetPlan(1, 0, 1, Optional.empty()));
        await().atMost(Duration.ofSeconds(20)).until(ward::isOpen);
    }

    @AfterEach
    void closeWard() {
        ward.close();
    }

    @Test
    void a_pump_refuses_a_server_of_another_authority() throws IOException {
        var stranger = FleetCa.create("Another CA", Instant.now(), new SecureRandom());
        var settings = written(
                stranger.issueApplication("venule", PumpWard.APPLICATION),
                ward.ca().issueUser("venule"));

        assertThat(whyRefused(settings, enrolled())).isEqualTo(REFUSED);
    }

    @Test
    void a_pump_refuses_a_user_of_another_authority() throws IOException {
        var stranger = FleetCa.create("Another CA", Instant.now(), new SecureRandom());
        var settings = written(ward.hub(), stranger.issueUser("venule"));

        assertRefused(settings, enrolled());
    }

    @Test
    void a_pump_refuses_an_expired_server() throws IOException {
        var expired = ward.ca()
                .issueApplication("venule", PumpWard.APPLICATION, Instant.now().minusSeconds(60));

        assertThat(whyRefused(written(expired, ward.ca().issueUser("venule")), enrolled()))
                .isEqualTo(REFUSED);
    }

    @Test
    void the_server_refuses_a_pump_with_another_certificate_than_enrolled() throws IOException {
        var other = ward.ca().issueApplication("pump", "urn:venule:simulator:LV-00001");

        assertRefused(written(ward.hub(), ward.ca().issueUser("venule")), with(other.certificatePem()));
    }

    @Test
    void the_server_refuses_its_own_certificate_from_a_pump() throws IOException {
        var hub = HubIdentity.of(written(ward.hub(), ward.ca().issueUser("venule")));
        var check = new PumpCertificateCheck(hub.certificate(), hub, InstantSource.system());

        assertThatThrownBy(() -> check.validateCertificateChain(List.of(hub.certificate()), null, null))
                .hasMessageContaining("our own certificate");
    }

    @Test
    void the_server_refuses_a_pump_whose_authority_it_does_not_know() throws IOException {
        var stranger = FleetCa.create("Another CA", Instant.now(), new SecureRandom());
        var settings = written(ward.hub(), ward.ca().issueUser("venule"));
        Files.writeString(settings.fleetAuthority(), stranger.certificatePem());
        Files.writeString(settings.revocationList(), stranger.revocationListPem());

        assertRefused(settings, enrolled());
    }

    @Test
    void the_server_refuses_a_revoked_pump() throws IOException {
        ward.ca().revoke(PumpCertificates.of(enrolled().certificate()).getFirst());

        assertRefused(written(ward.hub(), ward.ca().issueUser("venule")), enrolled());
    }

    @Test
    void the_pump_offers_one_endpoint_with_the_strong_policy_for_certificate_users_only() throws Exception {
        var offered = DiscoveryClient.getEndpoints(enrolled().endpoint()).get();

        assertThat(offered).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.getSecurityPolicyUri()).isEqualTo(SecurityPolicy.Aes256_Sha256_RsaPss.getUri());
            assertThat(endpoint.getSecurityMode()).isEqualTo(MessageSecurityMode.SignAndEncrypt);
            assertThat(endpoint.getUserIdentityTokens())
                    .extracting(UserTokenPolicy::getTokenType)
                    .containsExactly(UserTokenType.Certificate);
        });
    }

    @Test
    void the_pump_refuses_a_session_without_security_and_one_without_a_user() throws Exception {
        var offered = DiscoveryClient.getEndpoints(enrolled().endpoint()).get().getFirst();
        var unsecured = new EndpointDescription(
                offered.getEndpointUrl(),
                offered.getServer(),
                null,
                MessageSecurityMode.None,
                SecurityPolicy.None.getUri(),
                offered.getUserIdentityTokens(),
                offered.getTransportProfileUri(),
                offered.getSecurityLevel());

        assertNoSession(unsecured);
        assertNoSession(offered);
    }

    private void assertNoSession(EndpointDescription endpoint) throws UaException {
        var client = OpcUaClient.create(OpcUaClientConfig.builder()
                .setEndpoint(endpoint)
                .setApplicationUri(PumpWard.APPLICATION)
                .setKeyPair(ward.hub().keys())
                .setCertificate(ward.hub().certificate())
                .setCertificateChain(new X509Certificate[] {ward.hub().certificate()})
                .setIdentityProvider(new NoUser())
                .setRequestTimeout(Unsigned.uint(2_000))
                .build());

        assertThatThrownBy(() -> client.connectAsync().get(3, TimeUnit.SECONDS)).isNotNull();
        var closed = client.disconnectAsync();
        await().atMost(Duration.ofSeconds(20)).until(closed::isDone);
    }

    /** Comes without a certificate, under whatever policy is offered. */
    private static final class NoUser implements IdentityProvider {
        @Override
        public SignedIdentityToken getIdentityToken(EndpointDescription endpoint, ByteString nonce) {
            return new SignedIdentityToken(new AnonymousIdentityToken("x509"), new SignatureData(null, null));
        }
    }

    private EnrolledPump enrolled() {
        return ward.fleet().pump(ward.pump()).enrolment();
    }

    private EnrolledPump with(String certificate) {
        var pump = enrolled();
        return new EnrolledPump(
                pump.serial(),
                pump.assetId(),
                pump.model(),
                pump.channels(),
                pump.endpoint(),
                certificate,
                pump.recordKey(),
                true);
    }

    private TestSettings written(Identity application, Identity user) throws IOException {
        return TestSettings.write(Files.createTempDirectory(folder, "hub"), ward.ca(), application, user);
    }

    private static void assertRefused(OpcUaSettings settings, EnrolledPump pump) {
        assertThat(whyRefused(settings, pump)).isNotEmpty();
    }

    private static String whyRefused(OpcUaSettings settings, EnrolledPump pump) {
        try (var transport = new SharedTransport(settings)) {
            var fleet =
                    new PumpConnection.Fleetwide(settings, HubIdentity.of(settings), transport, InstantSource.system());

            return catchThrowableOfType(PumpUnreachable.class, () -> PumpConnection.open(pump, fleet, new Mailbox(1)))
                    .reason();
        }
    }
}
