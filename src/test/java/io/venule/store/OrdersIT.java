package io.venule.store;

import static io.venule.store.WardFixture.aChannel;
import static io.venule.store.WardFixture.anEntry;
import static io.venule.store.WardFixture.entryOf;
import static io.venule.store.WardFixture.id;
import static io.venule.store.WardFixture.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditKind;
import io.venule.audit.TreeHead;
import io.venule.order.OrderState;
import io.venule.order.Orders.Approval;
import io.venule.order.Orders.Kept;
import io.venule.order.RecordUnavailable;
import io.venule.order.SignedOrder;
import io.venule.order.SignedOrderFixture;
import io.venule.signing.SigningKey;
import io.venule.stack.BackboneResource;
import io.venule.store.WardFixture.Bedside;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders on record: once per tap, one per channel, with their audit entry or not at all. Invariant 5; T-34, T-37, T-58, T-62. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class OrdersIT {
    private static final SigningKey KEY = SigningKey.generate(new SecureRandom());

    @Inject
    PostgresOrders orders;

    @Inject
    PostgresAdmissions admissions;

    @Inject
    PostgresWard ward;

    @Inject
    PostgresAuditLog log;

    @Inject
    Transactions transactions;

    Bedside bedside;

    @BeforeEach
    void admit() {
        bedside = Bedside.admitted(admissions);
    }

    private Kept keep(Approval approval) {
        return orders.keep(approval, entryOf(approval), signing(approval));
    }

    private static Function<TreeHead, SignedOrder> signing(Approval approval) {
        return head -> SignedOrderFixture.signed(approval.order(), KEY);
    }

    @Test
    void a_kept_order_is_on_record_with_its_entry_and_signed_text() {
        var approval = bedside.approvalOn(aChannel());

        var kept = keep(approval);

        assertThat(kept).isInstanceOf(Kept.New.class);
        var found = orders.find(approval.order().id()).orElseThrow();
        assertThat(found.state()).isEqualTo(new OrderState.Approved());
        assertThat(found.signed()).isEqualTo(((Kept.New) kept).order().text());
        assertThat(found.approvedAt()).isEqualTo(approval.order().approvedAt());
        assertThat(log.ofOrder(approval.order().id().value()))
                .extracting(logged -> logged.entry().kind())
                .containsExactly(AuditKind.ORDER_APPROVED, AuditKind.ORDER_SIGNED);
        assertThat(ward.openOrderOn(approval.order().channel())).contains(found);
        assertThat(ward.bagUsed(approval.paired().bagIdentity())).isTrue();
        assertThat(ward.bagUsed(approval.paired().bagIdentity() + "0")).isFalse();
    }

    @Test
    void the_order_is_signed_for_a_tree_that_holds_its_approval() {
        var approval = bedside.approvalOn(aChannel());
        var seen = new TreeHead[1];

        orders.keep(approval, entryOf(approval), head -> {
            seen[0] = head;
            return signing(approval).apply(head);
        });

        assertThat(log.entry(seen[0].size() - 1).orElseThrow().entry().order())
                .isEqualTo(approval.order().id().value());
    }

    @Test
    void a_failure_after_the_append_leaves_neither_entry_nor_order() {
        var approval = bedside.approvalOn(aChannel());
        var before = log.head();

        assertThatThrownBy(() -> orders.keep(approval, entryOf(approval), head -> {
                    throw new IllegalStateException("no key");
                }))
                .hasMessage("no key");

        assertThat(log.ofOrder(approval.order().id().value())).isEmpty();
        assertThat(log.head()).isEqualTo(before);
        assertThat(orders.find(approval.order().id())).isEmpty();
    }

    @Test
    void a_connection_that_dies_after_the_append_leaves_neither_entry_nor_order() {
        var approval = bedside.approvalOn(aChannel());

        assertThatThrownBy(() -> orders.keep(approval, entryOf(approval), head -> {
                    killOwnConnection();
                    return signing(approval).apply(head);
                }))
                .isInstanceOf(RecordUnavailable.class);

        assertThat(log.ofOrder(approval.order().id().value())).isEmpty();
        assertThat(orders.find(approval.order().id())).isEmpty();
        assertThat(keep(approval)).isInstanceOf(Kept.New.class);
    }

    private void killOwnConnection() {
        int pid = transactions.statements(connection -> {
            try (var found = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
                found.next();
                return found.getInt(1);
            }
        });
        transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.prepareStatement("SELECT pg_terminate_backend(?)")) {
                statement.setInt(1, pid);
                return statement.execute();
            }
        }));
    }

    @Test
    void a_second_tap_is_the_same_order() {
        var submission = id(next());
        var first = bedside.approval(aChannel(), "S" + next(), submission);
        var second = bedside.approval(aChannel(), "S" + next(), submission);
        keep(first);

        var again = keep(second);

        assertThat(again).isInstanceOf(Kept.SameSubmission.class);
        assertThat(((Kept.SameSubmission) again).order().id())
                .isEqualTo(first.order().id());
        assertThat(log.ofOrder(second.order().id().value())).isEmpty();
    }

    @Test
    void one_tap_sent_twenty_times_at_once_is_one_order() throws Exception {
        var submission = id(next());
        var results = atOnce(20, () -> keep(bedside.approval(aChannel(), "S" + next(), submission)));

        assertThat(results).filteredOn(Kept.New.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(Kept.SameSubmission.class::isInstance).hasSize(19);
    }

    @Test
    void of_twenty_nurses_on_one_channel_exactly_one_wins() throws Exception {
        var channel = aChannel();
        var results = atOnce(20, () -> keep(bedside.approvalOn(channel)));

        assertThat(results).filteredOn(Kept.New.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(Kept.Conflict.class::isInstance).hasSize(19);
    }

    @Test
    void one_bag_is_used_once_until_its_order_is_known_never_to_have_started() {
        var serial = "S" + next();
        var first = bedside.approval(aChannel(), serial, id(next()));
        keep(first);

        assertThat(keep(bedside.approval(aChannel(), serial, id(next())))).isInstanceOf(Kept.Conflict.class);

        orders.move(first.order().id(), new OrderState.Approved(), new OrderState.Expired(), anEntry());
        assertThat(keep(bedside.approval(aChannel(), serial, id(next())))).isInstanceOf(Kept.New.class);
    }

    @Test
    void a_bag_without_serial_cannot_be_told_from_its_like_and_is_not_held() {
        keep(bedside.approval(aChannel(), "", id(next())));

        assertThat(keep(bedside.approval(aChannel(), "", id(next())))).isInstanceOf(Kept.New.class);
    }

    @Test
    void a_move_from_a_state_that_was_left_meanwhile_changes_nothing() {
        var approval = bedside.approvalOn(aChannel());
        keep(approval);
        var orderId = approval.order().id();
        var since = Instant.parse("2026-11-21T12:00:03.123456Z");
        orders.move(
                orderId,
                new OrderState.Approved(),
                new OrderState.Unconfirmed(since),
                anEntry().about(orderId.value()));

        var late = orders.move(
                orderId,
                new OrderState.Approved(),
                new OrderState.Waiting(),
                anEntry().about(orderId.value()));

        assertThat(late.state()).isInstanceOf(OrderState.Unconfirmed.class);
        assertThat(log.ofOrder(orderId.value())).hasSize(3);
        assertThat(orders.unanswered()).anyMatch(order -> order.id().equals(orderId));
        assertThat(orders.move(orderId, late.state(), new OrderState.Expired(), anEntry())
                        .state())
                .isEqualTo(new OrderState.Expired());
    }

    private static List<Kept> atOnce(int times, Callable<Kept> call) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = java.util.Collections.nCopies(times, call);
            return threads.invokeAll(tasks).stream()
                    .map(future -> future.resultNow())
                    .toList();
        }
    }
}
