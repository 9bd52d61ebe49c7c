package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.order.PumpLink.Delivery;
import io.venule.pump.EnrolledPump;
import io.venule.pump.Receipt;
import io.venule.pump.Receipt.Rejection;
import io.venule.signing.KeyRole;
import io.venule.signing.SigningKey;
import io.venule.simulator.FleetPlan;
import io.venule.simulator.PumpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Order keys of two wards, and one that is revoked, over real sessions with a fleet. Pump contract, "Keys"; threats T-41 and P-21. */
class KeysIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final SigningKey icu = SigningKey.generate(new SecureRandom());
    private final SigningKey med = SigningKey.generate(new SecureRandom());
    private PumpWard fleet;

    @BeforeEach
    void open() {
        fleet = new PumpWard(folder, new FleetPlan(6, 0, 1, Optional.empty()).inWards(List.of("ICU", "MED")));
        fleet.certificates.put("ICU", certificates(icu, "ICU"));
        fleet.certificates.put("MED", certificates(med, "MED"));
        fleet.serverDown();
        fleet.serverUp();
        await().atMost(PATIENCE).until(fleet::areOpen);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    private List<String> certificates(SigningKey key, String ward) {
        var all = fleet.keys().certificates();
        return List.of(fleet.keys().certificate(key, KeyRole.ORDER, ward), all.get(1), all.get(2));
    }

    private List<EnrolledPump> of(String ward) {
        return fleet.pumps().stream().filter(pump -> pump.ward().equals(ward)).toList();
    }

    private Receipt.Answer answer(EnrolledPump pump, SigningKey key, String ward) {
        return switch (fleet.link().deliver(fleet.order(pump, key, ward))) {
            case Delivery.Answered(var receipt) -> receipt.answer();
            case Delivery.Unconfirmed(var reason) -> throw new AssertionError(reason);
        };
    }

    @Test
    void each_pump_takes_orders_by_its_own_ward_s_key_and_by_no_other() {
        assertThat(of("ICU")).hasSize(3).allSatisfy(pump -> {
            assertThat(answer(pump, med, "MED")).isEqualTo(new Receipt.Answer.Rejected(Rejection.SIGNATURE));
            assertThat(answer(pump, icu, "ICU")).isEqualTo(new Receipt.Answer.Accepted());
        });
        assertThat(of("MED")).hasSize(3).allSatisfy(pump -> {
            assertThat(answer(pump, icu, "ICU")).isEqualTo(new Receipt.Answer.Rejected(Rejection.SIGNATURE));
            assertThat(answer(pump, med, "MED")).isEqualTo(new Receipt.Answer.Accepted());
        });
    }

    @Test
    void every_pump_of_the_fleet_refuses_a_revoked_key_within_a_minute_and_the_one_that_was_off_when_it_is_back() {
        var off = of("ICU").getLast();
        fleet.fleet().switchOff(off.serial());
        await().atMost(PATIENCE).until(() -> !fleet.areOpen());
        var there = List.of(of("ICU").get(0), of("ICU").get(1));
        assertThat(there)
                .allSatisfy(pump -> assertThat(answer(pump, icu, "ICU")).isEqualTo(new Receipt.Answer.Accepted()));

        fleet.revocations = Optional.of(fleet.keys().revocations(1, List.of(icu.id())));

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(there)
                        .allSatisfy(pump -> assertThat(answer(pump, icu, "ICU"))
                                .isEqualTo(new Receipt.Answer.Rejected(Rejection.SIGNATURE))));
        fleet.fleet().switchOn(off.serial());
        await().atMost(PATIENCE).until(fleet::areOpen);
        assertThat(answer(off, icu, "ICU")).isEqualTo(new Receipt.Answer.Rejected(Rejection.SIGNATURE));
        assertThat(of("MED"))
                .allSatisfy(pump -> assertThat(answer(pump, med, "MED")).isEqualTo(new Receipt.Answer.Accepted()));
    }

    @Test
    void a_ward_s_next_key_is_handed_over_in_the_next_round_of_a_session_that_is_open() {
        var next = SigningKey.generate(new SecureRandom());
        var pump = of("ICU").getFirst();
        assertThat(answer(pump, next, "ICU")).isEqualTo(new Receipt.Answer.Rejected(Rejection.SIGNATURE));

        fleet.certificates.put("ICU", certificates(next, "ICU"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answer(pump, next, "ICU")).isEqualTo(new Receipt.Answer.Accepted()));
    }

    @Test
    void a_session_that_sleeps_for_long_is_woken_when_a_key_is_revoked() {
        var pump = of("ICU").getFirst();
        var before = fleet.fleet().clients(pump.serial()).stream()
                .map(PumpClient::session)
                .toList();
        fleet.serverDown();
        fleet.serverUp(TestSettings.asleep(folder));
        await().atMost(PATIENCE).until(fleet::areOpen);
        // One that was cut may stay for a while.
        var client = fleet.fleet().clients(pump.serial()).stream()
                .filter(session -> !before.contains(session.session()))
                .findFirst()
                .orElseThrow();
        fleet.leaseRound();
        long calls = client.calls().getAsLong();

        fleet.revocations = Optional.of(fleet.keys().revocations(1, List.of(icu.id())));
        fleet.leaseRound();

        await().atMost(PATIENCE).until(() -> client.calls().getAsLong() > calls);
        assertThat(answer(pump, icu, "ICU")).isEqualTo(new Receipt.Answer.Rejected(Rejection.SIGNATURE));
    }
}
