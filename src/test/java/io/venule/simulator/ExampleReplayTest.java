package io.venule.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import io.venule.simulator.ExamplePump.Said;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A pump that is told the published transcript, from the published files, gives the published answers. Source: docs/pump-contract.md. */
class ExampleReplayTest {
    @Test
    void a_pump_answers_each_step_as_published() {
        var pump = new ExamplePump(ExampleFiles::bytes);

        for (var step : steps()) {
            var said = pump.doStep(step);

            switch (said) {
                case Said.Signed(var texts) ->
                    assertThat(texts).as(step.toString()).isEqualTo(published(step));
                case Said.Plain(var value) ->
                    assertThat(value)
                            .as(step.toString())
                            .isEqualTo(step.members().getOrDefault("answer", Json.text("done")));
            }
        }
    }

    @Test
    void each_receipt_carries_the_code_that_its_name_says() {
        assertThat(ExampleFiles.signed("receipts"))
                .allSatisfy(name -> assertThat(PumpRig.code(PumpRig.payload(ExampleFiles.text(name))))
                        .isEqualTo(ExampleFiles.fate(name)));
    }

    @Test
    void each_published_order_is_submitted() {
        var submitted = new TreeSet<String>();
        steps().stream()
                .filter(step -> PumpRig.text(step, "do").equals("SubmitOrder"))
                .forEach(step -> submitted.add(PumpRig.text(step, "file")));

        assertThat(submitted).containsExactlyElementsOf(ExampleFiles.signed("orders"));
    }

    private static List<String> published(JsonObject step) {
        var names = PumpRig.member(step, "answer") instanceof Json.JsonText(var name)
                ? List.of(name)
                : ExamplePump.names(step, "answer");
        return names.stream().map(ExampleFiles::text).toList();
    }

    private static List<JsonObject> steps() {
        if (CanonicalJson.parse(ExampleFiles.bytes("transcript.json"))
                        instanceof CanonicalJson.Parsed.Ok(JsonObject all)
                && PumpRig.member(all, "steps") instanceof Json.JsonList(var steps)) {
            return steps.stream().map(JsonObject.class::cast).toList();
        }
        throw new AssertionError("no transcript");
    }
}
