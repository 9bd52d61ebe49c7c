package io.venule.web.bedside;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.order.ChangeDesk;
import io.venule.order.ChangeForm;
import io.venule.order.ChangeForm.Ask;
import io.venule.order.ChangeOutcome;
import io.venule.order.ChangeVerdict;
import io.venule.order.Changes;
import io.venule.order.OrderId;
import io.venule.order.OrderView;
import io.venule.order.Orders;
import io.venule.order.Outcome;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Roles;
import io.venule.web.Shell;
import io.venule.web.Shells;
import io.venule.web.Staff;
import io.venule.web.Times;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** Another dose or rate for what runs, or a bolus from its bag: the verdict in words and numbers, then one tap, as for a new infusion. Works without script. */
@Path("/bedside/rate")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RunOnVirtualThread
@RolesAllowed(Roles.NURSE)
public class ChangePages {
    private final Shells shells;
    private final Staff staff;
    private final ChangeDesk desk;
    private final Orders orders;
    private final Changes changes;
    private final Problems problems;
    private final SecureRandom random;
    private final Times times;

    ChangePages(
            Shells shells,
            Staff staff,
            ChangeDesk desk,
            Orders orders,
            Changes changes,
            Problems problems,
            SecureRandom random,
            Times times) {
        this.shells = shells;
        this.staff = staff;
        this.desk = desk;
        this.orders = orders;
        this.changes = changes;
        this.problems = problems;
        this.random = random;
        this.times = times;
    }

    /**
     * What the page shows beside the verdict, and its forms carry on.
     *
     * @param ask what is wanted
     * @param ordered the dose that is ordered until now; empty for an unknown order
     */
    public record Carried(String order, Ask ask, String value, String ordered, String submission, String notice) {}

    @CheckedTemplate(basePath = "bedside")
    record seconddose(Shell shell, String channel, Times.Shown ends) implements TemplateInstance {}

    @CheckedTemplate(basePath = "bedside")
    record rate(Shell shell, ChangeView verdict, PatientShown patient, Carried carried) implements TemplateInstance {}

    @POST
    public TemplateInstance check(
            @RestForm @Nullable String order, @RestForm @Nullable String ask, @RestForm @Nullable String value) {
        var form = ChangeForm.toCheck(order(order), ask(ask), value == null ? "" : value.strip());
        return shown(form, desk.check(form, staff.signedIn()), "");
    }

    @POST
    @Path("send")
    public Response send(
            @RestForm @Nullable String order,
            @RestForm @Nullable String ask,
            @RestForm @Nullable String value,
            @RestForm @Nullable String override,
            @RestForm @Nullable String words,
            @RestForm @Nullable String displayed,
            @RestForm @Nullable String submission) {
        if (submission == null || !submission.matches("[0-9a-f]{32}") || displayed == null || value == null) {
            throw problems.refuse(ProblemType.FORM_EXPIRED, "");
        }
        var reason = override == null ? "" : override + (words == null || words.isBlank() ? "" : ": " + words);
        var form = new ChangeForm(order(order), ask(ask), value, reason, displayed, submission);
        return switch (desk.place(form, staff.signedIn())) {
            case ChangeOutcome.Gone(var gone) -> answer(gone);
            case ChangeOutcome.Refused(var verdict) -> again(form, verdict, "Nothing was sent.");
            case ChangeOutcome.DisplayChanged(var verdict) ->
                again(form, verdict, "What was shown has changed; nothing was sent. Look again.");
        };
    }

    private Response answer(Outcome gone) {
        return switch (gone) {
            case Outcome.Accepted(var change) -> to(change.id());
            case Outcome.Unconfirmed(var change) -> to(change.id());
            case Outcome.SameSubmission(var change) -> to(change.id());
            case Outcome.Rejected(var change, var code) -> to(change.id());
            case Outcome.SecondPersonNeeded(var first) ->
                Response.ok(new seconddose(shells.here(), first.channel().toString(), times.show(first.ends())))
                        .build();
            case Outcome.SignInTooOld(var atMost) -> throw problems.refuse(ProblemType.SIGN_IN_TOO_OLD, "");
            case Outcome.PumpNotReady(var sentence, var remedy) -> throw problems.pumpNotReady(sentence, remedy);
            case Outcome.Conflict(var other) ->
                throw problems.refuse(
                        ProblemType.CHANNEL_BUSY, "Another order is " + other.word() + " on " + other.channel() + ".");
            case Outcome.Refused r -> throw problems.refuse(ProblemType.DISPLAY_CHANGED, "");
            case Outcome.DisplayChanged d -> throw problems.refuse(ProblemType.DISPLAY_CHANGED, "");
        };
    }

    private static Response to(OrderId order) {
        return Response.seeOther(URI.create("/bedside/orders/" + order)).build();
    }

    private Response again(ChangeForm form, ChangeVerdict verdict, String notice) {
        return Response.ok(shown(form, verdict, notice)).build();
    }

    private TemplateInstance shown(ChangeForm form, ChangeVerdict verdict, String notice) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        var carried = new Carried(
                form.order().value(),
                form.ask(),
                form.value(),
                ordered(form.order()),
                HexFormat.of().formatHex(bytes),
                notice);
        return new rate(
                shells.here(),
                ChangeView.of(verdict, desk.secondCheck(verdict, staff.signedIn())),
                patient(verdict),
                carried);
    }

    private String ordered(OrderId order) {
        return changes.inEffect(order)
                .or(() -> orders.find(order))
                .map(OrderView::dose)
                .orElse("");
    }

    private static PatientShown patient(ChangeVerdict verdict) {
        return switch (verdict) {
            case ChangeVerdict.Ready(var order, var change) ->
                PatientShown.of(change.infusion().patient());
            case ChangeVerdict.Soft(var order, var infusion, var breach) -> PatientShown.of(infusion.patient());
            case ChangeVerdict.Hard(var order, var infusion, var wanted, var limits) ->
                PatientShown.of(infusion.patient());
            case ChangeVerdict.NotPossible n -> PatientShown.NOBODY;
            case ChangeVerdict.Unknown u -> PatientShown.NOBODY;
        };
    }

    private Ask ask(@Nullable String name) {
        return Arrays.stream(Ask.values())
                .filter(ask -> ask.name().equals(name))
                .findFirst()
                .orElseThrow(() -> problems.refuse(ProblemType.INVALID_REQUEST, "Another rate, or a bolus?"));
    }

    private OrderId order(@Nullable String id) {
        if (id == null || !id.matches("[0-9a-f]{32}")) {
            throw problems.refuse(ProblemType.INVALID_REQUEST, "Which order?");
        }
        return new OrderId(id);
    }
}
