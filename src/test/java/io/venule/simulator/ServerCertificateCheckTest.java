package io.venule.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.junit.jupiter.api.Test;

/** A pump takes a server of its fleet, and nobody else. Source: pump contract, "Transport"; T-24, T-25. */
class ServerCertificateCheckTest {
    private static final String SERVER = "urn:venule:hub";
    private static final String PUMP = "urn:venule:simulator:LV-00001";

    private final FleetCa ca = FleetCa.create("Fleet CA", Instant.now(), new SecureRandom());
    private final Identity pump = ca.issueApplication("pump", PUMP);

    private ServerCertificateCheck check() {
        var trust = new MemoryTrustListManager();
        trust.setTrustedCertificates(List.of(ca.certificate()));
        trust.setTrustedCrls(List.of(ca.revocationList()));
        return new ServerCertificateCheck(trust, new MemoryCertificateQuarantine(), pump.certificate());
    }

    @Test
    void a_server_of_the_same_fleet_is_taken() {
        var server = ca.issueApplication("venule", SERVER).certificate();

        assertThatCode(() -> check().validateCertificateChain(List.of(server), SERVER, null))
                .doesNotThrowAnyException();
    }

    /** Otherwise the answer would say how near to a good certificate a stranger is. T-25. */
    @Test
    void whoever_is_refused_hears_the_same_whatever_the_reason() {
        var stranger = FleetCa.create("Another CA", Instant.now(), new SecureRandom());
        var revoked = ca.issueApplication("venule", SERVER).certificate();
        ca.revoke(revoked);
        var refused = Map.of(
                "its own", pump.certificate(),
                "another authority's",
                        stranger.issueApplication("venule", SERVER).certificate(),
                "an authority's", ca.certificate(),
                "another authority's own", stranger.certificate(),
                "expired",
                        ca.issueApplication("venule", SERVER, Instant.now().minusSeconds(60))
                                .certificate(),
                "revoked", revoked);
        var check = check();

        refused.forEach((which, certificate) -> assertThatThrownBy(
                        () -> check.validateCertificateChain(List.of(certificate), SERVER, null))
                .as(which)
                .isInstanceOfSatisfying(
                        UaException.class,
                        no -> assertThat(no.getStatusCode().value()).isEqualTo(StatusCodes.Bad_SecurityChecksFailed))
                .hasMessage("certificate refused"));
    }

    @Test
    void a_server_under_another_name_hears_it_too() {
        var server = ca.issueApplication("venule", SERVER).certificate();

        assertThatThrownBy(() -> check().validateCertificateChain(List.of(server), PUMP, null))
                .hasMessage("certificate refused");
    }
}
