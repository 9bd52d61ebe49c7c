package io.venule.pairing;

import io.venule.barcode.CheckDigit;
import io.venule.barcode.Scan;
import io.venule.druglibrary.CareArea;
import io.venule.druglibrary.Dosing;
import io.venule.druglibrary.Drug;
import io.venule.druglibrary.DrugLibrary;
import io.venule.druglibrary.LibraryEntry;
import io.venule.druglibrary.LibraryVersion;
import io.venule.druglibrary.Limits;
import io.venule.druglibrary.Product;
import io.venule.pairing.PairingFacts.BagHistory;
import io.venule.pairing.PairingFacts.Channel;
import io.venule.pairing.PairingFacts.LabelledOrder;
import io.venule.pairing.PairingFacts.Occupant;
import io.venule.pairing.PairingFacts.PatientRecord;
import io.venule.pairing.PairingFacts.PumpRecord;
import io.venule.pairing.PairingRequest.Choice;
import io.venule.prescription.BodyMeasures;
import io.venule.prescription.Patient;
import io.venule.prescription.PatientId;
import io.venule.prescription.Prescription;
import io.venule.prescription.PrescriptionId;
import io.venule.prescription.Regimen;
import io.venule.prescription.Route;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LiveChannels;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.quantity.Amount;
import io.venule.quantity.AmountUnit;
import io.venule.quantity.Concentration;
import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;
import io.venule.staff.Role;
import io.venule.staff.SignIn;
import io.venule.staff.StaffMember;
import io.venule.staff.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A bedside where all belongs together, until a test changes something about it. */
final class Bedside {
    static final Instant NOW = PairedFixture.NOON;
    static final ZoneId ZONE = ZoneId.of("Europe/Paris");
    static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    static final PrescriptionId ORDER = new PrescriptionId("RX-1001");
    static final PatientId PATIENT = new PatientId(CheckDigit.append("95212340000000001"));
    static final PatientId OTHER_PATIENT = new PatientId(CheckDigit.append("95212340000000002"));
    static final ChannelId CHANNEL = new ChannelId(new PumpSerial("VP-0001"), 1);
    static final String DOPAMINE_BAG = CheckDigit.append("0952123400010");
    static final String STRONG_DOPAMINE_BAG = CheckDigit.append("0952123400011");
    static final String HEPARIN_BAG = CheckDigit.append("0952123400012");

    String band = "1";
    boolean patientKnown = true;
    boolean admitted = true;
    String careArea = "adult-icu";
    boolean compounded = true;
    boolean labelKnown = true;
    String gtin = DOPAMINE_BAG;
    String lot = "C2611A";
    LocalDate expiry = TODAY.plusDays(9);
    String serial = "0001";
    List<Lot> recalled = List.of(new Lot("", "RECALLED"));
    Set<String> used = Set.of("gtin:1|other|2026-11-30|0001");
    Choice choice = new Choice.TheOneThatFits();
    PatientId orderedFor = PATIENT;
    String orderedDrug = "dopamine";
    Concentration orderedStrength = mix("400", AmountUnit.MILLIGRAM, "250");
    Regimen regimen = new Regimen.Continuous(Dose.of("5", "ug/kg/min"));
    Route route = Route.INTRAVENOUS;
    Instant from = NOW.minus(Duration.ofHours(1));
    Instant until = NOW.plus(Duration.ofHours(1));
    boolean active = true;
    String entry = "dopamine/adult-icu/standard";
    List<Prescription> otherOrders = new ArrayList<>();
    boolean pumpKnown = true;
    int channels = 1;
    int scannedChannel = 1;
    boolean lost;
    boolean heard = true;
    ChannelState state = ChannelState.IDLE;
    Occupant occupant = Occupant.NOBODY;
    Set<Role> roles = Set.of(Role.NURSE);
    Instant signedIn = NOW.minus(Duration.ofMinutes(1));

    Pairing check() {
        return PairingCheck.check(request(), facts(), terms());
    }

    List<String> codes() {
        return switch (check()) {
            case Pairing.Matched m -> List.of();
            case Pairing.Mispaired(var mismatches) ->
                mismatches.stream().map(Mismatch::code).sorted().toList();
        };
    }

    PairingRequest request() {
        return new PairingRequest(
                new Scan.Wristband(PATIENT.gsrn(), "1"),
                bag(),
                new Scan.PumpTag(CHANNEL.pump().value(), scannedChannel),
                choice);
    }

    Scan.Bag bag() {
        return compounded
                ? new Scan.CompoundedBag(ORDER.value(), lot, expiry, serial)
                : new Scan.ProductBag(gtin, expiry, lot, serial);
    }

    PairingTerms terms() {
        return new PairingTerms(
                new PairingId("0123456789abcdef0123456789abcdef"),
                NOW,
                Duration.ofMinutes(10),
                Duration.ofHours(8),
                ZONE);
    }

    PairingFacts facts() {
        var orders = new ArrayList<>(otherOrders);
        orders.add(order());
        return new PairingFacts(
                patientKnown
                        ? new PatientRecord.Known(
                                patient(),
                                orders.stream()
                                        .filter(order -> order.patient().equals(PATIENT))
                                        .toList())
                        : new PatientRecord.Unknown(),
                !compounded
                        ? new LabelledOrder.None()
                        : labelKnown ? new LabelledOrder.Known(order()) : new LabelledOrder.Unknown(),
                pump(),
                new BagHistory(used, recalled),
                library(),
                new StaffMember(new SubjectId("subject-nurse"), "Nina Nurse", roles, new SignIn(signedIn, "1")));
    }

    Prescription order() {
        return ordered(ORDER.value(), orderedDrug, orderedStrength);
    }

    Prescription ordered(String number, String drug, Concentration strength) {
        return new Prescription(
                new PrescriptionId(number),
                orderedFor,
                drug,
                entry,
                new Prescription.Mixture.DrugInVolume(strength),
                regimen,
                Volume.ofMillilitres("250"),
                route,
                from,
                until,
                active);
    }

    private Patient patient() {
        return new Patient(
                PATIENT,
                band,
                "Ada Secretname",
                LocalDate.of(1970, 1, 1),
                new BodyMeasures.Weighed(Weight.ofKilograms("70")),
                careArea,
                admitted);
    }

    private PumpRecord pump() {
        if (!pumpKnown) {
            return new PumpRecord.Unknown();
        }
        var status = new ChannelStatus(CHANNEL, state, "", new FlowRate(0), Volume.ZERO, Volume.ZERO, "", 1, NOW);
        var last = lost ? new LiveChannels.Heard.Lost(status, NOW, "broken") : new LiveChannels.Heard.Live(status);
        return new PumpRecord.Enrolled(
                new EnrolledPump(
                        CHANNEL.pump(), "A-1", PumpModel.LARGE_VOLUME, channels, "opc.tcp://pump:4840", "", "", true),
                heard ? new Channel.Heard(last) : new Channel.NeverHeard(),
                occupant);
    }

    static Concentration mix(String amount, AmountUnit unit, String millilitres) {
        return new Concentration(Amount.of(amount, unit), Volume.ofMillilitres(millilitres));
    }

    private static DrugLibrary library() {
        var standard = new Dosing.Strength.Fixed(mix("400", AmountUnit.MILLIGRAM, "250"));
        var heparin = new Dosing.Strength.Fixed(mix("25000", AmountUnit.UNIT, "250"));
        var byWeight = new Dosing.ContinuousDose(Dose.of("1", "ug/kg/min").unit(), Limits.none());
        var byUnits = new Dosing.ContinuousDose(Dose.of("1", "[iU]/h").unit(), Limits.none());
        var custom = new Dosing.Strength.Custom(Limits.none());
        return new DrugLibrary(
                new LibraryVersion(1, "0".repeat(64)),
                "test",
                List.of(new CareArea(
                        "adult-icu", "Adult ICU", Limits.none(), Limits.none(), Limits.none(), new FlowRate(20_000))),
                List.of(
                        libraryEntry("dopamine/adult-icu/standard", "dopamine", "", byWeight, standard),
                        libraryEntry("dopamine/adult-icu/custom", "dopamine", "custom", byWeight, custom),
                        libraryEntry("dopamine/adult-icu/epidural", "dopamine", "epidural", byWeight, standard),
                        libraryEntry("heparin/adult-icu/standard", "heparin", "", byUnits, heparin)),
                List.of(
                        product(
                                DOPAMINE_BAG,
                                "dopamine",
                                new Dosing.Strength.Fixed(mix("0.8", AmountUnit.GRAM, "500"))),
                        product(
                                STRONG_DOPAMINE_BAG,
                                "dopamine",
                                new Dosing.Strength.Fixed(mix("800", AmountUnit.MILLIGRAM, "250"))),
                        product(HEPARIN_BAG, "heparin", heparin)));
    }

    private static Product product(String gtin, String drug, Dosing.Strength content) {
        return new Product(gtin, "", "a bag of " + drug, drug, content, Volume.ofMillilitres("250"));
    }

    private static LibraryEntry libraryEntry(
            String id, String drug, String therapy, Dosing dosing, Dosing.Strength strength) {
        return new LibraryEntry(
                id,
                new Drug(drug, drug, drug, "", new Drug.HighAlert.No(), Drug.SecondCheck.NEVER),
                "adult-icu",
                therapy,
                dosing,
                strength,
                Limits.none(),
                Limits.none(),
                new Dosing.Bolus.NotAllowed(),
                "",
                "test",
                "own");
    }
}
