package io.venule.simulator;

import io.venule.simulator.LimitCheck.Verdict;
import io.venule.simulator.OrderText.Audience;
import io.venule.simulator.PumpLibrary.LimitSet;
import java.util.Optional;

/**
 * Everything a pump asks of an order whose signature and form hold, in the contract's order: audience, expiry, replay, sequence,
 * nonce, expectation, library, limits, patient, busy, lease, rollback. The first no is the answer.
 */
final class OrderCheck {
    private final OrderText order;
    private final ChannelBrain channel;
    private final Facts facts;

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
    }

    /** Yes with what to program, or no with the reason. */
    sealed interface Answer {
        record Accept(LimitSet limits) implements Answer {}

        record Reject(Rejection code) implements Answer {}
    }

    private OrderCheck(OrderText order, ChannelBrain channel, Facts facts) {
        this.order = order;
        this.channel = channel;
        this.facts = facts;
    }

    static Answer check(OrderText order, ChannelBrain channel, Facts facts) {
        return new OrderCheck(order, channel, facts).answer();
    }

    private Answer answer() {
        var early = beforeLibrary();
        if (early.isPresent()) {
            return new Answer.Reject(early.get());
        }
        var limits = limitSet();
        if (limits.isEmpty()) {
            return new Answer.Reject(Rejection.LIBRARY);
        }
        return afterLibrary(limits.get())
                .<Answer>map(Answer.Reject::new)
                .orElseGet(() -> new Answer.Accept(limits.get()));
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
        if (!facts.nonces().take(order.nonce(), facts.uptime())) {
            return Optional.of(Rejection.NONCE);
        }
        return isAsExpected() ? Optional.empty() : Optional.of(Rejection.EXPECTATION);
    }

    private Optional<Rejection> afterLibrary(LimitSet limits) {
        var verdict = LimitCheck.ofOrder(order, limits, facts.steps());
        var passed = verdict == Verdict.INSIDE
                || (verdict == Verdict.SOFT && order.library().override().isPresent());
        if (!passed) {
            return Optional.of(Rejection.LIMIT);
        }
        if (facts.wall() >= order.pairingExpires()) {
            return Optional.of(Rejection.PATIENT);
        }
        if (!channel.isFree()) {
            return Optional.of(Rejection.BUSY);
        }
        if (order.lease() < facts.fences().lease()) {
            return Optional.of(Rejection.LEASE);
        }
        return logWentBack() ? Optional.of(Rejection.ROLLBACK) : Optional.empty();
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
                && expected.rate().equals(Fraction.decimalOfThousandths(channel.rate()))
                && expected.stateVersion() == channel.stateVersion();
    }

    private Optional<LimitSet> limitSet() {
        return facts.library()
                .filter(library -> library.counter() == order.library().counter()
                        && library.sha256().equals(order.library().sha256()))
                .flatMap(library -> library.limitSet(order.library().limitSet()))
                .filter(limits -> limits.drug().equals(order.drugCode()));
    }

    private boolean logWentBack() {
        var seen = facts.fences();
        return order.logSize() < seen.logSize()
                || (order.logSize() == seen.logSize() && !order.logRoot().equals(seen.logRoot()));
    }
}
