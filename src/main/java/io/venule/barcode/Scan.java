package io.venule.barcode;

import java.time.LocalDate;
import java.util.Optional;

/** What one scanned string turned out to be. */
public sealed interface Scan {
    /** A wristband: GS1 GSRN of the patient (AI 8018) and instance of the band (AI 8019). Redacted in text. */
    record Wristband(String gsrn, String instance) implements Scan {
        @Override
        public String toString() {
            return "wristband …" + gsrn.substring(14);
        }
    }

    /** A manufacturer's bag: GTIN-14 (01), expiry (17; the last day on which it may be used), lot (10), serial (21; empty where absent). */
    record ProductBag(String gtin, LocalDate expiry, String lot, String serial) implements Bag {}

    /** A bag compounded by the pharmacy for one prescription: our own label with the prescription's number, lot and expiry. */
    record CompoundedBag(String prescription, String lot, LocalDate expiry, String serial) implements Bag {}

    /** Either kind of bag. */
    sealed interface Bag extends Scan {
        LocalDate expiry();

        String lot();

        String serial();

        /** What tells this bag from another, in one text: {@code id|lot|expiry|serial}; no field can hold a {@code |}. */
        default String identity() {
            var id = switch (this) {
                case ProductBag product -> "gtin:" + product.gtin();
                case CompoundedBag compounded -> "prescription:" + compounded.prescription();
            };
            return String.join("|", id, lot(), expiry().toString(), serial());
        }
    }

    /** The tag on one channel of one pump. */
    record PumpTag(String serial, int channel) implements Scan {}

    /** A staff badge. */
    record Badge(String number) implements Scan {}

    /**
     * Not one of ours, or damaged.
     *
     * @param reason what is wrong, in plain words for the nurse
     * @param remedy what to do
     */
    record Unreadable(String reason, String remedy) implements Scan {}

    /** What the nurse calls it, for "this is a wristband, not a bag". */
    default String word() {
        return switch (this) {
            case Wristband w -> "a wristband";
            case ProductBag b -> "a medication bag";
            case CompoundedBag b -> "a pharmacy bag label";
            case PumpTag t -> "a pump tag";
            case Badge b -> "a staff badge";
            case Unreadable u -> "not readable";
        };
    }

    /** This scan if it is of the wanted kind. */
    default <S extends Scan> Optional<S> as(Class<S> kind) {
        return kind.isInstance(this) ? Optional.of(kind.cast(this)) : Optional.empty();
    }
}
