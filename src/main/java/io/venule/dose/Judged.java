package io.venule.dose;

/** What a limit is about. */
public enum Judged {
    DOSE_RATE("dose-rate", "Dose rate"),
    TOTAL_DOSE("total-dose", "Dose"),
    CONCENTRATION("concentration", "Concentration"),
    RATE("rate", "Rate"),
    DURATION("duration", "Duration"),
    WEIGHT("weight", "Patient weight"),
    TO_INFUSE("to-infuse", "Volume to be infused"),
    BOLUS_DOSE("bolus-dose", "Bolus dose"),
    BOLUS_RATE("bolus-rate", "Bolus rate");

    private final String code;
    private final String words;

    Judged(String code, String words) {
        this.code = code;
        this.words = words;
    }

    public String code() {
        return code;
    }

    /** {@code "Dose rate"}. */
    public String words() {
        return words;
    }
}
