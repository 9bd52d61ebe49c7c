package io.venule.web.fleet;

import java.util.Locale;

/** In which order the board shows channels. */
public enum BoardOrder {
    /** The first to look at comes first. */
    URGENCY("Most urgent first"),
    CHANNEL("Serial"),
    ASSET("Asset tag"),
    /** Channels without a drug come last. */
    DRUG("Drug");

    private final String label;

    BoardOrder(String label) {
        this.label = label;
    }

    /** The one of this name; by urgency where there is none. */
    static BoardOrder of(String name) {
        for (var order : values()) {
            if (order.name().equals(name)) {
                return order;
            }
        }
        return URGENCY;
    }

    public String label() {
        return label;
    }

    /** What is compared, character by character, here and in the page; no two channels have the same. */
    String key(ChannelView view) {
        var first = switch (this) {
            case URGENCY -> Integer.toString(view.rank());
            case CHANNEL -> "";
            case ASSET -> view.assetId();
            case DRUG -> view.drug().isEmpty() ? "~" : view.drug().toLowerCase(Locale.ROOT);
        };
        return "%s %s/%02d".formatted(first, view.serial(), view.number());
    }
}
