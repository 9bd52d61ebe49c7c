package io.venule.store;

import static io.venule.store.WardFixture.NOON;
import static io.venule.store.WardFixture.aChannel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.order.OrderState;
import io.venule.order.Recall;
import io.venule.order.Recalls.Declared;
import io.venule.order.SignedOrderFixture;
import io.venule.pairing.Lot;
import io.venule.signing.SigningKey;
import io.venule.stack.BackboneResource;
import io.venule.store.WardFixture.Bedside;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Recalled lots in PostgreSQL: once, with one entry, until one person lifts it; and which orders used bags of one. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class RecallsIT {
    private static final String GTIN = "00303380049042";
    private static final SigningKey KEY = SigningKey.generate(new SecureRandom());

    @Inject
    PostgresRecalls recalls;

    @Inject
    PostgresWard ward;

    @Inject
    PostgresOrders orders;

    @Inject
    PostgresAdmissions admissions;

    @Inject
    AuditLog log;

    @Inject
    Transactions transactions;

    private final String number = "L" + WardFixture.next();
    private final Lot lot = new Lot(GTIN, number);

    @AfterEach
    void tidy() {
        recalls.standing(Integer.MAX_VALUE).forEach(recall -> recalls.lift(recall.number(), this::lifted));
    }

    @Test
    void one_stands_as_it_was_declared_with_its_entry_and_is_found_in_either_case() {
        var declared = declared(lot, "D-1");

        assertThat(declared).isInstanceOf(Declared.New.class);
        assertThat(of(new Lot(GTIN, number.toLowerCase(Locale.ROOT)))).hasValueSatisfying(recall -> {
            assertThat(recall.lot()).isEqualTo(lot);
            assertThat(recall.reason()).isEqualTo(Recall.Reason.AUTHORITY);
            assertThat(recall.reference()).isEqualTo("D-1");
            assertThat(recall.since()).isEqualTo(NOON);
        });
        assertThat(recalls.standing(1)).extracting(Recall::lot).containsExactly(lot);
        assertThat(ward.recalled(number.toLowerCase(Locale.ROOT))).containsExactly(lot);
        assertThat(ward.recalled(number + "X")).isEmpty();
        assertThat(entries(AuditKind.LOT_RECALLED)).containsExactly("AUTHORITY");
    }

    @Test
    void the_second_who_recalls_the_same_lot_finds_the_first_and_writes_nothing() {
        declared(lot, "D-1");

        var second = declared(new Lot(GTIN, number.toLowerCase(Locale.ROOT)), "D-2");

        assertThat(second).isEqualTo(new Declared.Stands(of(lot).orElseThrow()));
        assertThat(of(lot)).map(Recall::reference).hasValue("D-1");
        assertThat(entries(AuditKind.LOT_RECALLED)).hasSize(1);
    }

    @Test
    void the_same_number_of_another_product_or_of_all_of_them_is_another_recall() {
        declared(lot, "");
        var ofAll = new Lot("", number);

        assertThat(declared(ofAll, "")).isInstanceOf(Declared.New.class);

        assertThat(ward.recalled(number)).containsExactlyInAnyOrder(lot, ofAll);
        assertThat(recalls.under(number)).extracting(Recall::lot).containsExactly(ofAll, lot);
    }

    @Test
    void it_is_lifted_once_and_can_be_declared_again() {
        declared(lot, "");
        var recall = of(lot).orElseThrow().number();

        var once = recalls.lift(recall, this::lifted);
        var twice = recalls.lift(recall, this::lifted);
        var gone = ward.recalled(number);
        var again = declared(lot, "");

        assertThat(List.of(once, twice)).containsExactly(true, false);
        assertThat(gone).isEmpty();
        assertThat(again).isInstanceOf(Declared.New.class);
        assertThat(entries(AuditKind.LOT_RECALL_LIFTED)).containsExactly("ENDED");
    }

    @Test
    void what_cannot_be_entered_in_the_log_is_neither_declared_nor_lifted() {
        var noEntry = AuditEntry.bySystem(AuditKind.LOT_RECALLED, NOON);

        assertThatThrownBy(() -> recalls.declare(lot, Recall.Reason.MAKER, "", NOON, noEntry))
                .isInstanceOf(RuntimeException.class);
        assertThat(of(lot)).isEmpty();
        declared(lot, "");
        var recall = of(lot).orElseThrow().number();
        assertThatThrownBy(() -> recalls.lift(recall, _ -> noEntry)).isInstanceOf(RuntimeException.class);
        assertThat(of(lot)).isPresent();
    }

    @Test
    void no_row_of_it_can_be_removed() {
        declared(lot, "");

        assertThatThrownBy(() -> transactions.inOne(() -> transactions.statements(connection -> {
                    try (var statement = connection.prepareStatement("DELETE FROM lot_recall")) {
                        return statement.executeUpdate();
                    }
                })))
                .isInstanceOf(RuntimeException.class);
        assertThat(of(lot)).isPresent();
    }

    @Test
    void the_orders_of_a_lot_are_found_open_ones_first_and_where_its_bags_are_in_use() {
        var bedside = Bedside.admitted(admissions);
        var over = bedside.approvalOn(aChannel());
        var open = bedside.approvalOn(aChannel());
        for (var approval : List.of(open, over)) {
            orders.keep(approval, WardFixture.entryOf(approval), _ -> SignedOrderFixture.signed(approval.order(), KEY));
        }
        orders.move(over.order().id(), over.order().state(), new OrderState.Expired(), WardFixture.anEntry());
        var ofThePharmacy = new Lot("", "lot1");

        var found = recalls.orders(ofThePharmacy, 1_000);
        var ofAProduct = recalls.orders(new Lot(GTIN, "LOT1"), 1_000);
        var before = recalls.inUse();
        declared(ofThePharmacy, "");

        assertThat(found)
                .extracting(order -> order.id())
                .contains(open.order().id(), over.order().id());
        assertThat(found.getFirst().state().isOpen()).isTrue();
        assertThat(found.getLast().state().isOpen()).isFalse();
        assertThat(recalls.orders(ofThePharmacy, 1)).hasSize(1);
        assertThat(ofAProduct).isEmpty();
        assertThat(before).isEmpty();
        assertThat(recalls.inUse())
                .containsEntry(open.order().channel(), ofThePharmacy)
                .doesNotContainKey(over.order().channel());
        declared(new Lot(GTIN, "LOT1"), "");
        recalls.lift(of(ofThePharmacy).orElseThrow().number(), this::lifted);
        assertThat(recalls.inUse())
                .as("the same number of a product that it is not")
                .isEmpty();
    }

    private Optional<Recall> of(Lot wanted) {
        return recalls.under(wanted.number()).stream()
                .filter(recall -> recall.lot().gtin().equals(wanted.gtin()))
                .findFirst();
    }

    private Declared declared(Lot wanted, String reference) {
        var entry = person(AuditKind.LOT_RECALLED, wanted).with("reason", "AUTHORITY");
        return recalls.declare(wanted, Recall.Reason.AUTHORITY, reference, NOON, entry);
    }

    private AuditEntry lifted(Recall was) {
        return person(AuditKind.LOT_RECALL_LIFTED, was.lot()).with("reason", "ENDED");
    }

    private static AuditEntry person(AuditKind kind, Lot lot) {
        return AuditEntry.bySystem(kind, NOON)
                .with("name", "Pia")
                .with("address", "127.0.0.1")
                .with("lot", lot.number());
    }

    private List<String> entries(AuditKind kind) {
        var about = new AuditLog.About("", "", "", "", "", kind.name());
        return log
                .find(new AuditLog.Search(about, NOON.minusSeconds(1), NOON.plusSeconds(1), Long.MAX_VALUE, 1_000))
                .stream()
                .map(AuditLog.Logged::entry)
                .filter(entry -> entry.said("lot").equals(number))
                .map(entry -> entry.said("reason"))
                .toList();
    }
}
