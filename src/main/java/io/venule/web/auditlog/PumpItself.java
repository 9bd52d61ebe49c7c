package io.venule.web.auditlog;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** What a pump reports of itself and of no infusion, in words. Source: docs/pump-contract.md, "Records". */
final class PumpItself {
    static final Set<String> TYPES = Set.of("booted", "power", "clockSet", "libraryActivated", "door");
    private static final int MILLIS = 3;

    private PumpItself() {}

    /** In words; empty of any other type. */
    static String says(String type, Map<String, String> details) {
        return switch (type) {
            case "booted" -> "software " + details.getOrDefault("software", "not said");
            case "power" ->
                (details.getOrDefault("mains", "").equals("1") ? "on mains" : "on battery") + ", "
                        + details.getOrDefault("battery", "?") + " % charged";
            case "clockSet" -> shift(details.getOrDefault("shift", ""));
            case "libraryActivated" -> "release " + details.getOrDefault("counter", "not said");
            case "door" -> details.getOrDefault("open", "").equals("1") ? "open" : "closed";
            default -> "";
        };
    }

    private static String shift(String millis) {
        if (!millis.matches("-?[0-9]{1,15}")) {
            return "by how much is not said";
        }
        var seconds = BigDecimal.valueOf(Long.parseLong(millis), MILLIS).stripTrailingZeros();
        return (seconds.signum() < 0 ? "back by " : "forward by ")
                + seconds.abs().toPlainString() + " s";
    }
}
