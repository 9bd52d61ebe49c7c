package io.venule.simulator;

import io.venule.simulator.LimitCheck.Verdict;
import io.venule.simulator.OrderText.Audience;
import io.venule.simulator.OrderText.Quantity;
import io.venule.simulator.PumpLibrary.LimitSet;
import java.util.Optional;

/**
 * Everything a pump asks of an order whose signature and form hold, in the contract's order: audience, expiry, replay, sequence,
 * nonce, expectation, library, limits, patient, busy, lease, rollback. The first no is the answer.
 */
final class OrderCheck {
    private final SignedText.InTurn order;
    private final ChannelBrain channel;
    private final Facts facts;
    /** What the pump had cosigned when it gave the order's nonce. */
    private CheckpointWatch.Seen witnessed = CheckpointWatch.Seen.NOTHING;

    /**
     * What the pump knows when the order comes.
     *
     * @param wall the wall clock
     * @param known whether another text with this id was seen
     * @param library the release for the next program; empty when the pump has none
     * @param fences the highest lease and the largest log seen
     */
    record Facts(
            String serial,
            String epoch,
            String recordKey,
            long wall,
            long uptime,
            boolean known,
            Nonces nonces,
            Optional<PumpLibrary> library,
            StepTable steps,
            Fences fences) {}

    /** The highest lease and the largest log the pump has acted under; they only rise. */
    record Fences(long lease, long logSize, String logRoot) {
        static final Fences NONE = new Fences(0, 0, "");

        /** Reads {@link #text}. */
        static Fences parse(String text) {
            var parts = text.split(" ", -1);
            return new Fences(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]);
        }

        String text() {
            return lease + " " + logSize + " " + logRoot;
        }
    }

    /** Yes with what to program, or no with the reason. */
    sealed interface Answer {
        /** @param text the order as it is once started; for a change the running one with its new dose and rate */
        record Accept(OrderText text, LimitSet limits) implements Answer {}

        record Reject(Rejection code) implements Answer {}
    }

    /** Decides about an order whose signature and form hold. */
    @FunctionalInterface
    interface Judge {
        Answer check(SignedText.InTurn order, ChannelBrain channel, Facts facts);

        /** Why an order to end something is refused; empty where it is not. */
        default Optional<Rejection> checkEnd(EndText order, ChannelBrain channel, Facts facts) {
            return EndCheck.check(order, channel, facts);
        }

        /** Whether a bolus that a pause broke off is taken up after it; no sound pump does. */
        default boolean takesUpBoluses() {
            return false;
        }
    }

    private OrderCheck(SignedText.InTurn order, ChannelBrain channel, Facts facts) {
        this.order = order;
        this.channel = channel;
        this.facts = facts;
    }

    static Answer check(SignedText.InTurn order, ChannelBrain channel, Facts facts) {
        return new OrderCheck(order, channel, facts).answer();
    }

    private Answer answer() {
        var early = beforeLibrary();
        if (early.isPresent()) {
            return new Answer.Reject(early.get());
        }
        return switch (order) {
            case OrderText program ->
                limitSet(program)
                        .map(limits -> judged(program, limits, ofProgram(program)))
                        .orElseGet(() -> new Answer.Reject(Rejection.LIBRARY));
            case ChangeText change ->
                channel.running(change.target())
                        .map(running -> change(change, running))
                        .orElseGet(() -> new Answer.Reject(Rejection.EXPECTATION));
        };
    }

    /** What runs stays on the release it was started with, and so does every change of it. */
    private Answer change(ChangeText change, Program running) {
        var mine = running.order().library();
        var asked = change.library();
        if (asked.counter() != mine.counter()
                || !asked.sha256().equals(mine.sha256())
                || !asked.limitSet().equals(mine.limitSet())) {
            return new Answer.Reject(Rejection.LIBRARY);
        }
        if (running.limits().mode() == PumpLibrary.Mode.INTERMITTENT) {
            return new Answer.Reject(Rejection.LIMIT);
        }
        var busy = channel.change().isThere() || channel.delivery().givesBolus()
                ? Optional.of(Rejection.BUSY)
                : Optional.<Rejection>empty();
        return change.bolus()
                .map(volume -> bolus(change, running, volume, busy))
                .orElseGet(
                        () -> judged(running.order().at(change.dose(), change.rate(), asked), running.limits(), busy));
    }

    /** A bolus comes out of the volume to be infused, and is for the patient as the running order sizes them. */
    private Answer bolus(ChangeText change, Program running, Quantity volume, Optional<Rejection> busy) {
        var size = running.order().size();
        var sameSize = change.size().isEmpty() || size.isEmpty() || size.equals(change.size());
        if (!sameSize || !channel.delivery().hasLeft(volume, running)) {
            return new Answer.Reject(Rejection.LIMIT);
        }
        var text = running.order().giving(change, volume);
        return judged(text, running.limits(), LimitCheck.ofBolus(text, running.limits(), facts.steps()), busy);
    }

    private Answer judged(OrderText text, LimitSet limits, Optional<Rejection> no) {
        return judged(text, limits, LimitCheck.ofOrder(text, limits, facts.steps()), no);
    }

    private Answer judged(OrderText text, LimitSet limits, Verdict verdict, Optional<Rejection> no) {
        var passed = verdict == Verdict.INSIDE
                || (verdict == Verdict.SOFT && order.library().override().isPresent());
        if (!passed || (needsTwo(limits) && order.approvals().size() < 2)) {
            return new Answer.Reject(Rejection.LIMIT);
        }
        if (no.isPresent()) {
            return new Answer.Reject(no.get());
        }
        if (order.lease() < facts.fences().lease()) {
            return new Answer.Reject(Rejection.LEASE);
        }
        return logWentBack() ? new Answer.Reject(Rejection.ROLLBACK) : new Answer.Accept(text, limits);
    }

    /** A program or a bolus of a drug that two people check; a change of rate only where it passes a soft limit. */
    private boolean needsTwo(LimitSet limits) {
        var override = order.library().override().isPresent();
        return switch (limits.secondCheck()) {
            case ALWAYS -> override || givesNewDrug();
            case OVERRIDE -> override;
            case NEVER -> false;
        };
    }

    private boolean givesNewDrug() {
        return switch (order) {
            case OrderText program -> true;
            case ChangeText change -> change.bolus().isPresent();
        };
    }

    private Optional<Rejection> ofProgram(OrderText program) {
        if (facts.wall() >= program.pairingExpires()) {
            return Optional.of(Rejection.PATIENT);
        }
        return channel.isFree() ? Optional.empty() : Optional.of(Rejection.BUSY);
    }

    private Optional<Rejection> beforeLibrary() {
        if (!isForUs(order.audience(), channel, facts)) {
            return Optional.of(Rejection.AUDIENCE);
        }
        if (facts.wall() >= order.expires()) {
            return Optional.of(Rejection.EXPIRED);
        }
        if (facts.wall() < order.notBefore()) {
            return Optional.of(Rejection.NOT_YET);
        }
        if (facts.known()) {
            return Optional.of(Rejection.REPLAY);
        }
        if (order.sequence() != channel.lastSequence() + 1 || !order.previous().equals(channel.lastOrder())) {
            return Optional.of(Rejection.SEQUENCE);
        }
        var then = facts.nonces().take(order.nonce(), facts.uptime());
        if (then.isEmpty()) {
            return Optional.of(Rejection.NONCE);
        }
        witnessed = then.get();
        return isAsExpected() ? Optional.empty() : Optional.of(Rejection.EXPECTATION);
    }

    static boolean isForUs(Audience audience, ChannelBrain channel, Facts facts) {
        return audience.serial().equals(facts.serial())
                && audience.channel() == channel.number()
                && audience.epoch().equals(facts.epoch())
                && audience.recordKey().equals(facts.recordKey());
    }

    private boolean isAsExpected() {
        var expected = order.expected();
        return expected.state().equals(channel.state().name())
                && expected.running().equals(channel.running())
                && expected.rate()
                        .equals(Fraction.decimalOfThousandths(channel.delivery().rate()))
                && expected.stateVersion() == channel.stateVersion();
    }

    private Optional<LimitSet> limitSet(OrderText program) {
        return facts.library()
                .filter(library -> library.counter() == order.library().counter()
                        && library.sha256().equals(order.library().sha256()))
                .flatMap(library -> library.limitSet(order.library().limitSet()))
                .filter(limits -> limits.drug().equals(program.drugCode()));
    }

    private boolean logWentBack() {
        return contradicts(facts.fences().logSize(), facts.fences().logRoot())
                || contradicts(witnessed.size(), witnessed.root());
    }

    private boolean contradicts(long size, String root) {
        return order.logSize() < size
                || (order.logSize() == size && !order.logRoot().equals(root));
    }
}
