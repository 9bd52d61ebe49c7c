package io.venule.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.pump.AlarmKind;
import io.venule.pump.ChannelState;
import io.venule.signing.Digest;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Jws;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people press on a pump and what it does by itself. Source: issue 2, item 7; pump contract, "Records". */
class PumpBrainBedsideTest {
    private final PumpRig rig = PumpRig.inRealTime();

    private void running() {
        rig.submit(rig.order());
        rig.brain().start(1, "NURSE-7");
    }

    private JsonObject last(String type) {
        return rig.events().stream()
                .filter(event -> PumpRig.text(event, "type").equals(type))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static String quantity(JsonObject event, String name) {
        return PumpRig.text((JsonObject) PumpRig.member(event, name), "value");
    }

    @Test
    void nothing_flows_before_a_person_presses_start() {
        rig.submit(rig.order());
        rig.pass(59_000);

        assertThat(rig.channel().state()).isEqualTo(ChannelState.ORDER_PENDING);
        assertThat(rig.channel().rate()).isEqualTo("0");
        assertThat(rig.channel().startBefore()).isEqualTo(1_000);
        assertThat(rig.channel().nurse()).isEqualTo("Nurse nora");
    }

    @ParameterizedTest
    @CsvSource({"59999,ORDER_PENDING", "60000,IDLE", "60001,IDLE"})
    void a_waiting_order_is_dropped_at_its_expiry(long after, ChannelState state) {
        rig.submit(rig.order());
        rig.pass(after);

        assertThat(rig.channel().state()).isEqualTo(state);
        assertThat(rig.types().contains("orderDropped")).isEqualTo(state == ChannelState.IDLE);
    }

    @Test
    void start_is_recorded_with_the_badge_and_the_rate() {
        running();

        assertThat(rig.types()).endsWith("orderAccepted", "confirmed", "started");
        assertThat(PumpRig.text(last("confirmed"), "who")).isEqualTo("NURSE-7");
        assertThat(quantity(last("started"), "rate")).isEqualTo("13.1");
    }

    @Test
    void volume_adds_up_exactly_over_rate_changes_and_pauses() {
        running();
        rig.pass(3_600_000);
        rig.brain().setRate(1, "20", "NURSE-7", false);
        rig.pass(1_800_000);
        rig.brain().pause(1);
        rig.pass(5_000_000);
        rig.brain().resume(1);
        rig.pass(360_000);

        assertThat(rig.channel().infused()).isEqualTo("25.1");
        assertThat(rig.channel().remaining()).isEqualTo("224.9");
    }

    @ParameterizedTest
    @CsvSource({"52.5,DONE", "52.6,CONFIRM", "78.7,CONFIRM", "78.8,REFUSED", "15.05,REFUSED", "015,REFUSED", "0,REFUSED"
    })
    void the_keypad_holds_the_pumps_own_limits(String rate, String result) {
        running();

        var pressed = rig.brain().setRate(1, rate, "NURSE-7", false);

        assertThat(named(pressed)).isEqualTo(result);
        assertThat(rig.channel().rate()).isEqualTo(result.equals("DONE") ? rate : "13.1");
    }

    @Test
    void a_soft_limit_on_the_keypad_gives_way_to_a_second_press() {
        running();

        var pressed = rig.brain().setRate(1, "60", "NURSE-7", true);

        assertThat(named(pressed)).isEqualTo("DONE");
        var change = last("rateChanged");
        assertThat(quantity(change, "from")).isEqualTo("13.1");
        assertThat(quantity(change, "to")).isEqualTo("60");
        assertThat(PumpRig.text(change, "cause")).isEqualTo("KEYPAD");
    }

    private static String named(Pressed pressed) {
        return switch (pressed) {
            case Pressed.Done done -> "DONE";
            case Pressed.ConfirmFirst question -> "CONFIRM";
            case Pressed.Refused refused -> "REFUSED";
        };
    }

    @Test
    void a_finished_volume_keeps_the_vein_open_at_the_care_areas_rate_and_alarms() {
        running();
        rig.pass(250L * 3_600_000 * 10 / 131 + 1_000);

        assertThat(rig.channel().state()).isEqualTo(ChannelState.KEEP_VEIN_OPEN);
        assertThat(rig.channel().rate()).isEqualTo("5");
        assertThat(rig.channel().alarms()).containsExactlyInAnyOrder("VOLUME_COMPLETE", "KEEP_VEIN_OPEN");
        assertThat(rig.types())
                .endsWith("volumeComplete", "rateChanged", "alarmStarted", "keepVeinOpen", "alarmStarted");
        assertThat(PumpRig.text(last("rateChanged"), "cause")).isEqualTo("VOLUME_COMPLETE");
    }

    @Test
    void keeping_the_vein_open_is_never_faster_than_the_infusion_was() {
        running();
        rig.brain().setRate(1, "2.5", "NURSE-7", true);
        rig.pass(101L * 3_600_000);

        assertThat(rig.channel().state()).isEqualTo(ChannelState.KEEP_VEIN_OPEN);
        assertThat(rig.channel().rate()).isEqualTo("2.5");
    }

    @Test
    void stop_ends_everything_and_the_next_order_can_come() {
        running();
        rig.brain().stop(1, "NURSE-7");

        assertThat(rig.channel().state()).isEqualTo(ChannelState.IDLE);
        assertThat(rig.codeFor(rig.order())).isEqualTo("ACCEPTED");
    }

    @Test
    void an_occlusion_stops_delivery_until_somebody_clears_it_and_resumes() {
        running();
        rig.brain().alarm(1, AlarmKind.OCCLUSION, true);
        var alarmed = rig.channel();
        rig.brain().alarm(1, AlarmKind.OCCLUSION, false);
        var cleared = rig.channel();
        rig.brain().resume(1);

        assertThat(alarmed.state()).isEqualTo(ChannelState.ALARM);
        assertThat(alarmed.rate()).isEqualTo("0");
        assertThat(cleared.state()).isEqualTo(ChannelState.PAUSED);
        assertThat(rig.channel().rate()).isEqualTo("13.1");
        assertThat(rig.types()).endsWith("alarmStarted", "rateChanged", "alarmEnded", "resumed");
    }

    @Test
    void a_low_battery_alarms_without_disturbing_the_infusion() {
        running();
        rig.brain().power(12, false);

        assertThat(rig.channel().rate()).isEqualTo("13.1");
        assertThat(rig.types()).endsWith("power", "alarmStarted");
    }

    @Test
    void channels_do_not_know_each_other() {
        running();

        assertThat(rig.brain().view().channel(2).state()).isEqualTo(ChannelState.IDLE);
    }

    @Test
    void time_runs_as_much_faster_as_asked() {
        var fast = PumpRig.faster(60);
        fast.submit(fast.order());
        fast.brain().start(1, "NURSE-7");
        fast.pass(60_000);

        assertThat(fast.channel().infused()).isEqualTo("13.1");
    }

    @Test
    void every_record_is_signed_and_holds_the_hash_of_the_one_before() {
        running();
        rig.brain().stop(1, "NURSE-7");

        var records = rig.records();

        var previous = Digest.NONE.hex();
        for (int i = 0; i < records.size(); i++) {
            var record = PumpRig.payload(records.get(i));
            assertThat(Jws.verify(records.get(i), RecordLog.TYP, rig.brain().recordPublicKey()))
                    .isInstanceOf(Jws.Verification.Verified.class);
            assertThat(PumpRig.whole(record, "seq")).isEqualTo(i + 1L);
            assertThat(PumpRig.text(record, "prev")).isEqualTo(previous);
            previous = Digest.ofText(records.get(i)).hex();
        }
        assertThat(rig.brain().recordHead().hash()).isEqualTo(previous);
    }

    @Test
    void records_and_receipts_outlive_the_power() {
        var order = rig.order();
        rig.submit(order);
        var before = rig.brain().recordHead();
        var receipt = rig.brain().readReceipt(1, PumpRig.text(order.json(), "id"));
        rig.reboot();

        var brain = rig.brain();

        assertThat(brain.epochs()).hasSize(2).startsWith(before.epoch());
        assertThat(brain.readRecords(before.epoch(), 1, 1_000)).hasSize((int) before.sequence());
        assertThat(brain.readReceipt(1, PumpRig.text(order.json(), "id"))).isEqualTo(receipt);
        assertThat(brain.recordHead().sequence()).isEqualTo(1);
        assertThat(brain.view().libraryCounter()).isEqualTo(1);
    }

    @Test
    void ten_thousand_records_are_kept() {
        for (int i = 0; i < 10_000; i++) {
            rig.brain().door(1, i % 2 == 0);
        }

        var head = rig.brain().recordHead();
        var first = rig.brain().readRecords(head.epoch(), head.sequence() - 9_999, 1);

        assertThat(first).hasSize(1);
        assertThat(List.of(head.sequence())).allMatch(sequence -> sequence >= 10_000);
    }
}
