package io.venule.pairing;

import io.venule.barcode.Scan;
import io.venule.druglibrary.LibraryEntry;
import io.venule.prescription.Patient;
import io.venule.prescription.Prescription;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpModel;
import io.venule.staff.StaffMember;
import java.time.Instant;

/**
 * Patient, prescription, bag, pump channel and nurse belong together. Only the pairing check can make one, so holding one is the proof.
 * The proof is a lease: it is good from {@link #at} until just before {@link #expires}, and whoever uses it asks {@link #validAt} first.
 */
public final class Paired {
    /** What was scanned and looked up. */
    record Parts(Patient patient, Prescription prescription, Scan.Bag bag, ChannelId channel, PumpModel pump) {}

    /** Who paired, and for how long it holds. */
    record Lease(PairingId id, StaffMember nurse, Instant at, Instant expires) {
        Lease {
            if (!at.isBefore(expires)) {
                throw new IllegalArgumentException("a pairing expires after it was made");
            }
        }
    }

    private final Parts parts;
    private final LibraryEntry entry;
    private final Lease lease;

    Paired(Parts parts, LibraryEntry entry, Lease lease) {
        this.parts = parts;
        this.entry = entry;
        this.lease = lease;
    }

    public PairingId id() {
        return lease.id();
    }

    public Patient patient() {
        return parts.patient();
    }

    public Prescription prescription() {
        return parts.prescription();
    }

    public Scan.Bag bag() {
        return parts.bag();
    }

    /** The bag as one text for the keyed hash in the order: {@code id|lot|expiry|serial}. */
    public String bagIdentity() {
        return parts.bag().identity();
    }

    public ChannelId channel() {
        return parts.channel();
    }

    public PumpModel pump() {
        return parts.pump();
    }

    /** The library entry the prescription was ordered from, in the patient's care area. */
    public LibraryEntry entry() {
        return entry;
    }

    public StaffMember nurse() {
        return lease.nurse();
    }

    public Instant at() {
        return lease.at();
    }

    /** The first instant at which this proof is no longer good. */
    public Instant expires() {
        return lease.expires();
    }

    /** Whether the lease holds at {@code instant}; before it was made it does not. */
    public boolean validAt(Instant instant) {
        return !instant.isBefore(lease.at()) && instant.isBefore(lease.expires());
    }

    @Override
    public String toString() {
        return "pairing " + lease.id();
    }
}
