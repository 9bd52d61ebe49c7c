package io.venule.dose;

import io.venule.druglibrary.CareArea;
import io.venule.druglibrary.LibraryEntry;
import io.venule.prescription.Patient;
import io.venule.prescription.Prescription;
import io.venule.prescription.Regimen;
import io.venule.pump.PumpModel;

/** What runs, as far as a change of its rate depends on it: the order, whose it is, on what pump, under which limits. */
public record Infusion(Prescription prescription, Patient patient, PumpModel pump, LibraryEntry entry) {
    Program at(Regimen wanted, CareArea area) {
        var order = new Program.Order(prescription.mixture(), wanted, prescription.toInfuse());
        return new Program(order, patient.body(), pump, entry, area);
    }

    Program asOrdered(CareArea area) {
        return at(prescription.regimen(), area);
    }

    @Override
    public String toString() {
        return "infusion of " + prescription.id();
    }
}
