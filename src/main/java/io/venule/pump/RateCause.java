package io.venule.pump;

/** Why a rate changed. */
public enum RateCause {
    KEYPAD,
    ORDER,
    VOLUME_COMPLETE,
    ALARM,
    BOLUS
}
