package io.venule.simulator;

import static io.venule.simulator.OrderDraft.quantity;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A pump refuses by itself what one person alone has approved where its library asks for two. Source: pump contract, "Order"; promise P-22. */
class PumpBrainTwoPeopleTest {
    private final PumpRig rig = PumpRig.empty();

    private OrderDraft order(String secondCheck) {
        rig.load(LibraryText.releaseForTwo(1, secondCheck), 1);
        return rig.order();
    }

    @Test
    void an_order_by_one_is_refused_and_by_two_shown_with_both_names() {
        assertThat(PumpRig.code(rig.submit(order("always")))).isEqualTo("LIMIT");

        assertThat(PumpRig.code(rig.submit(rig.order().approvedBy("nora", "ben"))))
                .isEqualTo("ACCEPTED");
        assertThat(rig.channel().nurse()).isEqualTo("Nurse nora and Nurse ben");
    }

    @Test
    void one_who_signs_twice_is_not_two() {
        assertThat(PumpRig.code(rig.submit(order("always").approvedBy("nora", "nora"))))
                .isEqualTo("MALFORMED");
    }

    @Test
    void a_soft_limit_is_passed_by_two_and_kept_by_one() {
        assertThat(PumpRig.code(rig.submit(order("override")))).isEqualTo("ACCEPTED");
    }

    @Test
    void a_soft_limit_is_not_passed_by_one() {
        var above = order("override").with("dose", quantity("ug/kg/min", "21")).with("rate", quantity("mL/h", "55.1"));

        assertThat(PumpRig.code(rig.submit(above.overridden("TITRATING_TO_EFFECT"))))
                .isEqualTo("LIMIT");
        var again = rig.order()
                .with("dose", quantity("ug/kg/min", "21"))
                .with("rate", quantity("mL/h", "55.1"))
                .overridden("TITRATING_TO_EFFECT");
        assertThat(PumpRig.code(rig.submit(again.approvedBy("nora", "ben")))).isEqualTo("ACCEPTED");
    }

    @Test
    void a_drug_that_needs_one_takes_one() {
        assertThat(PumpRig.code(rig.submit(order("never")))).isEqualTo("ACCEPTED");
    }
}
