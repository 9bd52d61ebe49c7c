package io.venule.release;

import io.venule.druglibrary.Bound;
import io.venule.druglibrary.Dosing;
import io.venule.druglibrary.Dosing.Strength;
import io.venule.druglibrary.Drug;
import io.venule.druglibrary.LibraryEntry;
import io.venule.druglibrary.Limits;
import io.venule.quantity.AmountUnit;
import io.venule.quantity.Dose;
import io.venule.quantity.DoseUnit;
import io.venule.release.LimitsReader.DoseLimits;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of a drug. */
final class EntryReader {
    private static final Set<String> BASES = Set.of("published", "derived", "own");

    private static final Set<String> MODES = Set.of("continuous", "intermittent", "fluid");

    private final Drug drug;
    private final UnitsOfDrug units;
    private final Set<String> careAreas;

    EntryReader(Drug drug, UnitsOfDrug units, Set<String> careAreas) {
        this.drug = drug;
        this.units = units;
        this.careAreas = Set.copyOf(careAreas);
    }

    LibraryEntry read(Members unplaced) {
        var id = unplaced.text("id");
        var members = unplaced.at(id);
        members.text("id");
        var careArea = members.text("careArea");
        checkPlace(members, id, careArea);
        var dosing = dosing(members.object("dosing"));
        var strength = StrengthReader.read(members, units);
        checkCounted(members, dosing, strength);
        var entry = new LibraryEntry(
                id,
                drug,
                careArea,
                members.optionalText("therapy"),
                dosing,
                strength,
                LimitsReader.rates(members, "rate"),
                LimitsReader.weights(members, "weight"),
                bolus(members, strength),
                start(members, dosing),
                members.optionalText("usual"),
                members.text("source"),
                basis(members),
                members.optionalText("note"));
        members.end();
        return entry;
    }

    private void checkPlace(Members members, String id, String careArea) {
        if (!careArea.isEmpty() && !careAreas.contains(careArea)) {
            members.fault(
                    "careArea",
                    "unknown care area " + careArea,
                    "Use a code of care-areas.json, or add the area there");
        }
        if (!id.matches("[a-z0-9-]+/[a-z0-9-]+/[a-z0-9-]+") || !id.startsWith(drug.code() + "/" + careArea + "/")) {
            members.fault(
                    "id",
                    "id " + id + " does not fit its place",
                    "Write " + drug.code() + "/" + careArea + "/ and a word in small letters, digits and hyphens");
        }
    }

    private Dosing dosing(Members dosing) {
        var mode = dosing.text("mode");
        var read = switch (mode) {
            case "continuous" -> continuous(dosing);
            case "intermittent" -> intermittent(dosing);
            case "fluid", "" -> new Dosing.FluidRate();
            default -> {
                dosing.fault("mode", "unknown dosing mode " + mode, "Use continuous, intermittent or fluid");
                yield new Dosing.FluidRate();
            }
        };
        if (MODES.contains(mode)) {
            dosing.end("mode " + mode + " has no ", "Take it out, or correct the mode");
        }
        return read;
    }

    private Dosing continuous(Members dosing) {
        return LimitsReader.doses(dosing.object("dose"), units)
                .filter(limits -> mustBe(dosing, "dose", limits.unit(), true))
                .<Dosing>map(limits -> new Dosing.ContinuousDose(limits.unit(), limits.limits()))
                .orElseGet(Dosing.FluidRate::new);
    }

    private Dosing intermittent(Members dosing) {
        var limits = LimitsReader.doses(dosing.object("dose"), units);
        var duration = LimitsReader.durations(dosing, "duration");
        return limits.filter(found -> mustBe(dosing, "dose", found.unit(), false))
                .<Dosing>map(found -> new Dosing.IntermittentDose(found.unit(), found.limits(), duration))
                .orElseGet(Dosing.FluidRate::new);
    }

    private static boolean mustBe(Members place, String member, DoseUnit unit, boolean rate) {
        if (unit.isRate() != rate) {
            place.fault(
                    member + "/unit",
                    "unit " + unit.ucum() + " is " + (rate ? "a total" : "a rate"),
                    rate ? "Use a dose per min, h or d" : "Use a total dose, without a time");
        }
        return unit.isRate() == rate;
    }

    private static void checkCounted(Members members, Dosing dosing, Strength strength) {
        var unit = switch (dosing) {
            case Dosing.ContinuousDose continuous -> Optional.of(continuous.unit());
            case Dosing.IntermittentDose intermittent -> Optional.of(intermittent.unit());
            case Dosing.FluidRate() -> Optional.<DoseUnit>empty();
        };
        unit.ifPresent(known -> checkCounted(members, known, strength));
    }

    /** A dose needs a bag that is counted in the same kind of amount. */
    private static void checkCounted(Members members, DoseUnit unit, Strength strength) {
        if (!members.has("strength")) {
            members.fault("strength", "a dose in " + unit.ucum() + " without a strength", "Say what the bag holds");
        }
        for (var counted : kinds(strength)) {
            if (counted.kind() != unit.amount().kind()) {
                members.fault(
                        "strength",
                        "dosed in " + unit.ucum() + " but counted in " + counted.ucum(),
                        "Use units of one kind; they do not convert into each other");
            }
        }
    }

    private static List<AmountUnit> kinds(Strength strength) {
        return switch (strength) {
            case Strength.None() -> List.of();
            case Strength.Fixed(var concentration) ->
                List.of(concentration.amount().unit());
            case Strength.Custom(var limits) ->
                present(limits).stream().map(bound -> bound.amount().unit()).toList();
        };
    }

    private static <Q> List<Q> present(Limits<Q> limits) {
        return List.of(limits.hardLow(), limits.softLow(), limits.softHigh(), limits.hardHigh()).stream()
                .flatMap(bound -> bound.asOptional().stream())
                .toList();
    }

    private Dosing.Bolus bolus(Members members, Strength strength) {
        return members.optionalObject("bolus")
                .flatMap(bolus -> {
                    var dose = LimitsReader.doses(bolus.object("dose"), units);
                    var rate = bolus.optionalObject("rate").flatMap(limits -> LimitsReader.doses(limits, units));
                    bolus.end();
                    rate.ifPresent(limits -> mustBe(bolus, "rate", limits.unit(), true));
                    return dose.filter(limits -> mustBe(bolus, "dose", limits.unit(), false))
                            .map(limits -> allowed(members, limits, rate, strength));
                })
                .orElseGet(Dosing.Bolus.NotAllowed::new);
    }

    private static Dosing.Bolus allowed(
            Members members, DoseLimits dose, Optional<DoseLimits> rate, Strength strength) {
        checkCounted(members, dose.unit(), strength);
        rate.ifPresent(limits -> checkCounted(members, limits.unit(), strength));
        return new Dosing.Bolus.Allowed(
                dose.unit(), dose.limits(), rate.map(DoseLimits::limits).orElseGet(Limits::none));
    }

    private Bound<Dose> start(Members members, Dosing dosing) {
        var quantity = members.optionalObject("start");
        if (quantity.isEmpty()) {
            return Bound.none();
        }
        var unit = units.dosing(quantity.get().text("unit"), quantity.get());
        var value = Quantities.value(quantity.get());
        return switch (dosing) {
            case Dosing.FluidRate() -> {
                members.fault("start", "a starting dose where nothing is dosed", "Take start out");
                yield Bound.none();
            }
            case Dosing.ContinuousDose continuous ->
                start(members, dose(unit, value), continuous.unit(), continuous.limits());
            case Dosing.IntermittentDose intermittent ->
                start(members, dose(unit, value), intermittent.unit(), intermittent.limits());
        };
    }

    private static Optional<Dose> dose(Optional<DoseUnit> unit, Optional<io.venule.quantity.Decimal> value) {
        return unit.flatMap(known -> value.map(number -> new Dose(number, known)));
    }

    private static Bound<Dose> start(Members members, Optional<Dose> start, DoseUnit unit, Limits<Dose> limits) {
        if (start.isEmpty()) {
            return Bound.none();
        }
        var dose = start.get();
        if (!UnitsOfDrug.compare(dose.unit(), unit)) {
            members.fault(
                    "start/unit",
                    "start in " + dose.unit().ucum() + " does not compare with " + unit.ucum(),
                    "Write it in the dosing unit");
            return Bound.none();
        }
        var low = limits.softLow().asOptional().or(() -> limits.hardLow().asOptional());
        var high = limits.softHigh().asOptional().or(() -> limits.hardHigh().asOptional());
        if (low.filter(bound -> dose.compareTo(bound) < 0).isPresent()
                || high.filter(bound -> dose.compareTo(bound) > 0).isPresent()) {
            members.fault(
                    "start/value",
                    "start " + dose.value() + " " + dose.unit().ucum() + " is outside the soft limits",
                    "Correct start or the limits; a starting dose must not alarm");
        }
        return Bound.at(dose);
    }

    static String basis(Members members) {
        var basis = members.text("basis");
        if (!basis.isEmpty() && !BASES.contains(basis)) {
            members.fault("basis", "unknown basis " + basis, "Use published, derived or own");
        }
        return basis;
    }
}
