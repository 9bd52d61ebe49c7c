package io.venule.prescription;

/**
 * A patient as the wristband names them: GS1 GSRN (AI 8018, 18 digits) of the subject of care. The band's relation instance (AI 8019)
 * belongs to the band, not to the patient. Redacted in text, because it is patient data.
 */
public record PatientId(String gsrn) {
    public PatientId {
        if (!gsrn.matches("[0-9]{18}")) {
            throw new IllegalArgumentException("a GSRN has 18 digits");
        }
    }

    @Override
    public String toString() {
        return "patient …" + gsrn.substring(14);
    }
}
