package io.venule.messaging;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.venule.order.PumpHolders;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes requests out of this gateway's queues, each at most once and so many at a time, and sends the replies. Stops have a queue, a
 * consumer and places of their own, so that nothing stands before them. When the broker is lost it
 * connects again; what was in the queue meanwhile dies by its own expiry.
 */
@Singleton
final class GatewayQueue {
    private static final long RECEIVE_MILLIS = 500;

    private final ConnectionFactory broker;
    private final OrderGateway gateway;
    private final PumpHolders holders;
    private final MessagingSettings settings;
    private final CountDownLatch stopped = new CountDownLatch(1);

    GatewayQueue(ConnectionFactory broker, OrderGateway gateway, PumpHolders holders, MessagingSettings settings) {
        this.holders = holders;
        this.broker = broker;
        this.gateway = gateway;
        this.settings = settings;
    }

    void start(@Observes StartupEvent event) {
        if (!gateway.isHere()) {
            Log.warnf("no pump sessions in this process: %s is not served", holders.here());
            return;
        }
        for (var lane : Lane.values()) {
            var places = new Semaphore(settings.requestsAtOnce());
            Thread.ofVirtual().name("gateway-" + lane).start(() -> serveUntilStopped(lane, places));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void serveUntilStopped(Lane lane, Semaphore places) {
        try {
            do {
                serve(lane, places);
            } while (!stopped.await(settings.reconnectPause().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Lane lane, Semaphore places) throws InterruptedException {
        try (var context = broker.createContext(JMSContext.AUTO_ACKNOWLEDGE);
                var replies = context.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            var replier = new Replier(replies);
            var consumer = context.createConsumer(context.createQueue(lane.address(holders.here())));
            while (stopped.getCount() > 0) {
                var message = consumer.receive(RECEIVE_MILLIS);
                if (message != null) {
                    places.acquire();
                    Thread.ofVirtual().name("gateway-request").start(() -> {
                        try {
                            handle(lane, message, replier);
                        } finally {
                            places.release();
                        }
                    });
                }
            }
        } catch (JMSRuntimeException e) {
            Log.warnf("the broker is lost, connecting again: error=%s", e.getMessage());
        }
    }

    private void handle(Lane lane, Message message, Replier replier) {
        try {
            var replyTo = message.getJMSReplyTo();
            var request = Envelope.of(message);
            if (request.isEmpty()) {
                Log.warn("a message that is no request was dropped");
                return;
            }
            var reply = gateway.answer(lane, request.get());
            if (reply.isPresent() && replyTo != null) {
                replier.send(replyTo, reply.get(), settings.replyLimit().toMillis());
            }
        } catch (JMSException | JMSRuntimeException e) {
            // The asker times out and treats it as no answer.
            Log.warnf("a request was not answered: error=%s", e.getMessage());
        } catch (RuntimeException e) {
            Log.error("a request failed", e);
        }
    }

    /** One session for all replies, one thread at a time. */
    private static final class Replier {
        private final JMSContext context;
        private final ReentrantLock lock = new ReentrantLock();

        Replier(JMSContext context) {
            this.context = context;
        }

        void send(Destination to, Envelope reply, long lifetimeMillis) throws JMSException {
            lock.lock();
            try {
                var message = context.createTextMessage(reply.body());
                reply.fill(message);
                context.createProducer()
                        .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                        .setTimeToLive(lifetimeMillis)
                        .send(to, message);
            } finally {
                lock.unlock();
            }
        }
    }
}
