package io.venule.web.fleet;

import io.venule.barcode.Barcodes;
import io.venule.barcode.Scan;
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
import io.venule.web.EndsSoon;
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
    /** Whoever watches sees what is at most as old; shorter than the time between two looks of one who watches. */
    private static final Duration SHARED = Duration.ofMillis(400);

    private final Fleet fleet;
    private final LiveChannels live;
    private final InstantSource clock;
    private final KeyOutlook keys;
    private final Endings endings;
    private final Quarantines quarantines;
    private final SelfReports reports;
    private final Recalls recalls;
    private final ActiveRelease active;
    private final CertificateEnds ends = new CertificateEnds();
    private volatile FleetLook last = new FleetLook(List.of(), Instant.MIN);

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

    List<EnrolledPump> pumps() {
        return fleet.pumps();
    }

    /** What is to be said about the order keys of wards, in sentences; nothing while they last. */
    List<String> keyWarnings() {
        return keys.shortOnes().stream().map(KeyOutlook.Last::sentence).toList();
    }

    /** What must be seen to now, what ends first first. */
    List<EndsSoon> endings(Times times) {
        return EndsSoon.of(endings, _ -> true, times);
    }

    /** A pump whose certificate somebody must see to, and why. */
    record Expiring(String serial, String assetId, Shown look, String word) {
        static Expiring of(EnrolledPump pump, Certificate certificate) {
            return new Expiring(pump.serial().value(), pump.assetId(), certificate.look(), certificate.word());
        }
    }

    /** The pumps whose certificates end within 30 days, have ended or cannot be read; by serial. */
    List<Expiring> expiring(Times times) {
        var now = clock.instant();
        return pumps().stream()
                .filter(pump -> ends.isSoon(pump.certificate(), now))
                .map(pump -> Expiring.of(pump, Certificate.of(pump.certificate(), now, times)))
                .sorted(Comparator.comparing(Expiring::serial))
                .toList();
    }

    /** All channels as they are now. */
    FleetLook look() {
        var at = clock.instant();
        var known = known();
        var look = new FleetLook(
                pumps().stream()
                        .flatMap(pump -> channelsOf(pump, known).stream())
                        .toList(),
                at);
        last = look;
        return look;
    }

    /** All channels as they were a moment ago at most: the fleet is looked at once for all who watch. */
    synchronized FleetLook sharedLook() {
        var now = clock.instant();
        var seen = last;
        return seen.at().isAfter(now) || seen.at().isBefore(now.minus(SHARED)) ? look() : seen;
    }

    FleetLook.Wanted wanted(String state, String text, String order, int from) {
        return new FleetLook.Wanted(BoardState.of(state), searched(text.strip()), BoardOrder.of(order), from);
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
                .map(view -> live.missed(pump.serial()).map(view::missed).orElse(view))
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
