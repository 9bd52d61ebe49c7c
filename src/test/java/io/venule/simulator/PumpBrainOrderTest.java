package io.venule.simulator;

import static io.venule.simulator.OrderDraft.quantity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.KeyId;
import io.venule.signing.KeyRole;
import io.venule.signing.Revocations;
import io.venule.signing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a pump refuses, each order good but for one thing. Source: pump contract, "Order"; invariants 1 and 3. */
class PumpBrainOrderTest {
    private final PumpRig rig = PumpRig.inRealTime();

    @Test
    void a_good_order_is_accepted_and_waits_for_a_person() {
        var receipt = rig.submit(rig.order());

        assertThat(PumpRig.code(receipt)).isEqualTo("ACCEPTED");
        assertThat(PumpRig.text(receipt, "before")).isEqualTo("IDLE");
        assertThat(PumpRig.text(receipt, "after")).isEqualTo("ORDER_PENDING");
        assertThat(rig.channel().rate()).isEqualTo("0");
        assertThat(rig.channel().drug()).isEqualTo("DOPamine");
        assertThat(rig.types()).endsWith("orderAccepted");
    }

    private static Arguments one(String code, String what, UnaryOperator<OrderDraft> change) {
        return arguments(code, what, change);
    }

    static Stream<Arguments> changes() {
        var zeros = Digest.NONE.hex();
        var other = Digest.ofText("other").hex();
        return Stream.of(
                one("AUDIENCE", "serial", o -> o.inside("aud", "serial", Json.text("LV-00002"))),
                one("AUDIENCE", "channel", o -> o.inside("aud", "channel", Json.whole(2))),
                one("AUDIENCE", "epoch", o -> o.inside("aud", "epoch", Json.text("0".repeat(32)))),
                one("AUDIENCE", "record key", o -> o.inside("aud", "recordKey", Json.text(other))),
                one("SEQUENCE", "a number too far", o -> o.with("seq", 2)),
                one("SEQUENCE", "another order before", o -> o.with("prev", other)),
                one("NONCE", "a nonce never given", o -> o.with("nonce", "0".repeat(32))),
                one("EXPECTATION", "state", o -> o.inside("expect", "state", Json.text("RUNNING"))),
                one("EXPECTATION", "state version", o -> o.inside("expect", "stateVersion", Json.whole(99))),
                one("EXPECTATION", "rate", o -> o.inside("expect", "rate", quantity("mL/h", "1"))),
                one("EXPECTATION", "running order", o -> o.inside("expect", "running", Json.text(other))),
                one("LIBRARY", "release", o -> o.inside("library", "counter", Json.whole(2))),
                one("LIBRARY", "hash", o -> o.inside("library", "sha256", Json.text(other))),
                one("LIBRARY", "limit set", o -> o.inside("library", "limitSet", Json.text("dopamine/icu/none"))),
                one("LIBRARY", "drug", o -> o.inside("drug", "code", Json.text("saline"))),
                one("LIMIT", "a rate above the dose", o -> o.with("rate", quantity("mL/h", "13.2"))),
                one("LIMIT", "a rate two steps below the dose", o -> o.with("rate", quantity("mL/h", "12.9"))),
                one("LIMIT", "a rate between steps", o -> o.with("rate", quantity("mL/h", "13.12"))),
                one("LIMIT", "another strength than the library's", PumpBrainOrderTest::halfAsStrong),
                one("LIMIT", "a weight beyond the hard limit", o -> o.with("weight", quantity("kg", "301"))),
                one("LIMIT", "a volume beyond the hard limit", o -> o.with("vtbi", quantity("mL", "4000.1"))),
                one("LIMIT", "per m2 where the library says per kg", PumpBrainOrderTest::bySurface),
                one("PATIENT", "a pairing that ran out", o -> o.inside("pairing", "expires", Json.whole(1))),
                one("MALFORMED", "an unknown member", o -> o.with("extra", "x")),
                one("MALFORMED", "a missing member", o -> o.without("patient")),
                one("MALFORMED", "version", o -> o.with("ver", 2)),
                one("MALFORMED", "type", o -> o.with("typ", "infusion")),
                one("MALFORMED", "operation", o -> o.with("op", "titrate")),
                one("MALFORMED", "trailing zero", o -> o.with("rate", quantity("mL/h", "13.10"))),
                one("MALFORMED", "unit", o -> o.with("rate", quantity("mL/min", "13.1"))),
                one("MALFORMED", "an empty unit", o -> o.with("dose", quantity("ug/kg/s", "5"))),
                one("MALFORMED", "no volume in the bag", PumpBrainOrderTest::emptyBag),
                one("MALFORMED", "dose without strength", o -> o.without("concentration")),
                one("MALFORMED", "one person twice", o -> o.approvedBy("nora", "nora")),
                one("MALFORMED", "nobody", o -> o.approvedBy()),
                one("MALFORMED", "key that did not sign", o -> o.with("kid", zeros.substring(0, 16))));
    }

    private static OrderDraft halfAsStrong(OrderDraft order) {
        return order.with(
                        "concentration",
                        Json.object().put("amount", quantity("mg", "200")).put("volume", quantity("mL", "250")))
                .with("rate", quantity("mL/h", "26.2"));
    }

    private static OrderDraft emptyBag(OrderDraft order) {
        return order.with(
                "concentration",
                Json.object().put("amount", quantity("mg", "400")).put("volume", quantity("mL", "0")));
    }

    private static OrderDraft bySurface(OrderDraft order) {
        return order.without("weight").with("bsa", quantity("m2", "1.8")).with("dose", quantity("ug/m2/min", "5"));
    }

    @ParameterizedTest(name = "{0} for {1}")
    @MethodSource("changes")
    void one_changed_member_is_refused_with_its_reason(String code, String what, UnaryOperator<OrderDraft> change) {
        var receipt = rig.submit(change.apply(rig.order()));

        assertThat(PumpRig.code(receipt)).isEqualTo(code);
        assertThat(PumpRig.text(receipt, "after")).isEqualTo("IDLE");
        assertThat(rig.types()).endsWith("orderRejected");
    }

    @ParameterizedTest
    @CsvSource({"59999,ACCEPTED", "60000,EXPIRED", "60001,EXPIRED"})
    void an_order_dies_at_its_expiry(long after, String code) {
        var order = rig.order();
        rig.pass(after - 1);
        var fresh = rig.order();
        rig.pass(1);

        var answer = rig.codeFor(order.with("nonce", nonceOf(fresh)).with("expect", expectationOf(fresh)));

        assertThat(answer).isEqualTo(code);
    }

    private static Json nonceOf(OrderDraft order) {
        return PumpRig.member(order.json(), "nonce");
    }

    private static Json expectationOf(OrderDraft order) {
        return PumpRig.member(order.json(), "expect");
    }

    @ParameterizedTest
    @CsvSource({"59999,ACCEPTED", "60000,ACCEPTED", "60001,MALFORMED"})
    void an_order_that_would_live_longer_than_a_minute_is_none(long lifetime, String code) {
        var order = rig.order();

        assertThat(rig.codeFor(order.with("exp", rig.now() + lifetime))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"-1,ACCEPTED", "0,ACCEPTED", "1,NOT_YET"})
    void an_order_from_the_future_waits(long ahead, String code) {
        var order = rig.order();

        assertThat(rig.codeFor(order.with("nbf", rig.now() + ahead))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"29999,ACCEPTED", "30000,NONCE", "30001,NONCE"})
    void a_nonce_lives_thirty_seconds(long after, String code) {
        var order = rig.order();
        rig.pass(after);

        assertThat(rig.codeFor(order)).isEqualTo(code);
    }

    @Test
    void a_nonce_is_good_once() {
        var order = rig.order();
        rig.submit(order.inside("expect", "stateVersion", Json.whole(99)));

        assertThat(rig.codeFor(order.with("id", "b".repeat(32)))).isEqualTo("NONCE");
    }

    @Test
    void a_wrong_clock_does_not_revive_an_order_whose_nonce_is_used_up() {
        var order = rig.order();
        rig.pass(120_000);
        rig.brain().setClock(-120_000);

        assertThat(rig.codeFor(order)).isEqualTo("NONCE");
    }

    @Test
    void the_same_text_again_gets_its_first_receipt_again_and_nothing_happens_twice() {
        var text = rig.order().signedBy(rig.keys().order());

        var first = rig.brain().submitOrder(1, PumpRig.bytes(text));
        var second = rig.brain().submitOrder(1, PumpRig.bytes(text));

        assertThat(second).isEqualTo(first);
        assertThat(rig.types()).containsOnlyOnce("orderAccepted");
    }

    @Test
    void another_text_under_the_same_id_is_a_replay() {
        var order = rig.order();
        rig.submit(order);

        assertThat(rig.codeFor(order.with("iss", "another"))).isEqualTo("REPLAY");
    }

    @Test
    void an_order_that_came_after_another_was_accepted_is_out_of_sequence() {
        var first = rig.order();
        var second = rig.order();
        rig.submit(first);

        assertThat(rig.codeFor(second)).isEqualTo("SEQUENCE");
    }

    @Test
    void a_copy_gets_the_first_receipt_also_when_the_key_was_revoked_meanwhile() {
        var order = rig.order().signedBy(rig.keys().order());
        var first = rig.submit(order);

        assertThat(rig.brain().revokeKeys(revocations(1, rig.keys().order()))).isEqualTo("ACCEPTED");

        assertThat(rig.submit(order)).isEqualTo(first);
        assertThat(PumpRig.code(first)).isEqualTo("ACCEPTED");
    }

    @Test
    void a_copy_on_another_channel_is_refused_there_and_takes_nothing_from_the_right_one() {
        var order = rig.order().signedBy(rig.keys().order());

        var elsewhere = PumpRig.payload(
                new String(rig.brain().submitOrder(2, PumpRig.bytes(order)), StandardCharsets.US_ASCII));

        assertThat(PumpRig.code(elsewhere)).isEqualTo("AUDIENCE");
        assertThat(PumpRig.code(rig.submit(order))).isEqualTo("ACCEPTED");
    }

    @Test
    void an_order_made_before_the_pump_was_switched_on_again_is_not_for_it() {
        var order = rig.order();
        rig.reboot();

        assertThat(rig.codeFor(order)).isEqualTo("AUDIENCE");
    }

    @Test
    void a_channel_that_runs_is_busy_even_if_the_order_expects_it() {
        rig.submit(rig.order());
        rig.brain().start(1, "N7");

        assertThat(rig.codeFor(rig.order())).isEqualTo("BUSY");
        assertThat(rig.channel().rate()).isEqualTo("13.1");
    }

    @ParameterizedTest
    @CsvSource({"6,LEASE", "7,ACCEPTED", "8,ACCEPTED"})
    void a_server_whose_lease_went_to_another_is_refused(long lease, String code) {
        rig.submit(rig.order().with("lease", 7));
        rig.brain().stop(1, "N7");

        assertThat(rig.codeFor(rig.order().with("lease", lease))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"9,root,ROLLBACK", "10,root,ACCEPTED", "10,other,ROLLBACK", "11,other,ACCEPTED"})
    void a_server_whose_log_went_back_or_changed_is_refused(long size, String root, String code) {
        rig.submit(rig.order());
        rig.brain().stop(1, "N7");
        rig.reboot();

        var log = Json.object().put("root", Digest.ofText(root)).put("size", size);
        assertThat(rig.codeFor(rig.order().with("log", log))).isEqualTo(code);
    }

    @Test
    void only_a_certified_order_key_is_believed() {
        var stranger = SigningKey.generate(new SecureRandom());

        assertThat(PumpRig.code(rig.submit(rig.order().signedBy(stranger)))).isEqualTo("SIGNATURE");
        assertThat(PumpRig.code(rig.submit(rig.order().signedBy(rig.keys().pharmacist()))))
                .isEqualTo("SIGNATURE");
    }

    @Test
    void a_changed_character_breaks_the_signature() {
        var text = rig.order().signedBy(rig.keys().order());
        var at = text.indexOf('.') + 40;
        var changed = text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);

        assertThat(PumpRig.code(rig.submit(changed))).isEqualTo("SIGNATURE");
    }

    @Test
    void noise_is_malformed() {
        assertThat(PumpRig.code(rig.submit("noise"))).isEqualTo("MALFORMED");
        assertThat(PumpRig.code(rig.submit("x".repeat(20_000)))).isEqualTo("MALFORMED");
    }

    /** T-41: the delegation's last millisecond, and the next. */
    @ParameterizedTest
    @CsvSource({"86399999,ACCEPTED", "86400000,ACCEPTED", "86400001,SIGNATURE", "90000000,SIGNATURE"})
    void an_order_key_is_believed_until_its_certificate_ends(long age, String code) {
        rig.pass(age);

        assertThat(rig.codeFor(rig.order())).isEqualTo(code);
    }

    @Test
    void an_order_that_only_the_clock_spoke_against_gets_the_same_answer_when_the_clock_is_right() {
        var order = rig.order().signedBy(rig.keys().order());
        rig.brain().setClock(Duration.ofDays(365).toMillis());

        var first = rig.brain().submitOrder(1, PumpRig.bytes(order));
        rig.brain().setClock(-Duration.ofDays(365).toMillis());
        var second = rig.brain().submitOrder(1, PumpRig.bytes(order));

        assertThat(PumpRig.code(PumpRig.payload(new String(first, StandardCharsets.US_ASCII))))
                .isEqualTo("SIGNATURE");
        assertThat(second).isEqualTo(first);
    }

    @Test
    void its_nonce_is_used_up_too() {
        var order = rig.order();
        rig.brain().setClock(-Duration.ofDays(365).toMillis());
        rig.submit(order.signedBy(rig.keys().order()));
        rig.brain().setClock(Duration.ofDays(365).toMillis());

        assertThat(rig.codeFor(order.with("id", Json.text("b".repeat(32))))).isEqualTo("NONCE");
    }

    @Test
    void a_revoked_key_is_not_believed_nor_trusted_again_also_after_a_reboot_and_an_older_list() {
        var list = revocations(2, rig.keys().order());
        var order = rig.order();

        assertThat(rig.brain().revokeKeys(list)).isEqualTo("ACCEPTED");

        assertThat(rig.codeFor(order)).isEqualTo("SIGNATURE");
        assertThat(rig.brain().revokeKeys(list)).isEqualTo("ACCEPTED");
        assertThat(rig.brain().revokeKeys(revocations(1))).isEqualTo("ROLLBACK");
        assertThat(rig.brain().revokeKeys(revocations(2, rig.keys().pharmacist())))
                .isEqualTo("ROLLBACK");
        assertThat(rig.brain().revokeKeys(revocations(3))).isEqualTo("ROLLBACK");
        rig.reboot();
        assertThat(rig.brain().trustKey(PumpRig.bytes(rig.keys().certificates().getFirst())))
                .isEqualTo("SIGNATURE");
        assertThat(rig.codeFor(rig.order())).isEqualTo("SIGNATURE");
        assertThat(rig.brain().revokeKeys(revocations(1))).isEqualTo("ROLLBACK");
    }

    @Test
    void a_list_of_revoked_keys_is_the_root_s_word_only_and_leaves_other_keys_alone() {
        var byAPharmacist = new Revocations(
                        1, Instant.EPOCH, List.of(rig.keys().order().id()))
                .signedBy(rig.keys().pharmacist());

        assertThat(rig.brain().revokeKeys(PumpRig.bytes(byAPharmacist))).isEqualTo("SIGNATURE");
        assertThat(rig.brain().revokeKeys(PumpRig.bytes("noise"))).isEqualTo("MALFORMED");
        assertThat(rig.brain().revokeKeys(revocations(1, rig.keys().colleague())))
                .isEqualTo("ACCEPTED");
        assertThat(rig.load(LibraryText.release(2), 2)).isEqualTo("SIGNATURE");
        assertThat(rig.codeFor(rig.order())).isEqualTo("ACCEPTED");
    }

    private byte[] revocations(long counter, SigningKey... keys) {
        var ids = Arrays.stream(keys)
                .map(SigningKey::id)
                .sorted(Comparator.comparing(KeyId::hex))
                .toList();
        return PumpRig.bytes(
                new Revocations(counter, Instant.EPOCH, ids).signedBy(rig.keys().root()));
    }

    @Test
    void a_pump_has_room_for_each_new_day_s_key() {
        for (int day = 0; day < 300; day++) {
            var key = SigningKey.generate(new SecureRandom());
            var keys = new WardKeys(rig.keys().root(), key, key, key, Instant.ofEpochMilli(rig.now()));
            assertThat(rig.brain().trustKey(PumpRig.bytes(keys.certificates().getFirst())))
                    .as("day %d", day)
                    .isEqualTo("ACCEPTED");
            rig.pass(Duration.ofDays(1).toMillis());
        }
    }

    @Test
    void a_key_of_another_ward_is_not_trusted() {
        var key = SigningKey.generate(new SecureRandom());

        var answer = rig.brain().trustKey(PumpRig.bytes(rig.keys().certificate(key, KeyRole.ORDER, "ward-9")));

        assertThat(answer).isEqualTo("AUDIENCE");
        assertThat(PumpRig.code(rig.submit(rig.order().signedBy(key)))).isEqualTo("SIGNATURE");
    }
}
