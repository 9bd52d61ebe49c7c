package io.venule.web.fleet;

/** Which channels the board shows, by the state of each. */
public enum BoardState {
    ALL("All"),
    /** Whatever has an alarm mark. */
    ATTENTION("Needs attention"),
    ALARM("Alarm"),
    KEEP_VEIN_OPEN("Keep vein open"),
    RUNNING("Running"),
    ORDER_PENDING("Order waiting"),
    PAUSED("Paused"),
    COMPLETE("Complete"),
    IDLE("Idle"),
    OUT_OF_USE("Out of use"),
    /** Those never heard too. */
    LOST("No connection");

    private final String label;

    BoardState(String label) {
        this.label = label;
    }

    /** The one of this name; all where there is none. */
    static BoardState of(String name) {
        for (var state : values()) {
            if (state.name().equals(name)) {
                return state;
            }
        }
        return ALL;
    }

    public String label() {
        return label;
    }

    boolean takes(ChannelView view) {
        return switch (this) {
            case ALL -> true;
            case ATTENTION -> !view.priority().isEmpty();
            case LOST -> view.isAway();
            case ALARM, KEEP_VEIN_OPEN, RUNNING, ORDER_PENDING, PAUSED, COMPLETE, IDLE, OUT_OF_USE ->
                view.state().equals(name());
        };
    }
}
