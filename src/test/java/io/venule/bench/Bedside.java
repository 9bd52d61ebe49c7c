package io.venule.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.order.Displayed;
import io.venule.order.OrderDesk;
import io.venule.order.OrderForm;
import io.venule.order.OrderState;
import io.venule.order.OrderView;
import io.venule.order.Orders;
import io.venule.order.Outcome;
import io.venule.pump.ChannelId;
import io.venule.signing.Digest;
import io.venule.simulator.FleetPump;
import io.venule.stack.Api;
import io.venule.stack.DemoWard;
import io.venule.stack.VenuleStack;
import io.venule.staff.Role;
import io.venule.staff.SignIn;
import io.venule.staff.StaffMember;
import io.venule.staff.SubjectId;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** One nurse, one prescription and the first channel of the rack: orders are placed at the real desk, and keys pressed on the pump's panel. */
final class Bedside {
    private static final String PRESCRIPTION = "RX-1005";
    static final int RACK = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Nobody reads a verdict and taps in less. */
    static final Duration LOOK = Duration.ofMillis(250);

    private final OrderDesk desk;
    private final Orders orders;
    private final FleetPump pump;
    private final OrderForm scans;
    private final HttpClient keys = HttpClient.newHttpClient();
    private final AtomicLong taps;

    /** The product's own desk and record. */
    record Desk(OrderDesk desk, Orders orders) {}

    /** A form whose verdict was just shown. */
    record Shown(OrderForm form) {}

    Bedside(VenuleStack stack, Desk desk) throws Exception {
        this.desk = desk.desk();
        this.orders = desk.orders();
        this.taps = new AtomicLong();
        this.pump = stack.pumps().get(RACK);
        try (var api = new Api(stack)) {
            var ward = new DemoWard(api);
            ward.enter(stack.pumps());
            this.scans = OrderForm.toCheck(
                    ward.wristband(ward.patientOf(PRESCRIPTION)).text(),
                    ward.bag(PRESCRIPTION).text(),
                    ward.pump(channel().pump().value(), 1).text());
        }
    }

    private Bedside(Bedside other, OrderDesk desk) {
        this.desk = desk;
        this.orders = other.orders;
        this.pump = other.pump;
        this.scans = other.scans;
        this.taps = other.taps;
    }

    /** The same bed with another desk. */
    Bedside at(OrderDesk other) {
        return new Bedside(this, other);
    }

    ChannelId channel() {
        return new ChannelId(pump.enrolment().serial(), 1);
    }

    /** Where the pump stands. */
    String ward() {
        return pump.enrolment().ward();
    }

    StaffMember nurse() {
        return new StaffMember(
                new SubjectId("bench-nurse"), "Bench Nurse", Set.of(Role.NURSE), new SignIn(Instant.now(), "1"));
    }

    /** The verdict on the three scans, as soon as it allows an order, and the shortest look at it. */
    Shown shown() {
        var displayed = await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Displayed.of(desk.check(scans, nurse())), digest -> !digest.equals(Digest.NONE));
        look();
        return new Shown(new OrderForm(
                scans.wristband(),
                scans.bag(),
                scans.pumpTag(),
                "",
                "",
                displayed.hex(),
                "%032x".formatted(0xbe9c000000L + taps.incrementAndGet())));
    }

    /** So many verdicts on the same scans, one after the other: a server that runs for weeks has shown as many. */
    void judge(int verdicts) {
        for (int i = 0; i < verdicts; i++) {
            desk.check(scans, nurse());
        }
    }

    static void look() {
        await().pollDelay(LOOK).until(() -> true);
    }

    /** From the nurse's yes to the pump's receipt, recorded. */
    OrderView placed(Shown shown) {
        var outcome = desk.place(shown.form(), nurse());
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted) outcome).order();
    }

    /** Turns the waiting order away at the pump, and waits until the server knows. */
    void turnAway(OrderView order) throws Exception {
        press("decline");
        awaitState(order, OrderState.Dropped.class);
    }

    /** Starts the waiting order at the pump, and waits until the server knows. */
    void start(OrderView order) throws Exception {
        press("start");
        awaitState(order, OrderState.Running.class);
    }

    private void awaitState(OrderView order, Class<? extends OrderState> state) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        state.isInstance(orders.find(order.id()).orElseThrow().state()));
    }

    void press(String key) throws Exception {
        var request = HttpRequest.newBuilder(pump.panel().resolve("/channels/1/" + key))
                .POST(HttpRequest.BodyPublishers.ofString("badge=BENCH"))
                .build();
        assertThat(keys.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }
}
