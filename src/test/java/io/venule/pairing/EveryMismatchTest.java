package io.venule.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.pairing.PairingFacts.Occupant;
import io.venule.pairing.PairingRequest.Choice;
import io.venule.prescription.PrescriptionId;
import io.venule.prescription.Regimen;
import io.venule.prescription.Route;
import io.venule.pump.ChannelState;
import io.venule.quantity.AmountUnit;
import io.venule.quantity.Dose;
import io.venule.staff.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Any faults put in together come out together: exactly those, no other. */
class EveryMismatchTest {
    /** A fault, what it comes out as, and the topics it takes away from other faults. */
    @SuppressWarnings("ImmutableEnumChecker") // a test's table of changes: the lambdas hold nothing
    enum Fault {
        UNKNOWN_PATIENT("UnknownPatient", "patient area", b -> b.patientKnown = false),
        OLD_BAND("OldWristband", "patient*", b -> b.band = "2"),
        DISCHARGED("NotAdmitted", "patient*", b -> b.admitted = false),
        OTHER_AREA("WrongCareArea", "area patient* entry* order*", b -> b.careArea = "nicu"),
        WRONG_PATIENT("WrongPatient", "order entry area", b -> b.orderedFor = Bedside.OTHER_PATIENT),
        UNKNOWN_ORDER("UnknownOrder", "order entry area", b -> b.labelKnown = false),
        WRONG_ORDER(
                "WrongOrder", "order entry area", b -> b.choice = new Choice.Numbered(new PrescriptionId("RX-2002"))),
        STOPPED("PrescriptionStopped", "order*", b -> b.active = false),
        EARLY("TooEarly", "order* start", b -> b.from = Bedside.NOW.plusSeconds(60)),
        LATE("TooLate", "order* start", b -> b.until = Bedside.NOW.minusSeconds(60)),
        NO_ENTRY("NoLibraryEntry", "order* entry area", b -> b.entry = "dopamine/adult-icu/gone"),
        WRONG_DRUG("WrongDrug", "order* entry* contents", b -> b.orderedDrug = "heparin"),
        WRONG_STRENGTH(
                "WrongConcentration",
                "order* entry* contents",
                b -> b.orderedStrength = Bedside.mix("400", AmountUnit.MILLIGRAM, "500")),
        WRONG_DOSING(
                "WrongDosing",
                "order* entry*",
                b -> b.regimen = new Regimen.Intermittent(Dose.of("1", "g"), Duration.ofMinutes(30))),
        WRONG_ROUTE("WrongRoute", "order* entry*", b -> b.route = Route.SUBCUTANEOUS),
        EXPIRED("BagExpired", "expiry", b -> b.expiry = Bedside.TODAY.minusDays(1)),
        NO_LOT("NoLot", "lot", b -> b.lot = ""),
        RECALLED("LotRecalled", "lot", b -> b.lot = "RECALLED"),
        USED("BagUsedBefore", "used", b -> {}),
        UNKNOWN_PUMP("UnknownPump", "pump", b -> b.pumpKnown = false),
        NO_CHANNEL("NoSuchChannel", "pump", b -> b.scannedChannel = 2),
        LOST("PumpNotReachable", "pump* state", b -> b.lost = true),
        NEVER_HEARD("PumpNotReachable", "pump* state", b -> b.heard = false),
        BUSY("ChannelBusy", "pump* state", b -> b.state = ChannelState.RUNNING),
        TAKEN("ChannelTaken", "pump* occupant", b -> b.occupant = Occupant.ANOTHER_PATIENT),
        TAKEN_BY_THIS_PATIENT("ChannelTaken", "pump* occupant", b -> b.occupant = Occupant.THIS_PATIENT),
        NOT_A_NURSE("NotANurse", "role", b -> b.roles = Set.of(Role.PHARMACIST, Role.ADMIN)),
        OLD_SIGN_IN("SignInTooOld", "signIn", b -> b.signedIn = Bedside.NOW.minus(Duration.ofHours(9)));

        private final String code;
        private final List<String> topics;
        private final Consumer<Bedside> change;

        Fault(String code, String topics, Consumer<Bedside> change) {
            this.code = code;
            this.topics = List.of(topics.split(" ", -1));
            this.change = change;
        }

        /** Two faults exclude each other when they take the same topic whole; a topic with a star may be shared with its like. */
        boolean goesWith(Fault other) {
            return topics.stream().allMatch(mine -> other.topics.stream().noneMatch(theirs -> clash(mine, theirs)));
        }

        private static boolean clash(String mine, String theirs) {
            var shared = mine.endsWith("*") && theirs.endsWith("*");
            return !shared && mine.replace("*", "").equals(theirs.replace("*", ""));
        }
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_faults_together_are_reported_exactly(long seed) {
        var random = new Random(seed);
        var faults = someOf(random);

        var bedside = bedsideWith(faults);

        assertThat(bedside.codes())
                .as(faults.toString())
                .isEqualTo(faults.stream().map(fault -> fault.code).sorted().toList());
    }

    @ParameterizedTest
    @EnumSource
    void each_fault_alone_is_reported_in_words_that_do_not_name_the_patient(Fault fault) {
        var bedside = bedsideWith(EnumSet.of(fault));

        assertThat(bedside.check()).isInstanceOfSatisfying(Pairing.Mispaired.class, mispaired -> {
            assertThat(mispaired.mismatches()).singleElement().satisfies(mismatch -> {
                assertThat(mismatch.code()).isEqualTo(fault.code);
                assertThat(mismatch.sentence()).endsWith(".").doesNotContain("Secretname", "null");
                assertThat(mismatch.remedy()).endsWith(".").doesNotContain("Secretname", "null");
                assertThat(mismatch.toString())
                        .doesNotContain("Secretname", Bedside.PATIENT.gsrn(), Bedside.OTHER_PATIENT.gsrn());
            });
        });
    }

    @Test
    void no_fault_is_left_that_no_test_puts_in() {
        var productOnly = Set.of("NothingOrdered", "SeveralOrdered", "UnknownProduct", "UnknownPrescription");
        var kinds = Arrays.stream(Mismatch.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .filter(name -> !productOnly.contains(name))
                .toList();

        assertThat(Arrays.stream(Fault.values()).map(fault -> fault.code).distinct())
                .containsExactlyInAnyOrderElementsOf(kinds);
    }

    private static Bedside bedsideWith(Set<Fault> faults) {
        var bedside = new Bedside();
        faults.forEach(fault -> fault.change.accept(bedside));
        if (faults.contains(Fault.USED)) {
            bedside.used = Set.of(bedside.bag().identity());
        }
        return bedside;
    }

    private static Set<Fault> someOf(Random random) {
        var all = new ArrayList<>(List.of(Fault.values()));
        Collections.shuffle(all, random);
        var chosen = EnumSet.noneOf(Fault.class);
        for (var fault : all.subList(0, random.nextInt(1, all.size()))) {
            if (chosen.stream().allMatch(fault::goesWith)) {
                chosen.add(fault);
            }
        }
        return chosen;
    }
}
