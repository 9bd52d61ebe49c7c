package io.venule.pairing;

import io.venule.barcode.Scan;
import io.venule.druglibrary.Product;
import io.venule.pairing.PairingFacts.LabelledOrder;
import io.venule.pairing.PairingFacts.PatientRecord;
import io.venule.pairing.PairingRequest.Choice;
import io.venule.prescription.Prescription;
import io.venule.prescription.PrescriptionId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which of the patient's prescriptions the bag is for. */
sealed interface OrderForBag {
    record Found(Prescription order) implements OrderForBag {}

    record NotFound(List<Mismatch> why) implements OrderForBag {}

    static OrderForBag find(PairingRequest request, PairingFacts facts, PairingTerms terms) {
        return switch (request.bag()) {
            case Scan.CompoundedBag bag -> ofLabel(bag, request, facts);
            case Scan.ProductBag bag ->
                facts.library()
                        .product(bag.gtin())
                        .map(product -> ofProduct(product, request.choice(), facts, terms))
                        .orElseGet(() -> notFound(new Mismatch.UnknownProduct(bag.gtin())));
        };
    }

    /** Another patient's order is not looked at any further, so that nothing of it is told. */
    private static OrderForBag ofLabel(Scan.CompoundedBag bag, PairingRequest request, PairingFacts facts) {
        return switch (facts.labelled()) {
            case LabelledOrder.Known(var order)
            when !order.id().value().equals(bag.prescription()) ->
                throw new IllegalArgumentException("the facts are another label's");
            case LabelledOrder.Known(var order)
            when !order.patient().gsrn().equals(request.wristband().gsrn()) -> notFound(new Mismatch.WrongPatient());
            case LabelledOrder.Known(var order) ->
                isChosen(request.choice(), order.id())
                        ? new Found(order)
                        : notFound(new Mismatch.WrongOrder(order.id(), ((Choice.Numbered) request.choice()).id()));
            case LabelledOrder.Unknown() -> notFound(new Mismatch.UnknownOrder());
            case LabelledOrder.None() -> throw new IllegalArgumentException("the facts are another label's");
        };
    }

    private static boolean isChosen(Choice choice, PrescriptionId id) {
        return switch (choice) {
            case Choice.TheOneThatFits() -> true;
            case Choice.Numbered(var chosen) -> chosen.equals(id);
        };
    }

    private static OrderForBag ofProduct(Product product, Choice choice, PairingFacts facts, PairingTerms terms) {
        var orders = switch (facts.patient()) {
            case PatientRecord.Unknown() -> List.<Prescription>of();
            case PatientRecord.Known(var patient, var known) -> known;
        };
        return switch (choice) {
            case Choice.Numbered(var id) ->
                orders.stream()
                        .filter(order -> order.id().equals(id))
                        .findFirst()
                        .<OrderForBag>map(Found::new)
                        .orElseGet(() -> notFound(new Mismatch.UnknownPrescription(id)));
            case Choice.TheOneThatFits() -> theOneThatFits(product, orders, terms);
        };
    }

    /**
     * The best fit first: an order that can be started now, then an active one, then any, then one of the same drug in another strength. A lesser fit is
     * found only to say what is wrong with it.
     */
    private static OrderForBag theOneThatFits(Product product, List<Prescription> orders, PairingTerms terms) {
        Predicate<Prescription> sameDrug = order -> order.drug().equals(product.drug());
        var fits = sameDrug.and(order -> OrderFit.ordered(order).sameAs(product.content()));
        Predicate<Prescription> active = Prescription::active;
        Predicate<Prescription> now = active.and(order -> OrderFit.inTime(order, terms));
        var ranks = List.of(fits.and(now), fits.and(active), fits, sameDrug.and(now), sameDrug);
        return ranks.stream()
                .map(rank -> orders.stream().filter(rank).toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .flatMap(found -> single(found, fits.and(active)))
                .orElseGet(() -> notFound(new Mismatch.NothingOrdered(product.name())));
    }

    private static Optional<OrderForBag> single(List<Prescription> found, Predicate<Prescription> usable) {
        if (found.size() == 1) {
            return Optional.of(new Found(found.getFirst()));
        }
        return usable.test(found.getFirst())
                ? Optional.of(notFound(new Mismatch.SeveralOrdered(found.stream()
                        .map(Prescription::id)
                        .sorted(OrderForBag::byNumber)
                        .toList())))
                : Optional.empty();
    }

    private static int byNumber(PrescriptionId one, PrescriptionId other) {
        return one.value().compareTo(other.value());
    }

    private static OrderForBag notFound(Mismatch why) {
        return new NotFound(List.of(why));
    }
}
