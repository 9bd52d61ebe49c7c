package io.venule.simulator;

import static io.venule.simulator.OrderDraft.object;
import static io.venule.simulator.OrderDraft.quantity;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.dose.CheckedDose;
import io.venule.dose.DoseCheck;
import io.venule.dose.DoseVerdict;
import io.venule.dose.OverrideReason;
import io.venule.druglibrary.Dosing;
import io.venule.druglibrary.LibraryEntry;
import io.venule.pairing.PairedFixture;
import io.venule.prescription.BodyMeasures;
import io.venule.prescription.Patient;
import io.venule.prescription.PatientId;
import io.venule.prescription.Prescription;
import io.venule.prescription.PrescriptionId;
import io.venule.prescription.Regimen;
import io.venule.prescription.Route;
import io.venule.pump.PumpModel;
import io.venule.quantity.BodySurface;
import io.venule.quantity.Concentration;
import io.venule.quantity.Decimal;
import io.venule.quantity.Dose;
import io.venule.quantity.DosingBasis;
import io.venule.quantity.Weight;
import io.venule.release.LibraryReading;
import io.venule.release.LibraryText;
import io.venule.release.Release;
import io.venule.release.ReleaseSignatures;
import io.venule.signing.Digest;
import io.venule.signing.JsonMembers;
import io.venule.simulator.LimitCheck.Verdict;
import io.venule.staff.SubjectId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pump's own reading of the hospital's library, and its own arithmetic, against the server's. Source: DOMAIN, B11. */
class RealLibraryTest {
    private static final BodyMeasures BODY =
            new BodyMeasures.WeighedAndMeasured(Weight.ofKilograms("70"), new BodySurface(18_200));

    private final Release release = loaded();
    private final PumpLibrary onPump = PumpLibrary.read(
                    release.canonicalBytes(), release.version().sha256())
            .orElseThrow();

    private static Release loaded() {
        return switch (LibraryText.read(Path.of("drug-library"))) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) -> throw new AssertionError(faults);
        };
    }

    @Test
    void a_pump_takes_the_release_as_the_server_signs_it_and_finds_every_limit_set() {
        var rig = PumpRig.empty();
        var counter = release.version().counter();
        var bytes = release.canonicalBytes();
        var now = Instant.ofEpochMilli(rig.now());
        rig.brain().beginLibrary(counter, release.version().sha256(), bytes.length);
        for (int from = 0; from < bytes.length; from += LibrarySlots.MAX_BLOCK) {
            var to = Math.min(bytes.length, from + LibrarySlots.MAX_BLOCK);
            rig.brain().writeLibrary(from, Arrays.copyOfRange(bytes, from, to));
        }

        var answer = rig.brain()
                .commitLibrary(List.of(
                        PumpRig.bytes(ReleaseSignatures.sign(
                                release, new SubjectId("anna"), now, rig.keys().pharmacist())),
                        PumpRig.bytes(ReleaseSignatures.sign(
                                release, new SubjectId("ben"), now, rig.keys().colleague()))));

        assertThat(answer).isEqualTo("ACCEPTED");
        assertThat(release.library().entries())
                .allMatch(entry -> onPump.limitSet(entry.id()).isPresent());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void what_the_server_passes_the_pump_passes(long seed) {
        var random = new SplittableRandom(seed);
        var passed = 0;
        for (var entry : release.library().entries()) {
            for (int i = 0; i < 10; i++) {
                passed += agrees(entry, random) ? 1 : 0;
            }
        }

        assertThat(passed).as("orders that were compared").isGreaterThan(500);
    }

    private boolean agrees(LibraryEntry entry, RandomGenerator random) {
        var model = random.nextBoolean() ? PumpModel.LARGE_VOLUME : PumpModel.SYRINGE;
        var prescription = prescription(entry, model, random);
        if (prescription.isEmpty()) {
            return false;
        }
        var patient = new Patient(
                new PatientId("123456789012345678"),
                "1",
                "Test",
                LocalDate.of(1970, 1, 1),
                BODY,
                entry.careArea(),
                true);
        var paired = PairedFixture.aPairingOf(patient, prescription.get(), entry)
                .on(model)
                .paired();
        return switch (DoseCheck.check(paired, release.library())) {
            case DoseVerdict.OutsideHardLimits hard -> false;
            case DoseVerdict.OutsideSoftLimits(var breach) -> {
                var dose = breach.overriddenFor(OverrideReason.of(OverrideReason.Kind.CONFIRMED_WITH_PRESCRIBER));
                assertThat(onPump(dose, model)).as(dose.arithmetic()).isNotEqualTo(Verdict.HARD);
                yield true;
            }
            case DoseVerdict.Within(var dose) -> {
                assertThat(onPump(dose, model)).as(dose.arithmetic()).isEqualTo(Verdict.INSIDE);
                if (dose.toInfuse().compareTo(PumpModel.SYRINGE.most()) > 0) {
                    assertThat(onPump(dose, PumpModel.SYRINGE))
                            .as("%s in a syringe", dose.toInfuse())
                            .isEqualTo(Verdict.HARD);
                }
                yield true;
            }
        };
    }

    private Optional<Prescription> prescription(LibraryEntry entry, PumpModel model, RandomGenerator random) {
        if (!(entry.strength() instanceof Dosing.Strength.Fixed(Concentration strength))) {
            return Optional.empty();
        }
        var value = new Decimal(random.nextLong(1, 4_000), random.nextInt(0, 4));
        var regimen = switch (entry.dosing()) {
            case Dosing.ContinuousDose(var unit, var limits) -> new Regimen.Continuous(new Dose(value, unit));
            case Dosing.IntermittentDose(var unit, var limits, var times) ->
                new Regimen.Intermittent(new Dose(value, unit), Duration.ofMinutes(random.nextLong(5, 300)));
            case Dosing.FluidRate fluid ->
                new Regimen.Fluid(
                        io.venule.quantity.FlowRate.ofMillilitresPerHour(Decimal.of(random.nextLong(1, 900))));
        };
        return Optional.of(new Prescription(
                new PrescriptionId("RX-0001"),
                new PatientId("123456789012345678"),
                entry.drug().code(),
                entry.id(),
                new Prescription.Mixture.DrugInVolume(strength),
                regimen,
                strength.volume().compareTo(model.most()) > 0 ? model.most() : strength.volume(),
                Route.INTRAVENOUS,
                PairedFixture.NOON.minusSeconds(60),
                PairedFixture.NOON.plusSeconds(3_600),
                true));
    }

    private Verdict onPump(CheckedDose dose, PumpModel model) {
        var limits = onPump.limitSet(dose.entry().id()).orElseThrow();
        return LimitCheck.ofOrder(text(dose), limits, StepTable.of(model));
    }

    private OrderText text(CheckedDose dose) {
        var situation = new OrderDraft.Situation(
                PumpRig.SERIAL,
                1,
                "a".repeat(32),
                "b".repeat(32),
                "IDLE",
                1,
                "0",
                Digest.NONE.hex(),
                0,
                Digest.NONE.hex(),
                release.version().counter(),
                release.version().sha256());
        var key = WardKeys.create(PairedFixture.NOON).order();
        var draft = OrderDraft.dopamine(situation, key.verifyingKey(), PairedFixture.NOON.toEpochMilli())
                .without("weight", "dose", "concentration")
                .with("kid", key.id().hex())
                .with("rate", quantity("mL/h", dose.rate().millilitresPerHour().canonical()))
                .with("vtbi", quantity("mL", dose.toInfuse().millilitres().canonical()));
        var dosed = switch (dose.basis()) {
            case DosingBasis.WholePatient whole -> draft;
            case DosingBasis.ByWeight(var weight) ->
                draft.with("weight", quantity("kg", weight.kilograms().canonical()));
            case DosingBasis.BySurface(var surface) ->
                draft.with("bsa", quantity("m2", surface.squareMetres().canonical()));
        };
        var strength = dose.paired().prescription().concentration().orElseThrow();
        var timed = dose.duration()
                .map(duration -> dosed.with("duration", quantity("min", Long.toString(duration.toMinutes()))))
                .orElse(dosed);
        var full = dose.dose()
                .map(ordered -> timed.with(
                                "dose",
                                quantity(ordered.unit().ucum(), ordered.value().canonical()))
                        .with(
                                "concentration",
                                object().put(
                                                "amount",
                                                quantity(
                                                        strength.amount().unit().ucum(),
                                                        strength.amount()
                                                                .value()
                                                                .canonical()))
                                        .put(
                                                "volume",
                                                quantity(
                                                        "mL",
                                                        strength.volume()
                                                                .millilitres()
                                                                .canonical()))))
                .orElse(timed);
        return switch (JsonMembers.read(full.json(), OrderText::read)) {
            case JsonMembers.Reading.Ok<OrderText>(var order) -> order;
            case JsonMembers.Reading.Refused<OrderText> refused -> throw new AssertionError(refused.text());
        };
    }
}
