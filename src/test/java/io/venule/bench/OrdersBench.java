package io.venule.bench;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.messaging.OrderFlood;
import io.venule.order.HeldLeases;
import io.venule.order.OrderDesk;
import io.venule.order.Orders;
import io.venule.order.PumpHolders;
import io.venule.order.StopDesk;
import io.venule.signing.KeyFiles;
import io.venule.signing.OrderKeys;
import io.venule.signing.SigningKey;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
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
    private static final String PARTS = System.getProperty("bench.parts", "orders,records,stops");

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

    @Test
    void measures() throws Exception {
        var figures = new Figures("orders");
        var running = Objects.requireNonNull(stack);
        var bedside = new Bedside(running, new Bedside.Desk(desk, orders));
        var order = bedside.placed(bedside.shown());
        var size = order.signed().length();
        bedside.turnAway(order);
        if (PARTS.contains("orders")) {
            try (var bare = new BareParts(size, size / 3, running.settings(), broker)) {
                new OrderPathFigures(bedside, bare).measure(figures);
            }
        }
        if (PARTS.contains("stops")) {
            var flood = new OrderFlood(
                    broker,
                    orderKey(bedside.ward()),
                    holders.here(),
                    pump -> Objects.requireNonNull(leases.own().get(pump)).number());
            new StopFigures(bedside, stops, flood).measure(figures);
        }
        if (PARTS.contains("records")) {
            new RecordFigures(running).measure(figures);
        }
        figures.write();
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
