package io.venule.web.auditlog;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.audit.AuditLog;
import io.venule.audit.AuditLog.Search;
import io.venule.audit.Checkpoint;
import io.venule.barcode.Barcodes;
import io.venule.barcode.Scan;
import io.venule.web.Roles;
import io.venule.web.Shell;
import io.venule.web.Shells;
import io.venule.web.Times;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** The audit log for people: newest entries, the timeline of one infusion, one entry with its proof, export. */
@Path("/audit")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@RolesAllowed(Roles.AUDITOR)
public class AuditPages {
    private static final int PAGE = 100;

    private final Shells shells;
    private final LogReading reading;
    private final AuditLog log;
    private final Times times;
    private final InstantSource clock;

    AuditPages(Shells shells, LogReading reading, AuditLog log, Times times, InstantSource clock) {
        this.shells = shells;
        this.reading = reading;
        this.log = log;
        this.times = times;
        this.clock = clock;
    }

    /** An entry and when it was, written. */
    public record Line(EntryShown entry, Times.Shown at) {}

    /** What was searched and found; {@code next} is negative where nothing older is. */
    public record Found(String place, long size, String checkpoint, List<Line> lines, long next) {}

    /** One infusion. */
    public record Story(String order, List<Line> lines, RatePlot plot, String checkpoint) {}

    @CheckedTemplate(basePath = "audit")
    record latest(Shell shell, Found found) implements TemplateInstance {}

    @CheckedTemplate(basePath = "audit")
    record timeline(Shell shell, Story story) implements TemplateInstance {}

    @CheckedTemplate(basePath = "audit")
    record entry(Shell shell, ProofShown proof, EntryShown entry) implements TemplateInstance {}

    @GET
    public TemplateInstance all(@RestQuery @DefaultValue("") String q, @RestQuery @DefaultValue("-1") long before) {
        var place = place(q.strip());
        var from = before < 0 ? Long.MAX_VALUE : before;
        var entries = place.matches("[0-9a-f]{32}")
                ? log.ofOrder(place).reversed()
                : log.find(new Search(place, Instant.EPOCH, clock.instant().plusSeconds(60), from, PAGE));
        var lines = entries.stream().map(logged -> line(EntryShown.of(logged))).toList();
        var next = entries.size() == PAGE ? entries.getLast().index() : -1;
        return new latest(shells.here(), new Found(q, log.head().size(), note(), lines, next));
    }

    @GET
    @Path("orders/{id}")
    @RolesAllowed({Roles.AUDITOR, Roles.NURSE, Roles.PHARMACIST})
    public TemplateInstance infusion(@PathParam("id") String id) {
        var entries = reading.timeline(id);
        return new timeline(
                shells.here(),
                new Story(
                        id,
                        entries.stream().map(this::line).toList(),
                        RatePlot.of(entries, at -> times.show(at).exact()),
                        note()));
    }

    /** One entry with its proof; the page can verify it by itself. */
    @GET
    @Path("entries/{index}")
    public TemplateInstance one(@PathParam("index") long index) {
        var proof = reading.proof(index);
        return new entry(shells.here(), proof, EntryShown.of(log.entry(index).orElseThrow()));
    }

    @GET
    @Path("checkpoint")
    @Produces(MediaType.TEXT_PLAIN)
    public String checkpoint() {
        return reading.checkpoint().note();
    }

    @GET
    @Path("export")
    @Produces("application/zip")
    public Response export() throws IOException {
        var directory = reading.export();
        StreamingOutput body = out -> LogReading.zip(directory, out);
        return Response.ok(body)
                .header("Content-Disposition", "attachment; filename=\"venule-log.zip\"")
                .build();
    }

    private String note() {
        return log.checkpoint().map(Checkpoint::note).orElse("");
    }

    private String place(String text) {
        return text.length() > 4
                        && Barcodes.read(text, clock.instant()) instanceof Scan.PumpTag(var serial, var channel)
                ? serial + "/" + channel
                : text;
    }

    private Line line(EntryShown entry) {
        return new Line(entry, times.show(Instant.parse(entry.at())));
    }
}
