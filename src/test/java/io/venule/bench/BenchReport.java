package io.venule.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code BenchReport FOLDER DOCUMENT}: writes the figures of all {@code NAME.json} of a folder, and the machine they were taken on, into a document. What was not measured again keeps its row there with the day on which it
 * was taken, unless that was on another machine.
 */
final class BenchReport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECTION = "## ops/bench ";
    private static final String MACHINE = "Machine: ";
    private static final String COLUMNS =
            "| what | value | unit | bare | ratio | rounds | note | taken |\n|---|---|---|---|---|---|---|---|\n";

    private BenchReport() {}

    public static void main(String[] arguments) throws IOException {
        var document = Path.of(arguments[1]);
        var before = Files.exists(document) ? Files.readString(document) : "";
        Files.writeString(document, document(Path.of(arguments[0]), machine(), before));
        System.out.println(document);
    }

    /** @param before the document as it was; empty where there was none */
    static String document(Path folder, String machine, String before) throws IOException {
        var text = new StringBuilder("""
                # Benchmarks

                Written by `ops/bench report` from what `ops/bench audit`, `board`, `orders` and `pumps` printed, and by nothing else; do not edit. Each figure stands beside a bare
                baseline that was taken in the same run and in turn with it; the ratio of the two says more than either. Values are medians over the rounds. Where the
                load in the note is above the number of cores, other work shared the machine, and the value by itself means little. What was not measured again keeps the day on which it was taken.

                """);
        text.append(MACHINE).append(machine).append("\n");
        var sections =
                before.contains(MACHINE + machine + "\n") ? rows(before) : new TreeMap<String, Map<String, String>>();
        for (var file : files(folder)) {
            var taken = LocalDate.ofInstant(Files.getLastModifiedTime(file).toInstant(), ZoneOffset.UTC);
            var rows = sections.computeIfAbsent(name(file), _ -> new LinkedHashMap<>());
            for (var figure : JSON.readTree(Files.readString(file))) {
                rows.put(cell(figure, "name"), row(figure, taken));
            }
        }
        sections.forEach((section, rows) -> {
            text.append("\n").append(SECTION).append(section).append("\n\n").append(COLUMNS);
            rows.values().forEach(text::append);
        });
        return text.toString();
    }

    /** The rows of a document, by benchmark and figure. */
    private static Map<String, Map<String, String>> rows(String document) {
        var sections = new TreeMap<String, Map<String, String>>();
        var section = new LinkedHashMap<String, String>();
        for (var line : document.lines().toList()) {
            if (line.startsWith(SECTION)) {
                section = new LinkedHashMap<>();
                sections.put(line.substring(SECTION.length()), section);
            } else if (line.startsWith("| ") && !COLUMNS.startsWith(line)) {
                section.put(line.substring(2, line.indexOf(" | ")), line + "\n");
            }
        }
        return sections;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replace(".json", "");
    }

    private static String row(JsonNode figure, LocalDate taken) {
        return "| %s | %s | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        cell(figure, "name"),
                        cell(figure, "value"),
                        cell(figure, "unit"),
                        cell(figure, "baseline"),
                        cell(figure, "ratio"),
                        cell(figure, "rounds"),
                        cell(figure, "note"),
                        taken);
    }

    private static String cell(JsonNode figure, String member) {
        var value = figure.path(member);
        if (value.isMissingNode()) {
            throw new IllegalArgumentException("a figure without " + member);
        }
        return value.asText().replace("|", "\\|");
    }

    private static String machine() throws IOException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return "%s, %d cores, %d GiB, %s %s, Java %s."
                .formatted(
                        processor(),
                        system.getAvailableProcessors(),
                        system.getTotalMemorySize() >> 30,
                        system.getName(),
                        system.getArch(),
                        Runtime.version());
    }

    private static String processor() throws IOException {
        var facts = Path.of("/proc/cpuinfo");
        if (!Files.exists(facts)) {
            return "a processor without a name";
        }
        return Files.readAllLines(facts).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("a processor without a name");
    }
}
