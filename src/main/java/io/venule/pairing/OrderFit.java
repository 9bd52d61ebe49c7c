package io.venule.pairing;

import io.venule.barcode.Scan;
import io.venule.druglibrary.Dosing;
import io.venule.druglibrary.Dosing.Strength;
import io.venule.druglibrary.LibraryEntry;
import io.venule.pairing.PairingFacts.PatientRecord;
import io.venule.prescription.Prescription;
import io.venule.prescription.Regimen;
import io.venule.prescription.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What about one prescription does not fit the time, the bag and the drug library. */
final class OrderFit {
    private final Prescription order;
    private final PairingTerms terms;
    private final List<Mismatch> mismatches = new ArrayList<>();

    private OrderFit(Prescription order, PairingTerms terms) {
        this.order = order;
        this.terms = terms;
    }

    static List<Mismatch> of(Prescription order, PairingRequest request, PairingFacts facts, PairingTerms terms) {
        var fit = new OrderFit(order, terms);
        fit.time();
        fit.bag(request.bag(), facts);
        facts.library()
                .entry(order.libraryEntry())
                .ifPresentOrElse(
                        entry -> fit.entry(entry, facts.patient()),
                        () -> fit.mismatches.add(new Mismatch.NoLibraryEntry(order.libraryEntry())));
        return fit.mismatches.stream().distinct().toList();
    }

    /** What the prescription wants in the bag. */
    static Strength ordered(Prescription order) {
        return order.concentration().<Strength>map(Strength.Fixed::new).orElseGet(Strength.None::new);
    }

    static boolean inTime(Prescription order, PairingTerms terms) {
        return !terms.now().isBefore(order.from()) && terms.now().isBefore(order.until());
    }

    private void time() {
        if (!order.active()) {
            mismatches.add(new Mismatch.PrescriptionStopped(order.id()));
        }
        if (terms.now().isBefore(order.from())) {
            mismatches.add(new Mismatch.TooEarly(order.from().atZone(terms.zone())));
        }
        if (!terms.now().isBefore(order.until())) {
            mismatches.add(new Mismatch.TooLate(order.until().atZone(terms.zone())));
        }
    }

    /** A pharmacy label says for which order the bag was mixed; a product says what is in it. */
    private void bag(Scan.Bag bag, PairingFacts facts) {
        if (bag instanceof Scan.ProductBag scanned) {
            facts.library().product(scanned.gtin()).ifPresent(product -> contents(product.drug(), product.content()));
        }
    }

    /** A wrong drug's strength is not compared: it would only distract from the drug. */
    private void contents(String drug, Strength strength) {
        if (!drug.equals(order.drug())) {
            mismatches.add(new Mismatch.WrongDrug(order.drug(), drug));
            return;
        }
        if (!ordered(order).sameAs(strength)) {
            mismatches.add(new Mismatch.WrongConcentration(ordered(order).print(), strength.print()));
        }
    }

    private void entry(LibraryEntry entry, PatientRecord record) {
        if (record instanceof PatientRecord.Known(var patient, var orders)
                && !entry.careArea().equals(patient.careArea())) {
            mismatches.add(new Mismatch.WrongCareArea(entry.careArea(), patient.careArea()));
        }
        contents(entry.drug().code(), strengthIn(entry));
        if (!dosedAs(entry)) {
            mismatches.add(new Mismatch.WrongDosing(order.id()));
        }
        if (!givenAs(entry)) {
            mismatches.add(new Mismatch.WrongRoute(order.route()));
        }
    }

    /** An entry mixed to order takes the strength that is ordered; the dose check holds it against the entry's limits. */
    private Strength strengthIn(LibraryEntry entry) {
        return entry.strength() instanceof Strength.Custom && ordered(order) instanceof Strength.Fixed fixed
                ? fixed
                : entry.strength();
    }

    private boolean dosedAs(LibraryEntry entry) {
        return switch (order.regimen()) {
            case Regimen.Continuous(var rate) -> entry.dosing().takesRate(rate);
            case Regimen.Intermittent(var total, var over) -> entry.dosing().takesTotal(total);
            case Regimen.Fluid fluid -> entry.dosing() instanceof Dosing.FluidRate;
        };
    }

    /**
     * An entry for another way than into a vein says so in its drug's name or therapy ("epidural …"). It is given that way and no other; every other entry is
     * given into a vein.
     */
    private boolean givenAs(LibraryEntry entry) {
        var words = (entry.drug().name() + " " + entry.therapy()).toLowerCase(Locale.ROOT);
        return switch (order.route()) {
            case INTRAVENOUS -> !names(words, Route.EPIDURAL) && !names(words, Route.SUBCUTANEOUS);
            case EPIDURAL -> names(words, Route.EPIDURAL);
            case SUBCUTANEOUS -> names(words, Route.SUBCUTANEOUS);
        };
    }

    private static boolean names(String words, Route route) {
        return words.contains(route.word());
    }
}
