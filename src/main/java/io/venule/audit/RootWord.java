package io.venule.audit;

import io.venule.audit.PumpWord.Fault;
import io.venule.signing.VerifyingKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks what the root's key vouches for inside the entries: signed orders, each right behind its approval, and the signatures of the drug library's releases.
 * So nobody who holds the log's own key can put in an order that no order key signed, or a release that no two pharmacists did. Without the root's key
 * such texts are counted and not judged. Keeps one entry. Source: docs/audit-format.md, "Verifying".
 */
final class RootWord {
    static final Set<AuditKind> APPROVALS = EnumSet.of(AuditKind.ORDER_APPROVED, AuditKind.ORDER_OVERRIDDEN);

    private final Optional<VerifyingKey> root;
    private Optional<Met> before = Optional.empty();
    private long orders;
    private long releases;
    private long unjudged;

    RootWord(Optional<VerifyingKey> root) {
        this.root = root;
    }

    /** An entry and its index. */
    private record Met(long index, AuditEntry entry) {}

    /** An entry to be judged, and the one right before it where that is known. */
    private record Task(Met met, Optional<AuditEntry> before) {
        Optional<Fault> fault(VerifyingKey root) {
            return Stream.concat(OrderWord.faults(met.entry(), before, root), ReleaseWord.faults(met.entry(), root))
                    .findFirst()
                    .map(what -> new Fault(met.index(), what));
        }
    }

    /** Signed orders that hold. */
    long orders() {
        return orders;
    }

    /** Releases that two people signed. */
    long releases() {
        return releases;
    }

    /** Signed texts of both kinds, not judged for want of the root's key. */
    long unjudged() {
        return unjudged;
    }

    /** Looks at entries that follow each other, the first of which has this index; gives the first that does not hold. */
    Optional<Fault> look(long from, List<Optional<AuditEntry>> entries) {
        var tasks = new ArrayList<Task>();
        var alone = new ArrayList<Fault>();
        for (int i = 0; i < entries.size(); i++) {
            long index = from + i;
            var last = before.filter(one -> one.index() == index - 1).map(Met::entry);
            var met = entries.get(i).map(entry -> new Met(index, entry));
            // Before the first there is no approval either.
            met.ifPresent(one -> tasks.add(new Task(one, index == 0 ? Optional.of(one.entry()) : last)));
            if (met.isPresent()
                    && last.isPresent()
                    && isLeftAlone(last.get(), met.get().entry())) {
                alone.add(new Fault(index - 1, "is an approval without its order right behind it"));
            }
            before = met;
        }
        return root.flatMap(key -> judged(tasks, alone, key)).or(() -> {
            count(tasks);
            return Optional.empty();
        });
    }

    private static boolean isLeftAlone(AuditEntry entry, AuditEntry next) {
        return APPROVALS.contains(entry.kind()) && next.kind() != AuditKind.ORDER_SIGNED;
    }

    private static Optional<Fault> judged(List<Task> tasks, List<Fault> alone, VerifyingKey root) {
        return Stream.concat(
                        alone.stream().limit(1),
                        tasks.parallelStream().flatMap(task -> task.fault(root).stream()).findFirst().stream())
                .min(Comparator.comparingLong(Fault::index));
    }

    private void count(List<Task> tasks) {
        for (var task : tasks) {
            var entry = task.met().entry();
            long ordersHere = CertifiedText.in(entry, CertifiedText.Kind.ORDER).size();
            if (root.isPresent()) {
                orders += ordersHere;
                releases += entry.kind() == AuditKind.LIBRARY_ACTIVATED ? 1 : 0;
            } else {
                unjudged += ordersHere
                        + CertifiedText.in(entry, CertifiedText.Kind.RELEASE).size();
            }
        }
    }
}
