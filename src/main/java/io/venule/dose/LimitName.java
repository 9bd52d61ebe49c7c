package io.venule.dose;

/** Which of the four limits. */
public enum LimitName {
    HARD_LOW("hard-low", "below the hard limit"),
    SOFT_LOW("soft-low", "below the soft limit"),
    SOFT_HIGH("soft-high", "above the soft limit"),
    HARD_HIGH("hard-high", "above the hard limit");

    private final String code;
    private final String words;

    LimitName(String code, String words) {
        this.code = code;
        this.words = words;
    }

    public boolean isHard() {
        return this == HARD_LOW || this == HARD_HIGH;
    }

    public String code() {
        return code;
    }

    String words() {
        return words;
    }
}
