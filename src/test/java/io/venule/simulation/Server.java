package io.venule.simulation;

import io.venule.order.ChangeDesk;
import io.venule.order.ChangeForm;
import io.venule.order.ChangeOutcome;
import io.venule.order.Displayed;
import io.venule.order.EndForm;
import io.venule.order.Ended;
import io.venule.order.Evidence;
import io.venule.order.OrderDesk;
import io.venule.order.OrderForm;
import io.venule.order.OrderSigner;
import io.venule.order.OrderVerifier;
import io.venule.order.Orders;
import io.venule.order.Outcome;
import io.venule.order.PumpLink;
import io.venule.order.PumpReports;
import io.venule.order.ReadyChallenges;
import io.venule.order.RecordUnavailable;
import io.venule.order.StopDesk;
import io.venule.order.UnansweredOrders;
import io.venule.pump.ChannelStatus;
import io.venule.pump.LiveChannels;
import io.venule.pump.PumpSerial;
import io.venule.signing.Digest;
import io.venule.signing.KeyedHash;
import io.venule.signing.OrderKeys;
import io.venule.staff.Role;
import io.venule.staff.SignIn;
import io.venule.staff.StaffMember;
import io.venule.staff.SubjectId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One life of a server process: the real desk, settlement and record keeping on a connection to the database and a way to the pumps. */
final class Server {
    private static final long SETTLE_EVERY = 3_000;
    private static final long LOOK_EVERY = 10;
    private static final long READ_KEYS_EVERY = 5_000;
    private static final StaffMember NURSE = new StaffMember(
            new SubjectId("subject-nurse"),
            "Nina Nurse",
            Set.of(Role.NURSE),
            new SignIn(WardOnPaper.signedInAt(), "1"));

    private final Replica process;
    private final World world;
    private final StoreClient store;
    private final Orders orders;
    private final PumpLink link;
    private final LiveChannels live = new LiveChannels();
    private final Gateway gateway;
    private final SecureRandom random;
    private final OwedInMemory owed;
    private final OrderSigner signer;
    private KeysOnPaper.Standing keys;
    private final ReadyChallenges ready;

    Server(Replica process, World world, SecureRandom random) {
        this.process = process;
        this.world = world;
        this.random = random;
        this.owed = new OwedInMemory(process);
        this.keys = world.keys().read();
        this.signer = new OrderSigner(
                "venule-simulation",
                (pump, from, until) -> signing(from, until),
                new KeyedHash(new byte[32]),
                patient -> Optional.of(Digest.ofText(patient.gsrn())));
        this.store = new StoreClient(world.database(), process, world.weather(), world.trace());
        this.orders = world.parts().orders(store, world.database(), process);
        this.link = world.parts().link(new QueueLink(process, world));
        this.ready = new ReadyChallenges(
                link::challenge,
                live,
                () -> Duration.ofMillis(process.uptime()),
                new AskingAhead(process, world.trace()));
        var reports = new PumpReports(world.parts().records(store, world.database()), process.clock());
        var verifier = new OrderVerifier(() -> world.parts().believed(keys).ring(), pump -> "*");
        this.gateway = new Gateway(process, world, new Gateway.Ports(store, verifier, reports, () -> keys));
    }

    Replica process() {
        return process;
    }

    /** The key that signs what lives from one instant to the other, of those that this process believes. */
    private Optional<OrderKeys.Held> signing(Instant from, Instant until) {
        var held = world.parts().mayUse(keys).signing(from, until);
        held.map(used -> used.certificate().id())
                .ifPresent(key -> world.promises().keys().a_server_signs_with_no_revoked_key(key, keys.revoked()));
        return held;
    }

    private void readKeys() {
        keys = world.keys().read();
        process.in(READ_KEYS_EVERY, this::readKeys);
    }

    void begin() {
        readKeys();
        gateway.begin();
        process.run(this::settleForEver);
    }

    private void settleForEver() {
        var unanswered = new UnansweredOrders(
                orders, link, process.clock(), () -> world.parts().uptime(process));
        while (true) {
            process.sleep(SETTLE_EVERY);
            try {
                unanswered.settle();
            } catch (RecordUnavailable e) {
                world.trace().say(process.name() + " settles later");
            }
        }
    }

    /** Has the gateway do something that came out of the queue, in a strand of its own. */
    void serve(Consumer<Gateway> work) {
        process.run(() -> {
            try {
                work.accept(gateway);
            } catch (RecordUnavailable e) {
                world.trace().say(process.name() + " answers nothing");
            }
        });
    }

    void heard(ChannelStatus status) {
        live.report(status);
    }

    /** The digest of what a nurse is shown for three scans; it comes back with the order. Of nothing, where nothing can be recorded. */
    String shown(OrderForm scans, PumpSerial pump) {
        try {
            return Displayed.of(desk().check(scans, NURSE)).hex();
        } catch (RecordUnavailable e) {
            return Digest.NONE.hex();
        }
    }

    /** Empty where the nurse sees that nothing could be recorded. */
    Optional<Outcome> place(OrderForm form, PumpSerial pump) {
        try {
            return Optional.of(desk().place(form, NURSE));
        } catch (RecordUnavailable e) {
            return Optional.empty();
        }
    }

    /** The digest of what a nurse is shown for a wanted dose. */
    String shown(ChangeForm form, PumpSerial pump) {
        try {
            return ChangeDesk.displayed(changeDesk().check(form, NURSE));
        } catch (RecordUnavailable e) {
            return Digest.NONE.hex();
        }
    }

    /** Empty where the nurse sees that nothing could be recorded. */
    Optional<ChangeOutcome> place(ChangeForm form, PumpSerial pump) {
        try {
            return Optional.of(changeDesk().place(form, NURSE));
        } catch (RecordUnavailable e) {
            return Optional.empty();
        }
    }

    /** Empty where the order could not be looked up. */
    Optional<Ended> end(EndForm form, PumpSerial pump) {
        try {
            var known = new StopDesk.Known(live, orders, World.enrolledKeys());
            return Optional.of(
                    new StopDesk(evidence(), signer, link, known, new StopDesk.Written(store, owed)).end(form, NURSE));
        } catch (RecordUnavailable e) {
            return Optional.empty();
        }
    }

    private ChangeDesk changeDesk() {
        return new ChangeDesk(
                evidence(), signer, new ChangeDesk.Records(orders, store, new OnePersonWard(), store), link);
    }

    private OrderDesk desk() {
        return new OrderDesk(
                evidence(),
                signer,
                new OrderDesk.Records(orders, new OnePersonWard(), store),
                new OrderDesk.Pumps(link, ready));
    }

    /** In a strand of its own, while a nurse reads; whoever says yes sooner waits in virtual time. */
    private record AskingAhead(Replica process, Trace trace) implements ReadyChallenges.Asking {
        @Override
        public void ask(Runnable question) {
            process.run(question);
        }

        @Override
        public PumpLink.Readiness await(CompletableFuture<PumpLink.Readiness> answer) {
            while (!answer.isDone()) {
                trace.meet("a yes before the challenge asked for ahead");
                process.sleep(LOOK_EVERY);
            }
            trace.meet("a yes with a challenge asked for ahead");
            return answer.join();
        }
    }

    private Evidence evidence() {
        var terms = new Evidence.Terms(
                process.clock(), random, Duration.ofMinutes(5), Duration.ofHours(12), ZoneOffset.UTC, signer);
        var ward = new WardOnPaper(world.database(), process, world.recordKey());
        var library = WardOnPaper.library();
        return new Evidence(ward, live, () -> library, terms);
    }
}
