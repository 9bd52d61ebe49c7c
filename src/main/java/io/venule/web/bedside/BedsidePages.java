package io.venule.web.bedside;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.order.FirstCheck;
import io.venule.order.OrderDesk;
import io.venule.order.OrderForm;
import io.venule.order.Outcome;
import io.venule.order.Verdict;
import io.venule.pairing.Mismatch;
import io.venule.pairing.PairingFacts;
import io.venule.pump.LiveChannels;
import io.venule.web.LabelPictures;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Roles;
import io.venule.web.Shell;
import io.venule.web.Shells;
import io.venule.web.Staff;
import io.venule.web.Times;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** The nurse's screen: one question at a time, then the verdict, then one tap. Works without script; the form carries the scans. */
@Path("/bedside")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@RolesAllowed(Roles.NURSE)
public class BedsidePages {
    private final Shells shells;
    private final Staff staff;
    private final OrderDesk desk;
    private final LabelPictures pictures;
    private final Problems problems;
    private final SecureRandom random;
    private final Times times;
    private final InstantSource clock;
    private final LiveChannels channels;

    BedsidePages(
            Shells shells,
            Staff staff,
            OrderDesk desk,
            LabelPictures pictures,
            Problems problems,
            SecureRandom random,
            Times times,
            InstantSource clock,
            LiveChannels channels) {
        this.shells = shells;
        this.staff = staff;
        this.desk = desk;
        this.pictures = pictures;
        this.problems = problems;
        this.random = random;
        this.times = times;
        this.clock = clock;
        this.channels = channels;
    }

    /** What the page asks for next: {@code WRISTBAND}, {@code BAG} or {@code PUMP}, and in words. */
    public record Ask(String prompt, String word, int step) {}

    @CheckedTemplate(basePath = "bedside")
    record scan(Shell shell, Scans scans, Ask ask) implements TemplateInstance {}

    /** @param there the order on the scanned channel that these scans were most likely sent as before; empty where they were not */
    @CheckedTemplate(basePath = "bedside")
    record verdict(
            Shell shell,
            Scans scans,
            VerdictView verdict,
            PatientShown patient,
            String submission,
            String notice,
            String there)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "bedside")
    record secondperson(Shell shell, String channel, Times.Shown ends) implements TemplateInstance {}

    /** The form of every step: what was scanned before, and what is new. */
    static class Fields {
        @RestForm
        @Nullable
        String wristband;

        @RestForm
        @Nullable
        String bag;

        @RestForm
        @Nullable
        String pumpTag;

        @RestForm
        @Nullable
        String prescription;

        @RestForm
        @Nullable
        String text;

        @RestForm
        @Nullable
        String replace;

        Scans scans() {
            return new Scans(or(wristband), or(bag), or(pumpTag), or(prescription), "", "", "");
        }
    }

    @GET
    public TemplateInstance start() {
        return step(Scans.NONE);
    }

    @POST
    @Path("scan")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance scanned(Fields fields) {
        var text = or(fields.text);
        return step(
                text.isEmpty()
                        ? fields.scans()
                        : fields.scans().with(text, "yes".equals(fields.replace), clock.instant()));
    }

    @POST
    @Path("picture")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public TemplateInstance pictured(Fields fields, @RestForm("picture") @Nullable FileUpload picture)
            throws IOException {
        if (picture == null || picture.size() == 0) {
            return step(fields.scans().bad("No picture was chosen.", "Take a picture of the label, or scan it."));
        }
        return step(
                switch (pictures.read(Files.readAllBytes(picture.uploadedFile()))) {
                    case LabelPictures.Reading.One(var text) -> fields.scans().with(text, false, clock.instant());
                    case LabelPictures.Reading.Bad(var reason, var remedy) ->
                        fields.scans().bad(reason, remedy);
                });
    }

    @POST
    @Path("send")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response send(
            Fields fields,
            @RestForm @Nullable String override,
            @RestForm @Nullable String words,
            @RestForm @Nullable String displayed,
            @RestForm @Nullable String submission) {
        var tap = or(submission);
        if (!tap.matches("[0-9a-f]{32}")) {
            throw problems.refuse(ProblemType.FORM_EXPIRED, "");
        }
        var scans = fields.scans();
        var reason = or(override) + (or(words).isBlank() ? "" : ": " + or(words));
        var form = new OrderForm(
                scans.wristband(), scans.bag(), scans.pumpTag(), scans.prescription(), reason, or(displayed), tap);
        return switch (desk.place(form, staff.signedIn())) {
            case Outcome.Accepted(var order) -> to(order.id().value());
            case Outcome.Unconfirmed(var order) -> to(order.id().value());
            case Outcome.SameSubmission(var order) -> to(order.id().value());
            case Outcome.Rejected(var order, var code) -> to(order.id().value());
            case Outcome.Refused(var why) -> again(scans, why, "Nothing was sent.");
            case Outcome.DisplayChanged(var why) ->
                again(scans, why, "What was shown has changed; nothing was sent. Look again.");
            case Outcome.SecondPersonNeeded(var first) ->
                Response.ok(waiting(first)).build();
            case Outcome.SignInTooOld(var atMost) -> throw problems.refuse(ProblemType.SIGN_IN_TOO_OLD, "");
            case Outcome.PumpNotReady(var sentence, var remedy) -> throw problems.pumpNotReady(sentence, remedy);
            case Outcome.Conflict(var other) ->
                throw problems.refuse(
                        ProblemType.CHANNEL_BUSY,
                        "Another order is " + other.state().word() + " on " + other.channel() + ".");
        };
    }

    private TemplateInstance waiting(FirstCheck first) {
        return new secondperson(shells.here(), first.channel().toString(), times.show(first.ends()));
    }

    private static Response to(String order) {
        return Response.seeOther(URI.create("/bedside/orders/" + order)).build();
    }

    private Response again(Scans scans, Verdict judged, String notice) {
        return Response.ok(shown(scans, judged, notice)).build();
    }

    private TemplateInstance step(Scans scans) {
        if (!scans.complete() || !scans.fault().isEmpty()) {
            var next = scans.next();
            return new scan(shells.here(), scans, new Ask(next.name(), next.word(), scans.count() + 1));
        }
        var form = new OrderForm(scans.wristband(), scans.bag(), scans.pumpTag(), scans.prescription(), "", "", "");
        return shown(scans, desk.check(form, staff.signedIn()), "");
    }

    private TemplateInstance shown(Scans scans, Verdict judged, String notice) {
        return new verdict(
                shells.here(),
                scans,
                VerdictView.of(judged, desk.secondCheck(judged, staff.signedIn())),
                PatientShown.of(judged),
                newSubmission(),
                notice,
                there(judged));
    }

    /** Only where nothing else is wrong but that this bag was used and this patient has an order there: most likely these very scans were sent before. */
    private String there(Verdict judged) {
        if (!(judged instanceof Verdict.Mispaired(var mismatches))
                || !mismatches.contains(new Mismatch.BagUsedBefore())
                || !mismatches.stream().allMatch(BedsidePages::fitsSentBefore)) {
            return "";
        }
        return mismatches.stream()
                .filter(Mismatch.ChannelTaken.class::isInstance)
                .map(Mismatch.ChannelTaken.class::cast)
                .findFirst()
                .flatMap(taken -> channels.of(taken.channel()))
                .map(heard -> heard.status().orderId())
                .orElse("");
    }

    private static boolean fitsSentBefore(Mismatch mismatch) {
        if (mismatch instanceof Mismatch.ChannelTaken taken) {
            return taken.by() == PairingFacts.Occupant.THIS_PATIENT;
        }
        return mismatch instanceof Mismatch.BagUsedBefore || mismatch instanceof Mismatch.ChannelBusy;
    }

    private String newSubmission() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }
}
