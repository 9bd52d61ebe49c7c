package io.venule.messaging;

import io.venule.messaging.GatewayRequests.Answer;
import io.venule.order.OrderId;
import io.venule.order.PumpHolders;
import io.venule.order.PumpLink;
import io.venule.order.SignedOrder;
import io.venule.pump.ChannelId;
import io.venule.signing.JsonMembers.Reading;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** {@link PumpLink} over the broker, to the gateway of the server that holds the pump's session. An order's message dies with the order. */
@Singleton
final class ArtemisPumpLink implements PumpLink {
    private final GatewayRequests gateway;
    private final PumpHolders holders;
    private final MessagingSettings settings;
    private final InstantSource clock;

    ArtemisPumpLink(GatewayRequests gateway, PumpHolders holders, MessagingSettings settings, InstantSource clock) {
        this.gateway = gateway;
        this.holders = holders;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Readiness challenge(ChannelId channel) {
        return challenge(Lane.ORDERS, channel);
    }

    @Override
    public Readiness challengeAhead(ChannelId channel) {
        return challenge(Lane.STOPS, channel);
    }

    private Readiness challenge(Lane lane, ChannelId channel) {
        var answer = ask(lane, channel, Envelope.Kind.CHALLENGE, GatewayText.question(channel), settings.replyLimit());
        return switch (answer) {
            case Answer.Silent(var reason) -> new Readiness.NotReachable(reason);
            case Answer.Said(var body) ->
                switch (GatewayText.readiness(body)) {
                    case Reading.Ok<Readiness>(var readiness) -> readiness;
                    case Reading.Refused<Readiness> refused -> new Readiness.NotReachable(unread(refused));
                };
        };
    }

    @Override
    public Delivery deliver(SignedOrder order) {
        var lifetime = Duration.between(clock.instant(), order.expires());
        var lane = order.isOvertaking() ? Lane.STOPS : Lane.ORDERS;
        return switch (ask(lane, order.channel(), Envelope.Kind.ORDER, order.text(), lifetime)) {
            case Answer.Silent(var reason) -> new Delivery.Unconfirmed(reason);
            case Answer.Said(var body) ->
                switch (GatewayText.delivery(body)) {
                    case Reading.Ok<Delivery>(var delivery) -> delivery;
                    case Reading.Refused<Delivery> refused -> new Delivery.Unconfirmed(unread(refused));
                };
        };
    }

    @Override
    public ReadBack readBack(ChannelId channel, OrderId order) {
        var text = GatewayText.question(channel, order);
        var answer = ask(Lane.ORDERS, channel, Envelope.Kind.READ_BACK, text, settings.replyLimit());
        return switch (answer) {
            case Answer.Silent(var reason) -> new ReadBack.NotReachable(reason);
            case Answer.Said(var body) ->
                switch (GatewayText.readBack(body)) {
                    case Reading.Ok<ReadBack>(var readBack) -> readBack;
                    case Reading.Refused<ReadBack> refused -> new ReadBack.NotReachable(unread(refused));
                };
        };
    }

    /** To whoever holds the pump now, and to nobody else, also when the answer does not come. */
    private Answer ask(Lane lane, ChannelId channel, Envelope.Kind kind, String text, Duration lifetime) {
        return holders.of(channel.pump())
                .map(holder ->
                        gateway.ask(lane.address(holder), lane, new GatewayRequests.Request(kind, text, lifetime)))
                .orElseGet(() -> new Answer.Silent("no server has a session with pump " + channel.pump()));
    }

    private static String unread(Reading.Refused<?> refused) {
        return "the gateway's answer could not be read: " + refused.text();
    }
}
