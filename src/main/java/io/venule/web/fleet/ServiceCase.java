package io.venule.web.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.venule.audit.AuditLog.Logged;
import io.venule.druglibrary.LibraryVersion;
import io.venule.order.SelfReports.Kept;
import io.venule.pump.Challenge.PumpLibrary;
import io.venule.pump.EnrolledPump;
import io.venule.pump.Nameplate;
import io.venule.web.auditlog.EntryShown;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one pump in one file, for its maker or a workshop: it leaves the hospital, so that nobody is in it, neither patient nor staff, and no secret.
 *
 * @param made when, in UTC
 * @param says what the pump says of itself; absent where it was never asked
 * @param entries the last entries of the audit log about it, newest first, at most {@link #MOST_ENTRIES}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServiceCase(
        String made,
        Enrolment enrolment,
        @Nullable Says says,
        LibraryVersion currentLibrary,
        List<PublicCertificate> certificates,
        @Nullable OutOfUse quarantine,
        List<ChannelView> channels,
        List<LastError> lastErrors,
        List<Entry> entries) {
    /** What a workshop reads; the whole log is exported elsewhere. */
    static final int MOST_ENTRIES = 200;

    /** Details that name nobody; any other, and any that comes later, stays in the hospital. */
    private static final Set<String> OF_NOBODY = Set.of(
            "alarm",
            "battery",
            "cause",
            "code",
            "counter",
            "drug",
            "epoch",
            "event",
            "from",
            "infused",
            "mains",
            "open",
            "rate",
            "result",
            "sequence",
            "sha256",
            "shift",
            "software",
            "to",
            "type",
            "volume",
            "what");
    /** Whose reason is about the pump. */
    private static final Set<String> OF_THE_PUMP = Set.of("PUMP_DOUBTED", "QUARANTINE_LIFTED", "ORDER_REJECTED");

    /** As biomedical engineering enrolled it. */
    public record Enrolment(
            String serial,
            String assetId,
            String model,
            int channels,
            String endpoint,
            String ward,
            boolean simulated,
            String recordKey) {
        static Enrolment of(EnrolledPump pump) {
            return new Enrolment(
                    pump.serial().value(),
                    pump.assetId(),
                    pump.model().name(),
                    pump.channels(),
                    pump.endpoint(),
                    pump.ward(),
                    pump.simulated(),
                    pump.recordKey());
        }
    }

    /** @param since when it was first read like this */
    public record Says(String since, Nameplate nameplate, PumpLibrary library) {
        static Says of(Kept kept) {
            return new Says(
                    kept.since().toString(), kept.said().plate(), kept.said().library());
        }
    }

    /** A connection lost, a quarantine, or what the pump refused or did not answer. */
    public record LastError(String at, String what, String place, String why) {
        static LastError of(PumpHistory.Trouble trouble) {
            return new LastError(trouble.at().iso(), trouble.what(), trouble.place(), trouble.why());
        }
    }

    /** @param entryHash the entry's leaf in the log, by which the hospital finds all of it */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Entry(
            long index,
            String at,
            String kind,
            String place,
            String order,
            Map<String, String> details,
            String entryHash) {
        static Entry of(Logged logged) {
            var shown = EntryShown.of(logged);
            var details = shown.details().entrySet().stream()
                    .filter(detail -> OF_NOBODY.contains(detail.getKey())
                            || (detail.getKey().equals("why") && OF_THE_PUMP.contains(shown.kind())))
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one, java.util.TreeMap::new));
            return new Entry(
                    shown.index(), shown.at(), shown.kind(), shown.place(), shown.order(), details, shown.entryHash());
        }
    }
}
