package io.venule.simulator;

import io.venule.signing.JsonMembers;
import io.venule.simulator.OrderText.Approval;
import io.venule.simulator.OrderText.Audience;
import io.venule.simulator.OrderText.Expected;
import io.venule.simulator.OrderText.Library;
import java.util.List;
import java.util.stream.Collectors;

/** Whatever a signed order may ask for: {@code op} says which members it has, and no other is allowed. Source: pump contract, "Order". */
sealed interface SignedText permits SignedText.InTurn, EndText {
    String kid();

    Audience audience();

    String id();

    String nonce();

    List<Approval> approvals();

    /** An order that stands in the channel's sequence, for a situation, and waits for START. */
    sealed interface InTurn extends SignedText permits OrderText, ChangeText {
        long sequence();

        String previous();

        long notBefore();

        long expires();

        Expected expected();

        Library library();

        long lease();

        long logSize();

        String logRoot();
    }

    static SignedText read(JsonMembers order) {
        return switch (order.text("op")) {
            case "cancel" -> EndText.read(order, EndText.What.CANCEL);
            case "stop" -> EndText.read(order, EndText.What.STOP);
            case "titrate" -> ChangeText.ofRate(order);
            case "bolus" -> ChangeText.ofBolus(order);
            default -> OrderText.read(order);
        };
    }

    /** The person who asked, as the display names them. */
    default String asking() {
        return approvals().getFirst().name();
    }

    /** Everybody who approved, as the display names them: who sent it first. */
    default String approvedBy() {
        return approvals().stream().map(Approval::name).collect(Collectors.joining(" and "));
    }

    /** How the pump's records name an order as the one who did something. */
    default String who() {
        var said = "order " + id() + " of " + asking();
        return said.substring(0, Math.min(128, said.length()));
    }
}
