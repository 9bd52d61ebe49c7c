package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.dose.Breach;
import io.venule.dose.CheckedChange;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.staff.StaffMember;
import java.time.Instant;
import java.util.List;

/** The audit entries of changing a rate or giving a bolus; each is about the order that runs, so that an infusion's story is in one place. */
final class ChangeEntries {
    private ChangeEntries() {}

    /** The digest of what the nurse saw; {@link Digest#NONE} for a verdict that allows nothing. */
    static Digest displayed(ChangeVerdict verdict) {
        return switch (verdict) {
            case ChangeVerdict.Ready(var order, var change) ->
                displayed(order, OrderOp.of(change.wanted()), change.arithmetic(), List.of());
            case ChangeVerdict.Soft(var order, var infusion, var breach) ->
                displayed(order, OrderOp.of(breach.wanted()), breach.arithmetic(), breach.breaches());
            case ChangeVerdict.Hard h -> Digest.NONE;
            case ChangeVerdict.NotPossible n -> Digest.NONE;
            case ChangeVerdict.Unknown u -> Digest.NONE;
        };
    }

    private static Digest displayed(OrderView order, OrderOp op, String arithmetic, List<Breach> breaches) {
        return Digest.of(CanonicalJson.write(Json.object()
                .put("op", op.word())
                .put("order", order.id().value())
                .put("channel", order.channel().toString())
                .put("drug", order.drug())
                .put("arithmetic", arithmetic)
                .put("breaches", Json.texts(sentences(breaches)))
                .build()));
    }

    static AuditEntry approved(ChangeOrder order, String displayed) {
        var change = order.change();
        var target = order.running().order();
        var challenge = order.running().challenge();
        var kind = change.reason().isEmpty() ? AuditKind.ORDER_APPROVED : AuditKind.ORDER_OVERRIDDEN;
        var entry = AuditEntry.of(
                        kind, order.at(), order.approvers().sender().person().id())
                .atPlace(target.channel().toString())
                .about(target.id().value())
                .under(change.version().counter(), new Digest(change.version().sha256()))
                .with("op", order.op().word())
                .with("change", order.id().value())
                .with("patient", new Digest(target.patientHash()))
                .with("limitSet", change.infusion().entry().id())
                .with("drug", target.drug())
                .with("dose", OrderViews.doseText(change.wanted()))
                .with("from", challenge.rate().print())
                .with("to", change.rate().print())
                .with("arithmetic", change.arithmetic())
                .with("displayed", displayed)
                .with("nurse", order.approvers().sender().person().name());
        var both = OrderEntries.withFirst(entry, order.approvers());
        var approved = change.bolus()
                .map(bolus -> both.with("volume", bolus.volume().print()))
                .orElse(both);
        return change.reason()
                .map(reason -> approved.with("reason", reason.print()).with("breaches", sentences(change.overridden())))
                .orElse(approved);
    }

    /** The first of two people has looked at a change. */
    static AuditEntry firstCheck(FirstCheck check, OrderView order, CheckedChange change) {
        return OrderEntries.firstCheck(check, new Digest(order.patientHash()))
                .about(order.id().value())
                .with("prescription", order.prescription().value())
                .with("limitSet", change.infusion().entry().id())
                .with("drug", order.drug())
                .with("arithmetic", change.arithmetic())
                .with("why", sentences(change.overridden()));
    }

    static AuditEntry refused(ChangeForm form, StaffMember nurse, ChangeVerdict verdict, Instant at) {
        var entry = AuditEntry.of(AuditKind.ORDER_REFUSED, at, nurse.id())
                .about(form.order().value())
                .with("op", form.op().word())
                .with("nurse", nurse.name())
                .with("value", form.value().substring(0, Math.min(form.value().length(), 20)));
        return switch (verdict) {
            case ChangeVerdict.Unknown u -> entry.with("verdict", "UNKNOWN");
            case ChangeVerdict.NotPossible(var sentence, var remedy) ->
                entry.with("verdict", "NOT_POSSIBLE").with("why", sentence);
            case ChangeVerdict.Hard(var order, var infusion, var wanted, var limits) ->
                entry.atPlace(order.channel().toString())
                        .with("verdict", "OUTSIDE_HARD_LIMITS")
                        .with("why", sentences(limits.breaches()));
            case ChangeVerdict.Soft(var order, var infusion, var breach) ->
                entry.atPlace(order.channel().toString())
                        .with("verdict", "REASON_NEEDED")
                        .with("why", sentences(breach.breaches()));
            case ChangeVerdict.Ready(var order, var change) ->
                entry.atPlace(order.channel().toString()).with("verdict", "DISPLAY_CHANGED");
        };
    }

    static AuditEntry notReady(OrderView order, CheckedChange change, StaffMember nurse, String why, Instant at) {
        return AuditEntry.of(AuditKind.ORDER_REFUSED, at, nurse.id())
                .atPlace(order.channel().toString())
                .about(order.id().value())
                .with("op", OrderOp.of(change.wanted()).word())
                .with("verdict", "PUMP_NOT_READY")
                .with("to", change.rate().print())
                .with("why", why);
    }

    private static List<String> sentences(List<Breach> breaches) {
        return breaches.stream().map(Breach::sentence).toList();
    }
}
