package io.venule.web;

import io.venule.quantity.Amount;
import io.venule.quantity.AmountUnit;
import io.venule.quantity.Concentration;
import io.venule.quantity.Decimal;
import io.venule.quantity.Dose;
import io.venule.quantity.DoseUnit;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Reads quantities from request bodies: canonical decimals with UCUM units, anything else is refused naming the member. */
@Singleton
public class Quantities {
    private final Problems problems;

    Quantities(Problems problems) {
        this.problems = problems;
    }

    /** A number with its unit, such as {@code {"value":"13.1","unit":"mL/h"}}. */
    public record Quantity(@Nullable String value, @Nullable String unit) {}

    /** Drug per volume. */
    public record Mixture(
            @Nullable Quantity amount, @Nullable Quantity volume) {}

    public Dose dose(String member, @Nullable Quantity quantity) {
        var present = present(member, quantity);
        var unit = DoseUnit.ofUcum(text(member + ".unit", present.unit()))
                .orElseThrow(() -> invalid(member + ".unit", "is not a dose unit"));
        return new Dose(decimal(member + ".value", present.value()), unit);
    }

    public FlowRate rate(String member, @Nullable Quantity quantity) {
        return exactly(member, () -> FlowRate.ofMillilitresPerHour(inUnit(member, quantity, "mL/h")));
    }

    public Volume volume(String member, @Nullable Quantity quantity) {
        return exactly(member, () -> Volume.ofMillilitres(inUnit(member, quantity, "mL")));
    }

    public Concentration concentration(String member, Mixture mixture) {
        var amount = present(member + ".amount", mixture.amount());
        var unit = AmountUnit.ofUcum(text(member + ".amount.unit", amount.unit()))
                .orElseThrow(() -> invalid(member + ".amount.unit", "is not a unit in which drug is counted"));
        var value = decimal(member + ".amount.value", amount.value());
        var volume = volume(member + ".volume", mixture.volume());
        return exactly(member, () -> new Concentration(new Amount(value, unit), volume));
    }

    public Decimal decimal(String member, @Nullable String text) {
        return Decimal.parse(text(member, text))
                .orElseThrow(() -> invalid(member, "is not a decimal without exponent and trailing zeros"));
    }

    /** The body; an empty one is refused. */
    public <B> B body(@Nullable B body) {
        if (body == null) {
            throw problems.refuse(ProblemType.INVALID_REQUEST, "The body is missing.");
        }
        return body;
    }

    /** The member's text; a missing one is refused. */
    public String text(String member, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw invalid(member, "is missing");
        }
        return text;
    }

    /** Makes a value whose own constructor knows its range; out of range is the caller's mistake here, not ours. */
    public <V> V exactly(String member, java.util.function.Supplier<V> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            throw invalid(member, "is out of range or malformed");
        }
    }

    /** Refuses a request for what the sentence says. */
    public Refused refused(String sentence) {
        return problems.refuse(ProblemType.INVALID_REQUEST, sentence);
    }

    public Refused invalid(String member, String why) {
        return problems.refuse(ProblemType.INVALID_REQUEST, "Member " + member + " " + why + ".");
    }

    private Decimal inUnit(String member, @Nullable Quantity quantity, String unit) {
        var present = present(member, quantity);
        if (!unit.equals(present.unit())) {
            throw invalid(member + ".unit", "is not " + unit);
        }
        return decimal(member + ".value", present.value());
    }

    private Quantity present(String member, @Nullable Quantity quantity) {
        if (quantity == null) {
            throw invalid(member, "is missing");
        }
        return quantity;
    }
}
