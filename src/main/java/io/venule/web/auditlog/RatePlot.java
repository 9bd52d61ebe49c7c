package io.venule.web.auditlog;

import io.quarkus.qute.RawString;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The rate over time of one infusion, drawn as steps in SVG on the server: it needs no script and prints. */
public record RatePlot(List<Step> steps, RawString path, String highest, String first, String last) {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 150;

    /** From {@code at} on the pump ran at {@code rate}. */
    public record Step(Instant at, BigDecimal rate) {}

    /** The plot of a timeline; its steps are empty where nothing ran. */
    static RatePlot of(List<EntryShown> timeline, Function<Instant, String> written) {
        var steps = new ArrayList<Step>();
        for (var entry : timeline) {
            var details = entry.details();
            switch (details.getOrDefault("type", "")) {
                case "started", "resumed", "keepVeinOpen" -> add(steps, entry, details.getOrDefault("rate", "0"));
                case "rateChanged" -> add(steps, entry, details.getOrDefault("to", "0"));
                case "stopped", "paused" -> add(steps, entry, "0");
                // Volume complete changes no rate by itself: what the pump does then is a record of its own.
                default -> {}
            }
        }
        if (steps.isEmpty()) {
            return new RatePlot(List.of(), new RawString(""), "", "", "");
        }
        var highest = steps.stream().map(Step::rate).reduce(BigDecimal.ONE, BigDecimal::max);
        return new RatePlot(
                List.copyOf(steps),
                new RawString(path(steps, highest)),
                highest.toPlainString() + " mL/h",
                written.apply(steps.getFirst().at()),
                written.apply(steps.getLast().at()));
    }

    private static void add(List<Step> steps, EntryShown entry, String rate) {
        steps.add(new Step(Instant.parse(entry.at()), new BigDecimal(rate.split(" ", 2)[0])));
    }

    private static String path(List<Step> steps, BigDecimal highest) {
        var start = steps.getFirst().at().toEpochMilli();
        var span = Math.max(1_000, steps.getLast().at().toEpochMilli() - start);
        var path = new StringBuilder("M 0 " + HEIGHT);
        for (var step : steps) {
            var x = (step.at().toEpochMilli() - start) * (WIDTH - 40) / span;
            var y = HEIGHT
                    - step.rate()
                            .multiply(BigDecimal.valueOf(HEIGHT - 10))
                            .divide(highest, 0, RoundingMode.HALF_UP)
                            .intValue();
            path.append(String.format(Locale.ROOT, " H %d V %d", x, y));
        }
        return path.append(" H " + WIDTH).toString();
    }
}
