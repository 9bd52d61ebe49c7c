package io.venule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.LogVerifier.Texts;
import io.venule.audit.LogVerifier.Verdict;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Jws;
import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyRole;
import io.venule.signing.NoteKey;
import io.venule.signing.SigningKey;
import io.venule.signing.VerifyingKey;
import io.venule.staff.SubjectId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders in the log are judged with the root's key, also against whoever holds the log's key. Issue "audit log", item 4. */
class OrderWordTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final String ORDER = "a".repeat(32);
    private static final String CHANGE = "c".repeat(32);
    private static final String PUMP = "VP-000001";
    private static final String PLACE = PUMP + "/1";
    private static final Digest SHOWN = Digest.ofText("shown");
    private static final Digest PATIENT = Digest.ofText("patient");
    private static final SigningKey LOG_KEY = SigningKey.ofSeed(new byte[32]);
    private static final NoteKey NOTE_KEY = new NoteKey("venule.test/log", LOG_KEY.verifyingKey());
    private static final SigningKey ROOT = key("root");
    private static final SigningKey KEY = key("order key");
    private static final String CERTIFICATE = certificate(KEY, KeyRole.ORDER, ROOT);

    @TempDir
    private Path folder = Path.of("");

    private int exports;

    @Test
    void an_order_right_behind_its_approval_holds_under_the_root() {
        assertThat(texts(approval(), signed(order(ORDER, NOON), CERTIFICATE))).isEqualTo(new Texts(0, 1, 0, 0, 0));
    }

    @Test
    void an_order_that_overrides_a_soft_limit_holds_too() {
        var overridden = approvalOf(AuditKind.ORDER_OVERRIDDEN, ORDER)
                .with("reason", "CLINICAL_STATE: asked")
                .with("breaches", List.of("above the soft maximum"));

        assertThat(texts(overridden, signed(order(ORDER, NOON), CERTIFICATE))).isEqualTo(new Texts(0, 1, 0, 0, 0));
    }

    @Test
    void a_change_is_named_by_its_own_id_in_the_story_of_the_order_that_it_changes() {
        var approval = approval().with("change", CHANGE).with("op", "titrate");

        assertThat(texts(approval, signed(order(CHANGE, NOON), CERTIFICATE, CHANGE)))
                .isEqualTo(new Texts(0, 1, 0, 0, 0));
        assertThat(fault(approval, signed(order(ORDER, NOON), CERTIFICATE, CHANGE)))
                .contains("another order");
        assertThat(fault(approval(), signed(order(CHANGE, NOON), CERTIFICATE, CHANGE)))
                .contains("not what was approved");
    }

    @Test
    void an_order_to_stop_waits_for_no_approval() {
        assertThat(texts(stopped(CHANGE, order(CHANGE, NOON)))).isEqualTo(new Texts(0, 1, 0, 0, 0));
        assertThat(fault(stopped(CHANGE, order(ORDER, NOON)))).contains("another order");
    }

    @Test
    void without_the_roots_key_orders_are_counted_and_not_judged() {
        var forged = signed(order(ORDER, NOON, KEY, SHOWN, "VP-000009"), CERTIFICATE);

        assertThat(verdict(Optional.empty(), approval(), forged))
                .isInstanceOfSatisfying(
                        Verdict.Intact.class,
                        intact -> assertThat(intact.texts()).isEqualTo(new Texts(0, 0, 0, 1, 0)));
    }

    @Test
    void an_order_without_the_certificate_of_its_key_or_no_order_is_named() {
        var nothing = AuditEntry.bySystem(AuditKind.ORDER_SIGNED, NOON)
                .atPlace(PLACE)
                .about(ORDER)
                .with("key", KEY.id().hex());

        assertThat(fault(approval(), signedAlone(order(ORDER, NOON)))).contains("without the certificate");
        assertThat(fault(approval(), nothing)).contains("holds 0 orders");
        assertThat(fault(approval(), signed(order(ORDER, NOON), CERTIFICATE).signed(order(CHANGE, NOON))))
                .contains("holds 2 orders");
    }

    @Test
    void an_approval_without_its_order_is_named() {
        assertThat(verdict(Optional.of(ROOT.verifyingKey()), doubt(), approval(), doubt()))
                .isInstanceOfSatisfying(Verdict.BadEntry.class, bad -> {
                    assertThat(bad.index()).isEqualTo(1);
                    assertThat(bad.what()).contains("approval without its order");
                });
        assertThat(verdict(Optional.empty(), doubt(), approval(), doubt())).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void an_order_by_a_key_that_the_root_did_not_certify_for_orders_is_named() {
        var forger = key("forger");
        var byForger = order(ORDER, NOON, forger, SHOWN, PUMP);

        assertThat(fault(approval(), signed(byForger, certificate(forger, KeyRole.ORDER, forger))))
                .contains("not the root's word");
        assertThat(fault(approval(), signed(byForger, CERTIFICATE))).contains("did not sign");
        assertThat(fault(approval(), signed(order(ORDER, NOON), certificate(KEY, KeyRole.LIBRARY_RELEASE, ROOT))))
                .contains("LIBRARY_RELEASE");
    }

    @Test
    void an_order_counts_from_the_first_to_the_last_instant_of_its_key() {
        var first = NOON.minus(Duration.ofHours(1));
        var last = NOON.plus(Duration.ofHours(1));

        assertThat(fault(approval(), signed(order(ORDER, first.minusMillis(1)), CERTIFICATE)))
                .contains("not valid");
        assertThat(fault(approval(), signed(order(ORDER, first), CERTIFICATE))).isEmpty();
        assertThat(fault(approval(), signed(order(ORDER, last), CERTIFICATE))).isEmpty();
        assertThat(fault(approval(), signed(order(ORDER, last.plusMillis(1)), CERTIFICATE)))
                .contains("not valid");
    }

    @Test
    void an_order_for_another_channel_display_or_patient_than_approved_is_named() {
        assertThat(fault(approval(), signed(order(ORDER, NOON, KEY, SHOWN, "VP-000002"), CERTIFICATE)))
                .contains("for VP-000002/1");
        assertThat(fault(approval(), signed(order(ORDER, NOON, KEY, Digest.ofText("other"), PUMP), CERTIFICATE)))
                .contains("not what was approved");
        var ofAnother = Jws.sign(
                "infusion-order+jws",
                payload(ORDER, NOON, SHOWN, PUMP)
                        .put("patient", Digest.ofText("another"))
                        .build(),
                KEY);
        assertThat(fault(approval(), signed(ofAnother, CERTIFICATE))).contains("not what was approved");
    }

    @Test
    void an_order_with_no_approval_right_before_it_is_named() {
        var order = signed(order(ORDER, NOON), CERTIFICATE);

        assertThat(fault(order)).contains("not what was approved");
        assertThat(fault(doubt(), order)).contains("not what was approved");
        assertThat(fault(approval(), order, order)).contains("not what was approved");
        assertThat(fault(approvalOf(AuditKind.ORDER_APPROVED, CHANGE), order)).contains("not what was approved");
    }

    @Test
    void the_first_order_that_does_not_hold_is_named_beyond_one_bundle_of_entries() {
        var entries = new ArrayList<AuditEntry>();
        for (int i = 0; i < 255; i++) {
            entries.add(doubt());
        }
        entries.add(approval());
        entries.add(signed(order(ORDER, NOON), CERTIFICATE));

        assertThat(texts(entries.toArray(AuditEntry[]::new))).isEqualTo(new Texts(0, 1, 0, 0, 0));
        entries.set(255, doubt());
        assertThat(verdict(Optional.of(ROOT.verifyingKey()), entries.toArray(AuditEntry[]::new)))
                .isInstanceOfSatisfying(
                        Verdict.BadEntry.class, bad -> assertThat(bad.index()).isEqualTo(256));
    }

    @Test
    void each_order_is_counted_judged_or_not() {
        var change = approval().with("change", CHANGE);
        var entries = new AuditEntry[] {
            approval(),
            signed(order(ORDER, NOON), CERTIFICATE),
            change,
            signed(order(CHANGE, NOON), CERTIFICATE, CHANGE),
            stopped(CHANGE, order(CHANGE, NOON))
        };

        assertThat(texts(entries)).isEqualTo(new Texts(0, 3, 0, 0, 0));
        assertThat(verdict(Optional.empty(), entries))
                .isInstanceOfSatisfying(
                        Verdict.Intact.class,
                        intact -> assertThat(intact.texts()).isEqualTo(new Texts(0, 0, 0, 3, 0)));
    }

    @Test
    void out_of_a_bundle_an_order_is_judged_by_its_approval_only_where_that_is_there() {
        var order = signed(order(ORDER, NOON), CERTIFICATE);
        var inside = new RootWord(Optional.of(ROOT.verifyingKey()));

        assertThat(inside.look(5, List.of(Optional.of(doubt())))).isEmpty();
        assertThat(inside.look(9, List.of(Optional.of(order)))).isEmpty();
        assertThat(inside.orders()).isEqualTo(1);
        assertThat(inside.look(14, List.of(Optional.of(doubt())))).isEmpty();
        assertThat(inside.look(15, List.of(Optional.of(order)))).isPresent();
    }

    @Test
    void what_an_order_key_signed_and_is_no_order_is_named() {
        var noOrder =
                Jws.sign("infusion-order+jws", Json.object().put("id", ORDER).build(), KEY);

        assertThat(fault(approval(), signed(noOrder, CERTIFICATE))).contains("is no order");
    }

    private Texts texts(AuditEntry... entries) {
        return ((Verdict.Intact) verdict(Optional.of(ROOT.verifyingKey()), entries)).texts();
    }

    /** What is said of the last entry; empty where all holds. */
    private String fault(AuditEntry... entries) {
        return switch (verdict(Optional.of(ROOT.verifyingKey()), entries)) {
            case Verdict.Intact _ -> "";
            case Verdict.BadEntry(var index, var what) when index == entries.length - 1 -> what;
            case Verdict other -> throw new AssertionError(other.toString());
        };
    }

    private Verdict verdict(Optional<VerifyingKey> root, AuditEntry... entries) {
        return SmallLog.judged(
                folder.resolve("log-" + exports++), LOG_KEY, new LogVerifier.Trusted(NOTE_KEY, root), entries);
    }

    private static AuditEntry approval() {
        return approvalOf(AuditKind.ORDER_APPROVED, ORDER);
    }

    private static AuditEntry approvalOf(AuditKind kind, String order) {
        return AuditEntry.of(kind, NOON, new SubjectId("nurse"))
                .atPlace(PLACE)
                .about(order)
                .with("patient", PATIENT)
                .with("displayed", SHOWN)
                .with("limitSet", "dopamine/adult-icu/standard")
                .with("drug", "DOPamine")
                .with("dose", "5 ug/kg/min")
                .with("arithmetic", "")
                .with("nurse", "Nina Nurse");
    }

    private static AuditEntry signed(String order, String certificate) {
        return signedAlone(order).signed(certificate);
    }

    private static AuditEntry signed(String order, String certificate, String change) {
        return signed(order, certificate).with("change", change);
    }

    private static AuditEntry signedAlone(String order) {
        return AuditEntry.bySystem(AuditKind.ORDER_SIGNED, NOON)
                .atPlace(PLACE)
                .about(ORDER)
                .with("key", KEY.id().hex())
                .signed(order);
    }

    private static AuditEntry stopped(String stopOrder, String order) {
        return AuditEntry.bySystem(AuditKind.STOP_TAKEN, NOON)
                .atPlace(PLACE)
                .about(ORDER)
                .with("op", "stop")
                .with("stopOrder", stopOrder)
                .with("rate", "5 mL/h")
                .with("from", "running")
                .with("to", "running")
                .signed(order)
                .signed(CERTIFICATE);
    }

    private static AuditEntry doubt() {
        return AuditEntry.bySystem(AuditKind.PUMP_DOUBTED, NOON)
                .atPlace(PUMP)
                .with("what", "clock")
                .with("why", "test");
    }

    private static String order(String id, Instant at) {
        return order(id, at, KEY, SHOWN, PUMP);
    }

    private static String order(String id, Instant at, SigningKey key, Digest displayed, String serial) {
        return Jws.sign("infusion-order+jws", payload(id, at, displayed, serial).build(), key);
    }

    private static Json.ObjectBuilder payload(String id, Instant at, Digest displayed, String serial) {
        return Json.object()
                .put("id", id)
                .put("iat", at.toEpochMilli())
                .put(
                        "aud",
                        Json.object().put("serial", serial).put("channel", 1).build())
                .put(
                        "approvals",
                        List.of(Json.object().put("displayed", displayed).build()));
    }

    private static String certificate(SigningKey key, KeyRole role, SigningKey root) {
        return new KeyCertificate(
                        key.verifyingKey(),
                        role,
                        KeyCertificate.EVERY_SCOPE,
                        NOON.minus(Duration.ofHours(1)),
                        NOON.plus(Duration.ofHours(1)))
                .signedBy(root);
    }

    private static SigningKey key(String name) {
        return SigningKey.ofSeed(Digest.ofText(name).bytes());
    }
}
