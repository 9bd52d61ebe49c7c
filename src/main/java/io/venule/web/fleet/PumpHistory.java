package io.venule.web.fleet;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.audit.AuditLog.About;
import io.venule.audit.AuditLog.Logged;
import io.venule.audit.AuditLog.Search;
import io.venule.pump.PumpSerial;
import io.venule.pump.Receipt;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Jws;
import io.venule.web.Times;
import io.venule.web.Wording;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the log says of one pump and its channels, newest first. */
@Singleton
class PumpHistory {
    /** Older ones say nothing about how it is now; and a pump's whole past is not searched for the few that there may be. */
    static final Duration ERRORS_OF = Duration.ofDays(30);

    static final int MOST_ERRORS = 10;
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);
    private static final List<AuditKind> ERRORS = List.of(
            AuditKind.PUMP_DOUBTED, AuditKind.ORDER_REJECTED, AuditKind.ORDER_UNCONFIRMED, AuditKind.STOP_NOT_DONE);

    private final AuditLog log;
    private final Times times;
    private final InstantSource clock;

    PumpHistory(AuditLog log, Times times, InstantSource clock) {
        this.log = log;
        this.times = times;
        this.clock = clock;
    }

    /**
     * A connection lost, a quarantine, or what a pump refused or did not answer.
     *
     * @param what in words
     * @param place the pump or its channel
     * @param why in words
     */
    public record Trouble(Times.Shown at, String what, String place, String why) {}

    List<Logged> latest(PumpSerial pump, int most) {
        return find(About.at(pump.value()), Instant.EPOCH, most);
    }

    /** The last ones of the last {@link #ERRORS_OF}, at most {@link #MOST_ERRORS}. */
    List<Trouble> troubles(PumpSerial pump) {
        var from = clock.instant().minus(ERRORS_OF);
        return ERRORS.stream()
                .map(kind -> new About("", pump.value(), "", "", "", kind.name()))
                .flatMap(about -> find(about, from, MOST_ERRORS).stream())
                .sorted(Comparator.comparingLong(Logged::index).reversed())
                .limit(MOST_ERRORS)
                .map(this::trouble)
                .toList();
    }

    private List<Logged> find(About about, Instant from, int most) {
        return log.find(new Search(about, from, clock.instant().plus(CLOCKS_APART), Long.MAX_VALUE, most));
    }

    private Trouble trouble(Logged logged) {
        var entry = logged.entry();
        var what = entry.kind() == AuditKind.PUMP_DOUBTED
                ? Wording.capital(entry.said("what"))
                : Wording.words(entry.kind().name());
        return new Trouble(times.show(entry.at()), what, entry.place(), why(entry));
    }

    /** What the entry says, or else the pump's receipt that it holds, which was verified before the entry was made. */
    private static String why(AuditEntry entry) {
        var said = entry.said("why");
        return !said.isEmpty()
                ? said
                : entry.signed().stream()
                        .flatMap(signed -> Jws.unverifiedPayload(signed).stream())
                        .map(CanonicalJson::parse)
                        .flatMap(PumpHistory::rejection)
                        .findFirst()
                        .orElse("");
    }

    private static Stream<String> rejection(CanonicalJson.Parsed payload) {
        return payload instanceof CanonicalJson.Parsed.Ok(JsonObject(var members))
                        && members.get("code") instanceof JsonText(var code)
                        && !code.isEmpty()
                ? Stream.of(Receipt.Rejection.ofCode(code).sentence())
                : Stream.empty();
    }
}
