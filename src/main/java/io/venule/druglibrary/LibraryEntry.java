package io.venule.druglibrary;

import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Weight;

/**
 * One drug in one care area: how it is dosed and within which limits. The id names the limit set in orders.
 *
 * @param id stable, such as {@code dopamine/adult-icu/standard}
 * @param therapy what tells entries of one drug and area apart; empty where there is one
 * @param start the starting dose, where the source gives one; between the soft limits
 * @param usual what the source says of usual and starting doses, in its words; empty where nothing
 * @param source where the limits come from
 * @param basis {@code published}, {@code derived} or {@code own}
 * @param note what was changed or left out against the source; empty where nothing
 */
public record LibraryEntry(
        String id,
        Drug drug,
        String careArea,
        String therapy,
        Dosing dosing,
        Dosing.Strength strength,
        Limits<FlowRate> rate,
        Limits<Weight> weight,
        Dosing.Bolus bolus,
        Bound<Dose> start,
        String usual,
        String source,
        String basis,
        String note) {
    /** An entry without a known starting dose and without a note. */
    public LibraryEntry(
            String id,
            Drug drug,
            String careArea,
            String therapy,
            Dosing dosing,
            Dosing.Strength strength,
            Limits<FlowRate> rate,
            Limits<Weight> weight,
            Dosing.Bolus bolus,
            String usual,
            String source,
            String basis) {
        this(
                id,
                drug,
                careArea,
                therapy,
                dosing,
                strength,
                rate,
                weight,
                bolus,
                Bound.none(),
                usual,
                source,
                basis,
                "");
    }
}
