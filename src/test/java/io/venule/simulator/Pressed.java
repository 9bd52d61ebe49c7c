package io.venule.simulator;

/** What came of pressing something on the front panel. */
sealed interface Pressed {
    record Done() implements Pressed {}

    /** The pump wants to be asked twice, and says why. */
    record ConfirmFirst(String question) implements Pressed {}

    record Refused(String reason) implements Pressed {}
}
