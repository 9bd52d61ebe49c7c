package io.venule.simulation;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.opcua.SessionWithoutWire;
import io.venule.opcua.SessionWithoutWire.Answer;
import io.venule.opcua.SessionWithoutWire.Went;
import io.venule.order.OrderId;
import io.venule.order.OrderVerifier;
import io.venule.order.PumpDoubts;
import io.venule.order.PumpLink.Delivery;
import io.venule.order.PumpLink.ReadBack;
import io.venule.order.PumpLink.Readiness;
import io.venule.order.PumpReports;
import io.venule.order.RecordUnavailable;
import io.venule.order.SignedOrder;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpSerial;
import io.venule.pump.Quarantine;
import io.venule.pump.RecordHead;
import io.venule.pump.RecordPosition;
import io.venule.simulator.BarePump;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The part of a process that holds sessions with pumps: their leases, their records, and the orders that come for them out of the queue.
 * A model of the real gateway and session, around the real verifier, mailbox, intake and reading of what pumps sign, and what is recorded of doubts.
 */
final class Gateway {
    private static final long CALL_LIMIT = 3_000;
    private static final long LEASE = 6_000;
    private static final long RENEWAL = 2_000;
    private static final long LOOK_EVERY = 8_000;
    private static final long COMPARE_EVERY = 20_000;
    private static final int MAILBOX = 6;
    private static final int BATCH = 5;

    private final Replica process;
    private final World world;
    private final Ports ports;
    private final PumpDoubts doubts;
    private final Map<PumpSerial, Held> held = new LinkedHashMap<>();
    private final Map<ChannelId, Boolean> busy = new HashMap<>();

    /** What this process has of one pump. */
    private static final class Held {
        private final PumpNode pump;
        private final SessionWithoutWire session;
        private Optional<PumpNode.Line> line = Optional.empty();
        private Reply<String> letter = new Reply<>();
        private long leaseUntil;
        private long leaseNumber;
        /** The list of revoked keys that was brought in this session. */
        private Optional<String> revoked = Optional.empty();

        /** What this process itself has against the pump, and whether the record says so. */
        private Optional<Quarantine> quarantine = Optional.empty();

        private boolean quarantineKept;
        /** Whether the record said that it is out of use when it was last asked. */
        private boolean outOfUse;

        private long lastAsked;

        Held(PumpNode pump, SessionWithoutWire session) {
            this.pump = pump;
            this.session = session;
        }
    }

    /** What it works with. */
    record Ports(StoreClient store, OrderVerifier verifier, PumpReports reports, Supplier<KeysOnPaper.Standing> keys) {}

    Gateway(Replica process, World world, Ports ports) {
        this.process = process;
        this.world = world;
        this.ports = ports;
        this.doubts = new PumpDoubts(ports.store(), ports.store(), process.clock());
        for (var pump : world.pumps()) {
            var reader = World.readerOf(pump.serial());
            held.put(pump.serial(), new Held(pump, new SessionWithoutWire(reader, ports.reports(), MAILBOX, BATCH)));
        }
    }

    void begin() {
        held.values().forEach(pump -> {
            renew(pump);
            process.run(() -> attendForEver(pump));
        });
    }

    // Leases -------------------------------------------------------------------------------------------------

    private void renew(Held pump) {
        var asked = process.uptime();
        if (!world.weather().failsTransaction()) {
            var lease = world.claim(pump.pump.serial(), process.name(), asked, LEASE);
            pump.leaseNumber = lease.fencing();
            pump.leaseUntil = lease.owner().equals(process.name()) ? lease.until() : 0;
            askWhetherOutOfUse(pump);
        }
        process.in(RENEWAL, () -> renew(pump));
    }

    private boolean holds(Held pump) {
        return process.uptime() < pump.leaseUntil;
    }

    // Quarantine ---------------------------------------------------------------------------------------------

    /** What the record does not say any more was lifted. */
    private void askWhetherOutOfUse(Held pump) {
        var stands = world.database().standing().containsKey(pump.pump.serial());
        if (!stands && pump.quarantineKept) {
            world.trace().say(process.name() + " hears that the quarantine of " + pump.pump.serial() + " is lifted");
            pump.quarantine = Optional.empty();
            pump.quarantineKept = false;
        }
        pump.outOfUse = stands && world.parts().asksForQuarantines();
        pump.lastAsked = process.uptime();
    }

    /** The first reason stands. */
    private void quarantine(Held pump, Quarantine.Cause cause, String why) {
        if (!pump.pump.hasLied()) {
            throw new Broken("an_honest_pump_is_believed", pump.pump.serial() + " " + why);
        }
        if (pump.quarantine.isPresent()) {
            return;
        }
        world.trace().say(process.name() + " puts " + pump.pump.serial() + " out of use: " + cause + " " + why);
        world.trace().meet("quarantine " + cause);
        pump.quarantine = Optional.of(new Quarantine(pump.pump.serial(), cause, why, process.wall()));
        keepQuarantine(pump);
    }

    /** A pump whose quarantine cannot be recorded is out of use all the same, and it is tried again. */
    private void keepQuarantine(Held pump) {
        if (pump.quarantineKept || pump.quarantine.isEmpty()) {
            return;
        }
        try {
            doubts.quarantined(pump.quarantine.get());
            pump.quarantineKept = true;
        } catch (RecordUnavailable e) {
            world.trace().say(process.name() + " records the quarantine later");
        }
    }

    private boolean isOutOfUse(Held pump) {
        return (pump.quarantine.isPresent() || pump.outOfUse) && world.parts().honoursQuarantines();
    }

    /** The way to the pump for what an order needs, if there is one. */
    private Optional<PumpNode.Line> lineFor(Held pump) {
        if (isOutOfUse(pump) || pump.line.isEmpty()) {
            return Optional.empty();
        }
        world.promises()
                .doubts()
                .a_pump_out_of_use_gets_nothing(pump.pump.serial(), pump.quarantine.isPresent(), pump.lastAsked);
        return pump.line;
    }

    /** What the pump answered, if it is believed. */
    private <T> Optional<T> believed(Held pump, Answer<T> answer) {
        return switch (answer) {
            case Answer.Ok<T>(var value) -> Optional.of(value);
            case Answer.NotBelieved<T>(var why) -> {
                quarantine(pump, Quarantine.Cause.ANSWER, "an answer that cannot be believed: " + why);
                yield Optional.empty();
            }
        };
    }

    // Sessions -----------------------------------------------------------------------------------------------

    private void attendForEver(Held pump) {
        while (true) {
            if (isOutOfUse(pump)) {
                keepQuarantine(pump);
            } else if (holds(pump)) {
                try {
                    attend(pump);
                } catch (RecordUnavailable e) {
                    world.trace().say(process.name() + " gives up the session with " + pump.pump.serial());
                }
                pump.line.ifPresent(PumpNode.Line::close);
                pump.line = Optional.empty();
            }
            process.sleep(1_000);
        }
    }

    private void attend(Held pump) {
        pump.session.clear();
        var dialled = pump.pump.connect(text -> process.in(0, () -> {
            pump.session.record(text);
            pump.letter.complete(text);
        }));
        if (dialled.isEmpty()) {
            return;
        }
        var line = dialled.get();
        pump.revoked = Optional.empty();
        bringRevocationsIfNew(pump, line);
        if (!isWell(pump, pump.session.catchUp(wire(pump, line)))) {
            line.close();
            return;
        }
        world.trace().say(process.name() + " has a session with " + pump.pump.serial());
        pump.line = dialled;
        var nextCompare = process.uptime() + COMPARE_EVERY;
        while (line.isOpen() && holds(pump) && !isOutOfUse(pump)) {
            pump.letter = new Reply<>();
            if (!isWell(pump, pump.session.attend(wire(pump, line))) || !report(pump, line)) {
                return;
            }
            bringRevocationsIfNew(pump, line);
            if (process.uptime() >= nextCompare) {
                nextCompare = process.uptime() + COMPARE_EVERY;
                if (!isWell(pump, pump.session.compare(wire(pump, line)))) {
                    return;
                }
            }
            process.await(pump.letter, LOOK_EVERY);
        }
    }

    /** At each opening, and as soon as it changes. */
    private void bringRevocationsIfNew(Held pump, PumpNode.Line line) {
        var list = ports.keys().get().signedList();
        if (!list.equals(pump.revoked)) {
            pump.revoked =
                    list.filter(text -> ask(line, () -> pump.pump.revoke(text)).isPresent());
        }
    }

    private boolean report(Held pump, PumpNode.Line line) {
        var panels = call(pump, line, on -> List.of(on.panel(1), on.panel(2)));
        panels.ifPresent(shown -> world.heard(pump.pump.serial(), shown));
        return panels.isPresent();
    }

    private boolean isWell(Held pump, Went went) {
        return switch (went) {
            case Went.Well well -> true;
            case Went.Unreachable unreachable -> false;
            case Went.NotBelieved(var cause, var why) -> {
                quarantine(pump, cause, why);
                yield false;
            }
        };
    }

    private SessionWithoutWire.Wire wire(Held pump, PumpNode.Line line) {
        return new SessionWithoutWire.Wire() {
            @Override
            public Optional<RecordHead> head() {
                return ask(line, pump.pump::head)
                        .map(head -> new RecordHead(
                                new RecordPosition(head.get(0), Long.parseLong(head.get(1))), head.get(2)));
            }

            @Override
            public Optional<List<String>> epochs() {
                return call(pump, line, BarePump::epochs);
            }

            @Override
            public Optional<List<String>> records(String epoch, long from, int most) {
                return ask(line, () -> pump.pump.records(epoch, from, most));
            }
        };
    }

    private <T> Optional<T> call(Held pump, PumpNode.Line line, Function<BarePump, T> work) {
        return ask(line, () -> pump.pump.serve(work));
    }

    /** One method call: there and back, not longer than the limit. Whether the pump did it is not known when no answer comes. */
    private <T> Optional<T> ask(PumpNode.Line line, Supplier<Optional<T>> served) {
        process.step("before a pump call");
        var reply = new Reply<T>();
        world.network().send(() -> {
            if (line.isOpen()) {
                served.get().ifPresent(answer -> world.network().send(() -> reply.complete(answer)));
            }
        });
        return process.await(reply, CALL_LIMIT);
    }

    // Out of the queue ---------------------------------------------------------------------------------------

    Optional<Readiness> challenge(ChannelId channel) {
        return alone(channel, () -> challengeAhead(channel));
    }

    /** Waits for nobody. */
    Optional<Readiness> challengeAhead(ChannelId channel) {
        var pump = of(channel);
        return Optional.of(lineFor(pump)
                .flatMap(line -> ask(line, () -> pump.pump.challenge(channel.channel())))
                .flatMap(text -> believed(pump, pump.session.challenge(text, channel.channel())))
                .<Readiness>map(said -> new Readiness.Ready(said, pump.leaseNumber))
                .orElseGet(() -> new Readiness.NotReachable("no answer")));
    }

    Optional<ReadBack> readBack(ChannelId channel, OrderId order) {
        return alone(channel, () -> {
            var pump = of(channel);
            return Optional.of(lineFor(pump)
                    .flatMap(line -> ask(line, () -> pump.pump.readReceipt(channel.channel(), order.value())))
                    .map(text -> readBack(pump, channel, order, text))
                    .orElseGet(() -> new ReadBack.NotReachable("no answer")));
        });
    }

    private ReadBack readBack(Held pump, ChannelId channel, OrderId order, String text) {
        return text.isEmpty()
                ? new ReadBack.NeverSeen()
                : believed(pump, pump.session.readBack(order, channel, text))
                        .<ReadBack>map(ReadBack.Known::new)
                        .orElseGet(() -> new ReadBack.NotReachable("an answer that cannot be believed"));
    }

    /** What is forged or void is dropped, audited and not answered. */
    Optional<Delivery> deliver(String text) {
        return switch (ports.verifier().read(text, process.wall())) {
            case OrderVerifier.Read.Good(var order) ->
                order.isOvertaking() ? handOver(order) : alone(order.channel(), () -> handOver(order));
            case OrderVerifier.Read.Forged(var reason) -> dropped("forged: " + reason);
            case OrderVerifier.Read.TooOld(var id) -> dropped("void");
        };
    }

    private Optional<Delivery> handOver(SignedOrder order) {
        var pump = of(order.channel());
        if (!holds(pump)) {
            return Optional.of(new Delivery.Unconfirmed("the session is another process's"));
        }
        if (!process.wall().isBefore(order.expires())) {
            return dropped("void");
        }
        var channel = order.channel().channel();
        world.promises()
                .keys()
                .nothing_under_a_revoked_key_is_handed_over(
                        order.text(), ports.keys().get().revoked());
        world.trace().say(process.name() + " hands over " + order.id());
        return Optional.of(lineFor(pump)
                .flatMap(line -> ask(line, () -> pump.pump.submit(channel, order.text())))
                .flatMap(answer -> believed(pump, world.parts().answer(pump.session, order, answer)))
                .<Delivery>map(Delivery.Answered::new)
                .orElseGet(() -> new Delivery.Unconfirmed("no answer")));
    }

    private <T> Optional<T> dropped(String why) {
        ports.store()
                .append(AuditEntry.bySystem(AuditKind.ORDER_REFUSED, process.wall())
                        .with("cause", "dropped from the queue: " + why));
        return Optional.empty();
    }

    /** One request at a time per channel; what comes in between is not answered. */
    private <T> Optional<T> alone(ChannelId channel, Supplier<Optional<T>> work) {
        if (busy.getOrDefault(channel, false)) {
            return Optional.empty();
        }
        busy.put(channel, true);
        try {
            return work.get();
        } finally {
            busy.put(channel, false);
        }
    }

    private Held of(ChannelId channel) {
        return Optional.ofNullable(held.get(channel.pump())).orElseThrow();
    }
}
