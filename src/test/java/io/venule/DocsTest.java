package io.venule;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.web.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents point to is there: files, commands, classes, tests. */
class DocsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile("\\bops/([a-z-]+)(?![a-z./-])");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z0-9](?:Test|IT))`");
    private static final Pattern CLASS = Pattern.compile("\\b([A-Z][a-z]+(?:[A-Z][a-z]+)+)\\b(?:\\.[a-z]\\w*)?");
    /** Words in docs/flow.md that look like a class and are a case of a sealed type or somebody's name. */
    private static final Set<String> CASES = Set.of("OutsideSoftLimits", "OutsideHardLimits");

    @Test
    void every_link_leads_to_a_file() throws IOException {
        for (var document : documents()) {
            assertThat(found(LINK, document).stream().filter(link -> !link.contains("://")))
                    .as(document.toString())
                    .allSatisfy(
                            link -> assertThat(beside(document).resolve(link)).exists());
        }
    }

    @Test
    void every_command_can_be_run() throws IOException {
        for (var document : documents()) {
            assertThat(found(COMMAND, document))
                    .as(document.toString())
                    .allSatisfy(command -> assertThat(Path.of("ops", command))
                            .satisfiesAnyOf(
                                    file -> assertThat(file).isExecutable(),
                                    file -> assertThat(file).isDirectory(),
                                    file -> assertThat(command).isEqualTo("secrets")));
        }
    }

    @Test
    void every_test_that_is_named_exists() throws IOException {
        var tests = javaFiles(Path.of("src", "test", "java"));

        for (var document : documents()) {
            assertThat(found(TEST, document)).as(document.toString()).isSubsetOf(tests);
        }
    }

    @Test
    void every_class_in_the_flow_exists() throws IOException {
        var classes = javaFiles(Path.of("src", "main", "java"));
        var named = found(CLASS, Path.of("docs", "flow.md"));

        assertThat(named).contains("OrderDesk", "PumpReports");
        assertThat(named.stream().filter(name -> !CASES.contains(name))).isSubsetOf(classes);
    }

    @Test
    void the_readme_says_first_what_it_is_and_how_to_run_it() throws IOException {
        var firstScreen =
                Files.readAllLines(Path.of("README.md")).stream().limit(20).collect(Collectors.joining("\n"));

        assertThat(firstScreen).contains("not a cleared medical device", "ops/demo", "ops/check");
    }

    @Test
    void every_problem_type_is_listed_with_its_status_and_title() throws IOException {
        var row = Pattern.compile("\\| (`[a-z-]+` \\| \\d+ \\| [^|]+) \\|.*");

        var listed = Files.readAllLines(Path.of("docs", "problems.md")).stream()
                .map(row::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1));

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemType.values())
                        .map(type -> "`" + type.slug() + "` | " + type.status() + " | " + type.title())
                        .toList());
    }

    private static List<Path> documents() throws IOException {
        var documents = new ArrayList<>(List.of(Path.of("README.md")));
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }

    private static Path beside(Path document) {
        var folder = document.getParent();
        return folder == null ? Path.of("") : folder;
    }

    private static Set<String> found(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> javaFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
