package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.barcode.Scan;
import io.venule.druglibrary.Dosing;
import io.venule.druglibrary.Drug;
import io.venule.druglibrary.LibraryEntry;
import io.venule.druglibrary.Limits;
import io.venule.order.OrderId;
import io.venule.order.OrderOp;
import io.venule.order.OrderState;
import io.venule.order.OrderView;
import io.venule.order.Orders.Approval;
import io.venule.pairing.PairedFixture;
import io.venule.prescription.BodyMeasures;
import io.venule.prescription.Patient;
import io.venule.prescription.PatientId;
import io.venule.prescription.Prescription;
import io.venule.prescription.PrescriptionId;
import io.venule.prescription.Regimen;
import io.venule.prescription.Route;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpSerial;
import io.venule.pump.RecordPosition;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;
import io.venule.signing.Digest;
import io.venule.staff.SubjectId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Patients, prescriptions and approvals that never collide with those of another test. */
final class WardFixture {
    static final Instant NOON = PairedFixture.NOON;
    private static final AtomicLong NEXT = new AtomicLong(1);

    private WardFixture() {}

    static long next() {
        return NEXT.getAndIncrement();
    }

    static Patient aPatient() {
        return new Patient(
                new PatientId(String.format(Locale.ROOT, "95012345%010d", next())),
                "1",
                "Maximiliane Mustermann",
                LocalDate.of(1950, 2, 3),
                new BodyMeasures.Weighed(Weight.ofKilograms("70.5")),
                "adult-icu",
                true);
    }

    static Prescription aFluidFor(Patient patient) {
        return new Prescription(
                new PrescriptionId("RX-" + String.format(Locale.ROOT, "%06d", next())),
                patient.id(),
                "sodium-chloride",
                "sodium-chloride/adult-icu/standard",
                new Prescription.Mixture.PlainFluid(),
                new Regimen.Fluid(FlowRate.ofMillilitresPerHour("100")),
                Volume.ofMillilitres("1000"),
                Route.INTRAVENOUS,
                NOON.minusSeconds(60),
                NOON.plusSeconds(3600),
                true);
    }

    static ChannelId aChannel() {
        return new ChannelId(new PumpSerial(String.format(Locale.ROOT, "VP-%06d", next())), 1);
    }

    static AuditEntry anEntry() {
        return AuditEntry.bySystem(AuditKind.LOG_CHECK, NOON)
                .with("entries", next())
                .with("root", Digest.NONE)
                .with("result", "sound");
    }

    /** A patient and a prescription on record, for a test's orders. */
    record Bedside(Patient patient, Prescription prescription) {
        static Bedside admitted(PostgresAdmissions admissions) {
            var patient = aPatient();
            var prescription = aFluidFor(patient);
            admissions.admit(patient, _ -> anEntry());
            if (!admissions.prescribe(prescription, anEntry())) {
                throw new IllegalStateException("the prescription was not taken");
            }
            return new Bedside(patient, prescription);
        }

        /** A new approval on this channel with a bag of its own. */
        Approval approvalOn(ChannelId channel) {
            return approval(channel, "S" + next(), id(next()));
        }

        Approval approval(ChannelId channel, String bagSerial, String submission) {
            var bag = new Scan.CompoundedBag(prescription.id().value(), "LOT1", LocalDate.of(2026, 12, 1), bagSerial);
            var paired = PairedFixture.aPairingOf(patient, prescription, entry())
                    .onChannel(channel)
                    .withBag(bag)
                    .paired(id(next()));
            var view = new OrderView(
                    new OrderId(id(next())),
                    submission,
                    new OrderState.Approved(),
                    prescription.id(),
                    channel,
                    "a".repeat(64),
                    "sodium chloride",
                    "100 mL/h",
                    FlowRate.ofMillilitresPerHour("100"),
                    Volume.ofMillilitres("1000"),
                    "",
                    new SubjectId("subject-nurse"),
                    "Nina Nurse",
                    NOON,
                    NOON.plusSeconds(60),
                    "",
                    OrderOp.PROGRAM,
                    "");
            return new Approval(view, paired);
        }
    }

    static String id(long number) {
        return String.format(Locale.ROOT, "%032x", number);
    }

    static AuditEntry entryOf(Approval approval) {
        return AuditEntry.of(AuditKind.ORDER_APPROVED, NOON, new SubjectId("subject-nurse"))
                .atPlace(approval.order().channel().toString())
                .about(approval.order().id().value())
                .with("patient", new Digest(approval.order().patientHash()))
                .with("prescription", approval.order().prescription().value())
                .with("limitSet", "sodium-chloride/adult-icu/standard")
                .with("drug", approval.order().drug())
                .with("dose", approval.order().dose())
                .with("rate", approval.order().rate().print())
                .with("volume", approval.order().toInfuse().print())
                .with("arithmetic", "")
                .with("displayed", Digest.NONE)
                .with("nurse", approval.order().nurseName())
                .with("pairing", approval.paired().id().value());
    }

    /** What an entry of a pump's record holds. */
    static AuditEntry recordOf(PumpSerial pump, RecordPosition position) {
        return AuditEntry.bySystem(AuditKind.PUMP_RECORD, NOON)
                .atPlace(pump.value())
                .with("pump", pump.value())
                .with("epoch", position.epoch())
                .with("sequence", position.sequence())
                .with("event", "Booted");
    }

    private static LibraryEntry entry() {
        return new LibraryEntry(
                "sodium-chloride/adult-icu/standard",
                new Drug(
                        "sodium-chloride",
                        "sodium chloride",
                        "sodium chloride",
                        "",
                        new Drug.HighAlert.No(),
                        Drug.SecondCheck.NEVER),
                "adult-icu",
                "",
                new Dosing.FluidRate(),
                new Dosing.Strength.None(),
                Limits.none(),
                Limits.none(),
                new Dosing.Bolus.NotAllowed(),
                "",
                "test",
                "own");
    }
}
