package io.venule.dose;

import io.venule.druglibrary.CareArea;
import io.venule.druglibrary.LibraryEntry;
import io.venule.pairing.Paired;
import io.venule.prescription.BodyMeasures;
import io.venule.prescription.Prescription.Mixture;
import io.venule.prescription.Regimen;
import io.venule.pump.PumpModel;
import io.venule.quantity.Volume;

/** Everything that a verdict depends on, and nothing else. */
record Program(Order order, BodyMeasures body, PumpModel pump, LibraryEntry entry, CareArea area) {
    /** What was ordered. */
    record Order(Mixture mixture, Regimen regimen, Volume toInfuse) {}

    static Program of(Paired paired, CareArea area) {
        var prescription = paired.prescription();
        return new Program(
                new Order(prescription.mixture(), prescription.regimen(), prescription.toInfuse()),
                paired.patient().body(),
                paired.pump(),
                paired.entry(),
                area);
    }
}
