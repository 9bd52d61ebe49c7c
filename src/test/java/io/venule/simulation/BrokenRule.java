package io.venule.simulation;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.TreeHead;
import io.venule.opcua.SessionWithoutWire;
import io.venule.opcua.SessionWithoutWire.Answer;
import io.venule.order.OrderId;
import io.venule.order.OrderOp;
import io.venule.order.OrderState;
import io.venule.order.OrderView;
import io.venule.order.Orders;
import io.venule.order.PumpLink;
import io.venule.order.PumpRecords;
import io.venule.order.SignedOrder;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.PumpEvent;
import io.venule.pump.PumpSerial;
import io.venule.pump.Receipt;
import io.venule.pump.RecordHead;
import io.venule.signing.Digest;
import io.venule.simulator.BarePump;
import io.venule.simulator.NegligentJudge;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Ways to break a rule, each with the promise under which it must be found. No part of them holds anything that changes. */
@SuppressWarnings("ImmutableEnumChecker")
enum BrokenRule {
    /** Masked by the nonce, which is new with each boot and each channel: nothing but the answer is wrong. */
    PUMP_FORGETS_WHOM_AN_ORDER_IS_FOR(
            "the_answer_names_the_first_broken_rule", new Forgetful(NegligentJudge.AUDIENCE, true)),
    PUMP_FORGETS_EXPIRY("nothing_is_accepted_after_its_time", new Forgetful(NegligentJudge.EXPIRY, false)),
    /** Masked by the expected state, which changes with each accepted order: nothing but the answer is wrong. */
    PUMP_FORGETS_SEQUENCE("the_answer_names_the_first_broken_rule", new Forgetful(NegligentJudge.SEQUENCE, true)),
    PUMP_FORGETS_NONCE(
            "an_order_is_accepted_only_on_a_fresh_nonce or nothing_is_accepted_after_its_time",
            new Forgetful(NegligentJudge.NONCE, false)),
    PUMP_FORGETS_EXPECTATION(
            "an_order_finds_the_pump_as_it_was_approved_for", new Forgetful(NegligentJudge.EXPECTATION, false)),
    PUMP_FORGETS_LEASE("a_stale_lease_moves_nothing", new Forgetful(NegligentJudge.LEASE, false)),
    PUMP_FORGETS_ROLLBACK("the_log_never_goes_back_for_a_pump", new Forgetful(NegligentJudge.ROLLBACK, false)),
    SERVER_ACTS_BEFORE_IT_RECORDS("nothing_leaves_before_it_is_durable", new Parts() {
        @Override
        public Orders orders(Orders real, Database database, Replica process) {
            return new WritesLater(real, database, process);
        }
    }),
    SERVER_REPEATS_WHAT_GOES_UNANSWERED("no_order_is_sent_twice", new Parts() {
        @Override
        public PumpLink link(PumpLink real) {
            return new OtherDelivery(real, order -> switch (real.deliver(order)) {
                case PumpLink.Delivery.Unconfirmed u -> real.deliver(order);
                case PumpLink.Delivery.Answered answered -> answered;
            });
        }
    }),
    SERVER_TAKES_NO_ANSWER_FOR_YES("no_answer_is_not_yes or the_screen_says_what_became_of_a_stop", new Parts() {
        @Override
        public PumpLink link(PumpLink real) {
            return new OtherDelivery(real, order -> switch (real.deliver(order)) {
                case PumpLink.Delivery.Unconfirmed u -> new PumpLink.Delivery.Answered(yesTo(order));
                case PumpLink.Delivery.Answered answered -> answered;
            });
        }
    }),
    SERVER_FORGETS_AN_ENTRY("every_decision_has_its_entry", new Parts() {
        @Override
        public List<AuditEntry> recorded(List<AuditEntry> entries) {
            return entries.stream()
                    .filter(entry -> entry.kind() != AuditKind.ORDER_DELIVERED)
                    .toList();
        }
    }),
    LEASE_KEEPS_ITS_NUMBER("a_lease_number_has_one_owner", new Parts() {
        @Override
        public long nextFencing(long last) {
            return Math.max(1, last);
        }
    }),
    /** A boot that is kept twice ends what was taken after it. */
    RECORDS_ARE_KEPT_WHEREVER_THE_HEAD_IS("records_are_kept_once_and_in_order or no_answer_is_not_yes", new Parts() {
        @Override
        public PumpRecords records(PumpRecords real, Database database) {
            return new Careless(real, database);
        }
    }),
    SERVER_COUNTS_BY_THE_WALL_CLOCK("no_answer_is_not_yes or in_the_end_every_order_has_ended", new Parts() {
        @Override
        public Duration uptime(Replica process) {
            return Duration.between(World.MORNING, process.wall());
        }
    }),
    A_BOOT_ENDS_NOTHING("in_the_end_every_order_has_ended", new Parts() {
        @Override
        public OrderState after(OrderView order, PumpEvent event) {
            return event instanceof PumpEvent.Booted ? order.state() : order.after(event);
        }
    }),
    PUMP_CHANGES_WHAT_IS_NOT_AS_EXPECTED(
            "an_order_finds_the_pump_as_it_was_approved_for", new Forgetful(NegligentJudge.CHANGE_EXPECTATION, false)),
    PUMP_FORGETS_NONCE_OF_A_STOP("no_stale_stop_acts", new Forgetful(NegligentJudge.STOP_NONCE, false)),
    PUMP_FORGETS_WHAT_A_STOP_NAMES("an_end_ends_only_what_it_names", new Forgetful(NegligentJudge.STOP_TARGET, false)),
    PUMP_CHANGES_WITHOUT_START("a_change_waits_for_start", new Parts() {
        @Override
        public void answered(BarePump pump, int channel) {
            if (!pump.panel(channel).change().isEmpty()) {
                pump.start(channel);
            }
        }
    }),
    PUMP_STOPS_BY_ITSELF("nothing_that_comes_over_the_wire_changes_an_infusion", new Parts() {
        @Override
        public void answered(BarePump pump, int channel) {
            if (!pump.panel(channel).stop().isEmpty()) {
                pump.stop(channel);
            }
        }
    }),
    SERVER_LETS_CHANGES_MEET("a_channel_has_one_open_change", new Parts() {
        @Override
        public boolean letsChangesMeet() {
            return true;
        }
    }),
    SERVER_FORGETS_WHO_WANTED_A_STOP("the_screen_says_what_became_of_a_stop", new Parts() {
        @Override
        public List<AuditEntry> recorded(List<AuditEntry> entries) {
            return entries.stream()
                    .filter(entry -> entry.kind() != AuditKind.STOP_ASKED)
                    .toList();
        }
    }),
    /** Open for ever, or ended by the next boot as if it had never been carried out. */
    A_CONFIRMED_CHANGE_STAYS_OPEN("no_answer_is_not_yes or in_the_end_every_order_has_ended", new Parts() {
        @Override
        public OrderState after(OrderView order, PumpEvent event) {
            return order.op() == OrderOp.BOLUS
                    ? order.after(event)
                    : order.state().after(event);
        }
    }),
    /** As pumps did that were recalled in 2020: what was broken off by a pause is given after it. T-51. */
    PUMP_TAKES_UP_A_BROKEN_OFF_BOLUS(
            "a_bolus_is_given_once or after_a_bolus_the_infusion_goes_on_as_it_was",
            new Forgetful(NegligentJudge.BROKEN_OFF_BOLUS, true)),
    SERVER_TAKES_A_BROKEN_OFF_BOLUS_FOR_GIVEN("no_answer_is_not_yes", new Parts() {
        @Override
        public OrderState after(OrderView order, PumpEvent event) {
            return event instanceof PumpEvent.BolusGiven ? new OrderState.Complete() : order.after(event);
        }
    }),
    SERVER_GOES_ON_WITH_A_PUMP_IN_QUARANTINE("a_pump_out_of_use_gets_nothing", new Parts() {
        @Override
        public boolean honoursQuarantines() {
            return false;
        }
    }),
    SERVER_DOES_NOT_ASK_WHO_IS_IN_QUARANTINE("a_pump_out_of_use_gets_nothing", new Parts() {
        @Override
        public boolean asksForQuarantines() {
            return false;
        }
    }),
    SERVER_TAKES_A_RECEIPT_FOR_ANOTHER_ORDER(
            "the_screen_says_what_the_pump_said or no_answer_is_not_yes or the_screen_says_what_became_of_a_stop",
            new Parts() {
                @Override
                public Answer<Receipt> answer(SessionWithoutWire session, SignedOrder order, String text) {
                    return session.receipt(text, order.channel().channel());
                }
            }),
    SERVER_SIGNS_WITH_A_REVOKED_KEY("a_server_signs_with_no_revoked_key", new Parts() {
        @Override
        public KeysOnPaper.Standing mayUse(KeysOnPaper.Standing keys) {
            return keys.forgetful();
        }
    }),
    GATEWAY_BELIEVES_A_REVOKED_KEY("nothing_under_a_revoked_key_is_handed_over", new Parts() {
        @Override
        public KeysOnPaper.Standing believed(KeysOnPaper.Standing keys) {
            return keys.forgetful();
        }
    }),
    PUMP_SAYS_THAT_IT_TOOK_THE_LIST_AND_DID_NOT("a_revoked_key_moves_no_pump", new Parts() {
        @Override
        public String revoke(BarePump pump, String list) {
            return "ACCEPTED";
        }

        @Override
        public boolean answersAreCompared() {
            return false;
        }
    }),
    SERVER_SENDS_A_TAP_AGAIN_UNDER_A_NEW_ID("one_tap_is_accepted_once", new Parts() {
        @Override
        public boolean forgetsTaps() {
            return true;
        }
    });

    private final String promise;
    private final Parts parts;

    BrokenRule(String promise, Parts parts) {
        this.promise = promise;
        this.parts = parts;
    }

    /** Under which promises it may be found. */
    Set<String> promises() {
        return Set.of(promise.split(" or ", -1));
    }

    Parts parts() {
        return parts;
    }

    private static Receipt yesTo(SignedOrder order) {
        return new Receipt(
                order.channel(),
                order.id().value(),
                order.hash().hex(),
                new Receipt.Answer.Accepted(),
                ChannelState.ORDER_PENDING,
                2,
                "a.b.c");
    }

    private record Forgetful(NegligentJudge judge, boolean answersAreCompared) implements Parts {}

    private record OtherDelivery(PumpLink real, Function<SignedOrder, PumpLink.Delivery> delivery) implements PumpLink {
        @Override
        public Readiness challenge(ChannelId channel) {
            return real.challenge(channel);
        }

        @Override
        public Delivery deliver(SignedOrder order) {
            return delivery.apply(order);
        }

        @Override
        public ReadBack readBack(ChannelId channel, OrderId order) {
            return real.readBack(channel, order);
        }
    }

    /** Says that an order is durable, and sees to it a moment later. */
    private record WritesLater(Orders real, Database database, Replica process) implements Orders {
        @Override
        public Kept keep(Approval approval, AuditEntry entry, Function<TreeHead, SignedOrder> sign) {
            var signed = sign.apply(new TreeHead(database.log().size() + 1L, Digest.NONE));
            process.in(100, () -> database.keep(approval, entry, head -> signed));
            return new Kept.New(signed);
        }

        @Override
        public OrderView move(OrderId id, OrderState from, OrderState to, AuditEntry entry) {
            return real.move(id, from, to, entry);
        }

        @Override
        public Optional<OrderView> find(OrderId id) {
            return real.find(id);
        }

        @Override
        public Optional<OrderView> bySubmission(String submission) {
            return real.bySubmission(submission);
        }

        @Override
        public List<OrderView> unanswered() {
            return real.unanswered();
        }

        @Override
        public List<OrderView> latest(int atMost) {
            return real.latest(atMost);
        }
    }

    /** Looks at no head before it adds. */
    private record Careless(PumpRecords real, Database database) implements PumpRecords {
        @Override
        public Optional<RecordHead> head(PumpSerial pump) {
            return real.head(pump);
        }

        @Override
        public boolean knows(PumpSerial pump, String epoch) {
            return real.knows(pump, epoch);
        }

        @Override
        public boolean keep(PumpSerial pump, Optional<RecordHead> expected, List<Logged> records) {
            database.addRecords(pump, records);
            return true;
        }
    }
}
