package io.venule.web.library;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.order.Recall;
import io.venule.order.Recalls;
import io.venule.order.Recalls.Declared;
import io.venule.pairing.Lot;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Quantities;
import io.venule.web.Staff;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recalls lots and lifts that again; who does it says why, and both are in the log. */
@Singleton
class RecallDesk {
    /** No free text: a log that forgets nothing must not be told a patient's name. */
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9 ./_-]{0,40}");

    private final Recalls recalls;
    private final Quantities members;
    private final Problems problems;
    private final Staff staff;
    private final InstantSource clock;

    RecallDesk(Recalls recalls, Quantities members, Problems problems, Staff staff, InstantSource clock) {
        this.recalls = recalls;
        this.members = members;
        this.problems = problems;
        this.staff = staff;
        this.clock = clock;
    }

    /**
     * What to recall, and why.
     *
     * @param gtin the product; absent or empty for whatever carries the lot number
     * @param reason {@code MAKER}, {@code AUTHORITY}, {@code PHARMACY} or {@code BEDSIDE}
     * @param reference how its source names it; absent where it does not
     */
    public record Form(
            @Nullable String gtin,
            @Nullable String lot,
            @Nullable String reason,
            @Nullable String reference) {}

    /** From now on no bag of it is paired; once, however often it is asked for. */
    Declared declare(Form form) {
        var lot = lot(form.gtin(), form.lot());
        var reason = members.exactly("reason", () -> Recall.Reason.valueOf(members.text("reason", form.reason())));
        var reference = form.reference() == null ? "" : form.reference().strip();
        if (!REFERENCE.matcher(reference).matches()) {
            throw members.invalid(
                    "reference", "has more than 40 characters, or others than letters, digits, space and ./_-");
        }
        var now = clock.instant();
        var entry = about(lot, staff.does(AuditKind.LOT_RECALLED, now)).with("reason", reason.name());
        return recalls.declare(
                lot, reason, reference, now, reference.isEmpty() ? entry : entry.with("reference", reference));
    }

    /** Its bags may be used again. */
    void lift(long number, @Nullable String reason) {
        var why = members.exactly("reason", () -> Recall.Lifted.valueOf(members.text("reason", reason)));
        var entry = staff.does(AuditKind.LOT_RECALL_LIFTED, clock.instant()).with("reason", why.name());
        if (!recalls.lift(number, was -> about(was.lot(), entry))) {
            throw problems.refuse(
                    ProblemType.NOT_FOUND, "No recall stands under this number; somebody else may have lifted it.");
        }
    }

    /** A lot as asked for; what no label can hold is refused. */
    Lot lot(@Nullable String gtin, @Nullable String number) {
        var product = gtin == null ? "" : gtin.strip();
        var text = members.text("lot", number).strip();
        try {
            return new Lot(product, text);
        } catch (IllegalArgumentException e) {
            throw members.refused("This names no lot: " + e.getMessage()
                    + ". Scan a bag of it, or type what its label says behind LOT.");
        }
    }

    private static AuditEntry about(Lot lot, AuditEntry entry) {
        var numbered = entry.with("lot", lot.number());
        return lot.gtin().isEmpty() ? numbered : numbered.with("gtin", lot.gtin());
    }
}
