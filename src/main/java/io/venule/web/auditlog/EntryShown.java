package io.venule.web.auditlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditLog;
import io.venule.signing.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One audit entry as pages and API show it.
 *
 * @param details what the entry holds, in words; for a pump's record also what the signed record says
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EntryShown(
        long index,
        String at,
        String kind,
        String actor,
        String place,
        String order,
        Map<String, String> details,
        String entryHash) {
    static EntryShown of(AuditLog.Logged logged) {
        var entry = logged.entry();
        var details = new LinkedHashMap<String, String>();
        entry.details().members().forEach((name, value) -> details.put(name, text(value)));
        entry.signed().forEach(signed -> details.putAll(SignedRecord.details(signed)));
        return new EntryShown(
                logged.index(),
                entry.at().toString(),
                entry.kind().name(),
                entry.actor(),
                entry.place(),
                entry.order(),
                details,
                entry.leafHash().hex());
    }

    /** Who did it, in words. */
    public String who() {
        var nurse = details.getOrDefault("nurse", "");
        var person = details.getOrDefault("who", "");
        if (!person.isEmpty()) {
            return "at the pump: " + person;
        }
        return nurse.isEmpty() ? (actor.equals(AuditEntry.SYSTEM) ? "Venule" : actor) : nurse;
    }

    private static String text(Json value) {
        return switch (value) {
            case Json.JsonText(var text) -> text;
            case Json.JsonWhole(var number) -> Long.toString(number);
            case Json.JsonList(var items) ->
                items.stream().map(EntryShown::text).collect(Collectors.joining("; "));
            case Json.JsonObject(var members) -> members.keySet().toString();
        };
    }
}
