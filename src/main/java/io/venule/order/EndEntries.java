package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.pump.ChannelId;
import io.venule.pump.Receipt;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.staff.StaffMember;
import java.time.Instant;

/** The audit entries of cancelling and stopping; each is about the order that was to end. */
final class EndEntries {
    private EndEntries() {}

    /** The digest of the question that the nurse said yes to. */
    static Digest question(EndForm form, ChannelId channel) {
        return Digest.of(CanonicalJson.write(Json.object()
                .put("channel", channel.toString())
                .put("op", form.what().op())
                .put("order", form.order().value())
                .build()));
    }

    static AuditEntry asked(EndForm form, StaffMember nurse, ChannelId channel, Instant at) {
        return AuditEntry.of(AuditKind.STOP_ASKED, at, nurse.id())
                .atPlace(channel.toString())
                .about(form.order().value())
                .with("op", form.what().op())
                .with("nurse", nurse.name())
                .with("reason", form.reason().words())
                .with("displayed", question(form, channel));
    }

    /** Nothing was sent, and why. */
    static AuditEntry notDone(EndForm form, ChannelId channel, String why, Instant at) {
        return about(AuditKind.STOP_NOT_DONE, form, channel, at).with("why", why);
    }

    static AuditEntry unanswered(EndOrder order, SignedOrder signed, String why, Instant at) {
        return signed.in(about(AuditKind.STOP_NOT_DONE, order.form(), signed.channel(), at)
                .with("why", "no answer: " + why)
                .with("stopOrder", order.id().value()));
    }

    static AuditEntry answered(EndOrder order, SignedOrder signed, Receipt receipt, Instant at) {
        return switch (receipt.answer()) {
            case Receipt.Answer.Accepted() ->
                sent(AuditKind.STOP_TAKEN, order, signed, receipt, at)
                        .with("from", order.challenge().state().word())
                        .with("to", receipt.after().word());
            case Receipt.Answer.Rejected(var code) ->
                sent(AuditKind.STOP_NOT_DONE, order, signed, receipt, at).with("why", code.sentence());
        };
    }

    private static AuditEntry sent(AuditKind kind, EndOrder order, SignedOrder signed, Receipt receipt, Instant at) {
        return signed.in(about(kind, order.form(), signed.channel(), at)
                        .with("stopOrder", order.id().value())
                        .with("rate", order.challenge().rate().print()))
                .signed(receipt.signed());
    }

    private static AuditEntry about(AuditKind kind, EndForm form, ChannelId channel, Instant at) {
        return AuditEntry.bySystem(kind, at)
                .atPlace(channel.toString())
                .about(form.order().value())
                .with("op", form.what().op());
    }
}
