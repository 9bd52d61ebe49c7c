package io.venule.dose;

import io.venule.dose.OracleCase.AreaText;
import io.venule.dose.OracleCase.BodyText;
import io.venule.dose.OracleCase.EntryText;
import io.venule.dose.OracleCase.Holds;
import io.venule.dose.OracleCase.Mode;
import io.venule.dose.OracleCase.OrderText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Makes programs, most of them near their limits: on a limit, one step beside it, or far away. */
final class RandomCase {
    private static final List<String> NONE = List.of("", "", "", "");
    private static final List<String> MASS = List.of("ng", "ug", "mg", "g");
    private static final List<String> FACTORS = List.of("0.1", "0.5", "0.9", "1", "1", "1", "1.1", "2", "10");

    private final SplittableRandom random;

    RandomCase(SplittableRandom random) {
        this.random = random;
    }

    OracleCase next() {
        var mode = pick(List.of(Mode.values()));
        var kilograms = chance(85) ? number(1, 150_000, 3) : "";
        var surface = !kilograms.isEmpty() && chance(60) ? String.valueOf(random.nextInt(500, 25_000)) : "";
        var units = chance(70) ? MASS : pick(List.of(List.of("m[iU]", "[iU]"), List.of("meq"), List.of("mmol")));
        var amountUnit = pick(units);
        var perAndTime = pick(List.of("", "/kg", "/m2")) + (mode == Mode.CONTINUOUS ? time() : "");
        var order = order(mode, pick(units) + perAndTime, amountUnit, kilograms, surface);
        var entryMode = chance(97) ? mode : pick(List.of(Mode.values()));
        return new OracleCase(
                order,
                new BodyText(kilograms, surface),
                entry(order, entryMode, units, kilograms),
                new AreaText(
                        chance(30) ? around(nearRate(order), 3) : NONE,
                        chance(30) ? positive(around(orOne(kilograms), 3)) : NONE,
                        chance(30) ? around(order.toInfuse(), 3) : NONE),
                random.nextBoolean());
    }

    private OrderText order(Mode mode, String unit, String amountUnit, String kilograms, String surface) {
        var plain = mode == Mode.FLUID ? chance(80) : chance(2);
        var amount = plain ? "" : number(1, 99_999, random.nextInt(4));
        var millilitres = pick(List.of("1", "50", "100", "250", "500", "0.5", number(1, 999_999, 3)));
        var minutes = String.valueOf(random.nextInt(1, 1_500));
        if (mode == Mode.FLUID) {
            var rate = number(0, 1_200_000, 3);
            return new OrderText(mode, "", "", amount, amountUnit, millilitres, toInfuse(), "", rate);
        }
        var target = pick(List.of(number(50, 2_000, 3), number(1_000, 200_000, 3), number(900_000, 1_100_000, 3)));
        var toInfuse = mode == Mode.INTERMITTENT ? number(0, pick(List.of(70_000, 2_000_000)), 3) : toInfuse();
        var base = plain
                ? "1"
                : mode == Mode.CONTINUOUS
                        ? doseFor(target, unit, amount, amountUnit, millilitres, kilograms, surface)
                        : doseFor(toInfuse, unit, amount, amountUnit, millilitres, kilograms, surface);
        return new OrderText(mode, base, unit, amount, amountUnit, millilitres, toInfuse, minutes, "");
    }

    private String toInfuse() {
        return pick(List.of(
                number(1, 9_999_000, 3),
                number(1, 70_000, 3),
                "60",
                "60.001",
                "9999",
                "9999.001",
                chance(20) ? "0" : "1"));
    }

    /** About the dose that needs this flow or fills this volume, so that the pump can mostly run it. */
    private static String doseFor(
            String millilitres,
            String unit,
            String amount,
            String amountUnit,
            String bag,
            String kilograms,
            String surface) {
        var powers = List.of("ng", "ug", "mg", "g", "m[iU]", "[iU]", "meq", "mmol");
        var sizes = List.of(1L, 1_000L, 1_000_000L, 1_000_000_000L, 1L, 1_000L, 1L, 1L);
        var dose = Fraction.of(millilitres)
                .times(Fraction.of(amount))
                .times(Fraction.of(sizes.get(powers.indexOf(amountUnit))))
                .over(Fraction.of(bag))
                .over(Fraction.of(sizes.get(powers.indexOf(unit.split("/", -1)[0]))));
        if (unit.contains("/kg") && !kilograms.isEmpty()) {
            dose = dose.over(Fraction.of(kilograms));
        }
        if (unit.contains("/m2") && !surface.isEmpty()) {
            dose = dose.times(Fraction.of(10_000)).over(Fraction.of(surface));
        }
        if (unit.endsWith("/min")) {
            dose = dose.over(Fraction.of(60));
        }
        if (unit.endsWith("/d")) {
            dose = dose.times(Fraction.of(24));
        }
        return fitting(dose.cut(6));
    }

    /** At most 18 digits with nine after the point. */
    private static String fitting(String decimal) {
        return decimal.length() <= 16 ? decimal : "100000";
    }

    private EntryText entry(OrderText order, Mode mode, List<String> units, String kilograms) {
        var orderUnit = order.doseUnit().isEmpty() ? "mg" : order.doseUnit();
        var per = orderUnit.contains("/kg") ? "/kg" : orderUnit.contains("/m2") ? "/m2" : "";
        var entryPer = chance(97) ? per : pick(List.of("", "/kg", "/m2"));
        var unit = pick(chance(97) ? units : MASS) + entryPer + (mode == Mode.CONTINUOUS ? time() : "");
        var holds = order.amount().isEmpty()
                ? (chance(97) ? Holds.NOTHING : Holds.CUSTOM)
                : chance(48) ? Holds.SAME : chance(94) ? Holds.CUSTOM : pick(List.of(Holds.OTHER, Holds.NOTHING));
        var concentrationUnit = chance(97) ? pick(units) : pick(MASS);
        return new EntryText(
                mode,
                unit,
                chance(85) ? around(converted(order, unit), 9) : NONE,
                order.minutes().isEmpty() ? NONE : around(order.minutes(), 0),
                holds,
                concentrationUnit,
                chance(70) && !order.amount().isEmpty()
                        ? positive(around(perMillilitre(order, concentrationUnit), 6))
                        : NONE,
                chance(50) ? around(nearRate(order), 3) : NONE,
                chance(30) ? positive(around(orOne(kilograms), 3)) : NONE);
    }

    /** The ordered dose in the entry's unit, exactly where nine digits can say it. */
    private static String converted(OrderText order, String unit) {
        if (order.dose().isEmpty()) {
            return "1";
        }
        var time = seconds(unit);
        var value = Fraction.of(order.dose())
                .times(Fraction.of(size(order.doseUnit())))
                .over(Fraction.of(size(unit)))
                .times(Fraction.of(time))
                .over(Fraction.of(seconds(order.doseUnit())));
        return fitting(value.cut(9).length() > 17 ? value.cut(3) : value.cut(9));
    }

    private static String perMillilitre(OrderText order, String unit) {
        return fitting(Fraction.of(order.amount())
                .times(Fraction.of(size(order.amountUnit())))
                .over(Fraction.of(size(unit)))
                .over(Fraction.of(order.millilitres()))
                .cut(6));
    }

    private static long size(String unit) {
        return switch (unit.split("/", -1)[0]) {
            case "ug", "[iU]" -> 1_000L;
            case "mg" -> 1_000_000L;
            case "g" -> 1_000_000_000L;
            default -> 1L;
        };
    }

    private static long seconds(String unit) {
        return unit.endsWith("/min") ? 60 : unit.endsWith("/h") ? 3_600 : unit.endsWith("/d") ? 86_400 : 1;
    }

    private String nearRate(OrderText order) {
        return order.rate().isEmpty() ? number(100, 999_000, 3) : order.rate();
    }

    private static String orOne(String text) {
        return text.isEmpty() ? "1" : text;
    }

    /** Four rising limits around a value, each there or not; often the value itself or one last digit beside it. */
    private List<String> around(String value, int places) {
        var bounds = new ArrayList<Fraction>();
        var ulp = Fraction.of("1").over(new Fraction(java.math.BigInteger.TEN.pow(places), java.math.BigInteger.ONE));
        for (int i = 0; i < 4; i++) {
            var bound = Fraction.of(value).times(Fraction.of(pick(FACTORS)));
            if (chance(30)) {
                bound = bound.plus(ulp);
            } else if (chance(30) && bound.compareTo(ulp) >= 0) {
                bound = new Fraction(
                        bound.top().multiply(ulp.bottom()).subtract(ulp.top().multiply(bound.bottom())),
                        bound.bottom().multiply(ulp.bottom()));
            }
            bounds.add(bound);
        }
        Collections.sort(bounds);
        return bounds.stream()
                .map(bound -> chance(60) ? fittingRange(bound.cut(places), places) : "")
                .toList();
    }

    private static String fittingRange(String bound, int places) {
        if (places == 3) {
            return Fraction.of(bound).compareTo(Fraction.of(999)) > 0 ? "999" : bound;
        }
        return bound.length() <= 18 ? bound : "";
    }

    private static List<String> positive(List<String> bounds) {
        return bounds.stream().map(bound -> bound.equals("0") ? "" : bound).toList();
    }

    private String time() {
        return pick(List.of("/min", "/h", "/d"));
    }

    private String number(int least, int most, int places) {
        return Fraction.of(random.nextInt(least, most + 1))
                .over(new Fraction(java.math.BigInteger.TEN.pow(places), java.math.BigInteger.ONE))
                .cut(places);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
