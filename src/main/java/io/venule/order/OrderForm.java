package io.venule.order;

import io.venule.dose.OverrideReason;
import io.venule.signing.Digest;
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
    private static final int SUBMISSION_DIGITS = 32;

    /** A form that only asks for the verdict. */
    public static OrderForm toCheck(String wristband, String bag, String pumpTag) {
        return new OrderForm(wristband, bag, pumpTag, "", "", "", "");
    }

    /** The override reason; empty when there is none or it is not one of ours. */
    public Optional<OverrideReason> overrideReason() {
        return OverrideReason.ofForm(override);
    }

    /** The same form for the one order that may take the place of a refused one; its submission is made of this one's, so that there is never a third. */
    OrderForm anew() {
        var next = Digest.ofText("anew " + submission).hex().substring(0, SUBMISSION_DIGITS);
        return new OrderForm(wristband, bag, pumpTag, prescription, override, displayed, next);
    }

    @Override
    public String toString() {
        return "order form " + submission;
    }
}
