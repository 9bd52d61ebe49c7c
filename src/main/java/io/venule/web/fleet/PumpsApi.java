package io.venule.web.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.venule.audit.AuditKind;
import io.venule.order.Fleet;
import io.venule.order.OfferedCertificate;
import io.venule.order.Ward;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Roles;
import io.venule.web.Staff;
import io.venule.web.Streams;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** The pump fleet for programs. */
@Path("/api/v1/pumps")
@RolesAllowed({Roles.NURSE, Roles.PHARMACIST, Roles.BIOMED, Roles.AUDITOR, Roles.ADMIN})
public class PumpsApi {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Board board;
    private final Fleet fleet;
    private final Ward ward;
    private final Enrolments enrolments;
    private final QuarantineDesk quarantines;
    private final CertificateDesk certificates;
    private final ServiceCases serviceCases;
    private final Problems problems;
    private final Staff staff;
    private final InstantSource clock;
    private final Streams streams;
    private final ObjectMapper json;

    PumpsApi(
            Board board,
            Fleet fleet,
            Ward ward,
            Enrolments enrolments,
            QuarantineDesk quarantines,
            CertificateDesk certificates,
            ServiceCases serviceCases,
            Problems problems,
            Staff staff,
            InstantSource clock,
            Streams streams,
            ObjectMapper json) {
        this.board = board;
        this.fleet = fleet;
        this.ward = ward;
        this.enrolments = enrolments;
        this.quarantines = quarantines;
        this.certificates = certificates;
        this.serviceCases = serviceCases;
        this.problems = problems;
        this.staff = staff;
        this.clock = clock;
        this.streams = streams;
        this.json = json;
    }

    /** A pump with its channels as last heard; {@code quarantine} is there while it is out of use, {@code offers} while certificates wait, the latest seen first. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record PumpView(
            String serial,
            String assetId,
            String model,
            String endpoint,
            boolean simulated,
            String ward,
            @Nullable OutOfUse quarantine,
            List<Offer> offers,
            List<ChannelView> channels) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public List<PumpView> all() {
        var known = board.known();
        var waiting = certificates.waiting();
        return board.pumps().stream().map(pump -> shown(pump, known, waiting)).toList();
    }

    @GET
    @Path("{serial}")
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public PumpView one(@PathParam("serial") String serial) {
        return PumpSerial.parse(serial)
                .flatMap(ward::pump)
                .map(this::shown)
                .orElseThrow(() -> problems.refuse(ProblemType.NOT_FOUND, "No such pump is in the inventory."));
    }

    /** Everything about it in one file, for its maker or a workshop; noted in the audit log. */
    @GET
    @Path("{serial}/service-case")
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response serviceCase(@PathParam("serial") String serial) {
        return serviceCases.export(serial);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @ResponseStatus(201)
    @RolesAllowed(Roles.BIOMED)
    public PumpView enrol(Enrolments.@Nullable Form form) {
        var pump = enrolments.read(form);
        var entry = staff.does(AuditKind.PUMP_ENROLLED, clock.instant())
                .atPlace(pump.serial().value())
                .with("assetId", pump.assetId())
                .with("recordKey", pump.recordKey())
                .with("ward", pump.ward())
                .with("endpoint", pump.endpoint())
                .with(
                        "certificates",
                        PublicCertificate.all(pump.certificate()).stream()
                                .map(PublicCertificate::sha256)
                                .filter(hash -> !hash.isEmpty())
                                .toList());
        fleet.enrol(pump, entry);
        return shown(pump);
    }

    /** Why a pump is put back into use: {@code ENROLLED_ANEW}, {@code REPAIRED} or {@code EXAMINED}. */
    public record Lift(@Nullable String reason) {}

    @POST
    @Path("{serial}/quarantine/lift")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @RolesAllowed(Roles.BIOMED)
    public PumpView lift(@PathParam("serial") String serial, @Nullable Lift sent) {
        return shown(quarantines.lift(serial, sent == null ? null : sent.reason()));
    }

    /** The fingerprint of the certificate that is accepted. */
    public record Accept(@Nullable String sha256) {}

    @POST
    @Path("{serial}/certificate/accept")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @RolesAllowed(Roles.BIOMED)
    public PumpView accept(@PathParam("serial") String serial, @Nullable Accept sent) {
        return shown(certificates.accept(serial, sent == null ? null : sent.sha256()));
    }

    /** Each change as an event {@code channel} with a channel in JSON; all channels first; {@code beat} when nothing changed. */
    @GET
    @Path("live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(@Context Sse sse) {
        var last = new HashMap<String, ChannelView>();
        return streams.of(sse, LOOK, () -> news(last));
    }

    private List<Streams.Message> news(Map<String, ChannelView> last) {
        return board.sharedLook().channels().stream()
                .filter(view -> !view.equals(last.put(view.channel(), view)))
                .map(view -> new Streams.Message("channel", write(view)))
                .toList();
    }

    private String write(ChannelView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a channel cannot be written", e);
        }
    }

    private PumpView shown(EnrolledPump pump) {
        return shown(pump, board.known(), certificates.waiting());
    }

    private PumpView shown(EnrolledPump pump, Board.Known known, Map<PumpSerial, List<OfferedCertificate>> waiting) {
        return new PumpView(
                pump.serial().value(),
                pump.assetId(),
                pump.model().name(),
                pump.endpoint(),
                pump.simulated(),
                pump.ward(),
                known.quarantineOf(pump).map(OutOfUse::of).orElse(null),
                waiting.getOrDefault(pump.serial(), List.of()).stream()
                        .map(Offer::of)
                        .toList(),
                board.channelsOf(pump, known));
    }
}
