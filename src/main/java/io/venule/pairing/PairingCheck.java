package io.venule.pairing;

import io.venule.barcode.Scan;
import io.venule.druglibrary.LibraryEntry;
import io.venule.pairing.PairingFacts.Channel;
import io.venule.pairing.PairingFacts.Occupant;
import io.venule.pairing.PairingFacts.PatientRecord;
import io.venule.pairing.PairingFacts.PumpRecord;
import io.venule.prescription.Patient;
import io.venule.prescription.Prescription;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.LiveChannels;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.staff.Role;
import io.venule.staff.StaffMember;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks that patient, prescription, bag, pump channel and nurse belong together: right patient, drug, concentration, dosing, route and time; bag in date, lot
 * good, bag not used before; channel free. All that does not fit is returned at once. Reads nothing but its arguments. Whether the rate is within limits
 * is the dose check's question. Source: docs/barcodes.md, "Pairing"; T-56, T-58.
 */
public final class PairingCheck {
    private final PairingRequest request;
    private final PairingFacts facts;
    private final PairingTerms terms;
    private final List<Mismatch> mismatches = new ArrayList<>();

    private PairingCheck(PairingRequest request, PairingFacts facts, PairingTerms terms) {
        this.request = request;
        this.facts = facts;
        this.terms = terms;
    }

    /** Compares what was scanned with what is on record, on the given terms. */
    public static Pairing check(PairingRequest request, PairingFacts facts, PairingTerms terms) {
        return new PairingCheck(request, facts, terms).run();
    }

    private Pairing run() {
        var patient = patient();
        var order = order();
        var entry = order.flatMap(this::entry);
        var pump = pump();
        bag();
        nurse();
        if (patient.isEmpty() || order.isEmpty() || entry.isEmpty() || pump.isEmpty() || !mismatches.isEmpty()) {
            return new Pairing.Mispaired(mismatches);
        }
        var parts = new Paired.Parts(patient.get(), order.get(), request.bag(), channelId(), pump.get());
        var lease = new Paired.Lease(terms.id(), facts.nurse(), terms.now(), leaseEnd(order.get()));
        return new Pairing.Matched(new Paired(parts, entry.get(), lease));
    }

    private Optional<Patient> patient() {
        return switch (facts.patient()) {
            case PatientRecord.Unknown() -> refused(new Mismatch.UnknownPatient());
            case PatientRecord.Known(var patient, var orders) -> {
                if (!patient.id().gsrn().equals(request.wristband().gsrn())) {
                    throw new IllegalArgumentException("the facts are another patient's");
                }
                if (!patient.bandInstance().equals(request.wristband().instance())) {
                    mismatches.add(new Mismatch.OldWristband());
                }
                if (!patient.admitted()) {
                    mismatches.add(new Mismatch.NotAdmitted());
                }
                yield Optional.of(patient);
            }
        };
    }

    private Optional<Prescription> order() {
        return switch (OrderForBag.find(request, facts, terms)) {
            case OrderForBag.Found(var order) -> {
                mismatches.addAll(OrderFit.of(order, request, facts, terms));
                yield Optional.of(order);
            }
            case OrderForBag.NotFound(var why) -> {
                mismatches.addAll(why);
                yield Optional.empty();
            }
        };
    }

    private Optional<LibraryEntry> entry(Prescription order) {
        return facts.library().entry(order.libraryEntry());
    }

    private Optional<PumpModel> pump() {
        return switch (facts.pump()) {
            case PumpRecord.Unknown() -> refused(new Mismatch.UnknownPump());
            case PumpRecord.Enrolled(var pump, var channel, var occupant) -> {
                if (!pump.serial().value().equals(request.pumpTag().serial())) {
                    throw new IllegalArgumentException("the facts are another pump's");
                }
                if (request.pumpTag().channel() > pump.channels()) {
                    yield refused(new Mismatch.NoSuchChannel(channelId(), pump.channels()));
                }
                channelFree(channel, occupant);
                yield Optional.of(pump.model());
            }
        };
    }

    private void channelFree(Channel channel, Occupant occupant) {
        switch (channel) {
            case Channel.Heard(LiveChannels.Heard.Live(var status)) -> {
                if (status.state() != ChannelState.IDLE && status.state() != ChannelState.COMPLETE) {
                    mismatches.add(new Mismatch.ChannelBusy(channelId(), status.state()));
                }
            }
            case Channel.Heard(LiveChannels.Heard.Lost lost) ->
                mismatches.add(new Mismatch.PumpNotReachable(channelId()));
            case Channel.NeverHeard() -> mismatches.add(new Mismatch.PumpNotReachable(channelId()));
        }
        if (occupant != Occupant.NOBODY) {
            mismatches.add(new Mismatch.ChannelTaken(channelId(), occupant));
        }
    }

    private void bag() {
        var bag = request.bag();
        if (terms.today().isAfter(bag.expiry())) {
            mismatches.add(new Mismatch.BagExpired(bag.expiry()));
        }
        if (bag.lot().isBlank()) {
            mismatches.add(new Mismatch.NoLot());
        }
        if (facts.bags().recalled().stream().anyMatch(lot -> lot.covers(bag))) {
            mismatches.add(new Mismatch.LotRecalled(bag.lot()));
        }
        // Without a serial, bags of one lot cannot be told apart, and reuse cannot be seen.
        if (!bag.serial().isEmpty() && facts.bags().used().contains(bag.identity())) {
            mismatches.add(new Mismatch.BagUsedBefore());
        }
    }

    private void nurse() {
        StaffMember nurse = facts.nurse();
        if (!nurse.is(Role.NURSE)) {
            mismatches.add(new Mismatch.NotANurse());
        }
        if (!terms.isRecent(nurse.signIn().authenticatedAt())) {
            mismatches.add(new Mismatch.SignInTooOld());
        }
    }

    private ChannelId channelId() {
        Scan.PumpTag tag = request.pumpTag();
        return new ChannelId(new PumpSerial(tag.serial()), tag.channel());
    }

    /** The lease ends with its time, with the prescription's, or with the bag's last day, whichever comes first. */
    private Instant leaseEnd(Prescription order) {
        var bagEnd =
                request.bag().expiry().plusDays(1).atStartOfDay(terms.zone()).toInstant();
        return Stream.of(terms.now().plus(terms.lease()), order.until(), bagEnd)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private <T> Optional<T> refused(Mismatch mismatch) {
        mismatches.add(mismatch);
        return Optional.empty();
    }
}
