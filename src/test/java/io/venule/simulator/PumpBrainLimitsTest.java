package io.venule.simulator;

import static io.venule.simulator.OrderDraft.quantity;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.pump.PumpModel;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pump's own arithmetic and limits, at −1, 0 and +1 step. Source: DOMAIN, R1 and R7; pump contract, "Order". */
class PumpBrainLimitsTest {
    private final PumpRig rig = PumpRig.inRealTime();

    @ParameterizedTest(name = "{0} mcg/kg/min at {1} mL/h is {2}, with a reason {3}")
    @CsvSource({
        // 70 kg, 1,600 mcg/mL: 30 mcg/kg/min is 78.75 mL/h, 20 is 52.5, 0.9 is 2.3625, 0.5 is 1.3125
        "30,78.7,LIMIT,ACCEPTED",
        "30.1,79,LIMIT,LIMIT",
        "20,52.5,ACCEPTED,ACCEPTED",
        "20.1,52.7,LIMIT,ACCEPTED",
        "0.9,2.3,ACCEPTED,ACCEPTED",
        "0.89,2.3,LIMIT,ACCEPTED",
        "0.5,1.3,LIMIT,ACCEPTED",
        "0.49,1.2,LIMIT,LIMIT"
    })
    void a_dose_is_held_against_hard_and_soft_limits(String dose, String rate, String plain, String withReason) {
        var order = rig.order().with("dose", quantity("ug/kg/min", dose)).with("rate", quantity("mL/h", rate));

        assertThat(rig.codeFor(order)).isEqualTo(plain);
        if (plain.equals("LIMIT")) {
            var second = rig.order()
                    .with("dose", quantity("ug/kg/min", dose))
                    .with("rate", quantity("mL/h", rate))
                    .overridden("haemodynamics");
            assertThat(rig.codeFor(second)).isEqualTo(withReason);
        }
    }

    @ParameterizedTest
    @CsvSource({"13,LIMIT", "13.1,ACCEPTED", "13.2,LIMIT"})
    void the_rate_may_fall_short_of_the_dose_by_one_step_and_never_exceed_it(String rate, String code) {
        // 5 mcg/kg/min for 70 kg is 13.125 mL/h; 13.0 and one step more do not reach it
        assertThat(rig.codeFor(rig.order().with("rate", quantity("mL/h", rate))))
                .isEqualTo(code);
    }

    @ParameterizedTest(name = "{0} g in {1} mL over {2} min at {3} mL/h")
    @CsvSource({
        "1,50,30,100,ACCEPTED",
        "1,50,60,50,ACCEPTED",
        "1,50,61,49.1,LIMIT",
        "1,50,29,103,LIMIT",
        "2.1,60,60,60,LIMIT",
        "2,50,30,100,ACCEPTED",
        "2.5,25,30,50,LIMIT"
    })
    void a_dose_over_a_time_is_held_against_dose_duration_and_strength(
            String grams, String volume, String minutes, String rate, String code) {
        var order = intermittent(grams, volume, minutes, rate);

        assertThat(rig.codeFor(order)).isEqualTo(code);
    }

    private OrderDraft intermittent(String grams, String volume, String minutes, String rate) {
        var order = rig.order();
        var library = (Json.JsonObject) PumpRig.member(order.json(), "library");
        return order.without("weight")
                .with("drug", Json.object().put("code", "ceftriaxone").put("name", "cefTRIAXone"))
                .inLibrary(
                        PumpRig.whole(library, "counter"), "ceftriaxone/icu/standard", PumpRig.text(library, "sha256"))
                .with(
                        "concentration",
                        Json.object().put("amount", quantity("g", grams)).put("volume", quantity("mL", volume)))
                .with("dose", quantity("g", grams))
                .with("duration", quantity("min", minutes))
                .with("vtbi", quantity("mL", volume))
                .with("rate", quantity("mL/h", rate));
    }

    @ParameterizedTest(name = "{0} mL at {1} mL/h")
    @CsvSource({
        // 1 g is in 33.39 mL; the volume can be set to 33.3 or 33.4
        "33.2,66.4,LIMIT",
        "33.3,66.4,LIMIT",
        "33.3,66.5,ACCEPTED",
        "33.3,66.6,ACCEPTED",
        "33.3,66.7,LIMIT",
        "33.39,66.7,ACCEPTED",
        "33.4,66.8,LIMIT"
    })
    void a_volume_may_fall_short_of_the_dose_by_less_than_one_step_and_never_exceed_it(
            String volume, String rate, String code) {
        var order = intermittent("1", "33.39", "30", rate).with("vtbi", quantity("mL", volume));

        assertThat(rig.codeFor(order)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"250,ACCEPTED", "251,LIMIT", "500,LIMIT", "501,LIMIT"})
    void a_fluid_is_held_against_its_rate(String rate, String code) {
        assertThat(rig.codeFor(fluid("saline", rate))).isEqualTo(code);
    }

    @Test
    void a_pump_takes_up_a_bag_or_a_syringe() {
        var syringe = StepTable.of(PumpModel.SYRINGE);
        var bag = StepTable.of(PumpModel.LARGE_VOLUME);

        assertThat(syringe.holds(60_000)).isTrue();
        assertThat(syringe.holds(60_001)).isFalse();
        assertThat(bag.holds(9_999_000)).isTrue();
        assertThat(bag.holds(9_999_001)).isFalse();
    }

    @ParameterizedTest(name = "{0} mL/h is {1}, with a reason {2}")
    @CsvSource({"25,LIMIT,LIMIT", "25.1,LIMIT,ACCEPTED", "30,LIMIT,ACCEPTED", "30.1,ACCEPTED,ACCEPTED"})
    void a_fluid_is_held_against_its_low_limits_by_the_rate_it_is_set_to(String rate, String plain, String withReason) {
        assertThat(rig.codeFor(fluid("glucose", rate))).isEqualTo(plain);
        if (plain.equals("LIMIT")) {
            assertThat(rig.codeFor(fluid("glucose", rate).overridden("weaning")))
                    .isEqualTo(withReason);
        }
    }

    private OrderDraft fluid(String drug, String rate) {
        var order = rig.order();
        var library = (Json.JsonObject) PumpRig.member(order.json(), "library");
        return order.without("weight", "dose", "concentration")
                .with("drug", Json.object().put("code", drug).put("name", drug))
                .inLibrary(PumpRig.whole(library, "counter"), drug + "/icu/standard", PumpRig.text(library, "sha256"))
                .with("rate", quantity("mL/h", rate));
    }

    @ParameterizedTest
    @CsvSource({"1,ACCEPTED", "2,ACCEPTED", "0,ROLLBACK"})
    void a_library_never_goes_back(long step, String answer) {
        rig.load(LibraryText.release(2), 2);

        var given = rig.load(LibraryText.release(1 + step), 1 + step);

        assertThat(given).isEqualTo(answer);
        assertThat(rig.brain().view().libraryCounter()).isEqualTo(Math.max(2, 1 + step));
    }

    @Test
    void a_library_needs_two_pharmacists() {
        var library = LibraryText.release(5);
        var brain = rig.brain();
        brain.beginLibrary(5, Digest.of(library).hex(), library.length);
        brain.writeLibrary(0, library);
        var one = rig.keys().release(5, library).getFirst();
        var samePersonOtherKey = rig.keys().release(5, library, rig.keys().colleague(), "anna");

        assertThat(brain.commitLibrary(List.of(PumpRig.bytes(one)))).isEqualTo("SIGNATURE");
        assertThat(brain.commitLibrary(List.of(PumpRig.bytes(one), PumpRig.bytes(one))))
                .isEqualTo("SIGNATURE");
        assertThat(brain.commitLibrary(List.of(PumpRig.bytes(one), PumpRig.bytes(samePersonOtherKey))))
                .isEqualTo("SIGNATURE");
    }
}
