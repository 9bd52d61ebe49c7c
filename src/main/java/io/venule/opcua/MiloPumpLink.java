package io.venule.opcua;

import io.venule.order.OrderId;
import io.venule.order.PumpLink;
import io.venule.order.SignedOrder;
import io.venule.pump.Challenge;
import io.venule.pump.ChannelId;
import io.venule.pump.Quarantine;
import io.venule.pump.Receipt;
import io.venule.signing.JsonMembers.Reading;
import java.time.InstantSource;

/**
 * The pump link over this process's own sessions. What was made under another lease than the session's is not sent. Every answer is believed only under the pump's record key; an order's receipt must name
 * that order's hash. A pump whose answer cannot be believed is quarantined.
 */
public final class MiloPumpLink implements PumpLink {
    private final PumpSessions sessions;
    private final InstantSource clock;

    public MiloPumpLink(PumpSessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public Readiness challenge(ChannelId channel) {
        return challenge(channel, false);
    }

    @Override
    public Readiness challengeAhead(ChannelId channel) {
        return challenge(channel, true);
    }

    private Readiness challenge(ChannelId channel, boolean ahead) {
        try {
            var open = open(channel, ahead);
            return switch (open.signed().challenge(open.calls().challenge(channel.channel()), channel.channel())) {
                case Reading.Ok<Challenge>(var challenge) ->
                    new Readiness.Ready(challenge, open.session().lease().number());
                case Reading.Refused<Challenge> refused -> new Readiness.NotReachable(distrust(open, refused.text()));
            };
        } catch (PumpUnreachable e) {
            return new Readiness.NotReachable(e.reason());
        }
    }

    @Override
    public Delivery deliver(SignedOrder order) {
        if (!clock.instant().isBefore(order.expires())) {
            return new Delivery.Unconfirmed("the order ran out before it could be sent");
        }
        var channel = order.channel();
        try {
            var open = open(channel, order.isOvertaking());
            if (!order.goesBy(open.session().lease().number())) {
                return new Delivery.Unconfirmed("the pump passed to another server after the order was approved");
            }
            var answer = open.calls().submit(channel.channel(), order.text());
            return switch (open.signed().answerTo(order, answer)) {
                case Reading.Ok<Receipt>(var receipt) -> new Delivery.Answered(receipt);
                case Reading.Refused<Receipt> refused -> new Delivery.Unconfirmed(distrust(open, refused.text()));
            };
        } catch (PumpUnreachable e) {
            return new Delivery.Unconfirmed(e.reason());
        }
    }

    @Override
    public ReadBack readBack(ChannelId channel, OrderId order) {
        try {
            var open = open(channel, false);
            var answer = open.calls().receipt(channel.channel(), order.value());
            if (answer.isEmpty()) {
                return new ReadBack.NeverSeen();
            }
            return switch (open.signed().readBack(order, channel, answer)) {
                case Reading.Ok<Receipt>(var receipt) -> new ReadBack.Known(receipt);
                case Reading.Refused<Receipt> refused -> new ReadBack.NotReachable(distrust(open, refused.text()));
            };
        } catch (PumpUnreachable e) {
            return new ReadBack.NotReachable(e.reason());
        }
    }

    private record Open(PumpSession session, PumpCalls calls, SignedReports signed) {}

    /** The session, if this server may act on it at this moment. */
    private Open open(ChannelId channel, boolean ahead) throws PumpUnreachable {
        var session = sessions.session(channel.pump())
                .orElseThrow(() -> new PumpUnreachable(sessions.state(channel.pump())
                        .map(MiloPumpLink::standing)
                        .orElseGet(() -> "this server has no session with pump " + channel.pump())));
        if (!(ahead ? sessions.mayStop(session) : sessions.mayAct(session))) {
            throw new PumpUnreachable("another server may hold pump " + channel.pump() + " by now");
        }
        if (session.state() instanceof SessionState.Quarantined out) {
            throw new PumpUnreachable(standing(out));
        }
        var calls = session.calls().orElseThrow(() -> new PumpUnreachable(standing(session.state())));
        if (channel.channel() > session.pump().channels()) {
            throw new PumpUnreachable("pump " + channel.pump() + " has no channel " + channel.channel());
        }
        return new Open(session, calls, session.signed());
    }

    private static String standing(SessionState state) {
        return switch (state) {
            case SessionState.Opening opening -> "the session is being opened";
            case SessionState.Open open -> "the session is being opened";
            case SessionState.Unreachable(var since, var why) -> why;
            case SessionState.Quarantined(var since, var why) -> "the pump is quarantined: " + why;
        };
    }

    private static String distrust(Open open, String what) {
        open.session().quarantine(Quarantine.Cause.ANSWER, "an answer that cannot be believed: " + what);
        return "the pump's answer cannot be believed";
    }
}
