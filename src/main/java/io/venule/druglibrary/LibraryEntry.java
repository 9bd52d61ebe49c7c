package io.venule.druglibrary;

import io.venule.quantity.FlowRate;
import io.venule.quantity.Weight;

/**
 * One drug in one care area: how it is dosed and within which limits. The id names the limit set in orders.
 *
 * @param id stable, such as {@code dopamine/adult-icu/standard}
 * @param therapy what tells entries of one drug and area apart; empty where there is one
 * @param usual the usual or starting dose as the source words it; empty where none
 * @param source where the limits come from
 * @param basis {@code published}, {@code derived} or {@code own}
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
        String usual,
        String source,
        String basis) {}
