package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.order.OrderVerifier;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.signing.JsonMembers.Reading;
import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyRole;
import io.venule.signing.Keyring;
import io.venule.simulator.ExampleFiles;
import io.venule.simulator.Fuzz;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the server makes of reports, orders and certificates that nobody meant, also from a pump or key that it trusts. Source: T-05, T-29,
 * T-39, T-40; docs/contributing.md for longer runs.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class ServerFuzzTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");

    private final SignedReports reports = new SignedReports(new EnrolledPump(
            PumpSerial.parse("LV-00001").orElseThrow(),
            "A1001",
            PumpModel.LARGE_VOLUME,
            2,
            "opc.tcp://pump.example:4840",
            "none",
            ExampleFiles.recordKey().base64url(),
            true));

    @Test
    void no_changed_challenge_is_read_but_in_the_one_form_of_what_it_says() {
        assertThat(Fuzz.run("challenges", text -> reports.challenge(text, 1) instanceof Reading.Ok))
                .isPositive();
    }

    @Test
    void no_changed_receipt_is_read_but_in_the_one_form_of_what_it_says() {
        assertThat(Fuzz.run("receipts", text -> reports.receipt(text, 1) instanceof Reading.Ok))
                .isPositive();
    }

    @Test
    void no_changed_record_is_read_but_in_the_one_form_of_what_it_says() {
        assertThat(Fuzz.run("records", text -> reports.record(text) instanceof Reading.Ok))
                .isPositive();
    }

    @Test
    void no_changed_order_is_passed_on_but_in_the_one_form_of_what_it_says() {
        var keys = ExampleFiles.keys(AT);
        var ring =
                Keyring.of(keys.root().verifyingKey(), List.of(keys.certificate(keys.order(), KeyRole.ORDER, "icu")));
        var gateway = new OrderVerifier(() -> ring, pump -> "icu");

        assertThat(Fuzz.run("orders", text -> gateway.read(text, AT) instanceof OrderVerifier.Read.Good))
                .isPositive();
    }

    @Test
    void no_changed_certificate_is_believed_but_in_the_one_form_of_what_it_says() {
        var root = ExampleFiles.keys(AT).root().verifyingKey();

        assertThat(Fuzz.run(
                        "certificates",
                        text -> KeyCertificate.check(text, root) instanceof KeyCertificate.Checked.Certified))
                .isPositive();
    }
}
