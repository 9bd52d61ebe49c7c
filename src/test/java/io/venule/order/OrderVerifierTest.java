package io.venule.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.order.OrderVerifier.Read;
import io.venule.pump.ChannelId;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import io.venule.signing.Json;
import io.venule.signing.Jws;
import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyRole;
import io.venule.signing.Keyring;
import io.venule.signing.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gateway passes on to a pump: only what a key of that pump's ward signed, within its day. Threats T-18, T-41, T-70. */
class OrderVerifierTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant END = NOON.plus(Duration.ofHours(1));
    private static final SigningKey ROOT = key(1);
    private static final SigningKey ICU = key(2);
    private static final SigningKey MED = key(3);
    private static final SigningKey ALL = key(4);
    private static final SigningKey PHARMACIST = key(5);
    private static final Keyring RING = Keyring.of(
            ROOT.verifyingKey(),
            List.of(
                    certified(ICU, KeyRole.ORDER, "ICU"),
                    certified(MED, KeyRole.ORDER, "MED"),
                    certified(ALL, KeyRole.ORDER, "*"),
                    certified(PHARMACIST, KeyRole.LIBRARY_RELEASE, "*")));

    private final OrderVerifier verifier =
            new OrderVerifier(() -> RING, pump -> pump.value().startsWith("ICU") ? "ICU" : EnrolledPump.NO_WARD);

    @Test
    void an_order_by_the_key_of_the_pump_s_ward_is_passed_on() {
        assertThat(read("ICU-1", ICU, NOON))
                .isInstanceOfSatisfying(
                        Read.Good.class,
                        good -> assertThat(good.order().channel())
                                .isEqualTo(new ChannelId(new PumpSerial("ICU-1"), 1)));
        assertThat(read("ICU-1", ALL, NOON)).isInstanceOf(Read.Good.class);
    }

    @Test
    void an_order_by_the_key_of_another_ward_is_not() {
        assertThat(read("ICU-1", MED, NOON)).isInstanceOf(Read.Forged.class);
    }

    @Test
    void a_pump_of_no_named_ward_gets_only_what_a_key_of_all_wards_signed() {
        assertThat(read("LV-1", ALL, NOON)).isInstanceOf(Read.Good.class);
        assertThat(read("LV-1", ICU, NOON)).isInstanceOf(Read.Forged.class);
    }

    @Test
    void an_order_by_a_key_of_another_role_or_of_nobody_is_not() {
        assertThat(read("ICU-1", PHARMACIST, NOON)).isInstanceOf(Read.Forged.class);
        assertThat(read("ICU-1", key(6), NOON)).isInstanceOf(Read.Forged.class);
    }

    @Test
    void a_key_counts_until_its_last_millisecond() {
        assertThat(read("ICU-1", ICU, END)).isInstanceOf(Read.Good.class);
        assertThat(read("ICU-1", ICU, END.plusMillis(1))).isInstanceOf(Read.Forged.class);
        assertThat(read("ICU-1", ICU, NOON.minusMillis(1))).isInstanceOf(Read.Forged.class);
    }

    @Test
    void what_names_no_pump_is_no_order() {
        assertThat(verifier.read("not.an.order", NOON)).isInstanceOf(Read.Forged.class);
        assertThat(verifier.read(Jws.sign(SignedOrder.TYPE, Json.object().build(), ALL), NOON))
                .isInstanceOf(Read.Forged.class);
    }

    @ParameterizedTest(name = "{0} by the lease {1} of a session under {2}")
    @CsvSource({
        "program,7,6,false", "program,7,7,true", "program,7,8,false",
        "titrate,7,6,false", "titrate,7,7,true", "titrate,7,8,false",
        "stop,,6,true", "cancel,,6,true"
    })
    void it_goes_by_the_lease_that_it_was_made_under_and_a_stop_by_any(
            String op, @Nullable Long lease, long session, boolean goes) {
        var draft = order("ICU-1").put("op", op);

        var read = verifier.read(signed(lease == null ? draft : draft.put("lease", lease), ICU), NOON);

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Good.class,
                        good -> assertThat(good.order().goesBy(session)).isEqualTo(goes));
    }

    @Test
    void what_is_no_stop_and_names_no_lease_is_no_order() {
        assertThat(verifier.read(signed(order("ICU-1").put("op", "program"), ICU), NOON))
                .isInstanceOf(Read.Forged.class);
    }

    private Read read(String pump, SigningKey key, Instant at) {
        return verifier.read(signed(order(pump).put("op", "program").put("lease", 1), key), at);
    }

    private static Json.ObjectBuilder order(String pump) {
        return Json.object()
                .put("id", "a".repeat(32))
                .put("exp", END.plusSeconds(60).toEpochMilli())
                .put("aud", Json.object().put("serial", pump).put("channel", 1));
    }

    private static String signed(Json.ObjectBuilder order, SigningKey key) {
        return Jws.sign(SignedOrder.TYPE, order.build(), key);
    }

    private static String certified(SigningKey key, KeyRole role, String scope) {
        return new KeyCertificate(key.verifyingKey(), role, scope, NOON, END).signedBy(ROOT);
    }

    private static SigningKey key(int number) {
        var seed = new byte[SigningKey.SEED_SIZE];
        Arrays.fill(seed, (byte) number);
        return SigningKey.ofSeed(seed);
    }
}
