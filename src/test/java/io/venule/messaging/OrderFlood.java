package io.venule.messaging;

import io.venule.order.OrderId;
import io.venule.order.OrderOp;
import io.venule.order.OrderState;
import io.venule.order.OrderView;
import io.venule.order.SignedOrderFixture;
import io.venule.prescription.PrescriptionId;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpSerial;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.signing.SigningKey;
import io.venule.staff.SubjectId;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import java.time.Instant;
import java.util.function.Function;

/** Fills a gateway's queue with orders that are rightly signed, so that each goes all the way to its pump, which refuses it there. */
public final class OrderFlood {
    private static final long NOTHING_MILLIS = 1_000;

    private final ConnectionFactory broker;
    private final SigningKey key;
    private final String address;
    private final Function<PumpSerial, Long> leases;
    private long made;

    /**
     * @param gateway whose queue
     * @param leases the number of the lease by which it holds a pump
     */
    public OrderFlood(ConnectionFactory broker, SigningKey key, String gateway, Function<PumpSerial, Long> leases) {
        this.leases = leases;
        this.broker = broker;
        this.key = key;
        this.address = Lane.ORDERS.address(gateway);
    }

    /** Puts so many into the queue. */
    public void put(ChannelId channel, int orders) {
        var text = SignedOrderFixture.signed(order(channel), key, leases.apply(channel.pump()))
                .text();
        try (var context = broker.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            var queue = context.createQueue(address);
            var producer = context.createProducer().setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            for (int i = 0; i < orders; i++) {
                var message = context.createTextMessage(text);
                new Envelope("ORDER", "flood-" + i, text, "0".repeat(64)).fill(message);
                producer.send(queue, message);
            }
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes out whatever still waits, until nothing came for a second; says how many that were. */
    public long takeOut() {
        try (var context = broker.createContext(JMSContext.AUTO_ACKNOWLEDGE);
                var consumer = context.createConsumer(context.createQueue(address))) {
            var taken = 0L;
            while (consumer.receive(NOTHING_MILLIS) != null) {
                taken++;
            }
            return taken;
        }
    }

    private OrderView order(ChannelId channel) {
        var now = Instant.now();
        made++;
        return new OrderView(
                new OrderId("%032x".formatted(0xf100dL << 40 | made)),
                "0".repeat(32),
                new OrderState.Approved(),
                new PrescriptionId("RX-0001"),
                channel,
                "a".repeat(64),
                "DOPamine",
                "5 mcg/kg/min",
                FlowRate.ofMillilitresPerHour("13.1"),
                Volume.ofMillilitres("250"),
                "",
                new SubjectId("bench-nurse"),
                "Bench Nurse",
                now,
                now.plusSeconds(60),
                "",
                OrderOp.PROGRAM,
                "");
    }
}
