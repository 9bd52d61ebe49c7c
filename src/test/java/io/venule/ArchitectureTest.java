package io.venule;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.venule.architecture.PackageTable;
import io.venule.architecture.Rules;
import io.venule.architecture.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The package table of the design, held against what is compiled and written. Source: docs/decisions/0001-package-table.md. */
class ArchitectureTest {
    private static final PackageTable TABLE = PackageTable.ofVenule();
    private static final Rules RULES = new Rules(TABLE);
    private static final JavaClasses SHIPPED = new ClassFileImporter().importPath(Path.of("target", "classes"));
    private static final JavaClasses TESTS = new ClassFileImporter()
            .importPath(Path.of("target", "test-classes"))
            .that(not(resideInAPackage("io.venule.architecture.fixture..")));
    private static final Path MAIN = Path.of("src", "main", "java");
    private static final List<Path> MAIN_SOURCES = Sources.below(MAIN);
    private static final List<Path> ALL_SOURCES = Sources.below(MAIN, Path.of("src", "test", "java"));

    @Test
    void every_package_is_in_the_table() {
        assertThat(SHIPPED).isNotEmpty();
        assertThat(RULES.unknownPackages(SHIPPED)).isEmpty();
    }

    @Test
    void a_package_uses_only_what_the_table_allows_and_nothing_uses_the_root() {
        assertThat(RULES.forbiddenUses(SHIPPED)).isEmpty();
    }

    @Test
    void packages_form_no_cycle() {
        SlicesRuleDefinition.slices()
                .matching("io.venule.(*)..")
                .should()
                .beFreeOfCycles()
                .check(SHIPPED);
    }

    @Test
    void an_edge_is_allowed_to_no_one() {
        assertThat(TABLE.names()).noneMatch(name -> TABLE.uses(name).stream().anyMatch(TABLE::isEdge));
    }

    @Test
    void domain_packages_know_the_jdk_and_jspecify_only() {
        assertThat(RULES.impurities(SHIPPED)).isEmpty();
    }

    @Test
    void each_technology_has_one_owner() {
        assertThat(RULES.strayTechnology(SHIPPED)).isEmpty();
    }

    @Test
    void the_time_and_chance_come_from_the_root() {
        assertThat(RULES.ownClocksAndDice(SHIPPED)).isEmpty();
    }

    @Test
    void domain_numbers_are_exact() {
        var domain = MAIN_SOURCES.stream()
                .filter(file -> MAIN.resolve("io/venule").relativize(file).getNameCount() > 1)
                .filter(file -> TABLE.isDomain(
                        MAIN.resolve("io/venule").relativize(file).getName(0).toString()))
                .toList();

        assertThat(RULES.floatingPoint(SHIPPED)).isEmpty();
        assertThat(Sources.lines(domain, Pattern.compile("\\b([Dd]ouble|[Ff]loat)\\b")))
                .isEmpty();
    }

    @Test
    void only_the_checks_can_make_evidence() {
        assertThat(RULES.openEvidence(SHIPPED, Set.of("Paired", "CheckedDose", "SignedOrder")))
                .isEmpty();
    }

    @Test
    void names_say_something() {
        assertThat(RULES.emptyNames(SHIPPED)).isEmpty();
        assertThat(RULES.emptyNames(TESTS)).isEmpty();
    }

    @Test
    void nothing_is_injected_but_through_the_one_constructor() {
        assertThat(RULES.injections(SHIPPED)).isEmpty();
    }

    @Test
    void a_request_is_read_on_its_own_thread() {
        assertThat(RULES.requestsReadAside(SHIPPED)).isEmpty();
    }

    @Test
    void only_commands_print_to_the_console() {
        assertThat(RULES.consoleOutput(SHIPPED)).isEmpty();
    }

    @Test
    void every_package_says_what_it_is_for_and_has_no_null() {
        assertThat(Sources.packagesWithoutPurpose(MAIN_SOURCES)).isEmpty();
    }

    @Test
    void files_and_methods_fit_on_a_few_screens() {
        assertThat(Sources.longFiles(ALL_SOURCES, 400)).isEmpty();
        assertThat(Sources.longMethods(MAIN_SOURCES, 40)).isEmpty();
    }

    @Test
    void nothing_is_left_for_later_without_an_issue() {
        var marker = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b(?! \\(issue \\d+\\))");

        assertThat(Sources.lines(ALL_SOURCES, marker)).isEmpty();
    }

    @Test
    void no_test_sleeps_or_mocks() {
        var unwanted = Pattern.compile("Thread" + "\\.sleep|org\\." + "mockito");

        assertThat(Sources.lines(Sources.below(Path.of("src", "test", "java")), unwanted))
                .isEmpty();
    }
}
