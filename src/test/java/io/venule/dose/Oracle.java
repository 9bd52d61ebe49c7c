package io.venule.dose;

import io.venule.dose.OracleCase.Holds;
import io.venule.dose.OracleCase.Mode;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Judges a program from its text, by docs/dose-rules.md and nothing else. A finding is {@code code} or {@code code bound}. */
final class Oracle {
    private static final List<String> NAMES = List.of("hard-low", "soft-low", "soft-high", "hard-high");
    private static final List<String> NONE = List.of("", "", "", "");
    /** How much of its kind's smallest unit each unit is, and the kind. */
    private static final Map<String, String> KINDS = Map.of(
            "ng", "mass", "ug", "mass", "mg", "mass", "g", "mass", "m[iU]", "units", "[iU]", "units", "meq", "meq",
            "mmol", "mmol");

    private static final Map<String, Long> SIZES = Map.of(
            "ng",
            1L,
            "ug",
            1_000L,
            "mg",
            1_000_000L,
            "g",
            1_000_000_000L,
            "m[iU]",
            1L,
            "[iU]",
            1_000L,
            "meq",
            1L,
            "mmol",
            1L);

    private final OracleCase given;
    private final TreeSet<String> findings = new TreeSet<>();
    private Optional<BigInteger> rate = Optional.empty();

    private Oracle(OracleCase given) {
        this.given = given;
    }

    /** @param rate microlitres per hour to set; empty where there is none to set */
    record Verdict(Set<String> findings, Optional<BigInteger> rate) {}

    static Verdict of(OracleCase given) {
        var oracle = new Oracle(given);
        oracle.judge();
        return new Verdict(oracle.findings, oracle.rate);
    }

    private void judge() {
        misfits();
        var fits = findings.isEmpty();
        if (dosed()
                && given.order().mode() == Mode.INTERMITTENT
                && given.entry().mode() == Mode.INTERMITTENT) {
            limits(
                    "duration",
                    given.entry().minutes(),
                    Fraction.of(given.order().minutes()));
        }
        weight(fits);
        var toInfuse = Fraction.of(given.order().toInfuse());
        limits("to-infuse", given.area().toInfuse(), toInfuse);
        limits("to-infuse", List.of("", "", "", given.syringe() ? "60" : "9999"), toInfuse);
        if (fits) {
            dose();
            concentration();
            rate();
        }
    }

    private boolean dosed() {
        return given.order().mode() != Mode.FLUID;
    }

    private void misfits() {
        var order = given.order();
        var entry = given.entry();
        if (order.toInfuse().equals("0")) {
            findings.add("volume.differs");
        }
        if (order.mode() != entry.mode()) {
            findings.add("dosing.differs");
        } else if (dosed()
                && !(kind(order.doseUnit()).equals(kind(entry.doseUnit()))
                        && per(order.doseUnit()).equals(per(entry.doseUnit())))) {
            findings.add("unit.differs");
        }
        var holds = entry.holds();
        if (order.amount().isEmpty()) {
            if (dosed() || holds != Holds.NOTHING) {
                findings.add("strength.differs");
            }
        } else if (holds == Holds.NOTHING || holds == Holds.OTHER || customOfOtherKind()) {
            findings.add("strength.differs");
        } else if (dosed() && !kind(order.doseUnit()).equals(kind(order.amountUnit()))) {
            findings.add("unit.differs");
        }
        if (dosed()
                && per(order.doseUnit()).equals("kg")
                && given.body().kilograms().isEmpty()) {
            findings.add("weight.missing");
        }
        if (dosed()
                && per(order.doseUnit()).equals("m2")
                && given.body().squareCentimetres().isEmpty()) {
            findings.add("surface.missing");
        }
    }

    private boolean customOfOtherKind() {
        var entry = given.entry();
        return entry.holds() == Holds.CUSTOM
                && !entry.concentration().equals(NONE)
                && !kind(entry.concentrationUnit()).equals(kind(given.order().amountUnit()));
    }

    private void weight(boolean fits) {
        var kilograms = given.body().kilograms();
        if (kilograms.isEmpty()) {
            var sizeKnown = fits || !(findings.contains("weight.missing") || findings.contains("surface.missing"));
            if (sizeKnown && !given.entry().kilograms().equals(NONE)) {
                findings.add("weight.missing");
            }
            return;
        }
        limits("weight", given.entry().kilograms(), Fraction.of(kilograms));
        limits("weight", given.area().kilograms(), Fraction.of(kilograms));
    }

    private void dose() {
        if (!dosed()) {
            return;
        }
        var order = given.order();
        var ordered = counted(order.dose(), order.doseUnit());
        var name = order.mode() == Mode.CONTINUOUS ? "dose-rate" : "total-dose";
        limits(
                name,
                given.entry().dose(),
                bound -> ordered.compareTo(counted(bound, given.entry().doseUnit())));
        if (order.mode() == Mode.INTERMITTENT) {
            var needed = ordered.times(size()).over(strength());
            var toInfuse = Fraction.of(order.toInfuse());
            if (needed.compareTo(toInfuse) < 0 || needed.compareTo(toInfuse.plus(volumeStep(toInfuse))) >= 0) {
                findings.add("volume.differs");
            }
        }
    }

    private static Fraction volumeStep(Fraction volume) {
        if (volume.compareTo(Fraction.of(10)) < 0) {
            return Fraction.of("0.01");
        }
        return volume.compareTo(Fraction.of(1_000)) < 0 ? Fraction.of("0.1") : Fraction.of(1);
    }

    private void concentration() {
        if (given.entry().holds() == Holds.CUSTOM && !given.order().amount().isEmpty()) {
            limits(
                    "concentration",
                    given.entry().concentration(),
                    bound -> strength()
                            .compareTo(Fraction.of(bound)
                                    .times(Fraction.of(size(given.entry().concentrationUnit())))));
        }
    }

    private void rate() {
        var wanted = wanted();
        var steps = given.syringe() ? List.of("10", "0.01", "100", "0.1", "", "1") : List.of("100", "0.1", "", "1");
        var settable = Fraction.of(0);
        for (int i = 0; i < steps.size(); i += 2) {
            if (steps.get(i).isEmpty() || wanted.compareTo(Fraction.of(steps.get(i))) < 0) {
                var step = Fraction.of(steps.get(i + 1));
                settable = new Fraction(wanted.over(step).floor(), BigInteger.ONE).times(step);
                break;
            }
        }
        var tooFast = settable.compareTo(Fraction.of(999)) > 0;
        var high = given.order().mode() == Mode.FLUID || tooFast ? wanted : settable;
        var cannotRun = tooFast || settable.compareTo(Fraction.of("0.1")) < 0;
        var low = cannotRun ? wanted : settable;
        rateLimits(given.entry().rate(), low, high);
        rateLimits(given.area().rate(), low, high);
        if (tooFast) {
            findings.add("rate.hard-high 999");
            return;
        }
        if (settable.compareTo(Fraction.of("0.1")) < 0) {
            findings.add("rate.hard-low 0.1");
            return;
        }
        if (settable.times(Fraction.of(100)).compareTo(wanted.times(Fraction.of(95))) < 0) {
            findings.add("pump-step.soft");
        }
        rate = Optional.of(settable.times(Fraction.of(1_000)).floor());
    }

    private void rateLimits(List<String> bounds, Fraction low, Fraction high) {
        limits("rate", List.of(bounds.get(0), bounds.get(1), "", ""), low);
        limits("rate", List.of("", "", bounds.get(2), bounds.get(3)), high);
    }

    private Fraction wanted() {
        var order = given.order();
        return switch (order.mode()) {
            case CONTINUOUS ->
                counted(order.dose(), order.doseUnit())
                        .times(size())
                        .times(Fraction.of(3_600))
                        .over(strength());
            case INTERMITTENT ->
                Fraction.of(order.toInfuse()).times(Fraction.of(60)).over(Fraction.of(order.minutes()));
            case FLUID -> Fraction.of(order.rate());
        };
    }

    private Fraction strength() {
        var order = given.order();
        return Fraction.of(order.amount())
                .times(Fraction.of(size(order.amountUnit())))
                .over(Fraction.of(order.millilitres()));
    }

    private Fraction size() {
        return switch (per(given.order().doseUnit())) {
            case "kg" -> Fraction.of(given.body().kilograms());
            case "m2" -> Fraction.of(given.body().squareCentimetres()).over(Fraction.of(10_000));
            default -> Fraction.of(1);
        };
    }

    /** The smallest units of its kind, per second where it has a time. */
    private static Fraction counted(String value, String unit) {
        var parts = List.of(unit.split("/"));
        var time = switch (parts.getLast()) {
            case "min" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            default -> 1;
        };
        return Fraction.of(value).times(Fraction.of(size(parts.getFirst()))).over(Fraction.of(time));
    }

    private static String kind(String unit) {
        return KINDS.getOrDefault(unit.split("/", -1)[0], "");
    }

    private static long size(String amountUnit) {
        return SIZES.getOrDefault(amountUnit, 0L);
    }

    private static String per(String unit) {
        return unit.contains("/kg") ? "kg" : unit.contains("/m2") ? "m2" : "";
    }

    private void limits(String name, List<String> bounds, Fraction value) {
        limits(name, bounds, bound -> value.compareTo(Fraction.of(bound)));
    }

    private interface Against {
        int compare(String bound);
    }

    private void limits(String name, List<String> bounds, Against value) {
        for (var i : List.of(0, 1)) {
            if (!bounds.get(i).isEmpty() && value.compare(bounds.get(i)) < 0) {
                findings.add(name + "." + NAMES.get(i) + " " + bounds.get(i));
                break;
            }
        }
        for (var i : List.of(3, 2)) {
            if (!bounds.get(i).isEmpty() && value.compare(bounds.get(i)) > 0) {
                findings.add(name + "." + NAMES.get(i) + " " + bounds.get(i));
                break;
            }
        }
    }
}
