package io.venule.order;

import io.venule.pairing.Lot;
import io.venule.prescription.Patient;
import io.venule.prescription.PatientId;
import io.venule.prescription.Prescription;
import io.venule.prescription.PrescriptionId;
import io.venule.pump.ChannelId;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is on record of the ward: read from the primary store, never from a cache, because a stale fact here hurts. */
public interface Ward {
    /** Asks several questions as one, so that a store need begin and end only once. */
    default <T> T together(Supplier<T> questions) {
        return questions.get();
    }

    Optional<Patient> patient(PatientId id);

    Optional<Prescription> prescription(PrescriptionId id);

    /** All prescriptions of one patient, active or not. */
    List<Prescription> prescriptionsOf(PatientId patient);

    Optional<EnrolledPump> pump(PumpSerial serial);

    /** The open order of a channel, if one is. */
    Optional<OrderView> openOrderOn(ChannelId channel);

    /** Whether an order, whoever's, used the bag of this identity (see {@code Paired.bagIdentity}); never for bags without a serial. */
    boolean bagUsed(String identity);

    /** What is recalled under this lot number, in upper or lower case, of whatever product. */
    List<Lot> recalled(String number);
}
