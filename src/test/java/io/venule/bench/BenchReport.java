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
import java.util.List;
import java.util.stream.Stream;

/** {@code BenchReport FOLDER DOCUMENT}: writes the figures of all {@code NAME.json} of a folder, and the machine they were taken on, into a document. */
final class BenchReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BenchReport() {}

    public static void main(String[] arguments) throws IOException {
        var document = Path.of(arguments[1]);
        Files.writeString(document, document(Path.of(arguments[0]), machine()));
        System.out.println(document);
    }

    static String document(Path folder, String machine) throws IOException {
        var text = new StringBuilder("""
                # Benchmarks

                Written by `ops/bench report` from what `ops/bench audit`, `orders` and `pumps` printed, and by nothing else; do not edit. Each figure stands beside a bare
                baseline that was taken in the same run and in turn with it; the ratio of the two says more than either. Values are medians over the rounds. Where the
                load in the note is above the number of cores, other work shared the machine, and the value by itself means little.

                """);
        text.append("Machine: ").append(machine).append("\n");
        for (var file : files(folder)) {
            text.append("\n## ops/bench ")
                    .append(name(file))
                    .append(
                            "\n\n| what | value | unit | bare | ratio | rounds | note |\n|---|---|---|---|---|---|---|\n");
            for (var figure : JSON.readTree(Files.readString(file))) {
                text.append(row(figure));
            }
        }
        return text.toString();
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

    private static String row(JsonNode figure) {
        return "| %s | %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                        cell(figure, "name"),
                        cell(figure, "value"),
                        cell(figure, "unit"),
                        cell(figure, "baseline"),
                        cell(figure, "ratio"),
                        cell(figure, "rounds"),
                        cell(figure, "note"));
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
        return "%s, %d cores, %d GiB, %s %s, Java %s; written %s."
                .formatted(
                        processor(),
                        system.getAvailableProcessors(),
                        system.getTotalMemorySize() >> 30,
                        system.getName(),
                        system.getArch(),
                        Runtime.version(),
                        LocalDate.now(ZoneOffset.UTC));
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
