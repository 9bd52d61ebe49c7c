package io.venule.pairing;

import io.venule.prescription.PrescriptionId;
import io.venule.prescription.Route;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** One thing that does not belong together. Says what is wrong and what to do, in the nurse's words; never names the patient. */
public sealed interface Mismatch {
    /** What is wrong and what to do. */
    Words words();

    /** What is wrong. */
    default String sentence() {
        return words().sentence();
    }

    /** What to do about it. */
    default String remedy() {
        return words().remedy();
    }

    /** A stable name for the audit log and for programs. */
    default String code() {
        return getClass().getSimpleName();
    }

    /** The wristband's number is not on record. */
    record UnknownPatient() implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "No patient on record has this wristband.",
                    "Check the patient's registration, or print a new wristband.");
        }
    }

    /** The band is one the patient wore before. T-58. */
    record OldWristband() implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "This is not the patient's current wristband.",
                    "Scan the band on the patient's wrist, or print a new one.");
        }
    }

    /** The patient is discharged or not yet here. T-58. */
    record NotAdmitted() implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "The patient with this wristband is not admitted.", "Check who the patient is and the admission.");
        }
    }

    /** The bag was made for somebody else. T-58. */
    record WrongPatient() implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "This bag was made for another patient.",
                    "Stop. Do not connect it. Check the wristband, and send the bag back to the pharmacy.");
        }
    }

    /** The pharmacy label names an order that is not on record. */
    record UnknownOrder() implements Mismatch {
        @Override
        public Words words() {
            return new Words("The order number on this pharmacy label is not on record.", Words.TO_PHARMACY);
        }
    }

    /** The pharmacy label names another order than the chosen one. */
    record WrongOrder(PrescriptionId onLabel, PrescriptionId chosen) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "This bag is labelled for order " + onLabel + ", but order " + chosen + " was chosen.",
                    "Choose order " + onLabel + ", or take the bag that is labelled for " + chosen + ".");
        }
    }

    /** The chosen prescription is none of this patient's. */
    record UnknownPrescription(PrescriptionId chosen) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "Order " + chosen + " is not one of this patient's.", "Choose one of this patient's orders.");
        }
    }

    /** No prescription of the patient orders what the bag holds. */
    record NothingOrdered(String product) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "Nothing ordered for this patient calls for this bag: " + product + ".",
                    "Check the bag against the patient's orders.");
        }
    }

    /** Several prescriptions order what the bag holds. */
    record SeveralOrdered(List<PrescriptionId> orders) implements Mismatch {
        public SeveralOrdered {
            orders = List.copyOf(orders);
        }

        @Override
        public Words words() {
            return new Words(
                    "Several orders of this patient fit this bag: " + Words.joined(orders) + ".",
                    "Choose the order this bag is for.");
        }
    }

    /** The product is not in the drug library. */
    record UnknownProduct(String gtin) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "This product is not in the drug library (GTIN " + gtin + ").",
                    "Do not connect this bag. Ask the pharmacy for a product the library knows.");
        }
    }

    /** The bag, or the library entry, is for another drug than ordered. */
    record WrongDrug(String ordered, String found) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "The order is for " + ordered + ", but this is " + found + ".",
                    "Do not connect this bag. Fetch the ordered drug.");
        }
    }

    /** The bag, or the library entry, has another strength than ordered. */
    record WrongConcentration(String ordered, String found) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "The order is for " + ordered + ", but this is " + found + ".",
                    "Do not connect this bag. Fetch the ordered strength, or ask the pharmacy.");
        }
    }

    /** The prescription was stopped. */
    record PrescriptionStopped(PrescriptionId id) implements Mismatch {
        @Override
        public Words words() {
            return new Words("Order " + id + " is no longer active.", Words.ASK_PRESCRIBER);
        }
    }

    /** The prescription may not be started yet. */
    record TooEarly(ZonedDateTime from) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "This order may not be started before " + Words.DAY_AND_TIME.format(from) + ".",
                    "Wait until then, or ask the prescriber.");
        }
    }

    /** The prescription may no longer be started. */
    record TooLate(ZonedDateTime until) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "This order could be started only before " + Words.DAY_AND_TIME.format(until) + ".",
                    Words.ASK_PRESCRIBER);
        }
    }

    /** The library entry that the prescription was ordered from is not in the active library. */
    record NoLibraryEntry(String entry) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "The drug library in use has no entry " + entry + ".",
                    "Ask the pharmacy to renew the order from the library in use.");
        }
    }

    /** The prescription was ordered within the limits of another care area. */
    record WrongCareArea(String ordered, String patient) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "The order uses the limits of " + ordered + ", but the patient is in " + patient + ".",
                    "Ask the pharmacy to renew the order for the patient's care area.");
        }
    }

    /** The prescription is dosed in a way that its library entry does not limit. */
    record WrongDosing(PrescriptionId id) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "Order " + id + " is dosed in a way for which the drug library has no limits.",
                    "Ask the pharmacy to renew the order as the library doses this drug.");
        }
    }

    /** The library entry is not for the ordered route. */
    record WrongRoute(Route ordered) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "The drug library does not have this drug for the ordered route (" + ordered.word() + ").",
                    "Stop. Check the route with the prescriber.");
        }
    }

    /** The bag's last day is over. T-56. */
    record BagExpired(LocalDate lastDay) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "This bag expired: its last day was " + lastDay + ".",
                    "Do not connect this bag. Discard it and fetch another.");
        }
    }

    /** The bag does not say its lot. T-56. */
    record NoLot() implements Mismatch {
        @Override
        public Words words() {
            return new Words("This bag does not say its lot.", Words.TO_PHARMACY);
        }
    }

    /** The bag's lot was recalled. */
    record LotRecalled(String lot) implements Mismatch {
        @Override
        public Words words() {
            return new Words("Lot " + lot + " of this bag was recalled.", Words.TO_PHARMACY);
        }
    }

    /** This very bag was paired before. T-58. */
    record BagUsedBefore() implements Mismatch {
        @Override
        public Words words() {
            return new Words("This very bag was used before.", "Do not connect it again. Fetch another bag.");
        }
    }

    /** The pump is not in the inventory. */
    record UnknownPump() implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "This pump is not in the hospital's inventory.",
                    "Use another pump, and tell biomedical engineering.");
        }
    }

    /** The pump has fewer channels. */
    record NoSuchChannel(ChannelId channel, int channels) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "Pump " + channel.pump() + " has " + channels + (channels == 1 ? " channel" : " channels")
                            + "; there is no channel " + channel.channel() + ".",
                    "Scan the tag on the channel, and tell biomedical engineering of the wrong tag.");
        }
    }

    /** Nothing is heard from the channel now. */
    record PumpNotReachable(ChannelId channel) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "Nothing is heard from channel " + channel + " now.",
                    "Check that the pump is on and connected, or program it by hand.");
        }
    }

    /** The pump says that the channel is doing something. */
    record ChannelBusy(ChannelId channel, ChannelState state) implements Mismatch {
        @Override
        public Words words() {
            return new Words("Channel " + channel + " is not free: " + state.word() + ".", Words.OTHER_CHANNEL);
        }
    }

    /** An order is open on the channel, by our own books. */
    record ChannelTaken(ChannelId channel, PairingFacts.Occupant by) implements Mismatch {
        @Override
        public Words words() {
            return new Words(
                    "An order for " + (by == PairingFacts.Occupant.THIS_PATIENT ? "this" : "another")
                            + " patient is open on channel " + channel + ".",
                    Words.OTHER_CHANNEL);
        }
    }

    /** Whoever scans is not a nurse. */
    record NotANurse() implements Mismatch {
        @Override
        public Words words() {
            return new Words("Only a nurse can pair a pump.", "Sign in as a nurse.");
        }
    }

    /** The nurse signed in too long ago. */
    record SignInTooOld() implements Mismatch {
        @Override
        public Words words() {
            return new Words("You signed in too long ago.", "Sign in again.");
        }
    }

    /** A mismatch in words. */
    record Words(String sentence, String remedy) {
        private static final String TO_PHARMACY = "Do not connect this bag. Send it back to the pharmacy.";
        private static final String ASK_PRESCRIBER = "Ask the prescriber for a valid order.";
        private static final String OTHER_CHANNEL = "Use another channel, or end what this one does at the pump.";
        private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm VV");

        private static String joined(List<PrescriptionId> orders) {
            return orders.stream().map(PrescriptionId::value).collect(Collectors.joining(", "));
        }
    }
}
