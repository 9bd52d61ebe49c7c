package io.venule.simulator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.junit.jupiter.api.Test;

/** A pump takes a server of its fleet, and not itself. Source: pump contract, "Transport"; T-24. */
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

    @Test
    void its_own_certificate_is_not() {
        assertThatThrownBy(() -> check().validateCertificateChain(List.of(pump.certificate()), PUMP, null))
                .isInstanceOf(UaException.class)
                .hasMessageContaining("own certificate");
    }
}
