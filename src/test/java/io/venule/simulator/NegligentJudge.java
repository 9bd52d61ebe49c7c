package io.venule.simulator;

import io.venule.simulator.OrderCheck.Answer;
import io.venule.simulator.OrderCheck.Facts;
import io.venule.simulator.OrderCheck.Fences;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides as {@link OrderCheck} does, but forgets one question: it is given facts, or an order, to which the answer is always yes. Shows
 * that the question matters.
 */
public enum NegligentJudge implements OrderCheck.Judge {
    /** Forgets nothing. */
    NONE,
    AUDIENCE,
    EXPIRY,
    SEQUENCE,
    NONCE,
    EXPECTATION,
    LEASE,
    ROLLBACK,
    /** Of a change of rate only. */
    CHANGE_EXPECTATION,
    /** Of a stop: that it is fresh. */
    STOP_NONCE,
    /** Of a stop: that what it names is there. */
    STOP_TARGET,
    /** Of no order: that a bolus which a pause broke off is over. */
    BROKEN_OFF_BOLUS;

    @Override
    public Answer check(SignedText.InTurn order, ChannelBrain channel, Facts facts) {
        return switch (this) {
            case NONE, STOP_NONCE, STOP_TARGET, BROKEN_OFF_BOLUS -> OrderCheck.check(order, channel, facts);
            case AUDIENCE ->
                OrderCheck.check(order, channel, ofEpoch(facts, order.audience().epoch()));
            case EXPIRY -> OrderCheck.check(order, channel, at(facts, Math.min(facts.wall(), order.expires() - 1)));
            case SEQUENCE -> OrderCheck.check(following(order, channel), channel, facts);
            case NONCE -> OrderCheck.check(order, channel, having(facts, order.nonce()));
            case EXPECTATION -> OrderCheck.check(expecting(order, channel), channel, facts);
            case CHANGE_EXPECTATION ->
                OrderCheck.check(
                        order instanceof ChangeText change ? expecting(change, channel) : order, channel, facts);
            case LEASE -> OrderCheck.check(order, channel, behind(facts, new Fences(0, size(facts), root(facts))));
            case ROLLBACK ->
                OrderCheck.check(
                        order, channel, behind(facts, new Fences(facts.fences().lease(), 0, "")));
        };
    }

    @Override
    public Optional<Rejection> checkEnd(EndText order, ChannelBrain channel, Facts facts) {
        return switch (this) {
            case STOP_NONCE -> EndCheck.check(order, channel, having(facts, order.nonce()));
            case STOP_TARGET ->
                EndCheck.check(order, channel, facts).filter(rejection -> rejection != Rejection.EXPECTATION);
            case NONE,
                    AUDIENCE,
                    EXPIRY,
                    SEQUENCE,
                    NONCE,
                    EXPECTATION,
                    LEASE,
                    ROLLBACK,
                    CHANGE_EXPECTATION,
                    BROKEN_OFF_BOLUS -> EndCheck.check(order, channel, facts);
        };
    }

    @Override
    public boolean takesUpBoluses() {
        return this == BROKEN_OFF_BOLUS;
    }

    private static long size(Facts facts) {
        return facts.fences().logSize();
    }

    private static String root(Facts facts) {
        return facts.fences().logRoot();
    }

    private static SignedText.InTurn following(SignedText.InTurn given, ChannelBrain channel) {
        return !(given instanceof OrderText order)
                ? given
                : with(order, channel.lastSequence() + 1, channel.lastOrder(), order.expected());
    }

    private static SignedText.InTurn expecting(SignedText.InTurn given, ChannelBrain channel) {
        if (!(given instanceof OrderText order)) {
            return given;
        }
        return with(order, order.sequence(), order.previous(), now(channel));
    }

    private static OrderText.Expected now(ChannelBrain channel) {
        return new OrderText.Expected(
                Fraction.decimalOfThousandths(channel.delivery().rate()),
                channel.running(),
                channel.state().name(),
                channel.stateVersion());
    }

    private static ChangeText expecting(ChangeText change, ChannelBrain channel) {
        return new ChangeText(
                change.kid(),
                change.audience(),
                change.id(),
                change.sequence(),
                change.previous(),
                change.notBefore(),
                change.expires(),
                change.nonce(),
                now(channel),
                change.target(),
                change.bolus(),
                change.size(),
                change.dose(),
                change.rate(),
                change.library(),
                change.approvals(),
                change.lease(),
                change.logSize(),
                change.logRoot());
    }

    private static OrderText with(OrderText order, long sequence, String previous, OrderText.Expected expected) {
        return new OrderText(
                order.kid(),
                order.audience(),
                order.id(),
                sequence,
                previous,
                order.issued(),
                order.notBefore(),
                order.expires(),
                order.nonce(),
                expected,
                order.drugCode(),
                order.drugName(),
                order.concentration(),
                order.dose(),
                order.duration(),
                order.size(),
                order.rate(),
                order.toInfuse(),
                order.library(),
                order.patient(),
                order.pairingExpires(),
                order.approvals(),
                order.lease(),
                order.logSize(),
                order.logRoot());
    }

    private static Facts ofEpoch(Facts facts, String epoch) {
        return facts(facts, epoch, facts.wall(), facts.nonces(), facts.fences());
    }

    private static Facts at(Facts facts, long wall) {
        return facts(facts, facts.epoch(), wall, facts.nonces(), facts.fences());
    }

    private static Facts behind(Facts facts, Fences fences) {
        return facts(facts, facts.epoch(), facts.wall(), facts.nonces(), fences);
    }

    private static Facts having(Facts facts, String nonce) {
        var any = new Nonces(saying(nonce));
        any.give(facts.uptime(), CheckpointWatch.Seen.NOTHING);
        return facts(facts, facts.epoch(), facts.wall(), any, facts.fences());
    }

    private static Facts facts(Facts facts, String epoch, long wall, Nonces nonces, Fences fences) {
        return new Facts(
                facts.serial(),
                epoch,
                facts.recordKey(),
                wall,
                facts.uptime(),
                facts.known(),
                nonces,
                facts.library(),
                facts.steps(),
                fences);
    }

    private static RandomGenerator saying(String nonce) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException("draws bytes only");
            }

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(HexFormat.of().parseHex(nonce), 0, bytes, 0, bytes.length);
            }
        };
    }
}
