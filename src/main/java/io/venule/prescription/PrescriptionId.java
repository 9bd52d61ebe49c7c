package io.venule.prescription;

/** The order number of a prescription, as the pharmacy's compounding label carries it: 4 to 20 capital letters, digits, hyphens. */
public record PrescriptionId(String value) {
    public PrescriptionId {
        if (!value.matches("[A-Z0-9][A-Z0-9-]{2,18}[A-Z0-9]")) {
            throw new IllegalArgumentException("not a prescription id: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
