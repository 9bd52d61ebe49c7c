package io.venule.web.library;

import io.venule.druglibrary.Product;
import io.venule.order.OrderView;
import io.venule.order.Recall;
import io.venule.order.Recalls;
import io.venule.pairing.Lot;
import io.venule.release.ActiveRelease;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Writes recalls out for the eye, and what was done with bags of a lot. */
@Singleton
class LotViews {
    /** Recalls on a page at most. */
    static final int MOST_RECALLS = 200;
    /** Orders of a lot on a page at most; open ones come first. */
    static final int MOST_ORDERS = 200;

    private final Recalls recalls;
    private final ActiveRelease active;

    LotViews(Recalls recalls, ActiveRelease active) {
        this.recalls = recalls;
        this.active = active;
    }

    /**
     * A recall that stands.
     *
     * @param gtin empty where every product with this lot number is meant
     * @param product its name in the drug library; empty where it has none there
     * @param reason stable name; {@code why} says it in words
     */
    public record RecallShown(
            long number,
            String gtin,
            String lot,
            String product,
            String reason,
            String why,
            String reference,
            String since) {}

    /**
     * An infusion from a bag of a lot; no patient data.
     *
     * @param word the order's state as the ward reads it
     * @param open whether it waits or runs, or may
     */
    public record Use(
            String order,
            String state,
            String word,
            boolean open,
            String channel,
            String drug,
            String prescription,
            String nurse,
            String approvedAt) {
        /** The pump alone. */
        public String serial() {
            return channel.substring(0, channel.lastIndexOf('/'));
        }
    }

    /**
     * A lot, and what is known of it here.
     *
     * @param recalls those that take in bags of it; where no product is named, those of each product with this lot number
     * @param orders open ones first, {@value #MOST_ORDERS} at most
     */
    public record LotShown(String gtin, String lot, String product, List<RecallShown> recalls, List<Use> orders) {
        /** Whether every bag that is meant is taken in. */
        public boolean whole() {
            return recalls.stream()
                    .anyMatch(recall -> recall.gtin().isEmpty() || recall.gtin().equals(gtin));
        }

        /** How many wait or run now. */
        public long openOnes() {
            return orders.stream().filter(Use::open).count();
        }
    }

    List<RecallShown> standing() {
        return recalls.standing(MOST_RECALLS).stream().map(this::shown).toList();
    }

    LotShown of(Lot lot) {
        var standing = recalls.under(lot.number()).stream()
                .filter(recall -> lot.gtin().isEmpty()
                        || recall.lot().gtin().isEmpty()
                        || recall.lot().gtin().equals(lot.gtin()));
        return new LotShown(
                lot.gtin(),
                lot.number(),
                product(lot.gtin()),
                standing.map(this::shown).toList(),
                recalls.orders(lot, MOST_ORDERS).stream().map(LotViews::use).toList());
    }

    RecallShown shown(Recall recall) {
        return new RecallShown(
                recall.number(),
                recall.lot().gtin(),
                recall.lot().number(),
                product(recall.lot().gtin()),
                recall.reason().name(),
                recall.reason().words(),
                recall.reference(),
                recall.since().toString());
    }

    private String product(String gtin) {
        return Optional.of(gtin)
                .filter(code -> !code.isEmpty())
                .flatMap(active.library()::product)
                .map(Product::name)
                .orElse("");
    }

    private static Use use(OrderView order) {
        return new Use(
                order.id().value(),
                order.state().name(),
                order.word(),
                order.state().isOpen(),
                order.channel().toString(),
                order.drug(),
                order.prescription().value(),
                order.nurseName(),
                order.approvedAt().toString());
    }
}
