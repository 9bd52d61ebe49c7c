package io.venule.web.bedside;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.venule.order.ChangeDesk;
import io.venule.order.Changes;
import io.venule.order.EndForm;
import io.venule.order.OrderId;
import io.venule.order.OrderState;
import io.venule.order.OrderView;
import io.venule.order.Orders;
import io.venule.order.Recalls;
import io.venule.pairing.Lot;
import io.venule.pump.ChannelState;
import io.venule.pump.LiveChannels;
import io.venule.quantity.DoseUnit;
import io.venule.staff.Role;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Roles;
import io.venule.web.Shell;
import io.venule.web.Shells;
import io.venule.web.Staff;
import io.venule.web.Streams;
import io.venule.web.Times;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One order after sending, live: waiting, running, no answer, complete. Its address names the order and nobody. */
@Path("/bedside/orders/{id}")
@RolesAllowed({Roles.NURSE, Roles.PHARMACIST, Roles.BIOMED, Roles.AUDITOR})
public class OrderPages {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final List<VerdictView.Reason> REASONS = Arrays.stream(EndForm.Reason.values())
            .map(reason -> new VerdictView.Reason(reason.name(), reason.words()))
            .toList();

    private final Shells shells;
    private final Staff staff;
    private final Orders orders;
    private final Changes changed;
    private final ChangeDesk desk;
    private final LiveChannels channels;
    private final Recalls recalls;
    private final Problems problems;
    private final Streams streams;
    private final Times times;

    OrderPages(
            Shells shells,
            Staff staff,
            Orders orders,
            Changes changed,
            ChangeDesk desk,
            LiveChannels channels,
            Recalls recalls,
            Problems problems,
            Streams streams,
            Times times) {
        this.shells = shells;
        this.staff = staff;
        this.orders = orders;
        this.changed = changed;
        this.desk = desk;
        this.channels = channels;
        this.recalls = recalls;
        this.problems = problems;
        this.streams = streams;
        this.times = times;
    }

    /**
     * An order with what its pump says now.
     *
     * @param ordered the dose and rate that are ordered by now: its own, or those of the last change that was started
     * @param pump what the pump reports, in words; empty where it works on something else or was never heard
     * @param pumpRate the rate the pump reports
     * @param giving the bolus that the pump gives now, in words; empty where it gives none
     * @param byHand whether the pump infuses at another rate than the ordered one, because someone set it there
     * @param lost why the pump is not heard; empty while it is
     * @param can what could be done with it now: {@code cancel}, {@code stop}, {@code change}; may be several or none
     * @param recalled the lot of the bag that waits or runs there, where it is recalled; empty where it is not
     * @param unit in which a new dose is entered; empty where none can be
     */
    public record Live(
            OrderShown order,
            OrderShown ordered,
            String pump,
            String pumpRate,
            String giving,
            boolean byHand,
            String infused,
            String lost,
            String can,
            String recalled,
            String unit,
            Times.Shown approved,
            Times.Shown expires) {}

    /** A dose over a fixed time is not changed while it runs, and a change is not changed. */
    private static String unit(OrderView order) {
        return order.isChange() || order.dose().contains(" in ")
                ? ""
                : order.dose().substring(order.dose().indexOf(' ') + 1);
    }

    private static String running(OrderView order) {
        return switch (order.op()) {
            case PROGRAM -> unit(order).isEmpty() ? "bolus stop" : "bolus change stop";
            case TITRATE -> "stop";
            case BOLUS -> "";
        };
    }

    /** A volume that is complete may still keep the vein open: then there is something to stop. */
    private static String can(OrderView order, boolean flows) {
        return switch (order.state()) {
            case OrderState.Waiting w -> "cancel";
            case OrderState.Running r -> running(order);
            case OrderState.Unconfirmed u -> "stop";
            case OrderState.Approved a -> "";
            case OrderState.Complete c -> flows ? "stop" : "";
            case OrderState.Stopped s -> "";
            case OrderState.Dropped d -> "";
            case OrderState.Rejected r -> "";
            case OrderState.Expired e -> "";
        };
    }

    /**
     * Where this person may go from here: to a next infusion, to the order's story in the log.
     *
     * @param bolusUnit in which a bolus is entered; empty where none can be given
     */
    public record Ways(boolean next, boolean story, String bolusUnit) {}

    @CheckedTemplate(basePath = "bedside")
    record order(Shell shell, Live live, Ways ways, List<VerdictView.Reason> reasons) implements TemplateInstance {}

    @CheckedTemplate(basePath = "bedside")
    record state(Live live) implements TemplateInstance {}

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RunOnVirtualThread
    public TemplateInstance page(@PathParam("id") String id) {
        var person = staff.signedIn();
        var story = person.is(Role.NURSE) || person.is(Role.PHARMACIST) || person.is(Role.AUDITOR);
        var found = found(id);
        var bolusUnit = desk.bolusUnit(found).map(DoseUnit::word).orElse("");
        return new order(shells.here(), live(found), new Ways(person.is(Role.NURSE), story, bolusUnit), REASONS);
    }

    /** The state as a piece of the page, whenever it changes. */
    @GET
    @Path("live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> changes(@PathParam("id") String id, @Context Sse sse) {
        var last = new AtomicReference<>("");
        return streams.of(sse, LOOK, () -> {
            var html = new state(live(found(id))).render();
            return html.equals(last.getAndSet(html)) ? List.of() : List.of(new Streams.Message("state", html));
        });
    }

    private OrderView found(String id) {
        if (!id.matches("[0-9a-f]{32}")) {
            throw problems.refuse(ProblemType.NOT_FOUND, "");
        }
        return orders.find(new OrderId(id))
                .orElseThrow(() -> problems.refuse(ProblemType.NOT_FOUND, "No such order is on record."));
    }

    private String recalled(OrderView order) {
        return order.state().isOpen()
                ? Optional.ofNullable(recalls.inUse().get(order.channel()))
                        .map(Lot::number)
                        .orElse("")
                : "";
    }

    private String giving(OrderView order) {
        return changed.bolusOf(order.id())
                .map(bolus -> "A bolus of " + bolus.dose() + " is being given ("
                        + bolus.toInfuse().print() + ").")
                .orElse("");
    }

    private String lost(LiveChannels.Heard.Lost last) {
        return "No connection to the pump since " + times.show(last.since()).exact()
                + ". What follows is its last report.";
    }

    private Live live(OrderView order) {
        var latest = changed.inEffect(order.id()).orElse(order);
        return channels.of(order.channel())
                .filter(now -> now.status().orderId().equals(order.id().value()))
                .map(heard -> heard(order, latest, heard))
                .orElseGet(() -> unheard(order, latest));
    }

    private Live unheard(OrderView order, OrderView latest) {
        return new Live(
                OrderShown.of(order),
                OrderShown.of(latest),
                "",
                "",
                "",
                false,
                "",
                "",
                can(order, false),
                recalled(order),
                unit(order),
                times.show(order.approvedAt()),
                times.show(order.expiresAt()));
    }

    private Live heard(OrderView order, OrderView latest, LiveChannels.Heard heard) {
        var status = heard.status();
        var giving = giving(order);
        return new Live(
                OrderShown.of(order),
                OrderShown.of(latest),
                status.state().word(),
                status.rate().print(),
                giving,
                giving.isEmpty()
                        && status.state() == ChannelState.RUNNING
                        && !status.rate().equals(latest.rate()),
                status.infused().print() + " of " + status.toInfuse().print(),
                heard instanceof LiveChannels.Heard.Lost last ? lost(last) : "",
                can(order, status.rate().microlitresPerHour() > 0),
                recalled(order),
                unit(order),
                times.show(order.approvedAt()),
                times.show(order.expiresAt()));
    }
}
