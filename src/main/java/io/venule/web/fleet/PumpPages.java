package io.venule.web.fleet;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
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
import io.venule.web.Times;
import io.venule.web.auditlog.EntryShown;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** One pump with everything known of it, and what is done about it. */
@Path("/fleet")
@RolesAllowed({Roles.NURSE, Roles.PHARMACIST, Roles.BIOMED, Roles.AUDITOR, Roles.ADMIN})
public class PumpPages {
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
    private final Times times;
    private final InstantSource clock;

    PumpPages(
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
        this.times = times;
        this.clock = clock;
    }

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
            @Nullable ChannelRow away,
            List<ChannelRow> rows,
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
    record pump(Shell shell, Plate plate) implements TemplateInstance {}

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
        var opens = ChannelRow.opens(staff.signedIn());
        var known = board.known();
        var quarantine = known.quarantineOf(pump);
        var rows = board.channelsOf(pump, known).stream()
                .map(view -> ChannelRow.of(view, opens, times))
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
                        .map(ChannelRow::heard)
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
}
