package io.venule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.LogVerifier.Verdict;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Jws;
import io.venule.signing.NoteKey;
import io.venule.signing.SigningKey;
import io.venule.staff.SubjectId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pumps signed is judged from the log alone, also against whoever holds the log's key. Issue "audit log", item 4. */
class PumpWordTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String EPOCH = "0123456789abcdef0123456789abcdef";
    private static final String PUMP = "VP-000001";
    private static final SigningKey LOG_KEY = SigningKey.ofSeed(new byte[32]);
    private static final NoteKey NOTE_KEY = new NoteKey("venule.test/log", LOG_KEY.verifyingKey());
    private static final SigningKey PUMP_KEY =
            SigningKey.ofSeed(Digest.ofText("pump").bytes());
    private static final SigningKey FORGER =
            SigningKey.ofSeed(Digest.ofText("forger").bytes());

    @TempDir
    private Path folder = Path.of("");

    private int exports;

    @Test
    void records_of_an_enrolled_pump_that_follow_each_other_hold() {
        var first = record(EPOCH, 1, Digest.NONE, PUMP_KEY);
        var second = record(EPOCH, 2, Digest.ofText(first), PUMP_KEY);
        var afterRestart = record("f".repeat(32), 1, Digest.NONE, PUMP_KEY);

        assertThat(verdict(enrolled(), entry(first), entry(second), entry(afterRestart)))
                .isInstanceOfSatisfying(Verdict.Intact.class, intact -> {
                    assertThat(intact.texts().pumpTexts()).isEqualTo(3);
                    assertThat(intact.texts().unjudged()).isZero();
                });
    }

    @Test
    void a_record_that_another_key_signed_is_named_though_the_log_is_as_signed() {
        var first = record(EPOCH, 1, Digest.NONE, PUMP_KEY);
        var invented = record(EPOCH, 2, Digest.ofText(first), FORGER);

        assertThat(verdict(enrolled(), entry(first), entry(invented)))
                .isInstanceOfSatisfying(Verdict.BadEntry.class, bad -> {
                    assertThat(bad.index()).isEqualTo(2);
                    assertThat(bad.what()).contains("did not sign");
                });
    }

    @Test
    void a_record_left_out_doubled_or_put_elsewhere_is_named() {
        var first = record(EPOCH, 1, Digest.NONE, PUMP_KEY);
        var second = record(EPOCH, 2, Digest.ofText(first), PUMP_KEY);
        var third = record(EPOCH, 3, Digest.ofText(second), PUMP_KEY);
        var ofAnotherPast = record(EPOCH, 2, Digest.ofText("another"), PUMP_KEY);
        var restartNotAtOne = record("f".repeat(32), 2, Digest.NONE, PUMP_KEY);

        assertThat(badIndex(enrolled(), entry(first), entry(third))).isEqualTo(2);
        assertThat(badIndex(enrolled(), entry(first), entry(first))).isEqualTo(2);
        assertThat(badIndex(enrolled(), entry(second), entry(first))).isEqualTo(2);
        assertThat(badIndex(enrolled(), entry(first), entry(ofAnotherPast))).isEqualTo(2);
        assertThat(badIndex(enrolled(), entry(first), entry(restartNotAtOne))).isEqualTo(2);
    }

    @Test
    void a_record_without_its_signed_text_or_of_another_pump_is_named() {
        var first = record(EPOCH, 1, Digest.NONE, PUMP_KEY);
        var nothingSigned = recordAt(PUMP);
        var elsewhere = recordAt("VP-000002/1").signed(first);
        var other = AuditEntry.of(AuditKind.PUMP_ENROLLED, NOON, new SubjectId("biomed"))
                .atPlace("VP-000002")
                .with("name", "Bea Biomed")
                .with("address", "192.0.2.1")
                .with("assetId", "A2")
                .with("recordKey", PUMP_KEY.verifyingKey().base64url());

        assertThat(badIndex(enrolled(), nothingSigned)).isEqualTo(1);
        assertThat(badIndex(enrolled(), other, elsewhere)).isEqualTo(2);
    }

    @Test
    void a_receipt_is_judged_and_texts_of_unknown_signers_are_counted() {
        var receipt =
                Jws.sign("pump-receipt+jws", Json.object().put("pump", PUMP).build(), PUMP_KEY);
        var forged =
                Jws.sign("pump-receipt+jws", Json.object().put("pump", PUMP).build(), FORGER);
        var order = Jws.sign("infusion-order+jws", Json.object().put("ver", 1).build(), FORGER);
        var delivered = AuditEntry.bySystem(AuditKind.ORDER_DELIVERED, NOON)
                .atPlace(PUMP + "/1")
                .with("from", "approved")
                .with("to", "waiting");

        assertThat(verdict(entry(record(EPOCH, 1, Digest.NONE, PUMP_KEY))))
                .isInstanceOfSatisfying(
                        Verdict.Intact.class,
                        intact -> assertThat(intact.texts().unjudged()).isEqualTo(1));
        assertThat(verdict(enrolled(), delivered.signed(receipt).signed(order)))
                .isInstanceOfSatisfying(Verdict.Intact.class, intact -> {
                    assertThat(intact.texts().pumpTexts()).isEqualTo(1);
                    assertThat(intact.texts().unjudged()).isEqualTo(1);
                });
        assertThat(badIndex(enrolled(), delivered.signed(forged))).isEqualTo(1);
    }

    private long badIndex(AuditEntry... entries) {
        return verdict(entries) instanceof Verdict.BadEntry bad ? bad.index() : -1;
    }

    private Verdict verdict(AuditEntry... entries) {
        return SmallLog.judged(
                folder.resolve("log-" + exports++),
                LOG_KEY,
                new LogVerifier.Trusted(NOTE_KEY, Optional.empty()),
                entries);
    }

    private static AuditEntry enrolled() {
        return AuditEntry.of(AuditKind.PUMP_ENROLLED, NOON, new SubjectId("biomed"))
                .atPlace(PUMP)
                .with("name", "Bea Biomed")
                .with("address", "192.0.2.1")
                .with("assetId", "A1")
                .with("recordKey", PUMP_KEY.verifyingKey().base64url());
    }

    private static AuditEntry entry(String signed) {
        return recordAt(PUMP + "/1").signed(signed);
    }

    private static AuditEntry recordAt(String place) {
        return AuditEntry.bySystem(AuditKind.PUMP_RECORD, NOON)
                .atPlace(place)
                .with("pump", place.split("/", 2)[0])
                .with("epoch", EPOCH)
                .with("sequence", 1)
                .with("event", "DoorChanged");
    }

    private static String record(String epoch, long sequence, Digest previous, SigningKey key) {
        return Jws.sign(
                "pump-record+jws",
                Json.object()
                        .put("epoch", epoch)
                        .put("event", Json.object().put("type", "door"))
                        .put("prev", previous)
                        .put("pump", PUMP)
                        .put("seq", sequence)
                        .put("uptime", 1000)
                        .put("ver", 1)
                        .put("wallClock", NOON.toEpochMilli())
                        .build(),
                key);
    }
}
