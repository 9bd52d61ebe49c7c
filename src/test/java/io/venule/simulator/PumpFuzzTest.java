package io.venule.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Jws;
import io.venule.signing.KeyRole;
import io.venule.signing.Keyring;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a pump makes of orders and certificates that nobody meant. Source: T-05, T-39, T-40; docs/contributing.md for longer runs. */
@Timeout(value = 1, unit = java.util.concurrent.TimeUnit.HOURS)
class PumpFuzzTest {
    @Test
    void no_changed_order_is_read_but_in_the_one_form_of_what_it_says() {
        var keys = Keyring.of(ExampleKeys.ROOT.verifyingKey(), List.of(ExampleFiles.text("certificates/order.jws")));
        var need = new Keyring.Need(KeyRole.ORDER, ExamplePump.WARD, ExamplePump.START);

        var believed = Fuzz.run("orders", text -> OrderReading.of(text, keys, need) instanceof OrderReading.Good);

        assertThat(believed).as("changes that keep form and schema").isPositive();
    }

    @Test
    void no_changed_certificate_is_trusted_but_in_the_one_form_of_what_it_says() {
        var believed = Fuzz.run(
                "certificates",
                text -> new ExamplePump(ExampleFiles::bytes)
                        .brain()
                        .trustKey(text.getBytes(StandardCharsets.ISO_8859_1))
                        .equals("ACCEPTED"));

        assertThat(believed).isPositive();
    }

    @Test
    void a_pump_answers_every_order_of_an_order_key_however_strange_with_a_signed_receipt() {
        var rig = PumpRig.inRealTime();
        var accepted = 0;
        for (long seed = Fuzz.FIRST_SEED; seed < Fuzz.FIRST_SEED + Fuzz.EXECUTIONS; seed++) {
            var random = new SplittableRandom(seed);
            var order = rig.order().with("kid", rig.keys().order().id().hex());
            var changed = Mutation.ofJson(CanonicalJson.write(order.json()), random);

            var receipt = rig.submit(Jws.sign(OrderText.TYP, changed, rig.keys().order()));

            if (PumpRig.code(receipt).equals("ACCEPTED")) {
                assertThat(Canonical.is(changed)).as("seed %d", seed).isTrue();
                rig.brain().stop(1, "fuzz");
                accepted++;
            }
        }

        assertThat(accepted).isPositive();
    }
}
