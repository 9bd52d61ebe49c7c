package io.venule.web.bedside;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.order.ChangeDesk;
import io.venule.order.ChangeForm;
import io.venule.order.ChangeVerdict;
import io.venule.order.OrderId;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Quantities;
import io.venule.web.Roles;
import io.venule.web.Staff;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Changes of rate for programs: check the wanted dose, then send it. */
@Path("/api/v1/orders/{id}/rate")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed(Roles.NURSE)
public class ChangesApi {
    private final ChangeDesk desk;
    private final OrderAnswers answers;
    private final Quantities members;
    private final Problems problems;
    private final Staff staff;

    ChangesApi(ChangeDesk desk, OrderAnswers answers, Quantities members, Problems problems, Staff staff) {
        this.desk = desk;
        this.answers = answers;
        this.members = members;
        this.problems = problems;
        this.staff = staff;
    }

    /** The wanted dose, or rate of a plain fluid, in the unit of the order; with what was displayed and the id of the tap when sending. */
    public record Change(
            @Nullable String value,
            @Nullable String override,
            @Nullable String displayed,
            @Nullable String submission) {}

    @POST
    @Path("check")
    public ChangeView check(@PathParam("id") String id, @Nullable Change change) {
        var value = members.text("value", members.body(change).value());
        var nurse = staff.signedIn();
        var verdict = desk.check(ChangeForm.toCheck(order(id), value), nurse);
        if (verdict instanceof ChangeVerdict.Unknown) {
            throw problems.refuse(ProblemType.NOT_FOUND, "No such order is on record.");
        }
        return ChangeView.of(verdict, desk.secondCheck(verdict, nurse));
    }

    @POST
    public RestResponse<OrderShown> place(@PathParam("id") String id, @Nullable Change sent) {
        var change = members.body(sent);
        var value = members.text("value", change.value());
        var submission =
                members.text("submission", change.submission()).replace("-", "").toLowerCase(Locale.ROOT);
        if (!submission.matches("[0-9a-f]{32}")) {
            throw members.invalid("submission", "is not 32 hexadecimal digits");
        }
        var form =
                new ChangeForm(order(id), value, orEmpty(change.override()), orEmpty(change.displayed()), submission);
        var answer = answers.of(desk.place(form, staff.signedIn()));
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.fromStatusCode(answer.status()), OrderShown.of(answer.order()))
                .build();
    }

    private OrderId order(String id) {
        if (!id.matches("[0-9a-f]{32}")) {
            throw problems.refuse(ProblemType.NOT_FOUND, "");
        }
        return new OrderId(id);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
