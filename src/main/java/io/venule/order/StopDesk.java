package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.order.OrderSigner.Approver;
import io.venule.pump.Challenge;
import io.venule.pump.ChannelId;
import io.venule.pump.LiveChannels;
import io.venule.pump.Receipt;
import io.venule.staff.Role;
import io.venule.staff.StaffMember;
import java.util.Optional;

/**
 * Ends orders: takes back what waits for START, and has the pump ask for STOP where one runs; a person there presses it. The way is short on purpose. It needs a nurse and a pump that
 * answers; no limit, no lease, no late checkpoint and no silent record refuses a stop, because stopping is what is left when
 * something is wrong. What is asked is recorded first when the record answers within a second, and otherwise as soon as it does.
 * Decision 8; threats T-20, T-32, T-46.
 */
public final class StopDesk {
    private static final String NO_KEY = "this server has no key to sign orders for the pump's ward now";

    private final Evidence evidence;
    private final OrderSigner signer;
    private final PumpLink link;
    private final Known known;
    private final Written written;

    /** Where orders and pumps are looked up, in memory first. */
    public record Known(LiveChannels channels, Orders orders, EnrolledKeys keys) {}

    /** Where it is written down. */
    public record Written(AuditTrail trail, Owed owed) {}

    public StopDesk(Evidence evidence, OrderSigner signer, PumpLink link, Known known, Written written) {
        this.evidence = evidence;
        this.signer = signer;
        this.link = link;
        this.known = known;
        this.written = written;
    }

    /** Ends the order that the form names, if the pump says that it waits or runs there. */
    public Ended end(EndForm form, StaffMember nurse) {
        if (!nurse.is(Role.NURSE)) {
            throw new IllegalArgumentException("only a nurse ends an order");
        }
        return channelOf(form.order()).map(channel -> end(form, nurse, channel)).orElseGet(Ended.Unknown::new);
    }

    private Optional<ChannelId> channelOf(OrderId order) {
        return known.channels()
                .workingOn(order.value())
                .or(() -> known.orders().find(order).map(OrderView::channel));
    }

    private Ended end(EndForm form, StaffMember nurse, ChannelId channel) {
        var asked = note(EndEntries.asked(form, nurse, channel, evidence.now()));
        return switch (link.challengeAhead(channel)) {
            case PumpLink.Readiness.NotReachable(var reason) -> {
                note(EndEntries.notDone(form, channel, reason, evidence.now()));
                yield new Ended.NotReached(reason);
            }
            case PumpLink.Readiness.Ready(var challenge, var lease) ->
                EndOrder.targetIn(challenge, form.what())
                        .map(target -> sent(form, order(form, nurse, challenge, target), asked))
                        .orElseGet(() -> {
                            note(EndEntries.notDone(form, channel, "the pump holds no order", evidence.now()));
                            return new Ended.NotThere();
                        });
        };
    }

    private EndOrder order(EndForm form, StaffMember nurse, Challenge challenge, String target) {
        var displayed = EndEntries.question(form, challenge.channel()).hex();
        return new EndOrder(
                evidence.newOrderId(),
                form,
                target,
                challenge,
                known.keys().hashOf(challenge.channel().pump()),
                new Approver(nurse, displayed),
                evidence.now());
    }

    private Ended sent(EndForm form, EndOrder order, boolean asked) {
        var channel = order.challenge().channel();
        return signer.penFor(channel.pump(), order.at())
                .map(pen -> deliver(order, pen.sign(order), asked))
                .orElseGet(() -> {
                    note(EndEntries.notDone(form, channel, NO_KEY, evidence.now()));
                    return new Ended.NotReached(NO_KEY);
                });
    }

    private Ended deliver(EndOrder order, SignedOrder signed, boolean asked) {
        return switch (link.deliver(signed)) {
            case PumpLink.Delivery.Unconfirmed(var reason) -> {
                note(EndEntries.unanswered(order, signed, reason, evidence.now()));
                yield new Ended.Unconfirmed(reason);
            }
            case PumpLink.Delivery.Answered(var receipt) -> {
                var noted = note(EndEntries.answered(order, signed, receipt, evidence.now()));
                yield switch (receipt.answer()) {
                    case Receipt.Answer.Accepted() ->
                        order.isTakenBack(receipt) ? new Ended.Done(asked && noted) : new Ended.Shown(asked && noted);
                    case Receipt.Answer.Rejected(var code)
                    when code == Receipt.Rejection.EXPECTATION -> new Ended.NotThere();
                    case Receipt.Answer.Rejected(var code) -> new Ended.Rejected(code);
                };
            }
        };
    }

    private boolean note(AuditEntry entry) {
        return written.owed().soon(() -> written.trail().append(entry));
    }
}
