package io.venule.dose;

import io.venule.prescription.Prescription.Mixture;
import io.venule.prescription.Regimen;
import io.venule.quantity.ComputedRate;
import io.venule.quantity.ComputedVolume;
import io.venule.quantity.Concentration;
import io.venule.quantity.Dose;
import io.venule.quantity.DosingBasis;

/** The computation in words, as a nurse would write it on paper. */
final class Arithmetic {
    private Arithmetic() {}

    /** {@code "5 mcg/kg/min × 70 kg × 60 min/h ÷ 1,600 mcg/mL = 13.125 mL/h"}. */
    static String of(Program.Order order, DosingBasis basis, ComputedRate wanted) {
        return switch (order.regimen()) {
            case Regimen.Continuous(var dose) ->
                dose.print() + size(basis) + time(dose) + strength(dose, order.mixture()) + " " + wanted.equation();
            case Regimen.Intermittent intermittent ->
                order.toInfuse().print() + " ÷ "
                        + Measures.of(intermittent.over()).print()
                        + (intermittent.over().toMillis() % 60_000 == 0 ? " × 60 min/h " : " × 3,600 s/h ")
                        + wanted.equation();
            case Regimen.Fluid(var rate) -> rate.print();
        };
    }

    /** {@code "80 mcg/kg × 70 kg ÷ 1,600 mcg/mL = 3.5 mL"}. */
    static String ofBolus(Dose bolus, DosingBasis basis, Concentration bag, ComputedVolume exact) {
        return bolus.print() + size(basis) + " ÷ "
                + bag.printPerMillilitre(bolus.unit().amount()) + " = " + exact.print();
    }

    private static String size(DosingBasis basis) {
        return switch (basis) {
            case DosingBasis.WholePatient() -> "";
            case DosingBasis.ByWeight(var weight) -> " × " + weight.print();
            case DosingBasis.BySurface(var surface) -> " × " + surface.print();
        };
    }

    private static String time(Dose dose) {
        return switch (dose.unit().time()) {
            case MINUTE -> " × 60 min/h";
            case HOUR, TOTAL -> "";
            case DAY -> " ÷ 24 h/day";
        };
    }

    private static String strength(Dose dose, Mixture mixture) {
        return switch (mixture) {
            case Mixture.PlainFluid() -> "";
            case Mixture.DrugInVolume(var concentration) ->
                " ÷ " + concentration.printPerMillilitre(dose.unit().amount());
        };
    }
}
