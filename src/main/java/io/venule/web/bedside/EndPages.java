package io.venule.web.bedside;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.order.EndForm;
import io.venule.order.Ended;
import io.venule.order.OrderId;
import io.venule.order.StopDesk;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Roles;
import io.venule.web.Shell;
import io.venule.web.Shells;
import io.venule.web.Staff;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** One tap that takes an order back, or has the pump ask for STOP. What a person has still to do at the pump, the page says before anything else. */
@Path("/bedside/end")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@RolesAllowed(Roles.NURSE)
public class EndPages {
    private static final String NOT_YET_RECORDED =
            "It is not in the record yet, and is entered as soon as the record answers.";

    private final Shells shells;
    private final Staff staff;
    private final StopDesk desk;
    private final Problems problems;

    EndPages(Shells shells, Staff staff, StopDesk desk, Problems problems) {
        this.shells = shells;
        this.staff = staff;
        this.desk = desk;
        this.problems = problems;
    }

    /**
     * What the page says.
     *
     * @param big what to do or to know first
     */
    public record Said(String order, boolean good, String title, String big, String sentence) {}

    @CheckedTemplate(basePath = "bedside")
    record ended(Shell shell, Said said) implements TemplateInstance {}

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response end(
            @RestForm @Nullable String order, @RestForm @Nullable String what, @RestForm @Nullable String reason) {
        if (order == null || !order.matches("[0-9a-f]{32}") || reason == null) {
            throw problems.refuse(ProblemType.INVALID_REQUEST, "The form is not complete.");
        }
        var form = new EndForm(
                new OrderId(order),
                Arrays.stream(EndForm.What.values())
                        .filter(known -> known.name().equals(what))
                        .findFirst()
                        .orElseThrow(() -> problems.refuse(ProblemType.INVALID_REQUEST, "Stop or cancel?")),
                EndForm.Reason.parse(reason)
                        .orElseThrow(() -> problems.refuse(ProblemType.INVALID_REQUEST, "That is no reason.")));
        return switch (desk.end(form, staff.signedIn())) {
            case Ended.Done(var recorded) when recorded -> to(order);
            case Ended.Done(var recorded) ->
                say(new Said(order, true, "TAKEN BACK", "The pump did it.", NOT_YET_RECORDED));
            case Ended.Shown(var recorded) ->
                say(new Said(
                        order,
                        false,
                        "PRESS STOP AT THE PUMP",
                        "It still runs. The pump asks for STOP for a minute.",
                        recorded ? "What you asked for is in the record." : NOT_YET_RECORDED));
            case Ended.NotReached(var why) -> failed(form, "Nothing was sent: " + why + ".");
            case Ended.Unconfirmed(var why) ->
                failed(form, "The pump gave no answer: " + why + ". It may or may not have done it.");
            case Ended.Rejected(var code) -> failed(form, "The pump refused: " + code.sentence() + ".");
            case Ended.NotThere() -> say(notThere(form));
            case Ended.Unknown() -> throw problems.refuse(ProblemType.NOT_FOUND, "No such order is on record.");
        };
    }

    private static Said notThere(EndForm form) {
        var sentence = "The pump says that this order "
                + switch (form.what()) {
                    case STOP -> "neither waits nor runs there any more.";
                    case CANCEL -> "does not wait there any more.";
                };
        return switch (form.what()) {
            case STOP -> new Said(form.order().value(), false, "NOTHING TO STOP", "Look at the pump.", sentence);
            case CANCEL ->
                new Said(
                        form.order().value(),
                        false,
                        "NOT TAKEN BACK",
                        "Look at the pump: if it was started, stop the infusion.",
                        sentence);
        };
    }

    private Response failed(EndForm form, String sentence) {
        var order = form.order().value();
        return say(
                switch (form.what()) {
                    case STOP ->
                        new Said(order, false, "NOT STOPPED", "Go to the pump and press STOP there now.", sentence);
                    case CANCEL ->
                        new Said(order, false, "NOT TAKEN BACK", "Go to the pump and turn it away there.", sentence);
                });
    }

    private static Response to(String order) {
        return Response.seeOther(URI.create("/bedside/orders/" + order)).build();
    }

    private Response say(Said said) {
        return Response.ok(new ended(shells.here(), said)).build();
    }
}
