package io.venule.messaging;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks a gateway and waits for its reply. Nothing is stored in the broker or sent twice: a request that cannot be sent or answered in time
 * is over, and a late reply finds nobody waiting.
 */
@Singleton
final class GatewayRequests {
    private final ConnectionFactory broker;
    private final ClusterSeal seal;
    private final MessagingSettings settings;
    private final Map<String, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
    private final ReentrantLock sending = new ReentrantLock();
    private Optional<Line> line = Optional.empty();

    GatewayRequests(ConnectionFactory broker, ClusterSeal seal, MessagingSettings settings) {
        this.broker = broker;
        this.seal = seal;
        this.settings = settings;
    }

    /** What came back. */
    sealed interface Answer {
        record Said(String body) implements Answer {}

        record Silent(String reason) implements Answer {}
    }

    /** An open connection with a queue for replies of its own. */
    private record Line(JMSContext context, JMSContext replies, Queue replyTo, Map<String, Queue> queues) {
        /** Making one asks the broker each time. */
        Queue queue(String address) {
            return queues.computeIfAbsent(address, context::createQueue);
        }

        void close() {
            try {
                context.close();
            } catch (JMSRuntimeException e) {
                Log.debugf("closing a broken connection: %s", e);
            }
        }
    }

    /** @param lifetime after which the broker drops the request unread; more than zero */
    record Request(Envelope.Kind kind, String body, Duration lifetime) {}

    /** Asks the gateway that serves this address, which is one of the lane's. */
    Answer ask(String address, Lane lane, Request request) {
        var kind = request.kind();
        var body = request.body();
        var lifetime = request.lifetime();
        if (lifetime.toMillis() <= 0) {
            return new Answer.Silent("expired before it could be sent");
        }
        var number = UUID.randomUUID().toString();
        var reply = new CompletableFuture<String>();
        waiting.put(number, reply);
        try {
            send(
                    address,
                    lane.priority(),
                    new Envelope(kind.name(), number, body, seal.of("request", number, kind + " " + body)),
                    lifetime);
            return new Answer.Said(reply.get(settings.replyLimit().toMillis(), TimeUnit.MILLISECONDS));
        } catch (JMSException | JMSRuntimeException e) {
            Log.warnf("request not sent: error=%s", e.getMessage());
            return new Answer.Silent("the message broker does not answer");
        } catch (TimeoutException e) {
            return new Answer.Silent("no answer within " + settings.replyLimit().toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Silent("the server is stopping");
        } catch (ExecutionException e) {
            throw new IllegalStateException("replies never fail", e);
        } finally {
            waiting.remove(number);
        }
    }

    private void send(String address, int priority, Envelope envelope, Duration lifetime) throws JMSException {
        sending.lock();
        try {
            var open = line.isPresent() ? line.get() : connect();
            line = Optional.of(open);
            var message = open.context().createTextMessage(envelope.body());
            envelope.fill(message);
            message.setJMSReplyTo(open.replyTo());
            open.context()
                    .createProducer()
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                    .setTimeToLive(lifetime.toMillis())
                    .setPriority(priority)
                    .send(open.queue(address), message);
        } catch (JMSException | JMSRuntimeException e) {
            hangUp();
            throw e;
        } finally {
            sending.unlock();
        }
    }

    private Line connect() {
        var context = broker.createContext(JMSContext.AUTO_ACKNOWLEDGE);
        try {
            var replyTo = context.createTemporaryQueue();
            var replies = context.createContext(JMSContext.AUTO_ACKNOWLEDGE);
            context.setExceptionListener(e -> hangUp());
            replies.createConsumer(replyTo).setMessageListener(this::take);
            return new Line(context, replies, replyTo, new HashMap<>());
        } catch (JMSRuntimeException e) {
            context.close();
            throw e;
        }
    }

    private void take(Message message) {
        try {
            Envelope.of(message)
                    .filter(reply -> reply.kind().equals(Envelope.REPLY))
                    .filter(reply -> seal.holds(reply.seal(), "reply", reply.number(), reply.body()))
                    .ifPresentOrElse(this::hand, () -> Log.warn("a reply that no gateway of ours sent was dropped"));
        } catch (JMSException e) {
            Log.warnf("a reply could not be read: error=%s", e.getMessage());
        }
    }

    private void hand(Envelope reply) {
        var asked = waiting.remove(reply.number());
        if (asked != null) {
            asked.complete(reply.body());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        hangUp();
    }

    private void hangUp() {
        sending.lock();
        try {
            line.ifPresent(Line::close);
            line = Optional.empty();
        } finally {
            sending.unlock();
        }
    }
}
