package io.venule.web.auditlog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditLog;
import io.venule.signing.Json;
import io.venule.web.Times;
import io.venule.web.Wording;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    public static EntryShown of(AuditLog.Logged logged) {
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

    /** An entry and when it was, written. */
    public record Line(EntryShown entry, Times.Shown at) {}

    /** The entry with its time as the ward reads it. */
    public Line on(Times times) {
        return new Line(this, times.show(Instant.parse(at)));
    }

    /** Who did it, in words. */
    @JsonIgnore
    public String who() {
        var nurse = details.getOrDefault("nurse", "");
        var person = details.getOrDefault("who", "");
        if (person.startsWith("order ")) {
            return person.substring(person.indexOf(" of ") + 4) + ", by an order";
        }
        if (!person.isEmpty()) {
            return "badge " + person + " at the pump";
        }
        if (details.containsKey("type")) {
            return "the pump itself";
        }
        if (!nurse.isEmpty()) {
            return nurse;
        }
        return actor.equals(AuditEntry.SYSTEM) ? "Venule" : details.getOrDefault("name", actor);
    }

    /** Whether it approves an infusion, and not a change of one. */
    @JsonIgnore
    public boolean isProgram() {
        return kind.matches("ORDER_APPROVED|ORDER_OVERRIDDEN") && !details.containsKey("op");
    }

    /** Under which commitment it names a patient; empty where it names none. */
    @JsonIgnore
    public String patient() {
        return details.getOrDefault("patient", "");
    }

    /** What happened, in words. */
    @JsonIgnore
    public String title() {
        if (!type().isEmpty()) {
            return "Pump: " + spaced(type());
        }
        if (kind.equals("PUMP_NAMEPLATE")) {
            return Wording.words(kind) + ": " + details.getOrDefault("what", "");
        }
        return isBolus() ? Wording.words(kind) + ": bolus" : Wording.words(kind);
    }

    private String type() {
        return details.getOrDefault("type", "");
    }

    private boolean isBolus() {
        return details.getOrDefault("op", "").equals("bolus");
    }

    /** Old and new where something changed, or the rate or volume that it is about; empty otherwise. */
    @JsonIgnore
    public String change() {
        var to = details.getOrDefault("to", "");
        if (PumpItself.TYPES.contains(type())) {
            return PumpItself.says(type(), details);
        }
        if (isBolus() && details.containsKey("volume")) {
            return details.getOrDefault("volume", "") + " at " + to;
        }
        return to.isEmpty()
                ? details.getOrDefault("rate", details.getOrDefault("volume", details.getOrDefault("infused", "")))
                : details.getOrDefault("from", "") + " → " + to;
    }

    /** Which drug at which dose, and under which prescription, as far as it names them. */
    @JsonIgnore
    public String about() {
        return Stream.of("drug", "dose", "prescription")
                .map(name -> details.getOrDefault(name, ""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** Why, in words; empty where nothing is said. */
    @JsonIgnore
    public String why() {
        return switch (kind) {
            case "ACCESS_DENIED" ->
                (details.getOrDefault("method", "") + " " + details.getOrDefault("path", "")).strip();
            case "SIGN_IN" -> joined("result", "why");
            case "ORDER_OVERRIDDEN" -> joined("reason", "breaches");
            default -> reason();
        };
    }

    private String joined(String first, String second) {
        return Stream.of(first, second)
                .map(name -> details.getOrDefault(name, ""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(". "));
    }

    private String reason() {
        return Stream.of(
                        "reason",
                        "why",
                        "cause",
                        "alarm",
                        "code",
                        "breaches",
                        "verdict",
                        "through",
                        "form",
                        "changed",
                        "result")
                .map(name -> details.getOrDefault(name, ""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(details.getOrDefault("arithmetic", ""));
    }

    private static String spaced(String camel) {
        return camel.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
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
