package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.order.OrderVerifier;
import io.venule.order.OrderVerifier.Read;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.pump.Receipt;
import io.venule.signing.Digest;
import io.venule.signing.JsonMembers.Reading;
import io.venule.signing.Jws;
import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyRole;
import io.venule.signing.Keyring;
import io.venule.signing.VerifyingKey;
import io.venule.simulator.ExampleFiles;
import io.venule.simulator.WardKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server makes of the published examples. Source: docs/pump-contract.md. */
class ExampleReportsTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    private static final String WARD = "icu";
    private static final WardKeys KEYS = ExampleFiles.keys(AT);

    private final SignedReports reports = reportsOf(ExampleFiles.recordKey());

    private static SignedReports reportsOf(VerifyingKey recordKey) {
        return new SignedReports(new EnrolledPump(
                PumpSerial.parse("LV-00001").orElseThrow(),
                "A1001",
                PumpModel.LARGE_VOLUME,
                2,
                "opc.tcp://pump.example:4840",
                "none",
                recordKey.base64url(),
                true));
    }

    @Test
    void each_challenge_is_read() {
        assertThat(ExampleFiles.signed("challenges"))
                .allSatisfy(name -> assertThat(reports.challenge(ExampleFiles.text(name), 1))
                        .isInstanceOf(Reading.Ok.class));
    }

    @Test
    void each_receipt_is_read_with_the_code_that_its_name_says() {
        assertThat(ExampleFiles.signed("receipts")).allSatisfy(name -> {
            var reading = reports.receipt(ExampleFiles.text(name), 1);

            assertThat(reading).isInstanceOfSatisfying(Reading.Ok.class, ok -> {
                var receipt = (Receipt) ok.value();
                assertThat(receipt.answer()).isEqualTo(answer(ExampleFiles.fate(name)));
                assertThat(receipt.orderHash())
                        .isEqualTo(Digest.of(ExampleFiles.bytes(name.replace("receipts/", "orders/")))
                                .hex());
            });
        });
    }

    private static Receipt.Answer answer(String fate) {
        return fate.equals("ACCEPTED")
                ? new Receipt.Answer.Accepted()
                : new Receipt.Answer.Rejected(Receipt.Rejection.valueOf(fate));
    }

    @Test
    void each_record_is_read() {
        assertThat(ExampleFiles.signed("records"))
                .allSatisfy(name ->
                        assertThat(reports.record(ExampleFiles.text(name))).isInstanceOf(Reading.Ok.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"challenges", "receipts", "records"})
    void nothing_is_believed_of_a_pump_that_was_enrolled_with_another_key(String folder) {
        var others = reportsOf(KEYS.order().verifyingKey());

        assertThat(ExampleFiles.signed(folder)).allSatisfy(name -> {
            var text = ExampleFiles.text(name);
            assertThat(List.of(others.challenge(text, 1), others.receipt(text, 1), others.record(text)))
                    .allMatch(Reading.Refused.class::isInstance);
        });
    }

    @Test
    void a_text_of_one_kind_is_never_read_as_another() {
        var challenge = ExampleFiles.text(ExampleFiles.signed("challenges").getFirst());
        var receipt = ExampleFiles.text(ExampleFiles.signed("receipts").getFirst());

        assertThat(reports.receipt(challenge, 1)).isInstanceOf(Reading.Refused.class);
        assertThat(reports.record(receipt)).isInstanceOf(Reading.Refused.class);
        assertThat(reports.challenge(receipt, 1)).isInstanceOf(Reading.Refused.class);
        assertThat(reports.challenge(challenge, 2)).isInstanceOf(Reading.Refused.class);
    }

    @Test
    void the_gateway_passes_on_orders_in_time_and_no_forged_one() {
        var ring = Keyring.of(KEYS.root().verifyingKey(), List.of(KEYS.certificate(KEYS.order(), KeyRole.ORDER, WARD)));
        var gateway = new OrderVerifier(() -> ring, pump -> WARD);

        assertThat(ExampleFiles.signed("orders")).allSatisfy(name -> {
            var read = gateway.read(ExampleFiles.text(name), AT);
            switch (ExampleFiles.fate(name)) {
                case "SIGNATURE" -> assertThat(read).isInstanceOf(Read.Forged.class);
                case "MALFORMED" -> assertThat(read).isInstanceOfAny(Read.Forged.class, Read.Good.class);
                default -> {
                    assertThat(read).isInstanceOf(Read.Good.class);
                    assertThat(gateway.read(ExampleFiles.text(name), AT.plus(Duration.ofHours(20))))
                            .isInstanceOf(Read.TooOld.class);
                }
            }
        });
    }

    @Test
    void an_order_with_an_impossible_id_is_refused_although_an_order_key_signed_it() {
        var keys = Keyring.of(KEYS.root().verifyingKey(), List.of(KEYS.certificate(KEYS.order(), KeyRole.ORDER, "*")));
        var good = ExampleFiles.text("orders/ACCEPTED-by-weight.jws");
        var payload = new String(Jws.unverifiedPayload(good).orElseThrow(), StandardCharsets.UTF_8);
        var changed = payload.replaceFirst("\"id\":\"[0-9a-f]{32}\",\"iss\"", "\"id\":\"1\",\"iss\"");

        var read = new OrderVerifier(() -> keys, pump -> WARD)
                .read(Jws.sign("infusion-order+jws", changed.getBytes(StandardCharsets.UTF_8), KEYS.order()), AT);

        assertThat(changed).isNotEqualTo(payload);
        assertThat(read).isInstanceOf(Read.Forged.class);
    }

    @Test
    void each_certificate_is_judged_as_its_name_says() {
        assertThat(ExampleFiles.signed("certificates")).allSatisfy(name -> {
            var checked =
                    KeyCertificate.check(ExampleFiles.text(name), KEYS.root().verifyingKey());
            switch (ExampleFiles.fate(name)) {
                case "SIGNATURE", "MALFORMED" -> assertThat(checked).isInstanceOf(KeyCertificate.Checked.Refused.class);
                case "EXPIRED" ->
                    assertThat(checked)
                            .isInstanceOfSatisfying(
                                    KeyCertificate.Checked.Certified.class,
                                    certified -> assertThat(
                                                    certified.certificate().isValidAt(AT))
                                            .isFalse());
                default -> assertThat(checked).isInstanceOf(KeyCertificate.Checked.Certified.class);
            }
        });
    }
}
