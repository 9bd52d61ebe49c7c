package io.venule.release;

import io.venule.quantity.AmountUnit;
import io.venule.quantity.Decimal;
import io.venule.quantity.Dose;
import io.venule.quantity.DoseUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which units a drug's file allows for it. */
record UnitsOfDrug(Set<DoseUnit> dosing, Set<AmountUnit> amounts) {
    UnitsOfDrug {
        dosing = Set.copyOf(dosing);
        amounts = Set.copyOf(amounts);
    }

    static UnitsOfDrug read(Members drug) {
        var dosing = new HashSet<DoseUnit>();
        for (var ucum : drug.texts("dosingUnits")) {
            var unit = DoseUnit.ofUcum(ucum);
            unit.ifPresentOrElse(dosing::add, () -> unknown(drug, "dosingUnits", "dosingUnits", ucum));
        }
        var amounts = new HashSet<AmountUnit>();
        for (var ucum : drug.texts("amountUnits")) {
            var unit = AmountUnit.ofUcum(ucum);
            unit.ifPresentOrElse(amounts::add, () -> unknown(drug, "amountUnits", "amountUnits", ucum));
        }
        for (var unit : dosing) {
            if (!amounts.isEmpty()
                    && amounts.stream()
                            .noneMatch(amount -> amount.kind() == unit.amount().kind())) {
                drug.fault(
                        "it is dosed in " + unit.ucum() + " but never counted so in a bag",
                        "Give amountUnits of the same kind, or take the dosing unit out");
            }
        }
        return new UnitsOfDrug(dosing, amounts);
    }

    private static void unknown(Members place, String member, String what, String ucum) {
        if (!ucum.isEmpty()) {
            place.fault(
                    member,
                    "unknown unit " + ucum + " in " + what,
                    "Use a UCUM code of docs/drug-library.md, \"Units\", such as ug/kg/min or mg");
        }
    }

    /** A dosing unit that this drug may have. */
    Optional<DoseUnit> dosing(String ucum, Members place) {
        var unit = DoseUnit.ofUcum(ucum);
        if (unit.isEmpty()) {
            unknown(place, "unit", "a dose", ucum);
            return unit;
        }
        if (!dosing.contains(unit.get())) {
            place.fault(
                    "unit",
                    "unit " + ucum + " is not one in which this drug is dosed",
                    "Use one of its dosingUnits "
                            + listed(dosing.stream().map(DoseUnit::ucum).toList())
                            + ", or add it there if it is right");
        }
        return unit;
    }

    /** A unit in which this drug may be counted in a bag. */
    Optional<AmountUnit> amount(String ucum, Members place) {
        var unit = AmountUnit.ofUcum(ucum);
        if (unit.isEmpty()) {
            unknown(place, "unit", "an amount", ucum);
            return unit;
        }
        if (!amounts.contains(unit.get())) {
            place.fault(
                    "unit",
                    "unit " + ucum + " is not one in which this drug is counted",
                    "Use one of its amountUnits "
                            + listed(amounts.stream().map(AmountUnit::ucum).toList())
                            + ", or add it there if it is right");
        }
        return unit;
    }

    static boolean compare(DoseUnit one, DoseUnit other) {
        return new Dose(Decimal.ZERO, one).comparesWith(new Dose(Decimal.ZERO, other));
    }

    private static String listed(List<String> units) {
        return units.stream().sorted().toList().toString();
    }
}
