package io.venule.web.fleet;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.venule.pairing.Lot;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LiveChannels;
import io.venule.pump.LiveChannels.Heard;
import io.venule.pump.Quarantine;
import io.venule.web.Shown;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One pump channel as last heard; a lost pump keeps its last report, marked as such and never shown as live.
 *
 * @param state stable name: the pump's own state, or {@code LOST}, or {@code NEVER_HEARD}, or {@code OUT_OF_USE} where the pump is in quarantine
 * @param word the state as the ward reads it
 * @param priority alarm mark {@code !!!}, {@code !!} or {@code !}; empty where nothing is wrong
 * @param notice what is amiss with the pump itself or with the bag on the channel, in words; empty where nothing is
 * @param lostSince when the session broke, the quarantine began, or the first try to reach it came to nothing; absent while the pump is heard
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ChannelView(
        String channel,
        String serial,
        int number,
        String assetId,
        String model,
        String state,
        String word,
        String priority,
        String drug,
        String rate,
        String vtbi,
        String infused,
        String orderId,
        String reportedAt,
        String notice,
        String lostSince,
        String lostWhy) {
    private static final String OUT_OF_USE = "OUT_OF_USE";
    private static final String NEVER_HEARD = "NEVER_HEARD";

    static ChannelView of(EnrolledPump pump, int number, @Nullable Heard heard) {
        return switch (heard) {
            case null -> neverHeard(pump, number);
            case Heard.Live(var status) ->
                of(pump, status, status.state().name(), status.state().word(), "", "");
            case Heard.Lost(var status, var since, var why) ->
                of(pump, status, "LOST", "no connection", since.toString(), why);
        };
    }

    /** The same of a pump in quarantine: what it said last, and that nobody listens to it. Someone must look at it, whatever it did last. */
    ChannelView outOfUse(Quarantine quarantine) {
        return with(
                OUT_OF_USE,
                "out of use",
                atLeast("!!"),
                notice,
                quarantine.since().toString(),
                quarantine.why());
    }

    /** The same of a pump that was never heard, with since when it was tried and why in vain. */
    ChannelView missed(LiveChannels.Missed pump) {
        return state.equals(NEVER_HEARD)
                ? with(state, word, priority, notice, pump.since().toString(), pump.why())
                : this;
    }

    /** The same of a pump with which something is amiss: somebody should look at it, and what is more urgent comes first. */
    ChannelView noticed(String amiss) {
        return with(state, word, atLeast("!"), both(amiss), lostSince, lostWhy);
    }

    /** The same of a channel whose bag is of a recalled lot: somebody must go there. */
    ChannelView recalled(Lot lot) {
        var sentence = "The lot of its bag, " + lot.number() + ", is recalled: stop it at the pump.";
        return with(state, word, atLeast("!!"), both(sentence), lostSince, lostWhy);
    }

    private String atLeast(String mark) {
        return priority.length() > mark.length() ? priority : mark;
    }

    private String both(String more) {
        return notice.isEmpty() ? more : more + " " + notice;
    }

    private ChannelView with(
            String itsState, String itsWord, String itsPriority, String itsNotice, String since, String why) {
        return new ChannelView(
                channel,
                serial,
                number,
                assetId,
                model,
                itsState,
                itsWord,
                itsPriority,
                drug,
                rate,
                vtbi,
                infused,
                orderId,
                reportedAt,
                itsNotice,
                since,
                why);
    }

    private static ChannelView neverHeard(EnrolledPump pump, int number) {
        return new ChannelView(
                new ChannelId(pump.serial(), number).toString(),
                pump.serial().value(),
                number,
                pump.assetId(),
                pump.model().name(),
                NEVER_HEARD,
                "never heard",
                "!",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "");
    }

    private static ChannelView of(
            EnrolledPump pump, ChannelStatus status, String state, String word, String lostSince, String why) {
        return new ChannelView(
                status.channel().toString(),
                pump.serial().value(),
                status.channel().channel(),
                pump.assetId(),
                pump.model().name(),
                state,
                word,
                priority(state, status.state()),
                status.drug(),
                status.rate().print(),
                status.toInfuse().print(),
                status.infused().print(),
                status.orderId(),
                status.reportedAt().toString(),
                "",
                lostSince,
                why);
    }

    /** An infusing pump that is lost matters; an idle one that is lost does not hide it. */
    private static String priority(String state, ChannelState last) {
        return switch (last) {
            case ALARM, KEEP_VEIN_OPEN -> "!!!";
            case RUNNING, PAUSED, ORDER_PENDING -> state.equals("LOST") || last == ChannelState.PAUSED ? "!!" : "";
            case IDLE, COMPLETE -> state.equals("LOST") ? "!" : "";
        };
    }

    /** The first to look at comes first: alarms, then doubt, then what runs, then the rest. */
    @JsonIgnore
    public int rank() {
        return switch (priority) {
            case "!!!" -> 0;
            case "!!" -> 1;
            case "!" -> 2;
            default ->
                switch (state) {
                    case "ORDER_PENDING" -> 3;
                    case "RUNNING" -> 4;
                    case "COMPLETE" -> 5;
                    default -> 6;
                };
        };
    }

    /** The row's key in the page. */
    @JsonIgnore
    public String key() {
        return "ch-" + serial + "-" + number;
    }

    @JsonIgnore
    public Shown look() {
        return switch (state) {
            case "ALARM" -> new Shown("bad", "bell-fill");
            case "KEEP_VEIN_OPEN" -> new Shown("bad", "exclamation-triangle-fill");
            case "PAUSED" -> new Shown("warn", "pause-circle-fill");
            case "ORDER_PENDING" -> new Shown("low", "hourglass-split");
            case "RUNNING" -> new Shown(priority.equals("!!") ? "warn" : "good", "play-circle-fill");
            case "COMPLETE" -> new Shown("info", "check-circle-fill");
            case OUT_OF_USE -> new Shown("warn", "x-octagon-fill");
            case "LOST" -> new Shown(priority.equals("!") ? "quiet" : "warn", "wifi-off");
            case NEVER_HEARD -> new Shown("quiet", "question-circle-fill");
            default -> new Shown("quiet", "circle");
        };
    }

    /** Whether what stands here is what it said last, and may be otherwise by now. */
    @JsonIgnore
    public boolean isOld() {
        return state.equals("LOST") || state.equals(OUT_OF_USE);
    }

    /** Whether the row has this in it, in small letters; each has what is empty. */
    boolean has(String text) {
        return text.isEmpty()
                || channel.toLowerCase(Locale.ROOT).contains(text)
                || assetId.toLowerCase(Locale.ROOT).contains(text)
                || drug.toLowerCase(Locale.ROOT).contains(text);
    }

    /** Whether the server has no connection to it, whatever it was before. */
    @JsonIgnore
    public boolean isAway() {
        return state.equals("LOST") || state.equals(NEVER_HEARD);
    }
}
