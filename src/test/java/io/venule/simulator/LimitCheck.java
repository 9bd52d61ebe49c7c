package io.venule.simulator;

import io.venule.simulator.OrderText.Quantity;
import io.venule.simulator.OrderText.Strength;
import io.venule.simulator.PumpLibrary.Bounds;
import io.venule.simulator.PumpLibrary.LimitSet;
import io.venule.simulator.PumpLibrary.Mode;
import java.util.Optional;

/**
 * Whether a rate is what the dose says and inside the pump's own limits, worked out from the order's text alone. High limits hold
 * for what the rate delivers. A low limit is kept when the ordered dose keeps it: the step of the motor may take delivery below it
 * by less than one step.
 */
final class LimitCheck {
    /** From best to worst. */
    enum Verdict {
        INSIDE,
        SOFT,
        HARD
    }

    private final OrderText order;
    private final LimitSet limits;
    private final StepTable steps;
    private Verdict worst = Verdict.INSIDE;

    private LimitCheck(OrderText order, LimitSet limits, StepTable steps) {
        this.order = order;
        this.limits = limits;
        this.steps = steps;
    }

    /** Judges an order as it came. */
    static Verdict ofOrder(OrderText order, LimitSet limits, StepTable steps) {
        var rate = order.rate().value().thousandths();
        if (rate.isEmpty()
                || !steps.canDeliver(rate.get())
                || order.toInfuse().value().thousandths().filter(steps::holds).isEmpty()
                || !sameKindOfOrder(order, limits)) {
            return Verdict.HARD;
        }
        var check = new LimitCheck(order, limits, steps);
        check.judgeFixedFacts();
        if (limits.mode() != Mode.FLUID && !check.doseFollowsFrom(rate.get())) {
            return Verdict.HARD;
        }
        check.judgeRate(rate.get(), true);
        return check.worst;
    }

    /** Judges a bolus: an order whose dose is a total and whose volume is what is given of the running bag. */
    static Verdict ofBolus(OrderText order, LimitSet limits, StepTable steps) {
        var rate = order.rate().value().thousandths();
        var volume = order.toInfuse().value();
        if (rate.isEmpty()
                || !steps.canDeliver(rate.get())
                || volume.thousandths().filter(microlitres -> microlitres > 0).isEmpty()
                || limits.bolus().isEmpty()
                || !isTotalOf(order, limits.bolus().get())) {
            return Verdict.HARD;
        }
        var check = new LimitCheck(order, limits, steps);
        return check.holdsTheDose(volume, Fraction.of(1, 1_000))
                ? check.bolusVerdict(limits.bolus().get(), rate.get())
                : Verdict.HARD;
    }

    private static boolean isTotalOf(OrderText order, PumpLibrary.Bolus limits) {
        var dose = Units.dose(order.dose().orElseThrow().unit());
        return order.concentration()
                        .filter(bag -> Units.amount(bag.amount().unit())
                                .kind()
                                .equals(dose.amount().kind()))
                        .isPresent()
                && (dose.size().isEmpty() || dose.size().equals(sizeUnit(order)))
                && dose.comparesWith(Units.dose(limits.dose().unit()));
    }

    private Verdict bolusVerdict(PumpLibrary.Bolus bolus, long rate) {
        var dose = order.dose().orElseThrow();
        judge(
                inBase(bolus.dose(), Units.dose(bolus.dose().unit())),
                Units.dose(dose.unit()).base(dose.value()));
        judge(limits.rate(), Fraction.of(rate, 1_000));
        judge(limits.area().rate(), Fraction.of(rate, 1_000));
        if (!bolus.speed().unit().isEmpty()) {
            var unit = Units.dose(bolus.speed().unit());
            if (!unit.size().isEmpty() && !unit.size().equals(sizeUnit(order))) {
                return Verdict.HARD;
            }
            judge(inBase(bolus.speed(), unit), perSize(perHour(rate).dividedBy(Fraction.of(3_600)), unit));
        }
        return worst;
    }

    /** Judges another rate for the same order, set on the keypad. */
    static Verdict ofRate(OrderText order, LimitSet limits, StepTable steps, long rate) {
        if (!steps.canDeliver(rate)) {
            return Verdict.HARD;
        }
        var check = new LimitCheck(order, limits, steps);
        check.judgeRate(rate, false);
        return check.worst;
    }

    private static boolean sameKindOfOrder(OrderText order, LimitSet limits) {
        return switch (limits.mode()) {
            case FLUID -> order.dose().isEmpty() && order.duration().isEmpty();
            case CONTINUOUS -> order.dose().isPresent() && order.duration().isEmpty() && sameUnits(order, limits);
            case INTERMITTENT ->
                order.dose().isPresent()
                        && order.duration()
                                .filter(d -> !d.value().equals(Fraction.ZERO))
                                .isPresent()
                        && sameUnits(order, limits);
        };
    }

    private static boolean sameUnits(OrderText order, LimitSet limits) {
        var dose = Units.dose(order.dose().orElseThrow().unit());
        var strength = order.concentration().orElseThrow();
        return dose.isRate() == (limits.mode() == Mode.CONTINUOUS)
                && dose.amount()
                        .kind()
                        .equals(Units.amount(strength.amount().unit()).kind())
                && (dose.size().isEmpty() || dose.size().equals(sizeUnit(order)))
                && (limits.dose().unit().isEmpty()
                        || dose.comparesWith(Units.dose(limits.dose().unit())));
    }

    private static String sizeUnit(OrderText order) {
        return order.size().map(Quantity::unit).map("/"::concat).orElse("");
    }

    private void judgeFixedFacts() {
        judge(limits.area().toInfuse(), order.toInfuse().value());
        order.size().filter(size -> size.unit().equals("kg")).ifPresent(weight -> {
            judge(limits.weight(), weight.value());
            judge(limits.area().weight(), weight.value());
        });
        order.duration().ifPresent(duration -> judge(limits.duration(), duration.value()));
        order.concentration().ifPresent(this::judgeStrength);
        if (limits.mode() == Mode.INTERMITTENT && !limits.dose().unit().isEmpty()) {
            judgeHigh(
                    inBase(limits.dose(), Units.dose(limits.dose().unit())),
                    perSize(drugIn(order.toInfuse().value())));
        }
    }

    private void judgeStrength(Strength strength) {
        var perMillilitre = smallest(strength).dividedBy(strength.volume().value());
        limits.bag().fixed().ifPresent(fixed -> {
            var scale = Units.amount(fixed.unit());
            var wanted = fixed.amount().times(Fraction.of(scale.smallest())).dividedBy(fixed.millilitres());
            var sameKind =
                    scale.kind().equals(Units.amount(strength.amount().unit()).kind());
            if (!sameKind || !wanted.equals(perMillilitre)) {
                worst = Verdict.HARD;
            }
        });
        var custom = limits.bag().custom();
        if (!custom.unit().isEmpty()) {
            var unit = Units.amount(custom.unit().replace("/mL", ""));
            if (!unit.kind().equals(Units.amount(strength.amount().unit()).kind())) {
                worst = Verdict.HARD;
                return;
            }
            judge(custom, perMillilitre.dividedBy(Fraction.of(unit.smallest())));
        }
    }

    /**
     * Dose(rate) is not above the dose, and one step more would reach it. A dose over a time is in a volume, which may be one step of its
     * setting short of the dose; there the rate follows from the volume.
     */
    private boolean doseFollowsFrom(long rate) {
        if (order.duration().isPresent()) {
            return volumeFollowsFrom(rate) && volumeHoldsTheDose();
        }
        var dose = order.dose().orElseThrow();
        var wanted = Units.dose(dose.unit()).base(dose.value());
        return delivered(rate).compareTo(wanted) <= 0
                && delivered(rate + steps.stepAt(rate)).compareTo(wanted) >= 0;
    }

    private boolean volumeFollowsFrom(long rate) {
        var volume = order.toInfuse().value();
        return given(rate).compareTo(volume) <= 0
                && given(rate + steps.stepAt(rate)).compareTo(volume) >= 0;
    }

    /** Millilitres that a rate gives in the order's duration. */
    private Fraction given(long rate) {
        return Fraction.of(rate, 1_000)
                .times(order.duration().orElseThrow().value())
                .dividedBy(Fraction.of(60));
    }

    /** Never more than the dose; less by less than one step of the volume: 0.01 mL below 10, 0.1 below 1,000, 1 above. */
    private boolean volumeHoldsTheDose() {
        var volume = order.toInfuse().value();
        var step = volume.compareTo(Fraction.of(10)) < 0
                ? Fraction.of(1, 100)
                : volume.compareTo(Fraction.of(1_000)) < 0 ? Fraction.of(1, 10) : Fraction.of(1);
        return holdsTheDose(volume, step);
    }

    private boolean holdsTheDose(Fraction volume, Fraction step) {
        var dose = order.dose().orElseThrow();
        var wanted = Units.dose(dose.unit()).base(dose.value());
        return perSize(drugIn(volume)).compareTo(wanted) <= 0
                && perSize(drugIn(volume.plus(step))).compareTo(wanted) > 0;
    }

    private void judgeRate(long rate, boolean asOrdered) {
        var millilitres = Fraction.of(rate, 1_000);
        judge(limits.rate(), millilitres);
        judge(limits.area().rate(), millilitres);
        var bounds = limits.dose();
        if (limits.mode() == Mode.FLUID || bounds.unit().isEmpty()) {
            return;
        }
        var unit = Units.dose(bounds.unit());
        var given = delivered(rate);
        var dose = order.dose().orElseThrow();
        var low = asOrdered ? Units.dose(dose.unit()).base(dose.value()) : given;
        judgeLow(inBase(bounds, unit), low);
        judgeHigh(inBase(bounds, unit), given);
    }

    private static Bounds inBase(Bounds bounds, Units.DoseUnit unit) {
        return new Bounds(
                bounds.unit(),
                bounds.hardLow().map(unit::base),
                bounds.softLow().map(unit::base),
                bounds.softHigh().map(unit::base),
                bounds.hardHigh().map(unit::base));
    }

    /** What a rate gives in the dose's dimension: smallest amounts per second, or in total over the duration; per size of patient. */
    private Fraction delivered(long rate) {
        var perHour = perHour(rate);
        var given = order.duration()
                .map(duration -> perHour.times(duration.value()).dividedBy(Fraction.of(60)))
                .orElseGet(() -> perHour.dividedBy(Fraction.of(3_600)));
        return perSize(given);
    }

    /** The drug that a rate gives in an hour. */
    private Fraction perHour(long rate) {
        return drugIn(Fraction.of(rate, 1_000));
    }

    private Fraction drugIn(Fraction millilitres) {
        var strength = order.concentration().orElseThrow();
        return millilitres.times(smallest(strength)).dividedBy(strength.volume().value());
    }

    private Fraction perSize(Fraction given) {
        return perSize(given, Units.dose(order.dose().orElseThrow().unit()));
    }

    private Fraction perSize(Fraction given, Units.DoseUnit unit) {
        return unit.size().isEmpty()
                ? given
                : given.dividedBy(order.size().orElseThrow().value());
    }

    private static Fraction smallest(Strength strength) {
        return strength.amount()
                .value()
                .times(Fraction.of(Units.amount(strength.amount().unit()).smallest()));
    }

    private void judge(Bounds bounds, Fraction value) {
        judgeLow(bounds, value);
        judgeHigh(bounds, value);
    }

    private void judgeLow(Bounds bounds, Fraction value) {
        worsen(below(value, bounds.hardLow()), below(value, bounds.softLow()));
    }

    private void judgeHigh(Bounds bounds, Fraction value) {
        worsen(above(value, bounds.hardHigh()), above(value, bounds.softHigh()));
    }

    private void worsen(boolean hard, boolean soft) {
        if (hard) {
            worst = Verdict.HARD;
        } else if (soft && worst == Verdict.INSIDE) {
            worst = Verdict.SOFT;
        }
    }

    private static boolean below(Fraction value, Optional<Fraction> bound) {
        return bound.filter(limit -> value.compareTo(limit) < 0).isPresent();
    }

    private static boolean above(Fraction value, Optional<Fraction> bound) {
        return bound.filter(limit -> value.compareTo(limit) > 0).isPresent();
    }
}
