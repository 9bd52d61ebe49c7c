package io.venule.simulation;

import io.venule.barcode.CheckDigit;
import io.venule.druglibrary.Bound;
import io.venule.druglibrary.CareArea;
import io.venule.druglibrary.Dosing;
import io.venule.druglibrary.Drug;
import io.venule.druglibrary.DrugLibrary;
import io.venule.druglibrary.LibraryEntry;
import io.venule.druglibrary.LibraryVersion;
import io.venule.druglibrary.Limits;
import io.venule.order.OrderView;
import io.venule.order.Ward;
import io.venule.pairing.Lot;
import io.venule.prescription.BodyMeasures;
import io.venule.prescription.Patient;
import io.venule.prescription.PatientId;
import io.venule.prescription.Prescription;
import io.venule.prescription.PrescriptionId;
import io.venule.prescription.Regimen;
import io.venule.prescription.Route;
import io.venule.pump.ChannelId;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.quantity.Amount;
import io.venule.quantity.AmountUnit;
import io.venule.quantity.Concentration;
import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;
import io.venule.signing.Digest;
import io.venule.simulator.LibraryText;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A ward of one patient with orders of dopamine in different doses; open orders and used bags are the database's. */
final class WardOnPaper implements Ward {
    /** How many prescriptions there are. */
    static final int PRESCRIPTIONS = 4;

    private static final String GSRN = CheckDigit.append("95212340000000001");
    private static final PatientId PATIENT = new PatientId(GSRN);
    private static final Patient ADA = new Patient(
            PATIENT,
            "1",
            "Ada Secretname",
            LocalDate.of(1970, 1, 1),
            new BodyMeasures.Weighed(Weight.ofKilograms("70")),
            "icu",
            true);
    private static final String[] DOSES = {"2", "5", "8", "12"};
    private static final Concentration MIX =
            new Concentration(Amount.of("400", AmountUnit.MILLIGRAM), Volume.ofMillilitres("250"));
    private static final List<Prescription> ALL = IntStream.range(0, PRESCRIPTIONS)
            .mapToObj(WardOnPaper::prescription)
            .toList();
    private static final DrugLibrary LIBRARY = makeLibrary();

    private final Database database;
    private final Replica process;
    private final String recordKey;

    WardOnPaper(Database database, Replica process, String recordKey) {
        this.database = database;
        this.process = process;
        this.recordKey = recordKey;
    }

    static String wristband() {
        return "(8018)" + GSRN + "(8019)1";
    }

    static String bag(int number, int prescription) {
        return "(01)02000000009995(17)261231(10)C2611A(21)%04d(91)RX:RX-%d".formatted(number, 1001 + prescription);
    }

    static String tag(ChannelId channel) {
        return "(92)CH:" + channel.pump() + "/" + channel.channel();
    }

    /** The library as the pumps hold it. */
    static byte[] libraryText() {
        return LibraryText.releaseWithBolus(1, "never");
    }

    static DrugLibrary library() {
        return LIBRARY;
    }

    static EnrolledPump enrolled(PumpSerial serial, String recordKey) {
        return new EnrolledPump(serial, "A-1", PumpModel.LARGE_VOLUME, 2, "opc.tcp://pump:4840", "", recordKey, true);
    }

    @Override
    public Optional<Patient> patient(PatientId id) {
        return id.equals(PATIENT) ? Optional.of(ADA) : Optional.empty();
    }

    @Override
    public Optional<Prescription> prescription(PrescriptionId id) {
        return ALL.stream().filter(order -> order.id().equals(id)).findFirst();
    }

    @Override
    public List<Prescription> prescriptionsOf(PatientId patient) {
        return ALL;
    }

    @Override
    public Optional<EnrolledPump> pump(PumpSerial serial) {
        return Optional.of(enrolled(serial, recordKey));
    }

    @Override
    public Optional<OrderView> openOrderOn(ChannelId channel) {
        var open = database.openOn(channel);
        process.step("after looking for an open order");
        return open;
    }

    @Override
    public boolean bagUsed(String identity) {
        return database.bagUsed(identity);
    }

    @Override
    public List<Lot> recalled(String number) {
        return List.of();
    }

    private static Prescription prescription(int number) {
        return new Prescription(
                new PrescriptionId("RX-" + (1001 + number)),
                PATIENT,
                "dopamine",
                "dopamine/icu/standard",
                new Prescription.Mixture.DrugInVolume(MIX),
                new Regimen.Continuous(Dose.of(DOSES[number], "ug/kg/min")),
                Volume.ofMillilitres("250"),
                Route.INTRAVENOUS,
                World.MORNING.minus(Duration.ofHours(1)),
                World.MORNING.plus(Duration.ofHours(12)),
                true);
    }

    private static DrugLibrary makeLibrary() {
        var perMinute = Dose.of("1", "ug/kg/min").unit();
        var limits = new Limits<Dose>(
                Bound.at(Dose.of("0.5", "ug/kg/min")),
                Bound.at(Dose.of("0.9", "ug/kg/min")),
                Bound.at(Dose.of("20", "ug/kg/min")),
                Bound.at(Dose.of("30", "ug/kg/min")));
        var entry = new LibraryEntry(
                "dopamine/icu/standard",
                new Drug("dopamine", "dopamine", "dopamine", "", new Drug.HighAlert.No(), Drug.SecondCheck.NEVER),
                "icu",
                "",
                new Dosing.ContinuousDose(perMinute, limits),
                new Dosing.Strength.Fixed(MIX),
                Limits.none(),
                Limits.none(),
                bolus(),
                "",
                "test",
                "own");
        var area = new CareArea("icu", "ICU", Limits.none(), Limits.none(), Limits.none(), new FlowRate(5_000));
        var version = new LibraryVersion(1, Digest.of(libraryText()).hex());
        return new DrugLibrary(version, "test", List.of(area), List.of(entry), List.of());
    }

    private static Dosing.Bolus bolus() {
        var total = new Limits<Dose>(
                Bound.none(),
                Bound.at(Dose.of("10", "ug/kg")),
                Bound.at(Dose.of("100", "ug/kg")),
                Bound.at(Dose.of("200", "ug/kg")));
        var speed = new Limits<Dose>(
                Bound.none(),
                Bound.none(),
                Bound.at(Dose.of("50", "ug/kg/min")),
                Bound.at(Dose.of("100", "ug/kg/min")));
        return new Dosing.Bolus.Allowed(Dose.of("1", "ug/kg").unit(), total, speed);
    }

    /** When the nurses of this ward signed in. */
    static Instant signedInAt() {
        return World.MORNING.minus(Duration.ofMinutes(10));
    }
}
