package io.venule.bench;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.venule.messaging.OrderFlood;
import io.venule.order.AuditTrail;
import io.venule.order.Evidence;
import io.venule.order.FirstChecks;
import io.venule.order.HeldLeases;
import io.venule.order.OrderDesk;
import io.venule.order.OrderSigner;
import io.venule.order.Orders;
import io.venule.order.PumpHolders;
import io.venule.order.PumpLink;
import io.venule.order.ReadyChallenges;
import io.venule.order.StopDesk;
import io.venule.order.Ward;
import io.venule.pump.LiveChannels;
import io.venule.release.ActiveRelease;
import io.venule.signing.KeyFiles;
import io.venule.signing.OrderKeys;
import io.venule.signing.SigningKey;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * {@code ops/bench orders}: orders, stops and records on the real stack, each beside its bare parts in the same run and in turn.
 * Named so that no test run takes it along. Writes {@code target/bench/orders.json}.
 */
@QuarkusTest
@WithTestResource(StackResource.class)
class OrdersBench {
    private static final String PARTS = System.getProperty("bench.parts", "orders,records,stops,flood");
    /** Verdicts and challenges before anything is measured: the server of a ward has long compiled its way to them. */
    private static final int VERDICTS = Integer.getInteger("bench.verdicts", 2_000);

    private static final int WARM_UP = Integer.getInteger("bench.warmup", 100);

    @Nullable
    VenuleStack stack;

    @Inject
    OrderDesk desk;

    @Inject
    StopDesk stops;

    @Inject
    Orders orders;

    @Inject
    ConnectionFactory broker;

    @Inject
    PumpHolders holders;

    @Inject
    HeldLeases leases;

    @Inject
    @ConfigProperty(name = "venule.keys.directory")
    Path keys;

    @Inject
    Ward ward;

    @Inject
    LiveChannels channels;

    @Inject
    ActiveRelease inForce;

    @Inject
    Evidence.Terms terms;

    @Inject
    OrderSigner signer;

    @Inject
    FirstChecks checks;

    @Inject
    AuditTrail trail;

    @Inject
    PumpLink link;

    @Inject
    OrderDesk.Pumps pumps;

    @Inject
    @Identifier("local-gateway")
    PumpLink local;

    @Test
    void measures() throws Exception {
        var figures = new Figures("orders");
        var running = Objects.requireNonNull(stack);
        var bedside = new Bedside(running, new Bedside.Desk(desk, orders));
        var order = bedside.placed(bedside.shown());
        var size = order.signed().length();
        bedside.turnAway(order);
        var flood = new OrderFlood(
                broker,
                orderKey(bedside.ward()),
                holders.here(),
                pump -> Objects.requireNonNull(leases.own().get(pump)).number());
        flood.put(bedside.channel(), StopFigures.QUEUED);
        // In this order: so many challenges displace the one that was asked for ahead.
        for (int i = 0; i < VERDICTS; i++) {
            link.challenge(bedside.channel());
        }
        bedside.judge(VERDICTS);
        flood.takeOut();
        if (PARTS.contains("steps")) {
            var steps = new OrderSteps(new OrderSteps.Parts(
                    ward, channels, inForce.library(), terms, signer, orders, checks, trail, pumps));
            steps.print(bedside.at(steps.desk()), WARM_UP, WARM_UP);
            var straight = new OrderSteps(new OrderSteps.Parts(
                    ward, channels, inForce.library(), terms, signer, orders, checks, trail, straight()));
            System.out.println("bench step, without the broker:");
            straight.print(bedside.at(straight.desk()), WARM_UP, WARM_UP);
            OrderSteps.print("challenge over the broker", WARM_UP, () -> link.challenge(bedside.channel()));
            OrderSteps.print("challenge, our session", WARM_UP, () -> local.challenge(bedside.channel()));
            try (var bare = new BareParts(size, size / 3, running.settings(), broker)) {
                OrderSteps.print("bare call", WARM_UP, bare::call);
                OrderSteps.print("bare two commits", WARM_UP, bare::twoCommits);
                OrderSteps.print("bare request and reply", WARM_UP, bare::requestAndReply);
            }
        }
        if (PARTS.contains("orders")) {
            try (var bare = new BareParts(size, size / 3, running.settings(), broker)) {
                new OrderPathFigures(bedside, bare).measure(figures);
            }
        }
        // Uses up the bag.
        if (PARTS.contains("stops") || PARTS.contains("flood")) {
            stops(bedside, flood, figures);
        }
        if (PARTS.contains("records")) {
            new RecordFigures(running).measure(figures);
        }
        figures.write();
    }

    private void stops(Bedside bedside, OrderFlood flood, Figures figures) throws Exception {
        var order = bedside.placed(bedside.shown());
        bedside.start(order);
        if (PARTS.contains("stops")) {
            new StopFigures(bedside, stops, flood).measure(figures, order);
        }
        if (PARTS.contains("flood")) {
            new FloodFigures(Objects.requireNonNull(stack)).measure(figures, order.id());
        }
        bedside.press("stop");
    }

    /** Past the broker; nothing is asked ahead. */
    private OrderDesk.Pumps straight() {
        var never = new ReadyChallenges(
                channel -> new PumpLink.Readiness.NotReachable("not asked ahead"),
                channels,
                () -> Duration.ofNanos(System.nanoTime()),
                ReadyChallenges.Asking.on(Runnable::run));
        return new OrderDesk.Pumps(local, never);
    }

    private SigningKey orderKey(String ward) {
        var now = Instant.now();
        var root = KeyFiles.verifyingKey(keys.resolve("root.pub"));
        return OrderKeys.in(keys.resolve(OrderKeys.FOLDER), root)
                .signing(ward, now, now.plusSeconds(60))
                .orElseThrow()
                .key();
    }
}
