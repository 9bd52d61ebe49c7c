package io.venule.pairing;

import io.venule.barcode.Scan;
import io.venule.druglibrary.LibraryEntry;
import io.venule.prescription.Patient;
import io.venule.prescription.Prescription;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.staff.Role;
import io.venule.staff.SignIn;
import io.venule.staff.StaffMember;
import io.venule.staff.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;

/** A pairing made from pieces, for the tests of what comes after the pairing check. */
public record PairedFixture(
        Patient patient,
        Prescription prescription,
        LibraryEntry entry,
        Scan.Bag bag,
        ChannelId channel,
        PumpModel pump,
        Instant at,
        Duration lease) {
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** The pharmacy's bag for this prescription on a large-volume pump, paired at {@link #NOON} for ten minutes. */
    public static PairedFixture aPairingOf(Patient patient, Prescription prescription, LibraryEntry entry) {
        return new PairedFixture(
                patient,
                prescription,
                entry,
                new Scan.CompoundedBag(prescription.id().value(), "C2611A", LocalDate.of(2026, 11, 30), "0001"),
                new ChannelId(new PumpSerial("VP-0001"), 1),
                PumpModel.LARGE_VOLUME,
                NOON,
                Duration.ofMinutes(10));
    }

    public PairedFixture on(PumpModel model) {
        return new PairedFixture(patient, prescription, entry, bag, channel, model, at, lease);
    }

    public PairedFixture onChannel(ChannelId other) {
        return new PairedFixture(patient, prescription, entry, bag, other, pump, at, lease);
    }

    public PairedFixture withBag(Scan.Bag other) {
        return new PairedFixture(patient, prescription, entry, other, channel, pump, at, lease);
    }

    public PairedFixture at(Instant instant) {
        return new PairedFixture(patient, prescription, entry, bag, channel, pump, instant, lease);
    }

    public Paired paired() {
        return paired("0123456789abcdef0123456789abcdef");
    }

    /** The same under another id of the pairing. */
    public Paired paired(String id) {
        return new Paired(
                new Paired.Parts(patient, prescription, bag, channel, pump),
                entry,
                new Paired.Lease(new PairingId(id), aNurse(at), at, at.plus(lease)));
    }

    /** A nurse who signed in a minute before {@code now}. */
    public static StaffMember aNurse(Instant now) {
        return new StaffMember(
                new SubjectId("subject-nurse"),
                "Nina Nurse",
                Set.of(Role.NURSE),
                new SignIn(now.minus(Duration.ofMinutes(1)), "1"));
    }
}
