package io.venule.simulator;

import io.venule.signing.JsonMembers;
import io.venule.simulator.OrderText.Approval;
import io.venule.simulator.OrderText.Audience;
import io.venule.simulator.OrderText.Expected;
import io.venule.simulator.OrderText.Library;
import io.venule.simulator.OrderText.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An order to change the rate of what runs, or to give a bolus from its bag. Drug, bag and patient are those of the order it names.
 *
 * @param bolus the volume to give; empty for a change of rate
 * @param size the patient's weight or surface, only for a bolus that is dosed by it
 */
record ChangeText(
        String kid,
        Audience audience,
        String id,
        long sequence,
        String previous,
        long notBefore,
        long expires,
        String nonce,
        Expected expected,
        EndText.Target target,
        Optional<Quantity> bolus,
        Optional<Quantity> size,
        Optional<Quantity> dose,
        Quantity rate,
        Library library,
        List<Approval> approvals,
        long lease,
        long logSize,
        String logRoot)
        implements SignedText.InTurn {
    static ChangeText ofRate(JsonMembers order) {
        return read(order, Optional.empty(), Optional.empty());
    }

    static ChangeText ofBolus(JsonMembers order) {
        var size = OrderText.size(order);
        if (!order.has("dose")) {
            throw order.refusal("dose", "is what a bolus gives");
        }
        return read(order, Optional.of(OrderText.quantity(order.object("volume"), Set.of("mL"))), size);
    }

    private static ChangeText read(JsonMembers order, Optional<Quantity> bolus, Optional<Quantity> size) {
        order.exactly("ver", 1);
        order.exactly("typ", "infusion-order");
        order.text("iss", 200);
        var issued = order.whole("iat", 0, Long.MAX_VALUE);
        var target = order.object("target");
        var log = order.object("log");
        return new ChangeText(
                order.keyId("kid").hex(),
                OrderText.audience(order.object("aud")),
                order.id("id"),
                order.whole("seq", 1, Long.MAX_VALUE),
                order.digest("prev").hex(),
                order.whole("nbf", 0, Long.MAX_VALUE),
                order.whole("exp", issued + 1, issued + OrderText.MAX_LIFETIME),
                order.id("nonce"),
                OrderText.expected(order.object("expect")),
                new EndText.Target(target.digest("hash").hex(), target.id("id")),
                bolus,
                size,
                order.optionalObject("dose").map(dose -> OrderText.quantity(dose, Units.doses())),
                OrderText.quantity(order.object("rate"), Set.of("mL/h")),
                OrderText.library(order.object("library")),
                OrderText.approvals(order),
                order.whole("lease", 0, Long.MAX_VALUE),
                log.whole("size", 1, Long.MAX_VALUE),
                log.digest("root").hex());
    }
}
