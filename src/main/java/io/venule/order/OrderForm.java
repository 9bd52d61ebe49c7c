package io.venule.order;

import io.venule.dose.OverrideReason;
import java.util.Optional;

/**
 * What the nurse sends: three scans as read, and for sending also what was displayed and the id of the tap.
 *
 * @param prescription number of the chosen prescription; empty to take the one that fits the bag
 * @param override an override reason as {@code KIND} or {@code KIND: words}; empty for none
 * @param displayed digest of the verdict shown, empty when only checking
 * @param submission 32 hexadecimal digits made once per tap, so that a second tap sends nothing new
 */
public record OrderForm(
        String wristband,
        String bag,
        String pumpTag,
        String prescription,
        String override,
        String displayed,
        String submission) {
    /** A form that only asks for the verdict. */
    public static OrderForm toCheck(String wristband, String bag, String pumpTag) {
        return new OrderForm(wristband, bag, pumpTag, "", "", "", "");
    }

    /** The override reason; empty when there is none or it is not one of ours. */
    public Optional<OverrideReason> overrideReason() {
        return OverrideReason.ofForm(override);
    }

    @Override
    public String toString() {
        return "order form " + submission;
    }
}
