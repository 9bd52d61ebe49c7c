package io.venule.pump;

/** The state of one channel, as the contract's {@code State} variable numbers it from 0. */
public enum ChannelState {
    IDLE("idle"),
    ORDER_PENDING("order waiting"),
    RUNNING("running"),
    KEEP_VEIN_OPEN("keep vein open"),
    PAUSED("paused"),
    COMPLETE("complete"),
    ALARM("alarm");

    private final String word;

    ChannelState(String word) {
        this.word = word;
    }

    /** What the ward reads. */
    public String word() {
        return word;
    }
}
