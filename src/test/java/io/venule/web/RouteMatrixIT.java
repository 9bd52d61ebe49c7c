package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Who may do what: {@code src/test/resources/access.csv} says it for every route and every role, and the running application, asked with real
 * tokens, must do exactly that. The routes are read from the application, so that one without a row fails. T-01.
 */
@QuarkusTest
@WithTestResource(StackResource.class)
class RouteMatrixIT {
    private static final Path TABLE = Path.of("src", "test", "resources", "access.csv");
    private static final String BAD_TOKEN = "bad-token";

    @Nullable
    VenuleStack stack;

    @Inject
    Router router;

    /** One line of the table: what each caller gets at a route. */
    private record Row(RunningRoutes.Route route, Map<String, String> cells) {
        static Row read(List<String> columns, String line) {
            var values = Arrays.stream(line.split(",", -1)).map(String::strip).toList();
            assertThat(values).as(line).hasSameSizeAs(columns);
            var cells = new java.util.LinkedHashMap<String, String>();
            for (int i = 2; i < values.size(); i++) {
                cells.put(columns.get(i), values.get(i));
            }
            return new Row(new RunningRoutes.Route(values.get(0), values.get(1)), cells);
        }

        String line() {
            return route + ": " + cells;
        }
    }

    @Test
    void every_route_has_a_row_and_every_row_a_route() throws IOException {
        var running = new TreeSet<>(RunningRoutes.resources());
        running.addAll(RunningRoutes.beside(router));

        assertThat(table().stream().map(Row::route).map(RunningRoutes.Route::toString))
                .containsExactlyInAnyOrderElementsOf(
                        running.stream().map(RunningRoutes.Route::toString).toList());
    }

    @Test
    void every_person_gets_at_every_route_what_the_table_says() throws Exception {
        var table = table();
        var callers = new Callers(theStack().keycloak()).honest();
        var seen = new ArrayList<String>();

        for (var row : table) {
            var cells = new java.util.LinkedHashMap<String, String>();
            for (var column : row.cells().keySet()) {
                cells.put(
                        column,
                        column.equals(BAD_TOKEN)
                                ? Objects.requireNonNull(row.cells().get(column))
                                : door().knock(row.route(), Objects.requireNonNull(callers.get(column))));
            }
            seen.add(new Row(row.route(), cells).line());
        }

        assertThat(String.join("\n", seen))
                .isEqualTo(table.stream().map(Row::line).collect(Collectors.joining("\n")));
    }

    @Test
    void no_bad_token_opens_anything() throws Exception {
        var table = table();
        var wanted = new ArrayList<String>();
        var seen = new ArrayList<String>();

        for (var caller : new Callers(theStack().keycloak()).dishonest().entrySet()) {
            for (var row : table) {
                wanted.add(caller.getKey() + " at " + row.route() + ": "
                        + row.cells().get(BAD_TOKEN));
                seen.add(caller.getKey() + " at " + row.route() + ": " + door().knock(row.route(), caller.getValue()));
            }
        }

        assertThat(String.join("\n", seen)).isEqualTo(String.join("\n", wanted));
    }

    private static List<Row> table() throws IOException {
        var lines = Files.readAllLines(TABLE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        var columns = Arrays.stream(lines.getFirst().split(",", -1))
                .map(String::strip)
                .toList();
        return lines.stream().skip(1).map(line -> Row.read(columns, line)).toList();
    }

    private Door door() {
        return new Door(theStack().applicationAddress(), theStack().keycloak().realmAddress());
    }

    private VenuleStack theStack() {
        return Objects.requireNonNull(stack);
    }
}
