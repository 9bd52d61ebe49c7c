package io.venule.order;

import io.venule.dose.OverrideReason;
import java.util.Optional;

/**
 * What the nurse sends who wants another rate for what runs, or a bolus from its bag.
 *
 * @param order the order that runs
 * @param ask which of the two
 * @param value the new dose, or the new rate of a plain fluid, as a decimal in the unit of the order; the dose of a bolus in the unit that
 *     the library entry gives boluses in
 * @param override an override reason as {@code KIND} or {@code KIND: words}; empty for none
 * @param displayed digest of the verdict shown, empty when only checking
 * @param submission 32 hexadecimal digits made once per tap
 */
public record ChangeForm(OrderId order, Ask ask, String value, String override, String displayed, String submission) {
    /** What is wanted. */
    public enum Ask {
        RATE,
        BOLUS
    }

    /** A form that only asks for the verdict. */
    public static ChangeForm toCheck(OrderId order, Ask ask, String value) {
        return new ChangeForm(order, ask, value, "", "", "");
    }

    OrderOp op() {
        return switch (ask) {
            case RATE -> OrderOp.TITRATE;
            case BOLUS -> OrderOp.BOLUS;
        };
    }

    /** The override reason; empty when there is none or it is not one of ours. */
    Optional<OverrideReason> overrideReason() {
        return OverrideReason.ofForm(override);
    }
}
