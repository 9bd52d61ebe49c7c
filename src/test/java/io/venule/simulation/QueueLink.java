package io.venule.simulation;

import io.venule.order.OrderId;
import io.venule.order.PumpLink;
import io.venule.order.SignedOrder;
import io.venule.pump.ChannelId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The way from a process to the gateway that holds the pump's lease: a queue whose messages die, and a reply that may not come. */
final class QueueLink implements PumpLink {
    private static final long REPLY_LIMIT = 5_000;

    private final Replica process;
    private final World world;

    QueueLink(Replica process, World world) {
        this.process = process;
        this.world = world;
    }

    @Override
    public Readiness challenge(ChannelId channel) {
        return ask(channel, REPLY_LIMIT, gateway -> gateway.challenge(channel))
                .orElseGet(() -> new Readiness.NotReachable("no answer"));
    }

    @Override
    public Readiness challengeAhead(ChannelId channel) {
        return ask(channel, REPLY_LIMIT, gateway -> gateway.challengeAhead(channel))
                .orElseGet(() -> new Readiness.NotReachable("no answer"));
    }

    @Override
    public Delivery deliver(SignedOrder order) {
        if (order.isOvertaking()) {
            world.promises().sentEnd(order);
        } else {
            world.promises().sent(order);
        }
        var left = Duration.between(process.wall(), order.expires()).toMillis();
        return ask(order.channel(), left, gateway -> gateway.deliver(order.text()))
                .orElseGet(() -> new Delivery.Unconfirmed("no answer"));
    }

    @Override
    public ReadBack readBack(ChannelId channel, OrderId order) {
        return ask(channel, REPLY_LIMIT, gateway -> gateway.readBack(channel, order))
                .orElseGet(() -> new ReadBack.NotReachable("no answer"));
    }

    private <T> Optional<T> ask(ChannelId channel, long lifetime, Function<Gateway, Optional<T>> work) {
        process.step("before sending");
        var owner = world.ownerOf(channel.pump());
        if (lifetime <= 0 || owner.isEmpty()) {
            return Optional.empty();
        }
        var reply = new Reply<T>();
        var server = owner.get();
        world.network()
                .enqueue(
                        server.process(),
                        process.uptime() + lifetime,
                        () -> server.serve(gateway -> work.apply(gateway)
                                .ifPresent(said -> world.network().send(() -> reply.complete(said)))));
        var answer = process.await(reply, REPLY_LIMIT);
        process.step("after the reply");
        return answer;
    }
}
