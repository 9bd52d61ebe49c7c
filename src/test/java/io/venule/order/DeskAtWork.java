package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.barcode.CheckDigit;
import io.venule.druglibrary.Bound;
import io.venule.druglibrary.CareArea;
import io.venule.druglibrary.Dosing;
import io.venule.druglibrary.Drug;
import io.venule.druglibrary.DrugLibrary;
import io.venule.druglibrary.LibraryEntry;
import io.venule.druglibrary.LibraryVersion;
import io.venule.druglibrary.Limits;
import io.venule.pairing.Lot;
import io.venule.pairing.PairedFixture;
import io.venule.prescription.BodyMeasures;
import io.venule.prescription.Patient;
import io.venule.prescription.PatientId;
import io.venule.prescription.Prescription;
import io.venule.prescription.PrescriptionId;
import io.venule.prescription.Regimen;
import io.venule.prescription.Route;
import io.venule.pump.Challenge;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LiveChannels;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.pump.Receipt;
import io.venule.quantity.Amount;
import io.venule.quantity.AmountUnit;
import io.venule.quantity.Concentration;
import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Digest;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyRole;
import io.venule.signing.KeyedHash;
import io.venule.signing.Keyring;
import io.venule.signing.OrderKeys;
import io.venule.signing.SigningKey;
import io.venule.staff.StaffMember;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A desk, a ward of one patient with one order of dopamine (soft limit 10, hard limit 20 mcg/kg/min), and a pump at the end of a wire
 * that answers as the test says. Time stands still until the test moves it.
 */
final class DeskAtWork implements Ward, PumpLink, Fleet {
    static final Instant NOON = PairedFixture.NOON;
    static final ChannelId CHANNEL = new ChannelId(new PumpSerial("VP-0001"), 1);
    static final String BAND = "(8018)" + CheckDigit.append("95212340000000001") + "(8019)1";
    static final String BAG = "(01)02000000009995(17)261231(10)C2611A(21)0001(91)RX:RX-1001";
    static final String TAG = "(92)CH:VP-0001/1";
    static final String TAP = "0".repeat(31) + "1";
    static final LibraryVersion VERSION = new LibraryVersion(3, "c".repeat(64));

    private static final PatientId PATIENT = new PatientId(CheckDigit.append("95212340000000001"));
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[SigningKey.SEED_SIZE]);
    /** The order key is its own root here. */
    private static final OrderKeys.Held HELD = held(new KeyCertificate(
            KEY.verifyingKey(), KeyRole.ORDER, KeyCertificate.EVERY_SCOPE, NOON, NOON.plus(Duration.ofDays(1))));

    static final String CERTIFICATE = HELD.signed();

    final OrdersInMemory orders = new OrdersInMemory();
    final List<SignedOrder> sent = new ArrayList<>();
    final List<ChannelId> asked = new ArrayList<>();
    /** What the pump says to the first orders; after that {@link #answer}. */
    final Deque<Receipt.Answer> firstAnswers = new ArrayDeque<>();

    final LiveChannels channels = new LiveChannels();
    final StaffMember nurse = PairedFixture.aNurse(NOON);

    Instant now = NOON;
    Duration uptime = Duration.ofHours(1);
    String ordered = "5";
    Drug.SecondCheck secondCheck = Drug.SecondCheck.NEVER;
    Dosing.Bolus bolus = new Dosing.Bolus.NotAllowed();
    ChannelState state = ChannelState.IDLE;
    LibraryVersion held = VERSION;
    boolean reachable = true;
    boolean hasKey = true;
    String running = "0".repeat(64);
    String lastOrder = "0".repeat(64);
    Runnable whileSending = () -> {};
    Optional<Receipt.Answer> answer = Optional.of(new Receipt.Answer.Accepted());
    ReadBack memory = new ReadBack.NeverSeen();
    private final ReadyChallenges ready =
            new ReadyChallenges(this::challenge, channels, () -> uptime, ReadyChallenges.Asking.on(Runnable::run));

    private final OrderSigner signer = new OrderSigner(
            "venule-test",
            (pump, from, until) -> Optional.of(HELD).filter(key -> hasKey),
            new KeyedHash(new byte[32]),
            patient -> Optional.of(new KeyedHash(new byte[32]).patient(patient.gsrn())));

    OrderDesk desk() {
        channels.report(new ChannelStatus(
                CHANNEL, ChannelState.IDLE, "", new FlowRate(0), Volume.ZERO, Volume.ZERO, "", 1, now));
        return new OrderDesk(
                evidence(), signer, new OrderDesk.Records(orders, orders, orders), new OrderDesk.Pumps(this, ready));
    }

    private Evidence evidence() {
        var terms = new Evidence.Terms(
                () -> now, new SecureRandom(), Duration.ofMinutes(10), Duration.ofHours(8), ZoneOffset.UTC, signer);
        var library = library();
        return new Evidence(this, channels, () -> library, terms);
    }

    StopDesk stopDesk(StopDesk.Written written) {
        return new StopDesk(
                evidence(), signer, this, new StopDesk.Known(channels, orders, new EnrolledKeys(this)), written);
    }

    ChangeDesk changeDesk() {
        return new ChangeDesk(evidence(), signer, new ChangeDesk.Records(orders, orders, orders, orders), this);
    }

    /** An order that runs, by record and by pump. */
    OrderView running() {
        return runs(((Outcome.Accepted) placed()).order());
    }

    /** The order, started at the pump. */
    OrderView runs(OrderView order) {
        state = ChannelState.RUNNING;
        running = Digest.ofText(order.signed()).hex();
        lastOrder = running;
        var entry = OrderEntries.moved(order, new OrderState.Running(), "started", now);
        return orders.move(order.id(), order.state(), new OrderState.Running(), entry);
    }

    private static OrderKeys.Held held(KeyCertificate certificate) {
        return new OrderKeys.Held(KEY, certificate, certificate.signedBy(KEY));
    }

    OrderVerifier verifier() {
        var ring = Keyring.of(KEY.verifyingKey(), List.of(CERTIFICATE));
        return new OrderVerifier(() -> ring, pump -> EnrolledPump.NO_WARD);
    }

    /** What the signed text says. */
    static JsonObject payload(SignedOrder order) {
        var bytes = Base64.getUrlDecoder().decode(order.text().split("\\.", -1)[1]);
        return switch (CanonicalJson.parseCanonical(bytes)) {
            case CanonicalJson.Parsed.Ok(var json) -> (JsonObject) json;
            case CanonicalJson.Parsed.Refused(var reason) -> throw new AssertionError(reason);
        };
    }

    UnansweredOrders unanswered() {
        return new UnansweredOrders(orders, this, () -> now, () -> uptime);
    }

    /** What the nurse's page sends after it showed the verdict. */
    OrderForm form(String override, String tap) {
        var shown = desk().check(OrderForm.toCheck(BAND, BAG, TAG), nurse);
        return new OrderForm(BAND, BAG, TAG, "", override, Displayed.of(shown).hex(), tap);
    }

    Outcome placed() {
        return desk().place(form("", TAP), nurse);
    }

    /** What comes of the same scans in someone's hands. */
    Outcome placedBy(StaffMember who, String override, String tap) {
        var shown = desk().check(OrderForm.toCheck(BAND, BAG, TAG), who);
        return desk().place(
                        new OrderForm(
                                BAND,
                                BAG,
                                TAG,
                                "",
                                override,
                                Displayed.of(shown).hex(),
                                tap),
                        who);
    }

    Receipt receipt(OrderId order, Receipt.Answer said) {
        return new Receipt(CHANNEL, order.value(), "0".repeat(64), said, state, 1, "a.b.c");
    }

    // The ward -------------------------------------------------------------------------------------------

    @Override
    public Optional<Patient> patient(PatientId id) {
        return id.equals(PATIENT)
                ? Optional.of(new Patient(
                        PATIENT,
                        "1",
                        "Ada Secretname",
                        LocalDate.of(1970, 1, 1),
                        new BodyMeasures.Weighed(Weight.ofKilograms("70")),
                        "adult-icu",
                        true))
                : Optional.empty();
    }

    @Override
    public Optional<Prescription> prescription(PrescriptionId id) {
        return prescriptionsOf(PATIENT).stream()
                .filter(order -> order.id().equals(id))
                .findFirst();
    }

    @Override
    public List<Prescription> prescriptionsOf(PatientId patient) {
        return List.of(new Prescription(
                new PrescriptionId("RX-1001"),
                PATIENT,
                "dopamine",
                "dopamine/adult-icu/standard",
                new Prescription.Mixture.DrugInVolume(mix()),
                new Regimen.Continuous(Dose.of(ordered, "ug/kg/min")),
                Volume.ofMillilitres("250"),
                Route.INTRAVENOUS,
                NOON.minus(Duration.ofHours(1)),
                NOON.plus(Duration.ofHours(1)),
                true));
    }

    @Override
    public Optional<EnrolledPump> pump(PumpSerial serial) {
        return Optional.of(new EnrolledPump(
                serial,
                "A-1",
                PumpModel.LARGE_VOLUME,
                1,
                "opc.tcp://pump:4840",
                "",
                KEY.verifyingKey().base64url(),
                true));
    }

    @Override
    public List<EnrolledPump> pumps() {
        return List.of(pump(CHANNEL.pump()).orElseThrow());
    }

    @Override
    public void enrol(EnrolledPump pump, AuditEntry entry) {
        throw new UnsupportedOperationException("no pump is enrolled here");
    }

    @Override
    public Optional<OrderView> openOrderOn(ChannelId channel) {
        return orders.all().stream()
                .filter(order ->
                        order.channel().equals(channel) && order.state().isOpen())
                .findFirst();
    }

    @Override
    public boolean bagUsed(String identity) {
        return orders.bagUsed(identity);
    }

    @Override
    public List<Lot> recalled(String number) {
        return List.of();
    }

    // The pump -------------------------------------------------------------------------------------------

    @Override
    public Readiness challenge(ChannelId channel) {
        asked.add(channel);
        return reachable
                ? new Readiness.Ready(
                        new Challenge(
                                channel,
                                "a".repeat(32),
                                "%064x".formatted(asked.size()),
                                state,
                                1,
                                new FlowRate(0),
                                running,
                                0,
                                lastOrder,
                                new Challenge.PumpLibrary(held.counter(), held.sha256())),
                        7)
                : new Readiness.NotReachable("no session");
    }

    @Override
    public Delivery deliver(SignedOrder order) {
        sent.add(order);
        whileSending.run();
        return Optional.ofNullable(firstAnswers.poll())
                .or(() -> answer)
                .<Delivery>map(said -> new Delivery.Answered(receipt(order.id(), said)))
                .orElseGet(() -> new Delivery.Unconfirmed("no answer in time"));
    }

    @Override
    public ReadBack readBack(ChannelId channel, OrderId order) {
        return memory;
    }

    private DrugLibrary library() {
        var limits = new Limits<Dose>(
                Bound.none(), Bound.none(), Bound.at(Dose.of("10", "ug/kg/min")), Bound.at(Dose.of("20", "ug/kg/min")));
        var entry = new LibraryEntry(
                "dopamine/adult-icu/standard",
                new Drug(
                        "dopamine",
                        "dopamine",
                        "DOPamine",
                        "",
                        new Drug.HighAlert.Yes("adrenergic agonist IV"),
                        secondCheck),
                "adult-icu",
                "",
                new Dosing.ContinuousDose(Dose.of("1", "ug/kg/min").unit(), limits),
                new Dosing.Strength.Fixed(mix()),
                Limits.none(),
                Limits.none(),
                bolus,
                "",
                "test",
                "own");
        var area = new CareArea(
                "adult-icu", "Adult ICU", Limits.none(), Limits.none(), Limits.none(), new FlowRate(20_000));
        return new DrugLibrary(VERSION, "test", List.of(area), List.of(entry), List.of());
    }

    private static Concentration mix() {
        return new Concentration(Amount.of("400", AmountUnit.MILLIGRAM), Volume.ofMillilitres("250"));
    }
}
