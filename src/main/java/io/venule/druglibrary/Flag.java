package io.venule.druglibrary;

/**
 * What a change does, the gravest first. Whoever signs a release looks at each that is {@link #isFlagged}; the others permit less, or nothing else than
 * before. Source: EXPECTATIONS row 22; docs/drug-library.md, "Comparing releases".
 */
public enum Flag {
    /** The same product, or the same entry, now stands for another drug. */
    OTHER_DRUG("another drug", true),
    /** The same product, or the same entry, now has another strength, or the product another volume. */
    OTHER_CONTENT("another content", true),
    /** The same entry now holds in another care area. */
    OTHER_AREA("another care area", true),
    /** Another unit, or dosed in another way. Said also where the quantity is the same: a number that is read under the old unit is wrong. */
    UNIT_CHANGED("unit changed", true),
    /** A hard limit moved outward, or is gone. */
    HARD_WIDENED("hard limit widened", true),
    /** A second person looks at fewer orders, or the drug is no longer named as high-alert. */
    LESS_CHECKED("less checked", true),
    /** A bolus was not allowed and now is. */
    BOLUS_ALLOWED("bolus allowed", true),
    /** Another starting dose, or one where there was none. It limits nothing, but it is what a nurse begins with. */
    START_CHANGED("start changed", true),
    /** A soft limit moved outward, or is gone; or vein is kept open at a higher rate. */
    WIDENED("widened", true),
    /** There was none of this name. */
    ADDED("added", true),
    /** There is none of this name any more. */
    REMOVED("removed", false),
    /** A limit moved inward or is new; or a bolus is no longer allowed. */
    NARROWED("narrowed", false),
    /** A second person looks at more orders, or the drug is now named as high-alert. */
    MORE_CHECKED("more checked", false),
    /** Words that limit nothing. */
    TEXT("text changed", false);

    private final String word;
    private final boolean flagged;

    Flag(String word, boolean flagged) {
        this.word = word;
        this.flagged = flagged;
    }

    /** For people. */
    public String word() {
        return word;
    }

    /** Whether it may permit what was not permitted before. */
    public boolean isFlagged() {
        return flagged;
    }
}
