package io.venule.web.fleet;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.venule.order.OfferedCertificate;
import io.venule.order.SelfReports;
import io.venule.order.Ward;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import io.venule.pump.Quarantine;
import io.venule.release.ActiveRelease;
import io.venule.staff.Role;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Roles;
import io.venule.web.Shell;
import io.venule.web.Shells;
import io.venule.web.Staff;
import io.venule.web.Streams;
import io.venule.web.Times;
import io.venule.web.auditlog.EntryShown;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The fleet board, live, and one pump with everything known of it. */
@Path("/fleet")
@RolesAllowed({Roles.NURSE, Roles.PHARMACIST, Roles.BIOMED, Roles.AUDITOR, Roles.ADMIN})
public class FleetPages {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int LAST_RECORDS = 30;

    private final Shells shells;
    private final Staff staff;
    private final Board board;
    private final QuarantineDesk quarantines;
    private final CertificateDesk certificates;
    private final Ward ward;
    private final PumpHistory history;
    private final SelfReports reports;
    private final ServiceCases serviceCases;
    private final ActiveRelease active;
    private final Problems problems;
    private final Streams streams;
    private final Times times;
    private final InstantSource clock;

    FleetPages(
            Shells shells,
            Staff staff,
            Board board,
            QuarantineDesk quarantines,
            CertificateDesk certificates,
            Ward ward,
            PumpHistory history,
            SelfReports reports,
            ServiceCases serviceCases,
            ActiveRelease active,
            Problems problems,
            Streams streams,
            Times times,
            InstantSource clock) {
        this.shells = shells;
        this.staff = staff;
        this.board = board;
        this.quarantines = quarantines;
        this.certificates = certificates;
        this.ward = ward;
        this.history = history;
        this.reports = reports;
        this.serviceCases = serviceCases;
        this.active = active;
        this.problems = problems;
        this.streams = streams;
        this.times = times;
        this.clock = clock;
    }

    /**
     * One row: a channel and when it was last heard.
     *
     * @param since when its connection broke; empty where it has one
     * @param opens whether who looks may open the order that runs there
     */
    public record Row(ChannelView channel, Times.Shown heard, String since, boolean opens) {}

    /** What the board shows. */
    public record Shown(
            String state,
            String text,
            Counts counts,
            List<String> keyWarnings,
            List<Board.Needed> endings,
            List<Board.Expiring> expiring,
            List<EnrolledPump> offering,
            List<Row> rows) {}

    /** The whole fleet in four numbers, whatever the filter; live, because a board that counts no alarm beside one that it shows misleads. */
    public record Counts(int all, int urgent, int lost, int running) {}

    /**
     * One pump with its certificate's end, worked out.
     *
     * @param certificates what it is enrolled with, the newest first
     * @param offers certificates that it presents and was not enrolled with, the latest seen first
     * @param accepts whether who looks may accept one
     * @param said what it says of itself; null where it was never asked
     * @param heard when a channel of it was heard last; null where none was since the server's start
     * @param away a channel without connection, for all of them; null where the pump is heard
     */
    public record Plate(
            EnrolledPump pump,
            List<Certificate> certificates,
            List<Waiting> offers,
            boolean accepts,
            long library,
            @Nullable SelfShown said,
            Times.@Nullable Shown heard,
            @Nullable Halt halt,
            @Nullable Row away,
            List<Row> rows,
            List<PumpHistory.Trouble> troubles,
            List<EntryShown.Line> records) {}

    /**
     * A certificate that waits.
     *
     * @param sha256 its fingerprint as it is sent
     */
    public record Waiting(Certificate certificate, String sha256, Times.Shown since) {}

    /**
     * Why a pump is out of use, since when, and what is to be done; with the reasons by which who looks may lift it.
     *
     * @param reasons none where who looks may not
     */
    public record Halt(OutOfUse quarantine, Times.Shown since, List<OutOfUse.Reason> reasons) {}

    @CheckedTemplate(basePath = "fleet")
    record board(Shell shell, Shown fleet) implements TemplateInstance {}

    @CheckedTemplate(basePath = "fleet")
    record row(Row row) implements TemplateInstance {}

    @CheckedTemplate(basePath = "fleet")
    record counts(Counts counts) implements TemplateInstance {}

    @CheckedTemplate(basePath = "fleet")
    record pump(Shell shell, Plate plate) implements TemplateInstance {}

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RunOnVirtualThread
    public TemplateInstance all(@RestQuery @DefaultValue("") String state, @RestQuery @DefaultValue("") String q) {
        var opens = mayOpenOrders();
        var rows = board.channels(board.pumps(), new Board.Filter(state, q)).stream()
                .map(view -> row(view, opens))
                .toList();
        var renews = canRenew();
        return new board(
                shells.here(),
                new Shown(
                        state,
                        q,
                        countAll(),
                        board.keyWarnings(),
                        renews ? board.endings(times) : List.of(),
                        renews ? Board.expiring(board.pumps(), clock.instant(), times) : List.of(),
                        renews ? offering() : List.of(),
                        rows));
    }

    /** The pumps that present another certificate than they are enrolled with. */
    private List<EnrolledPump> offering() {
        var waiting = certificates.waiting();
        return board.pumps().stream()
                .filter(pump -> waiting.containsKey(pump.serial()))
                .toList();
    }

    /** Whether who looks can have a certificate renewed. */
    private boolean canRenew() {
        var person = staff.signedIn();
        return person.is(Role.BIOMED) || person.is(Role.ADMIN);
    }

    private Counts countAll() {
        var everything = board.channels(board.pumps(), new Board.Filter("", ""));
        return new Counts(
                everything.size(),
                count(everything, view -> !view.priority().isEmpty()),
                count(everything, ChannelView::isAway),
                count(everything, view -> view.state().equals("RUNNING")));
    }

    @GET
    @Path("{serial}")
    @Produces(MediaType.TEXT_HTML)
    @RunOnVirtualThread
    public TemplateInstance one(@PathParam("serial") String serial) {
        var pump = PumpSerial.parse(serial)
                .flatMap(ward::pump)
                .orElseThrow(() -> problems.refuse(ProblemType.NOT_FOUND, "No such pump is in the inventory."));
        return new pump(shells.here(), plate(pump));
    }

    private Plate plate(EnrolledPump pump) {
        var opens = mayOpenOrders();
        var known = board.known();
        var quarantine = known.quarantineOf(pump);
        var rows = board.channelsOf(pump, known).stream()
                .map(view -> row(view, opens))
                .toList();
        var away = rows.stream().filter(row -> row.channel().isAway()).findFirst();
        var reached = away.isEmpty() && quarantine.isEmpty();
        return new Plate(
                pump,
                Certificate.all(pump.certificate(), clock.instant(), times),
                certificates.waiting().getOrDefault(pump.serial(), List.of()).stream()
                        .map(this::waiting)
                        .toList(),
                staff.signedIn().is(Role.BIOMED),
                active.version().counter(),
                reports.of(pump.serial())
                        .map(kept -> SelfShown.of(pump.serial(), kept, active.version(), reached, times))
                        .orElse(null),
                rows.stream()
                        .map(Row::heard)
                        .filter(heard -> !heard.iso().isEmpty())
                        .max(Comparator.comparingLong(Times.Shown::millis))
                        .orElse(null),
                quarantine.map(this::halt).orElse(null),
                away.orElse(null),
                rows,
                history.troubles(pump.serial()),
                history.latest(pump.serial(), LAST_RECORDS).stream()
                        .map(entry -> EntryShown.of(entry).on(times))
                        .toList());
    }

    /** A download from the page: everything about the pump, for its maker or a workshop. */
    @GET
    @Path("{serial}/service-case")
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response serviceCase(@PathParam("serial") String serial) {
        return serviceCases.export(serial);
    }

    @POST
    @Path("{serial}/quarantine/lift")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RunOnVirtualThread
    @RolesAllowed(Roles.BIOMED)
    public Response lift(@PathParam("serial") String serial, @RestForm @Nullable String reason) {
        var pump = quarantines.lift(serial, reason);
        return Response.seeOther(URI.create("/fleet/" + pump.serial().value())).build();
    }

    @POST
    @Path("{serial}/certificate/accept")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RunOnVirtualThread
    @RolesAllowed(Roles.BIOMED)
    public Response accept(@PathParam("serial") String serial, @RestForm @Nullable String sha256) {
        var pump = certificates.accept(serial, sha256);
        return Response.seeOther(URI.create("/fleet/" + pump.serial().value())).build();
    }

    private Waiting waiting(OfferedCertificate offered) {
        return new Waiting(
                Certificate.of(offered.certificate(), clock.instant(), times),
                offered.fingerprint().hex(),
                times.show(offered.since()));
    }

    private Halt halt(Quarantine quarantine) {
        var mayLift = staff.signedIn().is(Role.BIOMED);
        return new Halt(
                OutOfUse.of(quarantine), times.show(quarantine.since()), mayLift ? OutOfUse.reasons() : List.of());
    }

    /** Changed rows of the board as pieces of the page; a row that no longer fits the filter comes empty. */
    @GET
    @Path("live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(
            @RestQuery @DefaultValue("") String state, @RestQuery @DefaultValue("") String q, @Context Sse sse) {
        var last = new HashMap<String, ChannelView>();
        var filter = new Board.Filter(state, q);
        var opens = mayOpenOrders();
        var counted = new AtomicReference<>(new Counts(-1, 0, 0, 0));
        return streams.of(sse, LOOK, () -> {
            var messages = news(filter, last, opens);
            var now = countAll();
            if (!now.equals(counted.getAndSet(now))) {
                messages.add(new Streams.Message("counts", new counts(now).render()));
            }
            return messages;
        });
    }

    private List<Streams.Message> news(Board.Filter filter, Map<String, ChannelView> last, boolean opens) {
        var messages = new ArrayList<Streams.Message>();
        var gone = new HashMap<>(last);
        for (var view : board.channels(board.pumps(), filter)) {
            gone.remove(view.key());
            if (!view.equals(last.put(view.key(), view))) {
                messages.add(new Streams.Message("row", new row(row(view, opens)).render()));
            }
        }
        gone.keySet().forEach(key -> {
            last.remove(key);
            messages.add(new Streams.Message("gone", key));
        });
        return messages;
    }

    /** The roles that the order's own page asks for. */
    private boolean mayOpenOrders() {
        var person = staff.signedIn();
        return person.is(Role.NURSE) || person.is(Role.PHARMACIST) || person.is(Role.BIOMED) || person.is(Role.AUDITOR);
    }

    private Row row(ChannelView view, boolean opens) {
        return new Row(
                view,
                view.reportedAt().isEmpty()
                        ? new Times.Shown("", "never", "", 0)
                        : times.show(Instant.parse(view.reportedAt())),
                view.lostSince().isEmpty()
                        ? ""
                        : times.show(Instant.parse(view.lostSince())).exact(),
                opens);
    }

    private static int count(List<ChannelView> all, java.util.function.Predicate<ChannelView> wanted) {
        return (int) all.stream().filter(wanted).count();
    }
}
