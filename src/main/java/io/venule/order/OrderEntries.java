package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.dose.Breach;
import io.venule.dose.CheckedDose;
import io.venule.order.OrderSigner.Approver;
import io.venule.order.OrderSigner.Approvers;
import io.venule.pairing.Mismatch;
import io.venule.pairing.Paired;
import io.venule.pump.PumpEvent;
import io.venule.pump.PumpRecord;
import io.venule.signing.Digest;
import io.venule.signing.Jws;
import io.venule.staff.StaffMember;
import java.time.Instant;
import java.util.List;

/** The audit entries of the order flow; no patient data, only keyed hashes. */
final class OrderEntries {
    private OrderEntries() {}

    static AuditEntry approved(OrderView order, CheckedDose dose, Approvers approvers, String displayed, Instant at) {
        var kind = dose.reason().isEmpty() ? AuditKind.ORDER_APPROVED : AuditKind.ORDER_OVERRIDDEN;
        var entry = AuditEntry.of(kind, at, order.nurse())
                .atPlace(order.channel().toString())
                .about(order.id().value())
                .under(dose.version().counter(), new Digest(dose.version().sha256()))
                .with("patient", new Digest(order.patientHash()))
                .with("prescription", order.prescription().value())
                .with("limitSet", dose.entry().id())
                .with("drug", order.drug())
                .with("dose", order.dose())
                .with("rate", order.rate().print())
                .with("volume", order.toInfuse().print())
                .with("arithmetic", dose.arithmetic())
                .with("displayed", displayed)
                .with("nurse", order.nurseName())
                .with("pairing", dose.paired().id().value());
        var approved = withFirst(entry, approvers);
        return dose.reason()
                .map(reason -> approved.with("reason", reason.print()).with("breaches", sentences(dose.overridden())))
                .orElse(approved);
    }

    static AuditEntry withFirst(AuditEntry entry, Approvers approvers) {
        return approvers
                .first()
                .map(Approver::person)
                .map(person -> entry.with("first", person.id().value()).with("firstNurse", person.name()))
                .orElse(entry);
    }

    /** The first of two people has looked at an order. */
    static AuditEntry firstCheck(FirstCheck check, CheckedDose dose, Digest patient) {
        var paired = dose.paired();
        var entry = firstCheck(check, patient)
                .with("prescription", paired.prescription().id().value())
                .with("limitSet", dose.entry().id())
                .with("drug", paired.entry().drug().tallMan())
                .with("arithmetic", dose.arithmetic());
        return dose.overridden().isEmpty() ? entry : entry.with("why", sentences(dose.overridden()));
    }

    static AuditEntry firstCheck(FirstCheck check, Digest patient) {
        return AuditEntry.of(AuditKind.FIRST_CHECK, check.at(), check.person().id())
                .atPlace(check.channel().toString())
                .with("nurse", check.person().name())
                .with("patient", patient)
                .with("displayed", check.displayed());
    }

    static AuditEntry signInTooOld(String place, StaffMember nurse, Instant at) {
        return AuditEntry.of(AuditKind.ORDER_REFUSED, at, nurse.id())
                .atPlace(place)
                .with("nurse", nurse.name())
                .with("verdict", "SIGN_IN_TOO_OLD");
    }

    /** Scans that belong together, and what was shown about them; {@code breaches} are the soft limits that it asks about. */
    static AuditEntry paired(Paired paired, Digest patient, Digest displayed, List<Breach> breaches, Instant at) {
        var entry = AuditEntry.of(AuditKind.PAIRING, at, paired.nurse().id())
                .atPlace(paired.channel().toString())
                .with("result", "paired")
                .with("nurse", paired.nurse().name())
                .with("patient", patient)
                .with("prescription", paired.prescription().id().value())
                .with("drug", paired.entry().drug().tallMan())
                .with("pairing", paired.id().value())
                .with("displayed", displayed);
        return breaches.isEmpty() ? entry : entry.with("why", sentences(breaches));
    }

    /** The order moved because of {@code evidence}: a signed text of the pump, or why there is none. */
    static AuditEntry moved(OrderView order, OrderState to, String evidence, Instant at) {
        var kind = switch (to) {
            case OrderState.Waiting w -> AuditKind.ORDER_DELIVERED;
            case OrderState.Rejected r -> AuditKind.ORDER_REJECTED;
            case OrderState.Unconfirmed u -> AuditKind.ORDER_UNCONFIRMED;
            case OrderState.Expired e -> AuditKind.ORDER_EXPIRED;
            case OrderState.Dropped d -> AuditKind.ORDER_EXPIRED;
            case OrderState.Approved a -> AuditKind.ORDER_STATE;
            case OrderState.Running r -> AuditKind.ORDER_STATE;
            case OrderState.Complete c -> AuditKind.ORDER_STATE;
            case OrderState.Stopped s -> AuditKind.ORDER_STATE;
        };
        var entry = AuditEntry.bySystem(kind, at)
                .atPlace(order.channel().toString())
                .about(order.story())
                .with("from", order.state().word())
                .with("to", to.word());
        var named = order.isChange() ? entry.with("change", order.id().value()) : entry;
        return Jws.isCompact(evidence) ? named.signed(evidence) : named.with("why", evidence);
    }

    static AuditEntry refused(OrderForm form, StaffMember nurse, Verdict verdict, Instant at) {
        var entry = AuditEntry.of(AuditKind.ORDER_REFUSED, at, nurse.id())
                .with("submission", form.submission())
                .with("nurse", nurse.name());
        return switch (verdict) {
            case Verdict.NotRead(var faults) ->
                entry.with("verdict", "NOT_READ")
                        .with(
                                "why",
                                faults.stream().map(Verdict.Fault::sentence).toList());
            case Verdict.Mispaired(var mismatches) ->
                entry.with("verdict", "MISPAIRED")
                        .with("why", mismatches.stream().map(Mismatch::sentence).toList());
            case Verdict.Hard(var paired, var limits) ->
                entry.atPlace(paired.channel().toString())
                        .with("verdict", "OUTSIDE_HARD_LIMITS")
                        .with("prescription", paired.prescription().id().value())
                        .with("why", sentences(limits.breaches()));
            case Verdict.Soft(var paired, var breach) ->
                entry.atPlace(paired.channel().toString())
                        .with("verdict", "REASON_NEEDED")
                        .with("prescription", paired.prescription().id().value())
                        .with("why", sentences(breach.breaches()));
            case Verdict.Ready(var dose) ->
                entry.atPlace(dose.paired().channel().toString())
                        .with("verdict", "DISPLAY_CHANGED")
                        .with("prescription", dose.paired().prescription().id().value());
        };
    }

    static AuditEntry notReady(CheckedDose dose, String submission, String why, Instant at) {
        return AuditEntry.of(AuditKind.ORDER_REFUSED, at, dose.paired().nurse().id())
                .atPlace(dose.paired().channel().toString())
                .with("submission", submission)
                .with("nurse", dose.paired().nurse().name())
                .with("verdict", "PUMP_NOT_READY")
                .with("prescription", dose.paired().prescription().id().value())
                .with("why", why);
    }

    /** A pump's record, whole: the leaf holds the pump's own signature. */
    static AuditEntry record(PumpRecord record, Instant at) {
        var entry = AuditEntry.bySystem(AuditKind.PUMP_RECORD, at)
                .with("pump", record.pump().value())
                .with("epoch", record.position().epoch())
                .with("sequence", record.position().sequence())
                .with("event", record.event().getClass().getSimpleName());
        var placed = switch (record.event()) {
            case PumpEvent.OfChannel event ->
                withOrder(entry.atPlace(record.pump().value() + "/" + event.channel()), orderOf(event));
            case PumpEvent.LibraryActivated e -> entry.atPlace(record.pump().value());
            case PumpEvent.PowerChanged e -> entry.atPlace(record.pump().value());
            case PumpEvent.ClockSet e -> entry.atPlace(record.pump().value());
            case PumpEvent.Booted e -> entry.atPlace(record.pump().value());
        };
        // Last, because every step on the way looks at the whole entry.
        return placed.signed(record.signed());
    }

    private static AuditEntry withOrder(AuditEntry entry, String order) {
        return Digest.isHex(order, 32) ? entry.about(order) : entry;
    }

    private static String orderOf(PumpEvent.OfChannel event) {
        return event instanceof PumpEvent.OfOrder ofOrder ? ofOrder.orderId() : "";
    }

    private static List<String> sentences(List<Breach> breaches) {
        return breaches.stream().map(Breach::sentence).toList();
    }
}
