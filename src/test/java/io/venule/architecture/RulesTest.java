package io.venule.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule bites: the fixture breaks it once, and the innocent class beside it is left alone. */
class RulesTest {
    private static final String FIXTURE = "io.venule.architecture.fixture";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(FIXTURE);
    private static final Rules RULES = new Rules(new PackageTable(FIXTURE));

    @Test
    void a_package_outside_the_table_is_caught() {
        assertThat(RULES.unknownPackages(CLASSES)).singleElement().asString().contains("gossip");
    }

    @Test
    void using_an_edge_or_the_root_is_caught() {
        assertThat(RULES.forbiddenUses(CLASSES))
                .anyMatch(complaint -> complaint.contains("dose.BreaksRules") && complaint.contains("web.Page"))
                .anyMatch(complaint -> complaint.contains("dose.BreaksRules") && complaint.contains("TheRoot"))
                .anyMatch(complaint -> complaint.contains("opcua.LinkHelper") && complaint.contains("web.Page"))
                .noneMatch(complaint -> complaint.contains("UsesNothing"));
    }

    @Test
    void a_foreign_type_in_a_domain_package_is_caught() {
        assertThat(RULES.impurities(CLASSES))
                .anyMatch(complaint -> complaint.contains("com.google.zxing"))
                .anyMatch(complaint -> complaint.contains("org.eclipse.microprofile"))
                .noneMatch(complaint -> complaint.contains("UsesNothing"));
    }

    @Test
    void a_technology_in_a_foreign_package_is_caught() {
        assertThat(RULES.strayTechnology(CLASSES)).isNotEmpty().allMatch(complaint -> complaint.contains("zxing"));
    }

    @Test
    void an_own_clock_and_own_dice_are_caught() {
        assertThat(RULES.ownClocksAndDice(CLASSES))
                .hasSize(2)
                .anyMatch(complaint -> complaint.contains("Instant.now"))
                .anyMatch(complaint -> complaint.contains("SecureRandom"));
    }

    @Test
    void floating_point_is_caught_as_field_parameter_and_result() {
        assertThat(RULES.floatingPoint(CLASSES))
                .hasSize(2)
                .anyMatch(complaint -> complaint.endsWith(".millilitres"))
                .anyMatch(complaint -> complaint.contains(".print("));
    }

    @Test
    void an_empty_name_is_caught() {
        assertThat(RULES.emptyNames(CLASSES)).singleElement().asString().endsWith("LinkHelper");
    }

    @Test
    void field_injection_is_caught() {
        assertThat(RULES.injections(CLASSES)).singleElement().asString().contains("injected");
    }

    @Test
    void a_request_read_on_another_thread_is_caught() {
        assertThat(RULES.requestsReadAside(CLASSES)).singleElement().asString().contains("Page.refused");
    }

    @Test
    void printing_is_caught() {
        assertThat(RULES.consoleOutput(CLASSES)).singleElement().asString().contains("System.out");
    }

    @Test
    void evidence_that_anybody_can_make_is_caught() {
        assertThat(RULES.openEvidence(CLASSES, Set.of("CheckedDose")))
                .singleElement()
                .asString()
                .contains("quantity.CheckedDose");
    }

    @Test
    void long_files_long_methods_unwanted_words_and_nameless_packages_are_caught(@TempDir Path folder)
            throws IOException {
        var file = Files.writeString(
                folder.resolve("Long.java"), "class Long {\n  void word() {\n\n\n  }\n\n  void none() {\n\n  }\n}\n");

        var files = List.of(file);

        assertThat(Sources.longFiles(files, 10)).isEmpty();
        assertThat(Sources.longFiles(files, 9)).hasSize(1);
        assertThat(Sources.longMethods(files, 4)).isEmpty();
        assertThat(Sources.longMethods(files, 3)).singleElement().asString().contains("word has 4 lines");
        assertThat(Sources.lines(files, Pattern.compile("none")))
                .singleElement()
                .asString()
                .contains("Long.java:7:");
        assertThat(Sources.packagesWithoutPurpose(files)).hasSize(1);
    }

    @Test
    void the_table_in_the_document_is_the_table_in_the_code() throws IOException {
        var row = Pattern.compile("\\| (?:edge )?`([a-z]+)`[^|]*\\|[^|]*\\|([^|]*)\\|");
        var table = PackageTable.ofVenule();
        var documented = new java.util.TreeMap<String, Set<String>>();

        for (var line : Files.readAllLines(Path.of("docs", "decisions", "0001-package-table.md"))) {
            var matcher = row.matcher(line);
            if (matcher.matches()) {
                documented.put(matcher.group(1), new java.util.TreeSet<>(uses(table, matcher.group(2))));
            }
        }

        assertThat(documented.keySet()).isEqualTo(table.names());
        assertThat(documented)
                .allSatisfy((name, uses) -> assertThat(uses).as(name).isEqualTo(table.uses(name)));
    }

    private static List<String> uses(PackageTable table, String cell) {
        if (cell.contains("all domain packages")) {
            return table.names().stream().filter(table::isDomain).toList();
        }
        return Pattern.compile("`([a-z]+)`")
                .matcher(cell)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
