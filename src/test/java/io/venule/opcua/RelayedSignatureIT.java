package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpCertificates;
import io.venule.simulator.FleetPlan;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.identity.X509IdentityProvider;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ApplicationType;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.SignatureData;
import org.eclipse.milo.opcua.stack.core.util.NonceUtil;
import org.eclipse.milo.opcua.stack.core.util.SignatureUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What our server signs for one pump opens no session with another: a pump that hands out the other's nonce as its own, and relays what the server signs to it. Both signatures name the pump that they
 * are for. Threat T-24; OPC 10000-4, 5.7.3.
 */
class RelayedSignatureIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final SecurityPolicy POLICY = SecurityPolicy.Aes256_Sha256_RsaPss;
    private static final int NONCE = 32;

    @TempDir
    private Path folder;

    private PumpWard ward;

    @BeforeEach
    void openWard() {
        ward = new PumpWard(folder, new FleetPlan(2, 0, 1, Optional.empty()));
        await().atMost(PATIENCE).until(ward::areOpen);
    }

    @AfterEach
    void closeWard() {
        ward.close();
    }

    @Test
    void what_the_server_signed_for_this_pump_opens_a_session() throws Exception {
        assertThat(activated(here(), here())).isEqualTo(StatusCodes.Good);
    }

    @Test
    void what_the_server_signed_for_another_pump_does_not() throws Exception {
        assertThat(activated(elsewhere(), here())).isEqualTo(StatusCodes.Bad_ApplicationSignatureInvalid);
    }

    @Test
    void what_its_user_signed_for_another_pump_does_not() throws Exception {
        assertThat(activated(here(), elsewhere())).isEqualTo(StatusCodes.Bad_IdentityTokenInvalid);
    }

    private EnrolledPump here() {
        return ward.pumps().getFirst();
    }

    private EnrolledPump elsewhere() {
        return ward.pumps().getLast();
    }

    /** Asks the first pump for a session of its own, and hands in what was signed over its nonce for these. */
    private long activated(EnrolledPump application, EnrolledPump user) throws Exception {
        var settings = new TestSettings(folder);
        var hub = HubIdentity.of(settings);
        try (var transport = new SharedTransport(settings)) {
            return new Thief(here(), transport, settings).asks(client -> {
                var offered = created(client, hub);
                var signed = SignatureUtil.sign(
                        POLICY.getAsymmetricSignatureAlgorithm(),
                        hub.keys().getPrivate(),
                        ByteBuffer.wrap(certificate(application).getEncoded()),
                        ByteBuffer.wrap(offered.getServerNonce().bytesOrEmpty()));
                var person = new X509IdentityProvider(hub.userCertificate(), hub.userKey())
                        .getIdentityToken(endpoint(client, user), offered.getServerNonce());
                var request = new ActivateSessionRequest(
                        client.newRequestHeader(offered.getAuthenticationToken()),
                        new SignatureData(
                                POLICY.getAsymmetricSignatureAlgorithm().getUri(), ByteString.of(signed)),
                        null,
                        null,
                        ExtensionObject.encode(client.getStaticEncodingContext(), person.getToken()),
                        person.getSignature());
                try {
                    return client.sendRequest(request)
                            .getResponseHeader()
                            .getServiceResult()
                            .value();
                } catch (UaException refused) {
                    return refused.getStatusCode().value();
                }
            });
        }
    }

    private static CreateSessionResponse created(OpcUaClient client, HubIdentity hub) throws Exception {
        var description = new ApplicationDescription(
                PumpWard.APPLICATION,
                "urn:venule",
                LocalizedText.english("Venule"),
                ApplicationType.Client,
                null,
                null,
                null);
        return (CreateSessionResponse) client.sendRequest(new CreateSessionRequest(
                client.newRequestHeader(),
                description,
                null,
                client.getConfig().getEndpoint().getEndpointUrl(),
                "relay",
                NonceUtil.generateNonce(NONCE),
                ByteString.of(hub.certificate().getEncoded()),
                60_000.0,
                uint(1 << 20)));
    }

    /** As if the endpoint were this pump's. */
    private static EndpointDescription endpoint(OpcUaClient client, EnrolledPump pump) throws Exception {
        var own = client.getConfig().getEndpoint();
        return new EndpointDescription(
                own.getEndpointUrl(),
                own.getServer(),
                ByteString.of(certificate(pump).getEncoded()),
                own.getSecurityMode(),
                own.getSecurityPolicyUri(),
                own.getUserIdentityTokens(),
                own.getTransportProfileUri(),
                own.getSecurityLevel());
    }

    private static X509Certificate certificate(EnrolledPump pump) {
        return PumpCertificates.of(pump.certificate()).getFirst();
    }
}
