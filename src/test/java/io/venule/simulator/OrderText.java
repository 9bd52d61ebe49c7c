package io.venule.simulator;

import io.venule.signing.JsonMembers;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An infusion order as its signed payload says it, read against the closed schema of the pump contract. Instants in milliseconds;
 * quantities keep their text, because that is what the display shows.
 */
record OrderText(
        String kid,
        Audience audience,
        String id,
        long sequence,
        String previous,
        long issued,
        long notBefore,
        long expires,
        String nonce,
        Expected expected,
        String drugCode,
        String drugName,
        Optional<Strength> concentration,
        Optional<Quantity> dose,
        Optional<Quantity> duration,
        Optional<Quantity> size,
        Quantity rate,
        Quantity toInfuse,
        Library library,
        String patient,
        long pairingExpires,
        List<Approval> approvals,
        long lease,
        long logSize,
        String logRoot)
        implements SignedText.InTurn {
    static final String TYP = "infusion-order+jws";
    static final long MAX_LIFETIME = 60_000;
    private static final String PROGRAM = "program";

    record Audience(int channel, String epoch, String recordKey, String serial) {}

    record Expected(String rate, String running, String state, long stateVersion) {}

    record Strength(Quantity amount, Quantity volume) {
        String display() {
            return amount.display() + " in " + volume.display();
        }
    }

    record Library(long counter, String limitSet, Optional<String> override, String sha256) {}

    record Approval(String subject, String name) {}

    /** A canonical decimal with a UCUM unit, and the exact value. */
    record Quantity(String text, String unit, Fraction value) {
        String display() {
            return text + " " + Units.word(unit);
        }
    }

    /** The same order at another dose and rate. */
    OrderText at(Optional<Quantity> newDose, Quantity newRate, Library under) {
        return at(newDose, newRate, size, toInfuse, under);
    }

    /** What an order for a bolus from the same bag says: a total dose in a volume. */
    OrderText giving(ChangeText asked, Quantity volume) {
        return at(asked.dose(), asked.rate(), asked.size().or(() -> size), volume, asked.library());
    }

    private OrderText at(
            Optional<Quantity> newDose,
            Quantity newRate,
            Optional<Quantity> newSize,
            Quantity newVolume,
            Library under) {
        return new OrderText(
                kid,
                audience,
                id,
                sequence,
                previous,
                issued,
                notBefore,
                expires,
                nonce,
                expected,
                drugCode,
                drugName,
                concentration,
                newDose,
                duration,
                newSize,
                newRate,
                newVolume,
                under,
                patient,
                pairingExpires,
                approvals,
                lease,
                logSize,
                logRoot);
    }

    static OrderText read(JsonMembers order) {
        order.exactly("ver", 1);
        order.exactly("typ", "infusion-order");
        order.text("iss", 200);
        order.exactly("op", PROGRAM);
        var audience = order.object("aud");
        var issued = order.whole("iat", 0, Long.MAX_VALUE);
        var expires = order.whole("exp", issued + 1, issued + MAX_LIFETIME);
        if (order.has("dose") != order.has("concentration")) {
            throw order.refusal("dose", "needs a concentration, and the other way round");
        }
        var drug = order.object("drug");
        var library = order.object("library");
        var pairing = order.object("pairing");
        var log = order.object("log");
        pairing.id("id");
        order.digest("bag");
        return new OrderText(
                order.keyId("kid").hex(),
                audience(audience),
                order.id("id"),
                order.whole("seq", 1, Long.MAX_VALUE),
                order.digest("prev").hex(),
                issued,
                order.whole("nbf", 0, Long.MAX_VALUE),
                expires,
                order.id("nonce"),
                expected(order.object("expect")),
                drug.text("code", 100),
                drug.text("name", 200),
                order.optionalObject("concentration").map(OrderText::strength),
                order.optionalObject("dose").map(dose -> quantity(dose, Units.doses())),
                order.optionalObject("duration").map(duration -> quantity(duration, Set.of("min"))),
                size(order),
                quantity(order.object("rate"), Set.of("mL/h")),
                quantity(order.object("vtbi"), Set.of("mL")),
                library(library),
                order.digest("patient").hex(),
                pairing.whole("expires", 0, Long.MAX_VALUE),
                approvals(order),
                order.whole("lease", 0, Long.MAX_VALUE),
                log.whole("size", 1, Long.MAX_VALUE),
                log.digest("root").hex());
    }

    static Audience audience(JsonMembers aud) {
        return new Audience(
                aud.number("channel", 1, 99),
                aud.id("epoch"),
                aud.digest("recordKey").hex(),
                aud.text("serial", 20));
    }

    static Expected expected(JsonMembers expect) {
        return new Expected(
                quantity(expect.object("rate"), Set.of("mL/h")).text(),
                expect.digest("running").hex(),
                expect.text("state", 20),
                expect.whole("stateVersion", 0, Long.MAX_VALUE));
    }

    private static Strength strength(JsonMembers concentration) {
        var strength = new Strength(
                quantity(concentration.object("amount"), Units.amounts()),
                quantity(concentration.object("volume"), Set.of("mL")));
        if (strength.amount().value().equals(Fraction.ZERO)
                || strength.volume().value().equals(Fraction.ZERO)) {
            throw concentration.refusal("volume", "a concentration has drug and volume");
        }
        return strength;
    }

    static Optional<Quantity> size(JsonMembers order) {
        if (order.has("weight") && order.has("bsa")) {
            throw order.refusal("bsa", "stands beside weight");
        }
        var weight = order.optionalObject("weight").map(kg -> quantity(kg, Set.of("kg")));
        var surface = order.optionalObject("bsa").map(m2 -> quantity(m2, Set.of("m2")));
        var size = weight.or(() -> surface);
        if (size.isPresent() && size.get().value().equals(Fraction.ZERO)) {
            throw order.refusal("weight", "a patient has a size");
        }
        return size;
    }

    static Library library(JsonMembers library) {
        return new Library(
                library.whole("counter", 1, Long.MAX_VALUE),
                library.text("limitSet", 200),
                library.has("override") ? Optional.of(library.text("override", 200)) : Optional.empty(),
                library.digest("sha256").hex());
    }

    static List<Approval> approvals(JsonMembers order) {
        var approvals = order.objects("approvals").stream()
                .map(approval -> {
                    approval.text("acr", 100);
                    approval.whole("authTime", 0, Long.MAX_VALUE);
                    approval.digest("displayed");
                    approval.text("role", 50);
                    return new Approval(approval.text("subject", 200), approval.text("name", 200));
                })
                .toList();
        var subjects = approvals.stream().map(Approval::subject).distinct().count();
        if (approvals.isEmpty() || approvals.size() > 2 || subjects != approvals.size()) {
            throw order.refusal("approvals", "needs one subject, or two different ones");
        }
        return approvals;
    }

    static Quantity quantity(JsonMembers quantity, Set<String> units) {
        var unit = quantity.text("unit", 20);
        if (!units.contains(unit)) {
            throw quantity.refusal("unit", "is not one of ours here");
        }
        var text = quantity.text("value", 20);
        return new Quantity(text, unit, quantity.parsed("value", "a canonical decimal", Fraction::parse));
    }
}
