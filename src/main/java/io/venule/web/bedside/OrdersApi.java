package io.venule.web.bedside;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.order.EndForm;
import io.venule.order.OrderDesk;
import io.venule.order.OrderForm;
import io.venule.order.OrderId;
import io.venule.order.Orders;
import io.venule.order.StopDesk;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Quantities;
import io.venule.web.Roles;
import io.venule.web.Staff;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Orders for programs: check three scans, send, look, take back, stop. */
@Path("/api/v1/orders")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OrdersApi {
    private static final int LATEST = 100;

    private final OrderDesk desk;
    private final StopDesk stops;
    private final Orders orders;
    private final OrderAnswers answers;
    private final Quantities members;
    private final Problems problems;
    private final Staff staff;

    OrdersApi(
            OrderDesk desk,
            StopDesk stops,
            Orders orders,
            OrderAnswers answers,
            Quantities members,
            Problems problems,
            Staff staff) {
        this.desk = desk;
        this.stops = stops;
        this.orders = orders;
        this.answers = answers;
        this.members = members;
        this.problems = problems;
        this.staff = staff;
    }

    /** Three scans as read; with what was displayed and the id of the tap when sending. */
    public record Form(
            @Nullable String wristband,
            @Nullable String bag,
            @Nullable String pumpTag,
            @Nullable String prescription,
            @Nullable String override,
            @Nullable String displayed,
            @Nullable String submission) {}

    @POST
    @Path("check")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.NURSE)
    public VerdictView check(@Nullable Form form) {
        var nurse = staff.signedIn();
        var verdict = desk.check(read(members.body(form), ""), nurse);
        return VerdictView.of(verdict, desk.secondCheck(verdict, nurse));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.NURSE)
    public RestResponse<OrderShown> place(@Nullable Form sent) {
        var form = members.body(sent);
        var submission =
                members.text("submission", form.submission()).replace("-", "").toLowerCase(Locale.ROOT);
        if (!submission.matches("[0-9a-f]{32}")) {
            throw members.invalid("submission", "is not 32 hexadecimal digits");
        }
        var answer = answers.of(desk.place(read(form, submission), staff.signedIn()));
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.fromStatusCode(answer.status()), OrderShown.of(answer.order()))
                .build();
    }

    @GET
    @RolesAllowed({Roles.NURSE, Roles.PHARMACIST, Roles.BIOMED, Roles.AUDITOR})
    public List<OrderShown> latest() {
        return orders.latest(LATEST).stream().map(OrderShown::of).toList();
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.NURSE, Roles.PHARMACIST, Roles.BIOMED, Roles.AUDITOR})
    public OrderShown one(@PathParam("id") String id) {
        if (!id.matches("[0-9a-f]{32}")) {
            throw problems.refuse(ProblemType.NOT_FOUND, "");
        }
        return orders.find(new OrderId(id))
                .map(OrderShown::of)
                .orElseThrow(() -> problems.refuse(ProblemType.NOT_FOUND, "No such order is on record."));
    }

    /** Why an order is to end: one of {@link EndForm.Reason}. */
    public record End(@Nullable String reason) {}

    @POST
    @Path("{id}/stop")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.NURSE)
    public RestResponse<EndShown> stop(@PathParam("id") String id, @Nullable End end) {
        return end(id, EndForm.What.STOP, end);
    }

    @POST
    @Path("{id}/cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.NURSE)
    public RestResponse<EndShown> cancel(@PathParam("id") String id, @Nullable End end) {
        return end(id, EndForm.What.CANCEL, end);
    }

    private RestResponse<EndShown> end(String id, EndForm.What what, @Nullable End sent) {
        var reason = EndForm.Reason.parse(
                        members.text("reason", members.body(sent).reason()))
                .orElseThrow(() -> members.invalid("reason", "is none of the listed reasons"));
        if (!id.matches("[0-9a-f]{32}")) {
            throw problems.refuse(ProblemType.NOT_FOUND, "");
        }
        var ended = answers.of(stops.end(new EndForm(new OrderId(id), what, reason), staff.signedIn()));
        var status = ended.did() == EndShown.Did.NO_ANSWER ? RestResponse.Status.ACCEPTED : RestResponse.Status.OK;
        return RestResponse.ResponseBuilder.create(status, ended).build();
    }

    private OrderForm read(Form form, String submission) {
        return new OrderForm(
                members.text("wristband", form.wristband()),
                members.text("bag", form.bag()),
                members.text("pumpTag", form.pumpTag()),
                orEmpty(form.prescription()),
                orEmpty(form.override()),
                orEmpty(form.displayed()),
                submission);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
