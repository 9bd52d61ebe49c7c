package io.venule.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.pump.PumpEvent;
import io.venule.pump.Receipt;
import io.venule.signing.PublishedKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The published examples are what the code makes, byte for byte. After a change of the contract: run this test with
 * {@code -Dexamples.write=true}, look at what changed, commit it. Source: docs/pump-contract.md.
 */
class ContractExamplesTest {
    private static final Path FOLDER = ExampleFiles.FOLDER;
    private final SortedMap<String, String> made = ExampleStory.files();

    @Test
    void the_published_files_are_what_the_code_makes() throws IOException {
        if (Boolean.getBoolean("examples.write")) {
            write();
        }

        assertThat(different(published()))
                .as("look at what the change does to the contract, then run this test with -Dexamples.write=true")
                .isEmpty();
    }

    @Test
    void making_them_again_gives_the_same_bytes() {
        assertThat(ExampleStory.files()).isEqualTo(made);
    }

    @Test
    void each_rejection_and_an_acceptance_has_an_order_and_its_receipt() {
        var codes = Stream.concat(
                        Stream.of("ACCEPTED"),
                        Arrays.stream(Receipt.Rejection.values()).map(Enum::name))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(firstWords("orders")).isEqualTo(codes);
        assertThat(firstWords("receipts")).isEqualTo(codes);
        assertThat(Arrays.stream(Rejection.values()).map(Enum::name))
                .as("the simulator's codes are the server's")
                .containsExactly(Arrays.stream(Receipt.Rejection.values())
                        .map(Enum::name)
                        .toArray(String[]::new));
    }

    @Test
    void each_operation_is_accepted_once() {
        var operations = made.entrySet().stream()
                .filter(file -> file.getKey().startsWith("orders/ACCEPTED"))
                .map(file -> PumpRig.text(PumpRig.payload(file.getValue()), "op"))
                .collect(Collectors.toSet());

        assertThat(operations).contains("program", "titrate", "bolus");
        assertThat(operations)
                .containsAll(Arrays.stream(EndText.What.values())
                        .map(what -> what.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void clinical_mode_knows_each_of_the_keys() {
        assertThat(PublishedKeys.ids())
                .containsExactlyInAnyOrderElementsOf(ExampleKeys.all().stream()
                        .map(published -> published.key().id().hex())
                        .toList());
    }

    @Test
    void each_kind_of_record_occurs() {
        var kinds = leaves(PumpEvent.class).count();
        var types = names("records")
                .map(name -> name.substring(name.lastIndexOf('-') + 1))
                .collect(Collectors.toSet());

        assertThat(types).hasSize(Math.toIntExact(kinds));
    }

    /** Files that differ, or are here or there only; their content would be no reading. */
    private Set<String> different(SortedMap<String, String> published) {
        var names = new TreeSet<>(published.keySet());
        names.addAll(made.keySet());
        names.removeIf(name -> Objects.equals(published.get(name), made.get(name)));
        return names;
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(ContractExamplesTest::leaves)
                        .distinct()
                : Stream.of(type);
    }

    private Set<String> firstWords(String folder) {
        return names(folder).map(name -> name.split("-", 2)[0]).collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<String> names(String folder) {
        return made.keySet().stream()
                .filter(name -> name.startsWith(folder + "/"))
                .map(name -> name.substring(folder.length() + 1).replace(".jws", ""));
    }

    /** Every file in the folder but the README. */
    private static SortedMap<String, String> published() throws IOException {
        var found = new TreeMap<String, String>();
        try (var files = Files.walk(FOLDER)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = FOLDER.relativize(file).toString().replace('\\', '/');
                if (!name.equals("README.md")) {
                    found.put(name, Files.readString(file, StandardCharsets.UTF_8));
                }
            }
        }
        return found;
    }

    private void write() throws IOException {
        for (var stale : published().keySet()) {
            Files.delete(FOLDER.resolve(stale));
        }
        for (var file : made.entrySet()) {
            var path = FOLDER.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue(), StandardCharsets.UTF_8);
        }
    }
}
