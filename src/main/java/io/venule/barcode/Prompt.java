package io.venule.barcode;

/** What the nurse is asked to scan next. */
public enum Prompt {
    WRISTBAND("the patient's wristband", Scan.Wristband.class),
    BAG("the bag", Scan.Bag.class),
    PUMP("the tag on the pump channel", Scan.PumpTag.class),
    BADGE("your staff badge", Scan.Badge.class);

    private final String word;
    private final Class<? extends Scan> wanted;

    Prompt(String word, Class<? extends Scan> wanted) {
        this.word = word;
        this.wanted = wanted;
    }

    /** What is asked for, as it stands in "Scan the bag." */
    public String word() {
        return word;
    }

    boolean takes(Scan scan) {
        return wanted.isInstance(scan);
    }
}
