package io.venule.web.auditlog;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.audit.Checkpoint;
import io.venule.audit.OutsideWitnesses;
import io.venule.web.Roles;
import io.venule.web.Shell;
import io.venule.web.Shells;
import io.venule.web.Times;
import io.venule.web.auditlog.EntryShown.Line;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The audit log for people: search, the timeline of one infusion, one entry with its proof. */
@Path("/audit")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@RolesAllowed(Roles.AUDITOR)
public class AuditPages {
    private static final List<String> KINDS =
            Arrays.stream(AuditKind.values()).map(AuditKind::name).toList();

    private final Shells shells;
    private final LogReading reading;
    private final LogSearch search;
    private final PatientLookup patients;
    private final AuditLog log;
    private final OutsideWitnesses witnesses;
    private final Times times;

    AuditPages(
            Shells shells,
            LogReading reading,
            LogSearch search,
            PatientLookup patients,
            AuditLog log,
            OutsideWitnesses witnesses,
            Times times) {
        this.shells = shells;
        this.reading = reading;
        this.search = search;
        this.patients = patients;
        this.log = log;
        this.witnesses = witnesses;
        this.times = times;
    }

    /** What was searched and found; {@code next} is negative where nothing older is. */
    public record Found(
            Asked asked,
            long size,
            String checkpoint,
            List<Line> lines,
            long next,
            List<String> faults,
            List<Seen> seen,
            String zone) {}

    /** How it stands with a witness outside the hospital; {@code trouble} is empty while it cosigns. */
    public record Seen(String name, long entries, String trouble, Times.Shown since) {}

    /** One infusion. */
    public record Story(String order, List<Line> lines, RatePlot plot, String checkpoint, boolean proofs) {}

    @CheckedTemplate(basePath = "audit")
    record latest(Shell shell, Found found, List<String> kinds) implements TemplateInstance {}

    @CheckedTemplate(basePath = "audit")
    record timeline(Shell shell, Story story) implements TemplateInstance {}

    @CheckedTemplate(basePath = "audit")
    record entry(Shell shell, ProofShown proof, EntryShown entry) implements TemplateInstance {}

    /** What a search finds; without terms the newest. What cannot be understood is said above an empty list. */
    @GET
    public RestResponse<TemplateInstance> all(@BeanParam Asked asked) {
        return switch (search.read(asked)) {
            case LogSearch.Reading.Good(var wanted) -> RestResponse.ok(page(asked, search.find(wanted), List.of()));
            case LogSearch.Reading.Bad(var faults) ->
                RestResponse.status(RestResponse.Status.BAD_REQUEST, page(asked, LogSearch.Page.EMPTY, faults));
        };
    }

    private TemplateInstance page(Asked asked, LogSearch.Page page, List<String> faults) {
        var lines = page.entries().stream()
                .map(logged -> EntryShown.of(logged).on(times))
                .toList();
        return new latest(
                shells.here(),
                new Found(asked, log.head().size(), note(), lines, page.next(), faults, seen(), times.zone()),
                KINDS);
    }

    private List<Seen> seen() {
        return witnesses.standing().stream()
                .map(one -> new Seen(one.name(), one.entries(), one.trouble(), times.show(one.since())))
                .toList();
    }

    /** From a wristband to the search by its patient; the number on the band stays out of the address. */
    @POST
    @Path("patient")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response patient(@RestForm @Nullable String wristband) {
        var patient = patients.commitment(wristband == null ? "" : wristband);
        return Response.seeOther(URI.create("/audit?patient=" + patient)).build();
    }

    @GET
    @Path("orders/{id}")
    @RolesAllowed({Roles.AUDITOR, Roles.NURSE, Roles.PHARMACIST})
    public TemplateInstance infusion(@PathParam("id") String id) {
        var entries = reading.timeline(id);
        var infusion = entries.stream().filter(EntryShown::isProgram).map(EntryShown::order);
        return new timeline(
                shells.here(),
                new Story(
                        infusion.findFirst().orElse(id),
                        entries.stream().map(entry -> entry.on(times)).toList(),
                        RatePlot.of(entries, at -> times.show(at).exact()),
                        note(),
                        reading.mayProve()));
    }

    /** One entry with its proof; the page can verify it by itself. */
    @GET
    @Path("entries/{index}")
    public TemplateInstance one(@PathParam("index") long index) {
        var proof = reading.proof(index);
        return new entry(shells.here(), proof, EntryShown.of(log.entry(index).orElseThrow()));
    }

    /** The same for the page's script, which verifies it. */
    @GET
    @Path("entries/{index}/proof")
    @Produces(MediaType.APPLICATION_JSON)
    public ProofShown proof(@PathParam("index") long index) {
        return reading.proof(index);
    }

    @GET
    @Path("checkpoint")
    @Produces(MediaType.TEXT_PLAIN)
    public String checkpoint() {
        return reading.checkpoint().note();
    }

    private String note() {
        return log.checkpoint().map(Checkpoint::note).orElse("");
    }
}
