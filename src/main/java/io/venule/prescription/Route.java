package io.venule.prescription;

/** How an infusion enters the body. */
public enum Route {
    INTRAVENOUS("intravenous"),
    EPIDURAL("epidural"),
    SUBCUTANEOUS("subcutaneous");

    private final String word;

    Route(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
