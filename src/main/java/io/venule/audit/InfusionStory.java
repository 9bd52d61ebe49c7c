package io.venule.audit;

import io.venule.audit.AuditLog.Logged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything that belongs to one infusion, from entries that do not all name it: the scans and the first person's look that led to its approval, what
 * is about the order itself, what the pump reports of changes under their own ids, and what happened on the channel meanwhile, as alarms do, or to the
 * whole pump: boots, mains power, its clock, its library, and whether it could be believed.
 * Issue "audit log", item 7.
 */
public final class InfusionStory {
    /** Entries looked through on a channel before an approval: scans that led to it are among the last. */
    private static final int LED_TO_IT = 500;

    private static final int MEANWHILE = 10_000;
    private static final Set<AuditKind> APPROVALS = EnumSet.of(AuditKind.ORDER_APPROVED, AuditKind.ORDER_OVERRIDDEN);
    private static final Set<AuditKind> LOOKS = EnumSet.of(AuditKind.PAIRING, AuditKind.FIRST_CHECK);
    private static final Set<AuditKind> OF_THE_PUMP = EnumSet.of(
            AuditKind.PUMP_RECORD, AuditKind.PUMP_DOUBTED, AuditKind.PUMP_NAMEPLATE, AuditKind.QUARANTINE_LIFTED);
    private static final Set<AuditKind> ENDS = EnumSet.of(AuditKind.ORDER_EXPIRED, AuditKind.ORDER_REJECTED);
    private static final Set<String> LAST_STATES = Set.of("complete", "stopped");

    private final AuditLog log;
    private final List<Logged> own;

    private InfusionStory(AuditLog log, List<Logged> own) {
        this.log = log;
        this.own = own;
    }

    /** Oldest first; by the id of the infusion's order or of a change of it. Empty where the log holds nothing about such an order. */
    public static List<Logged> of(AuditLog log, String order) {
        var own = log.ofOrder(order);
        if (own.isEmpty() || own.stream().anyMatch(InfusionStory::isProgram)) {
            return new InfusionStory(log, own).whole();
        }
        return changedOrder(log, order, own.getFirst())
                .map(infusion -> new InfusionStory(log, log.ofOrder(infusion)).whole())
                .orElse(own);
    }

    /** The order that was approved to be changed under this id. */
    private static Optional<String> changedOrder(AuditLog log, String change, Logged first) {
        return log.latestAt(first.entry().place(), 0, first.index(), LED_TO_IT).stream()
                .map(Logged::entry)
                .filter(entry -> entry.said("change").equals(change))
                .map(AuditEntry::order)
                .findFirst();
    }

    private List<Logged> whole() {
        var all = new ArrayList<>(own);
        own.stream().filter(InfusionStory::isProgram).findFirst().ifPresent(approval -> {
            all.addAll(ledTo(approval));
            meanwhile(approval).forEach(all::add);
        });
        changes().flatMap(change -> log.ofOrder(change).stream()).forEach(all::add);
        return all.stream()
                .distinct()
                .sorted(Comparator.comparingLong(Logged::index))
                .toList();
    }

    private static boolean isProgram(Logged logged) {
        return APPROVALS.contains(logged.entry().kind())
                && logged.entry().said("op").isEmpty();
    }

    /** The looks that showed exactly what was approved then, since another infusion was approved on the channel. */
    private List<Logged> ledTo(Logged approval) {
        var displayed = approval.entry().said("displayed");
        return log.latestAt(approval.entry().place(), 0, approval.index(), LED_TO_IT).stream()
                .takeWhile(logged -> !isProgram(logged))
                .filter(logged -> LOOKS.contains(logged.entry().kind())
                        && logged.entry().said("displayed").equals(displayed))
                .toList();
    }

    /** What is said of the channel or the whole pump and of no order, for as long as this one lasted: until the next at the latest. */
    private Stream<Logged> meanwhile(Logged approval) {
        long end = isOver() ? own.getLast().index() : Long.MAX_VALUE;
        var channel = log.latestAt(approval.entry().place(), approval.index() + 1, end, MEANWHILE);
        long next = channel.stream()
                .filter(InfusionStory::isProgram)
                .mapToLong(Logged::index)
                .min()
                .orElse(end);
        var pump = log.latestAt(pumpOf(approval.entry().place()), approval.index() + 1, next, MEANWHILE);
        return Stream.concat(channel.stream().filter(logged -> logged.index() < next), pump.stream())
                .filter(logged -> OF_THE_PUMP.contains(logged.entry().kind())
                        && logged.entry().order().isEmpty());
    }

    /** Of {@code pump/channel}, the pump. */
    private static String pumpOf(String place) {
        var slash = place.lastIndexOf('/');
        return slash < 0 ? place : place.substring(0, slash);
    }

    private boolean isOver() {
        return own.stream()
                .map(Logged::entry)
                .filter(entry -> entry.said("change").isEmpty())
                .anyMatch(entry -> ENDS.contains(entry.kind())
                        || (entry.kind() == AuditKind.ORDER_STATE && LAST_STATES.contains(entry.said("to"))));
    }

    private Stream<String> changes() {
        return own.stream()
                .map(logged -> logged.entry().said("change"))
                .filter(change -> !change.isEmpty())
                .distinct();
    }
}
