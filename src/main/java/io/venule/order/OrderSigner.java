package io.venule.order;

import io.venule.audit.TreeHead;
import io.venule.dose.CheckedDose;
import io.venule.pump.Challenge;
import io.venule.pump.PumpSerial;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Jws;
import io.venule.signing.KeyId;
import io.venule.signing.KeyedHash;
import io.venule.signing.OrderKeys.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes signed orders from checked doses. An order lives 60 s from approval, never longer. Source: pump contract, "Order"; invariant 3.
 */
public final class OrderSigner {
    /** Void this long after approval, on the server, in the queue and on the pump. */
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    private final String issuer;
    private final Keys keys;
    private final KeyedHash bags;
    private final Commitments patients;

    /**
     * @param issuer names this server in orders
     * @param keys the order keys of each pump's ward
     * @param bags turns a bag into what may leave the server
     * @param patients turns a patient into what may leave the server
     */
    public OrderSigner(String issuer, Keys keys, KeyedHash bags, Commitments patients) {
        this.issuer = issuer;
        this.keys = keys;
        this.bags = bags;
        this.patients = patients;
    }

    /** The order keys that this server holds. */
    @FunctionalInterface
    public interface Keys {
        /** The key that signs for this pump's ward what lives from one instant to the other; empty where none does. */
        Optional<Held> keyFor(PumpSerial pump, Instant from, Instant until);
    }

    /**
     * What a signed order is made of: who approved what, for which pump situation, and when.
     *
     * @param patient the commitment that stands for the patient
     */
    record Approved(
            OrderId id,
            CheckedDose dose,
            Challenge challenge,
            EnrolledAudience audience,
            String patient,
            Approvers approvers,
            Instant at) {
        Instant expires() {
            return at.plus(LIFETIME);
        }
    }

    /** The pump as an order names it: the hash of its record key, and the fencing number of the lease it is reached by. */
    record EnrolledAudience(String recordKeyHash, long lease) {}

    /** Who approved, and the digest of what was displayed to them. */
    record Approver(io.venule.staff.StaffMember person, String displayed) {}

    /** All who approved: who sends, and whoever looked first where two must. */
    record Approvers(Approver sender, Optional<Approver> first) {
        static Approvers alone(Approver sender) {
            return new Approvers(sender, Optional.empty());
        }

        static Approvers both(Approver sender, FirstCheck first) {
            return new Approvers(sender, Optional.of(new Approver(first.person(), first.displayed())));
        }

        List<Approver> all() {
            return Stream.concat(Stream.of(sender), first.stream()).toList();
        }
    }

    /** The commitment by which orders, log and pump name this patient; empty where no such patient is on record. */
    public String patientHash(io.venule.prescription.PatientId patient) {
        return patients.of(patient).map(Digest::hex).orElse("");
    }

    /** What signs an order for this pump; empty where no key of its ward is good from now until the order is void. */
    Optional<Pen> penFor(PumpSerial pump, Instant at) {
        return keys.keyFor(pump, at, at.plus(LIFETIME)).map(Pen::new);
    }

    /** One key in hand: what it signs is for the ward that it was taken for. */
    final class Pen {
        private final Held held;

        private Pen(Held held) {
            this.held = held;
        }

        /** Signs a change of rate for the tree of the audit log that holds its approval. */
        SignedOrder sign(ChangeOrder order, TreeHead log) {
            return SignedOrder.inLine(
                            order.id(),
                            order.running().order().channel(),
                            order.expires(),
                            signed(ChangeDocument.of(order, issuer, keyId(), log)),
                            order.audience().lease())
                    .certifiedBy(held.signed());
        }

        /** Signs an order to end another; it stands in no tree, because it must not wait for one. */
        SignedOrder sign(EndOrder order) {
            return SignedOrder.ahead(
                            order.id(),
                            order.challenge().channel(),
                            order.expires(),
                            signed(EndDocument.of(order, issuer, keyId())))
                    .certifiedBy(held.signed());
        }

        /** Signs for the tree of the audit log that holds the approval. */
        SignedOrder sign(Approved approved, TreeHead log) {
            var paired = approved.dose().paired();
            var document = new OrderDocument(
                    issuer,
                    keyId(),
                    approved.patient(),
                    bags.of("bag", paired.bagIdentity()).hex());
            return SignedOrder.inLine(
                            approved.id(),
                            paired.channel(),
                            approved.expires(),
                            signed(document.of(approved, log)),
                            approved.audience().lease())
                    .certifiedBy(held.signed());
        }

        private KeyId keyId() {
            return held.certificate().id();
        }

        private String signed(Json document) {
            return Jws.sign(SignedOrder.TYPE, document, held.key());
        }
    }
}
