package io.venule.web.auditlog;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Json.JsonWhole;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads, for display only, what a pump's signed record says: its event with quantities written as {@code 14 mL/h}. The signature was verified
 * before the entry was made; the entry's own place in the log is what an auditor verifies.
 */
final class SignedRecord {
    private SignedRecord() {}

    /** The event's members; empty where the text is no pump record. */
    static Map<String, String> details(String compact) {
        var parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            return Map.of();
        }
        return switch (CanonicalJson.parse(Base64.getUrlDecoder().decode(parts[1]))) {
            case CanonicalJson.Parsed.Ok(JsonObject(var members))
            when members.get("event") instanceof JsonObject event -> shown(event);
            case CanonicalJson.Parsed other -> Map.of();
        };
    }

    private static Map<String, String> shown(JsonObject event) {
        var details = new LinkedHashMap<String, String>();
        event.members().forEach((name, value) -> {
            if (!name.equals("order")) {
                details.put(name, text(value));
            }
        });
        return details;
    }

    private static String text(Json value) {
        return switch (value) {
            case JsonText(var text) -> text;
            case JsonWhole(var number) -> Long.toString(number);
            case JsonObject(var members)
            when members.get("value") instanceof JsonText(var amount)
                    && members.get("unit") instanceof JsonText(var unit) -> amount + " " + unit;
            case JsonObject other -> "";
            case Json.JsonList list -> "";
        };
    }
}
