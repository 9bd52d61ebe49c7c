package io.venule.web.bedside;

import io.venule.order.Verdict;
import io.venule.pairing.Paired;
import io.venule.prescription.Patient;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The two identifiers of the patient whose wristband was scanned, for the nurse's own page: never in an address, an order or the log.
 * Empty texts where the scans do not belong together. Source: WHO patient identification, two identifiers.
 *
 * @param born such as {@code 14 Mar 1958}
 */
public record PatientShown(String name, String born) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    static final PatientShown NOBODY = new PatientShown("", "");

    static PatientShown of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Ready(var dose) -> of(dose.paired());
            case Verdict.Soft(var paired, var breach) -> of(paired);
            case Verdict.Hard(var paired, var limits) -> of(paired);
            case Verdict.Mispaired mispaired -> NOBODY;
            case Verdict.NotRead notRead -> NOBODY;
        };
    }

    private static PatientShown of(Paired paired) {
        return of(paired.patient());
    }

    static PatientShown of(Patient patient) {
        return new PatientShown(patient.name(), DAY.format(patient.born()));
    }
}
