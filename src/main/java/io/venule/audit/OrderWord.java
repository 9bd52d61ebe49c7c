package io.venule.audit;

import io.venule.audit.PumpWord.Fault;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonList;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Json.JsonWhole;
import io.venule.signing.Jws;
import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyRole;
import io.venule.signing.VerifyingKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the orders inside the entries from the log and the root's key alone: each stands beside the root's certificate of the key that signed it, in that
 * key's time, and an order to program, titrate or give a bolus right behind its approval, for the same channel, patient and display. So nobody who holds
 * the log's own key can put an order into it that no order key signed, or change one. Without the root's key orders are counted and not judged. Which ward
 * a key was for is not judged: pumps do that. Keeps one entry. Source: docs/pump-contract.md, "Order"; docs/audit-format.md.
 */
final class OrderWord {
    private static final String TYPE = "infusion-order+jws";
    private static final Set<AuditKind> APPROVALS = EnumSet.of(AuditKind.ORDER_APPROVED, AuditKind.ORDER_OVERRIDDEN);

    private final Optional<VerifyingKey> root;
    private Optional<Met> before = Optional.empty();
    private long verified;
    private long unjudged;

    OrderWord(Optional<VerifyingKey> root) {
        this.root = root;
    }

    private record Met(long index, AuditEntry entry) {}

    /** What is read of an order. */
    private record Said(String id, Instant at, String place, String patient, List<String> displayed) {
        static Optional<Said> of(byte[] payload) {
            if (!(CanonicalJson.parseCanonical(payload) instanceof CanonicalJson.Parsed.Ok(JsonObject order))
                    || !(order.members().get("aud") instanceof JsonObject audience)
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
            Json member = from.members().get(name);
            return member instanceof JsonText(var text) ? text : "";
        }
    }

    /** An order to be judged, the entry that holds it and the one right before, if that is known. */
    private record Task(Met met, Optional<Met> before, String order, String certificate) {
        Optional<Fault> fault(VerifyingKey root) {
            var what = switch (KeyCertificate.check(certificate, root)) {
                case KeyCertificate.Checked.Refused(var kind, var reason) ->
                    Optional.of("holds a certificate that is not the root's word: " + reason);
                case KeyCertificate.Checked.Certified(var key) -> under(key);
            };
            return what.map(words -> new Fault(met.index(), words));
        }

        private Optional<String> under(KeyCertificate key) {
            if (key.role() != KeyRole.ORDER) {
                return Optional.of("holds an order by a key for " + key.role());
            }
            return switch (Jws.verify(order, TYPE, key.key())) {
                case Jws.Verification.Refused(var kind, var reason) ->
                    Optional.of("holds an order that its key did not sign: " + reason);
                case Jws.Verification.Verified signed ->
                    Said.of(signed.payload())
                            .map(said -> against(said, key))
                            .orElseGet(() -> Optional.of("holds a signed text that is no order"));
            };
        }

        private Optional<String> against(Said said, KeyCertificate key) {
            if (!key.isValidAt(said.at())) {
                return Optional.of("holds an order of " + said.at() + ", when its key was not valid");
            }
            if (!said.place().equals(met.entry().place())) {
                return Optional.of("holds an order for " + said.place());
            }
            if (!said.id().equals(idOf(met.entry()))) {
                return Optional.of("holds another order than it names");
            }
            return met.entry().kind() == AuditKind.ORDER_SIGNED ? unlessApproved(said) : Optional.empty();
        }

        /** Approval and order are appended together, so that nothing comes between them. */
        private Optional<String> unlessApproved(Said said) {
            if (before.isEmpty() && met.index() > 0) {
                return Optional.empty();
            }
            return before.map(Met::entry)
                            .filter(entry -> APPROVALS.contains(entry.kind()))
                            .filter(entry -> entry.order().equals(met.entry().order()))
                            .filter(entry ->
                                    entry.said("change").equals(met.entry().said("change")))
                            .filter(entry -> said.displayed().contains(entry.said("displayed")))
                            .filter(entry ->
                                    said.patient().isEmpty() || said.patient().equals(entry.said("patient")))
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of("holds an order that is not what was approved right before it");
        }

        /** A change and a stop are told in the story of the order that they change or end. */
        private static String idOf(AuditEntry entry) {
            if (entry.kind() != AuditKind.ORDER_SIGNED) {
                return entry.said("stopOrder");
            }
            return entry.said("change").isEmpty() ? entry.order() : entry.said("change");
        }
    }

    /** Orders that hold. */
    long verified() {
        return verified;
    }

    /** Orders that nothing given lets us judge. */
    long unjudged() {
        return unjudged;
    }

    /** Looks at entries that follow each other, the first of which has this index; gives the first that does not hold. */
    Optional<Fault> look(long from, List<Optional<AuditEntry>> entries) {
        var tasks = new ArrayList<Task>();
        for (int i = 0; i < entries.size(); i++) {
            long index = from + i;
            var met = entries.get(i).map(entry -> new Met(index, entry));
            var last = before.filter(one -> one.index() == index - 1);
            met.ifPresent(one -> ordersIn(one, last, tasks));
            before = met;
        }
        if (root.isEmpty()) {
            unjudged += tasks.size();
            return Optional.empty();
        }
        verified += tasks.size();
        return tasks.parallelStream()
                .flatMap(task -> task.fault(root.get()).stream())
                .findFirst();
    }

    /** The certificate stands right behind the order whose key it is for. */
    private void ordersIn(Met met, Optional<Met> last, List<Task> tasks) {
        var texts = met.entry().signed();
        for (int i = 0; i < texts.size(); i++) {
            if (Jws.namedKey(texts.get(i), TYPE).isEmpty()) {
                continue;
            }
            if (i + 1 < texts.size() && isCertificate(texts.get(i + 1))) {
                tasks.add(new Task(met, last, texts.get(i), texts.get(i + 1)));
            } else {
                unjudged++;
            }
        }
    }

    private static boolean isCertificate(String text) {
        return Jws.namedKey(text, KeyCertificate.TYP).isPresent();
    }

    /** Whether this is a text that is judged here, and no pump's. */
    static boolean isOurs(String text) {
        return Jws.namedKey(text, TYPE).isPresent() || isCertificate(text);
    }
}
