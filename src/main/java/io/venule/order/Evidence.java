package io.venule.order;

import io.venule.barcode.Scan;
import io.venule.dose.Infusion;
import io.venule.druglibrary.DrugLibrary;
import io.venule.pairing.Pairing;
import io.venule.pairing.PairingCheck;
import io.venule.pairing.PairingFacts;
import io.venule.pairing.PairingFacts.BagHistory;
import io.venule.pairing.PairingFacts.Channel;
import io.venule.pairing.PairingFacts.LabelledOrder;
import io.venule.pairing.PairingFacts.Occupant;
import io.venule.pairing.PairingFacts.PatientRecord;
import io.venule.pairing.PairingFacts.PumpRecord;
import io.venule.pairing.PairingId;
import io.venule.pairing.PairingRequest;
import io.venule.pairing.PairingRequest.Choice;
import io.venule.pairing.PairingTerms;
import io.venule.prescription.PatientId;
import io.venule.prescription.PrescriptionId;
import io.venule.pump.ChannelId;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LiveChannels;
import io.venule.pump.PumpSerial;
import io.venule.quantity.Volume;
import io.venule.signing.VerifyingKey;
import io.venule.staff.SignIn;
import io.venule.staff.StaffMember;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Gathers what is on record about three scans, at one instant, and has the pairing judged on it. */
public final class Evidence {
    private final Ward ward;
    private final LiveChannels channels;
    private final Supplier<DrugLibrary> library;
    private final Terms terms;

    /**
     * Clock, chance and the hospital's own terms.
     *
     * @param pairingLease how long scans hold
     * @param signInAtMost how long ago the nurse may have signed in
     * @param patientHash the keyed hash that open orders name their patient by
     */
    public record Terms(
            InstantSource clock,
            SecureRandom random,
            Duration pairingLease,
            Duration signInAtMost,
            ZoneId zone,
            OrderSigner patientHash) {}

    /** @param library the active release, as of now: it can be another from one question to the next */
    public Evidence(Ward ward, LiveChannels channels, Supplier<DrugLibrary> library, Terms terms) {
        this.ward = ward;
        this.channels = channels;
        this.library = library;
        this.terms = terms;
    }

    Instant now() {
        return terms.clock().instant();
    }

    DrugLibrary library() {
        return library.get();
    }

    /** Whether a sign-in still counts for approving something. */
    boolean isFresh(SignIn signIn) {
        return terms.signInAtMost().compareTo(Duration.between(signIn.authenticatedAt(), now())) >= 0;
    }

    OrderId newOrderId() {
        return new OrderId(newHex());
    }

    /** Asks several questions to the record as one. */
    <T> T together(Supplier<T> questions) {
        return ward.together(questions);
    }

    /** The hash of the raw record key the pump was enrolled with. */
    String recordKeyHash(PumpSerial pump) {
        var key = ward.pump(pump).orElseThrow().recordKey();
        return VerifyingKey.parse(key).orElseThrow().fingerprint().hex();
    }

    Pairing pair(Readings.Good scans, String prescription, StaffMember nurse) {
        var patient = new PatientId(scans.wristband().gsrn());
        var request = new PairingRequest(scans.wristband(), scans.bag(), scans.tag(), choice(prescription));
        var facts = new PairingFacts(
                patientRecord(patient),
                labelled(scans.bag()),
                pumpRecord(scans.tag(), patient),
                new BagHistory(
                        used(scans.bag().identity()), ward.recalled(scans.bag().lot())),
                library(),
                nurse);
        var onTerms = new PairingTerms(
                new PairingId(newHex()), now(), terms.pairingLease(), terms.signInAtMost(), terms.zone());
        return PairingCheck.check(request, facts, onTerms);
    }

    /** What runs under this order, from the record; empty where its library entry is no longer in force. */
    Optional<Infusion> infusion(OrderView order) {
        var prescription = ward.prescription(order.prescription()).orElseThrow();
        var patient = ward.patient(prescription.patient()).orElseThrow();
        var pump = ward.pump(order.channel().pump()).orElseThrow();
        return library()
                .entry(prescription.libraryEntry())
                .map(entry -> new Infusion(prescription, patient, pump.model(), entry));
    }

    /** What the pump still has to infuse of this order, by its last report; empty where it reports none of it. */
    Optional<Volume> leftToInfuse(OrderView order) {
        return channels.of(order.channel())
                .map(LiveChannels.Heard::status)
                .filter(status -> status.orderId().equals(order.id().value()))
                .map(status -> new Volume(Math.max(
                        0, status.toInfuse().microlitres() - status.infused().microlitres())));
    }

    private Set<String> used(String bag) {
        return ward.bagUsed(bag) ? Set.of(bag) : Set.of();
    }

    private static Choice choice(String prescription) {
        return PrescriptionId.parse(prescription)
                .<Choice>map(Choice.Numbered::new)
                .orElseGet(Choice.TheOneThatFits::new);
    }

    private PatientRecord patientRecord(PatientId id) {
        return ward.patient(id)
                .<PatientRecord>map(patient -> new PatientRecord.Known(patient, ward.prescriptionsOf(id)))
                .orElseGet(PatientRecord.Unknown::new);
    }

    private LabelledOrder labelled(Scan.Bag bag) {
        return switch (bag) {
            case Scan.ProductBag product -> new LabelledOrder.None();
            case Scan.CompoundedBag compounded ->
                PrescriptionId.parse(compounded.prescription())
                        .flatMap(ward::prescription)
                        .<LabelledOrder>map(LabelledOrder.Known::new)
                        .orElseGet(LabelledOrder.Unknown::new);
        };
    }

    private PumpRecord pumpRecord(Scan.PumpTag tag, PatientId patient) {
        return PumpSerial.parse(tag.serial())
                .flatMap(ward::pump)
                .<PumpRecord>map(pump -> enrolled(pump, tag.channel(), patient))
                .orElseGet(PumpRecord.Unknown::new);
    }

    private PumpRecord enrolled(EnrolledPump pump, int number, PatientId patient) {
        var channel = new ChannelId(pump.serial(), number);
        var heard = channels.of(channel).<Channel>map(Channel.Heard::new).orElseGet(Channel.NeverHeard::new);
        return new PumpRecord.Enrolled(pump, heard, occupant(channel, patient));
    }

    private Occupant occupant(ChannelId channel, PatientId patient) {
        return ward.openOrderOn(channel)
                .map(order -> order.patientHash().equals(terms.patientHash().patientHash(patient))
                        ? Occupant.THIS_PATIENT
                        : Occupant.ANOTHER_PATIENT)
                .orElse(Occupant.NOBODY);
    }

    private String newHex() {
        var bytes = new byte[16];
        terms.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
