package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.Api;
import io.venule.stack.DemoWard;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is wrong with three scans is said by its own name, through the whole application. T-58. */
@QuarkusTest
@WithTestResource(StackResource.class)
class PairingWordsIT {
    @Nullable
    VenuleStack stack;

    @Test
    void a_tag_of_a_channel_that_the_pump_does_not_have_is_not_taken_for_an_unknown_pump() throws Exception {
        var running = Objects.requireNonNull(stack);
        try (var api = new Api(running)) {
            var ward = new DemoWard(api);
            ward.enter(running.pumps());
            var single = running.pumps().getFirst().enrolment();

            assertThat(single.channels()).isEqualTo(1);
            assertThat(mismatches(api, ward, single.serial().value(), 1)).doesNotContain("NoSuchChannel");
            assertThat(mismatches(api, ward, single.serial().value(), 2))
                    .contains("NoSuchChannel")
                    .doesNotContain("UnknownPump");
            assertThat(mismatches(api, ward, "LV-99999", 1))
                    .contains("UnknownPump")
                    .doesNotContain("NoSuchChannel");
        }
    }

    private static List<String> mismatches(Api api, DemoWard ward, String serial, int channel) throws Exception {
        var scans = Map.of(
                "wristband", ward.wristband(ward.patientOf("RX-1004")).text(),
                "bag", ward.bag("RX-1004").text(),
                "pumpTag", ward.pump(serial, channel).text());
        var verdict = api.post("nurse", "/api/v1/orders/check", scans).expect(200);
        return verdict.json().findValuesAsText("type");
    }
}
