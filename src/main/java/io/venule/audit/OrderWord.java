package io.venule.audit;

import io.venule.audit.CertifiedText.Judged;
import io.venule.signing.Json.JsonList;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Json.JsonWhole;
import io.venule.signing.KeyCertificate;
import io.venule.signing.VerifyingKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Judges the signed orders in an entry: by a key of the root's, in its time, for the channel and under the id that the entry names, and an order to program,
 * titrate or give a bolus with the display and the patient of the approval right before it. Which ward a key was for is not judged: pumps do that.
 * Source: docs/pump-contract.md, "Order".
 */
final class OrderWord {
    private OrderWord() {}

    /** What is read of an order. */
    private record Said(String id, Instant at, String place, String patient, List<String> displayed) {
        static Optional<Said> of(JsonObject order) {
            if (!(order.members().get("aud") instanceof JsonObject audience)
                    || !(audience.members().get("channel") instanceof JsonWhole(var channel))
                    || !(order.members().get("iat") instanceof JsonWhole(var at))) {
                return Optional.empty();
            }
            return Optional.of(new Said(
                    text(order, "id"),
                    Instant.ofEpochMilli(at),
                    text(audience, "serial") + "/" + channel,
                    text(order, "patient"),
                    displays(order)));
        }

        private static List<String> displays(JsonObject order) {
            return order.members().get("approvals") instanceof JsonList(var approvals)
                    ? approvals.stream()
                            .filter(JsonObject.class::isInstance)
                            .map(approval -> text((JsonObject) approval, "displayed"))
                            .toList()
                    : List.of();
        }

        private static String text(JsonObject from, String name) {
            return from.members().get(name) instanceof JsonText(var text) ? text : "";
        }
    }

    /**
     * What does not hold.
     *
     * @param before the entry right before this one; empty where that is not known
     */
    static Stream<String> faults(AuditEntry entry, Optional<AuditEntry> before, VerifyingKey root) {
        var orders = CertifiedText.in(entry, CertifiedText.Kind.ORDER);
        if (entry.kind() == AuditKind.ORDER_SIGNED && orders.size() != 1) {
            return Stream.of("holds " + orders.size() + " orders");
        }
        return orders.stream().flatMap(order -> switch (order.judged(root)) {
            case Judged.Refused(var what) -> Stream.of(what);
            case Judged.Signed(var text, var key) ->
                Said.of(text)
                        .map(said -> faults(said, key, entry, before))
                        .orElseGet(() -> Stream.of("holds a signed text that is no order"));
        });
    }

    private static Stream<String> faults(Said said, KeyCertificate key, AuditEntry entry, Optional<AuditEntry> before) {
        if (!key.isValidAt(said.at())) {
            return Stream.of("holds an order of " + said.at() + ", when its key was not valid");
        }
        if (!said.place().equals(entry.place())) {
            return Stream.of("holds an order for " + said.place());
        }
        if (!said.id().equals(idOf(entry))) {
            return Stream.of("holds another order than it names");
        }
        var isBehindAnother = entry.kind() == AuditKind.ORDER_SIGNED
                && before.filter(approval -> !approves(approval, said, entry)).isPresent();
        return isBehindAnother
                ? Stream.of("holds an order that is not what was approved right before it")
                : Stream.of();
    }

    /** A change and a stop are told in the story of the order that they change or end. */
    private static String idOf(AuditEntry entry) {
        if (entry.kind() != AuditKind.ORDER_SIGNED) {
            return entry.said("stopOrder");
        }
        return entry.said("change").isEmpty() ? entry.order() : entry.said("change");
    }

    private static boolean approves(AuditEntry approval, Said said, AuditEntry entry) {
        return RootWord.APPROVALS.contains(approval.kind())
                && approval.order().equals(entry.order())
                && approval.said("change").equals(entry.said("change"))
                && said.displayed().contains(approval.said("displayed"))
                && (said.patient().isEmpty() || said.patient().equals(approval.said("patient")));
    }
}
