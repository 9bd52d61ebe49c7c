package io.venule.messaging;

import io.quarkus.logging.Log;
import io.smallrye.common.annotation.Identifier;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.messaging.GatewayText.Question;
import io.venule.order.AuditTrail;
import io.venule.order.OrderVerifier;
import io.venule.order.PumpLink;
import io.venule.order.SignedOrder;
import io.venule.pump.ChannelId;
import io.venule.signing.Digest;
import io.venule.signing.JsonMembers.Reading;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Answers what came out of the queue. Trusts nothing for having arrived: an order is verified again and its expiry looked at just before it
 * is handed to the pump; what is forged or void is dropped, audited and not answered. One request at a time per channel, but a stop waits for none. T-18, T-31, T-32.
 */
@Singleton
final class OrderGateway {
    /** The one who holds the sessions with the pumps in this process. */
    static final String LOCAL = "local-gateway";

    /** More locks than channels are ever asked at once, so that two channels hardly ever share one. */
    private static final int LOCKS = 1024;

    private final Instance<PumpLink> local;
    private final OrderVerifier verifier;
    private final AuditTrail trail;
    private final ClusterSeal seal;
    private final MessagingSettings settings;
    private final InstantSource clock;
    private final ReentrantLock[] channels =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

    OrderGateway(
            @Identifier(LOCAL) Instance<PumpLink> local,
            OrderVerifier verifier,
            AuditTrail trail,
            ClusterSeal seal,
            MessagingSettings settings,
            InstantSource clock) {
        this.local = local;
        this.verifier = verifier;
        this.trail = trail;
        this.seal = seal;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether this process holds sessions with pumps at all; one that only serves pages does not. */
    boolean isHere() {
        return local.isResolvable();
    }

    /** The reply to a request; empty where it is not to be answered. */
    Optional<Envelope> answer(Lane lane, Envelope request) {
        return kind(request)
                .flatMap(kind -> switch (kind) {
                    case ORDER -> deliver(request.body());
                    case CHALLENGE -> question(request).map(asked -> challenge(lane, asked));
                    case READ_BACK -> question(request).flatMap(this::readBack);
                })
                .map(body ->
                        new Envelope(Envelope.REPLY, request.number(), body, seal.of("reply", request.number(), body)));
    }

    private static Optional<Envelope.Kind> kind(Envelope request) {
        return Stream.of(Envelope.Kind.values())
                .filter(kind -> kind.name().equals(request.kind()))
                .findFirst();
    }

    private Optional<Question> question(Envelope request) {
        if (!seal.holds(request.seal(), "request", request.number(), request.kind() + " " + request.body())) {
            Log.warn("a question that no process of ours asked was dropped");
            return Optional.empty();
        }
        return switch (GatewayText.question(request.body())) {
            case Reading.Ok<Question>(var question) -> Optional.of(question);
            case Reading.Refused<Question> refused ->
                throw new IllegalStateException("a question of our own cannot be read: " + refused.text());
        };
    }

    private String challenge(Lane lane, Question question) {
        return GatewayText.readiness(
                switch (lane) {
                    case STOPS -> local.get().challengeAhead(question.channel());
                    case ORDERS ->
                        alone(
                                question.channel(),
                                () -> local.get().challenge(question.channel()),
                                () -> new PumpLink.Readiness.NotReachable("another request is with the pump"));
                });
    }

    private Optional<String> readBack(Question question) {
        return question.order()
                .map(order -> GatewayText.readBack(alone(
                        question.channel(),
                        () -> local.get().readBack(question.channel(), order),
                        () -> new PumpLink.ReadBack.NotReachable("another request is with the pump"))));
    }

    private Optional<String> deliver(String text) {
        return switch (verifier.read(text, clock.instant())) {
            case OrderVerifier.Read.Good(var order) ->
                (order.isOvertaking()
                                ? handOver(order)
                                : alone(order.channel(), () -> handOver(order), () -> Optional.of(busy())))
                        .map(GatewayText::delivery);
            case OrderVerifier.Read.Forged(var reason) -> {
                drop(AuditEntry.bySystem(AuditKind.ORDER_REFUSED, clock.instant()), text, "forged: " + reason);
                yield Optional.empty();
            }
            case OrderVerifier.Read.TooOld(var id) -> {
                drop(
                        AuditEntry.bySystem(AuditKind.ORDER_REFUSED, clock.instant())
                                .about(id.value()),
                        text,
                        "void");
                yield Optional.empty();
            }
        };
    }

    private static PumpLink.Delivery busy() {
        return new PumpLink.Delivery.Unconfirmed("another request is with the pump");
    }

    /** It may have waited for the channel: its time is looked at once more. */
    private Optional<PumpLink.Delivery> handOver(SignedOrder order) {
        if (!clock.instant().isBefore(order.expires())) {
            var entry = AuditEntry.bySystem(AuditKind.ORDER_REFUSED, clock.instant())
                    .about(order.id().value());
            drop(entry, order.text(), "void");
            return Optional.empty();
        }
        return Optional.of(local.get().deliver(order));
    }

    private void drop(AuditEntry entry, String text, String reason) {
        Log.errorf("order from the queue dropped: error=%s", reason);
        trail.append(entry.atPlace(Lane.ORDERS.address(settings.gateway()))
                .with("verdict", "DROPPED")
                .with("cause", "dropped from the queue: " + reason)
                .with("text", Digest.ofText(text)));
    }

    /** Runs the call while no other one is with this channel; the second answer where it does not become free in time. */
    private <T> T alone(ChannelId channel, Supplier<T> call, Supplier<T> otherwise) {
        var lock = channels[Math.floorMod(channel.hashCode(), LOCKS)];
        try {
            if (!lock.tryLock(settings.channelWait().toMillis(), TimeUnit.MILLISECONDS)) {
                return otherwise.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise.get();
        }
        try {
            return call.get();
        } finally {
            lock.unlock();
        }
    }
}
