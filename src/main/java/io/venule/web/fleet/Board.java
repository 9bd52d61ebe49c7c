package io.venule.web.fleet;

import io.venule.barcode.Barcodes;
import io.venule.barcode.Scan;
import io.venule.order.Ending;
import io.venule.order.Endings;
import io.venule.order.Fleet;
import io.venule.order.KeyOutlook;
import io.venule.order.Quarantines;
import io.venule.order.Recalls;
import io.venule.order.SelfReports;
import io.venule.pairing.Lot;
import io.venule.pump.ChannelId;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LiveChannels;
import io.venule.pump.PumpSerial;
import io.venule.pump.Quarantine;
import io.venule.pump.SelfReport;
import io.venule.release.ActiveRelease;
import io.venule.web.Shown;
import io.venule.web.Times;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** All channels of the inventory with what was last heard of each. */
@Singleton
class Board {
    private static final Comparator<ChannelView> ORDER = Comparator.comparingInt(ChannelView::rank)
            .thenComparing(ChannelView::serial)
            .thenComparingInt(ChannelView::number);

    private final Fleet fleet;
    private final LiveChannels live;
    private final InstantSource clock;
    private final KeyOutlook keys;
    private final Endings endings;
    private final Quarantines quarantines;
    private final SelfReports reports;
    private final Recalls recalls;
    private final ActiveRelease active;

    Board(
            Fleet fleet,
            LiveChannels live,
            InstantSource clock,
            KeyOutlook keys,
            Endings endings,
            Quarantines quarantines,
            SelfReports reports,
            Recalls recalls,
            ActiveRelease active) {
        this.quarantines = quarantines;
        this.reports = reports;
        this.recalls = recalls;
        this.active = active;
        this.keys = keys;
        this.endings = endings;
        this.fleet = fleet;
        this.live = live;
        this.clock = clock;
    }

    /** What is wanted of the board: a state, or {@code ATTENTION}, and a text or scanned pump tag. */
    record Filter(String state, String text) {}

    List<EnrolledPump> pumps() {
        return fleet.pumps();
    }

    /** What is to be said about the order keys of wards, in sentences; nothing while they last. */
    List<String> keyWarnings() {
        return keys.shortOnes().stream().map(KeyOutlook.Last::sentence).toList();
    }

    /** What all orders need and what ends soon, and what is to be done. */
    record Needed(String what, Shown look, String word, String until, String then, String remedy) {}

    /** What must be seen to now, what ends first first. */
    List<Needed> endings(Times times) {
        return endings.soon().stream()
                .map(ending -> needed(ending, ending.left(clock.instant()), times))
                .toList();
    }

    private static Needed needed(Ending ending, Duration left, Times times) {
        return new Needed(
                ending.what(),
                Certificate.look(left),
                Certificate.word(left),
                times.show(ending.until()).exact(),
                ending.then(),
                ending.remedy());
    }

    /** A pump whose certificate somebody must see to, and why. */
    record Expiring(String serial, String assetId, Shown look, String word) {}

    /** The pumps whose certificates end within 30 days, have ended or cannot be read; by serial. */
    static List<Expiring> expiring(List<EnrolledPump> pumps, Instant now, Times times) {
        return pumps.stream()
                .map(pump -> Map.entry(pump, Certificate.of(pump.certificate(), now, times)))
                .filter(entry -> entry.getValue().isShort())
                .map(entry -> new Expiring(
                        entry.getKey().serial().value(),
                        entry.getKey().assetId(),
                        entry.getValue().look(),
                        entry.getValue().word()))
                .sorted(Comparator.comparing(Expiring::serial))
                .toList();
    }

    /** The channels that fit, the most urgent first. */
    List<ChannelView> channels(List<EnrolledPump> pumps, Filter filter) {
        var text = searched(filter.text().strip());
        var known = known();
        return pumps.stream()
                .flatMap(pump -> channelsOf(pump, known).stream())
                .filter(view -> view.fits(filter.state(), text))
                .sorted(ORDER)
                .toList();
    }

    /**
     * What the record says of pumps, read once for all of them.
     *
     * @param outOfUse those in quarantine
     * @param amiss those that say of themselves what they should not
     * @param recalled channels with a bag of a recalled lot
     */
    record Known(
            Map<PumpSerial, Quarantine> outOfUse, Map<PumpSerial, SelfReport> amiss, Map<ChannelId, Lot> recalled) {
        /** Why the pump is out of use; empty where it is not. */
        Optional<Quarantine> quarantineOf(EnrolledPump pump) {
            return Optional.ofNullable(outOfUse.get(pump.serial()));
        }

        ChannelView markedIn(ChannelView view, ChannelId channel) {
            return Optional.ofNullable(recalled.get(channel))
                    .map(view::recalled)
                    .orElse(view);
        }
    }

    Known known() {
        return new Known(quarantines.standing(), reports.amiss(active.version().sha256()), recalls.inUse());
    }

    List<ChannelView> channelsOf(EnrolledPump pump, Known known) {
        var notice = Optional.ofNullable(known.amiss().get(pump.serial()))
                .map(said -> SelfShown.notice(pump.serial(), said, active.version()));
        var quarantine = known.quarantineOf(pump);
        return IntStream.rangeClosed(1, pump.channels())
                .mapToObj(number -> new ChannelId(pump.serial(), number))
                .map(channel -> known.markedIn(
                        ChannelView.of(pump, channel.channel(), live.of(channel).orElse(null)), channel))
                .map(view -> notice.map(view::noticed).orElse(view))
                .map(view -> quarantine.map(view::outOfUse).orElse(view))
                .toList();
    }

    private String searched(String text) {
        if (text.length() > 4
                && Barcodes.read(text, clock.instant()) instanceof Scan.PumpTag(var serial, var channel)) {
            return (serial + "/" + channel).toLowerCase(Locale.ROOT);
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
