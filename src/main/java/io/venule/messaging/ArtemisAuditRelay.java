package io.venule.messaging;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.venule.audit.AuditLog;
import io.venule.audit.BundleWriter;
import io.venule.audit.FollowerPlaces;
import io.venule.order.RecordUnavailable;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Topic;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows the audit log and publishes its leaves, once they are durable, to the topic {@code venule.audit}: their exact bytes in bundles, each
 * leaf after its length in sixteen bits, and the index of the first in the property {@code venuleIndex}. In order and without gap; after a crash or
 * with several processes leaves may come again, so that subscribers keep their own index. Source: docs/audit-format.md, "Subscribers"; C2SP
 * tlog-tiles, "Log entries".
 */
@Singleton
final class ArtemisAuditRelay {
    static final String TOPIC = "venule.audit";
    static final String INDEX = "venuleIndex";
    private static final int MOST_ENTRIES = 256;
    /** A bundle of so many bytes is sent: with the largest entry on top it is still no large message to the broker, which begin at 100 KiB. */
    private static final int ENOUGH_BYTES = 32 << 10;

    private static final String FOLLOWER = "artemis-relay";

    private final ConnectionFactory broker;
    private final AuditLog log;
    private final FollowerPlaces places;
    private final MessagingSettings settings;
    private final CountDownLatch stopped = new CountDownLatch(1);

    ArtemisAuditRelay(ConnectionFactory broker, AuditLog log, FollowerPlaces places, MessagingSettings settings) {
        this.broker = broker;
        this.log = log;
        this.places = places;
        this.settings = settings;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("audit-relay").start(this::relayUntilStopped);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void relayUntilStopped() {
        try {
            do {
                relay();
            } while (!stopped.await(settings.reconnectPause().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void relay() throws InterruptedException {
        try (var context = broker.createContext(JMSContext.SESSION_TRANSACTED)) {
            var subscribers = new Subscribers(context);
            do {
                while (publishNext(context, subscribers)) {
                    // As long as a full batch was there, more may be.
                }
            } while (!stopped.await(settings.relayEvery().toMillis(), TimeUnit.MILLISECONDS));
        } catch (JMSRuntimeException | RecordUnavailable e) {
            Log.warnf("audit relay interrupted, going on from its place: error=%s", e.getMessage());
        }
    }

    private boolean publishNext(JMSContext context, Subscribers subscribers) {
        var from = places.next(FOLLOWER);
        var end = Math.min(log.head().size(), from + settings.relayAtOnce());
        if (from >= end) {
            return false;
        }
        var bundle = new BundleWriter();
        log.leaves(from, end, (index, leaf) -> {
            bundle.add(leaf);
            if (bundle.count() == MOST_ENTRIES || bundle.size() >= ENOUGH_BYTES || index == end - 1) {
                subscribers.send(index + 1 - bundle.count(), bundle.take());
            }
        });
        context.commit();
        places.save(FOLLOWER, end);
        return end - from == settings.relayAtOnce();
    }

    /** The topic over one connection: the broker is asked for it once, and not with each bundle. */
    private static final class Subscribers {
        private final JMSContext context;
        private final Topic topic;
        private final JMSProducer producer;

        Subscribers(JMSContext context) {
            this.context = context;
            this.topic = context.createTopic(TOPIC);
            this.producer = context.createProducer();
        }

        void send(long first, byte[] bundle) {
            var message = context.createBytesMessage();
            try {
                message.writeBytes(bundle);
                message.setLongProperty(INDEX, first);
            } catch (JMSException e) {
                throw new JMSRuntimeException(e.getMessage(), e.getErrorCode(), e);
            }
            producer.send(topic, message);
        }
    }
}
