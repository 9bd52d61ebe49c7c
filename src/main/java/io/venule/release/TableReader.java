package io.venule.release;

import io.venule.quantity.Decimal;
import io.venule.release.Faults.Place;
import io.venule.release.TableRows.Row;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonList;
import io.venule.signing.Json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a table of entries into a library that has no fault itself. Each row becomes an entry's text and is read as any other by {@link LibraryReader}, alone with its
 * drug, so that what is wrong with it has its row.
 */
final class TableReader {
    /** A text of an entry has at most 1,000 characters; the apostrophe before it is no part of it. */
    static final int LONGEST_CELL = 1_001;

    private static final JsonList NOTHING = Json.list(List.of());

    private final Parts base;
    private final Map<String, Json> drugs = new TreeMap<>();
    private final Map<String, List<Json>> entries = new HashMap<>();
    private final Map<String, Integer> rowOfId = new HashMap<>();
    private final Set<TableFault> faults = new LinkedHashSet<>();

    TableReader(Release base) {
        this.base = ReleaseFolder.parts(base);
        this.base.drugs().forEach(drug -> drugs.put(ReleaseFolder.code(drug.json()), drug.json()));
    }

    TableReading read(TableRows table, long counter) {
        var rows = table.rows();
        if (rows.isEmpty() || rows.getFirst().number() != 1) {
            faults.addAll(table.faults());
            if (faults.isEmpty()) {
                fault(1, "", "there is no header", "Begin with the row of column names that ops/library table writes");
            }
            return refused();
        }
        var columns = columns(rows.getFirst());
        if (faults.isEmpty()) {
            rows.subList(1, rows.size()).forEach(row -> read(row, columns));
        }
        faults.addAll(table.faults());
        return faults.isEmpty() ? filled(counter) : refused();
    }

    private TableReading refused() {
        return new TableReading.Refused(List.copyOf(faults));
    }

    private void fault(int row, String column, String problem, String remedy) {
        faults.add(new TableFault(row, column, problem, remedy));
    }

    /** The columns as they stand in the header, in any order; all of them, each once. */
    private List<TableColumn> columns(Row header) {
        if (header.cells().size() == 1 && header.cells().getFirst().matches("(?s).*[;\t|].*")) {
            fault(
                    1,
                    "",
                    "the cells are not separated by commas",
                    "Save it as \"CSV UTF-8 (comma delimited)\", with the comma as the separator");
            return List.of();
        }
        if (TableColumn.ALL.stream().noneMatch(column -> header.cells().contains(column.name()))) {
            fault(1, "", "this is no table of entries", "Take one that ops/library table wrote");
            return List.of();
        }
        var found = new ArrayList<TableColumn>();
        for (int i = 0; i < header.cells().size(); i++) {
            var name = header.cells().get(i);
            var known = TableColumn.ALL.stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst();
            if (known.isEmpty()) {
                fault(
                        1,
                        name,
                        "unknown column \"" + name + "\", the " + (i + 1) + ". from the left",
                        "Take it out or correct its name");
            } else if (found.contains(known.get())) {
                fault(1, name, "the column is there twice", "Keep one");
            }
            known.ifPresent(found::add);
        }
        TableColumn.ALL.stream()
                .filter(column -> !found.contains(column))
                .forEach(column -> fault(
                        1,
                        column.name(),
                        "the column is missing",
                        "Add it, with empty cells where nothing is to be said"));
        return found;
    }

    private void read(Row row, List<TableColumn> columns) {
        if (row.cells().size() != columns.size()) {
            fault(
                    row.number(),
                    "",
                    "the row has " + row.cells().size() + " cells, and the header " + columns.size(),
                    "Look for a comma that is not within quotation marks, such as a decimal comma");
            return;
        }
        var before = faults.size();
        var cells = new HashMap<TableColumn, String>();
        var entry = new JsonObject(new TreeMap<>());
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            var cell = row.cells().get(i);
            if (cell.length() > LONGEST_CELL) {
                fault(
                        row.number(),
                        column.name(),
                        "the cell has more than " + LONGEST_CELL + " characters",
                        "Shorten it");
            }
            var meant = TableCell.meant(cell);
            if (!meant.isEmpty()) {
                cells.put(column, meant);
                entry = column.put(entry, meant);
            }
        }
        if (faults.size() == before) {
            check(row.number(), entry, cells);
        }
    }

    private void check(int row, JsonObject entry, Map<TableColumn, String> cells) {
        var id = TableColumn.ID.of(entry);
        var drug = id.substring(0, Math.max(0, id.indexOf('/')));
        var earlier = rowOfId.putIfAbsent(id, row);
        if (id.isEmpty()) {
            fault(
                    row,
                    TableColumn.ID.name(),
                    "the id is missing",
                    "Write <drug code>/<care area code>/<a word of its own>");
            return;
        }
        if (earlier != null) {
            fault(
                    row,
                    TableColumn.ID.name(),
                    "id " + id + " is in row " + earlier + " too",
                    "Keep one, or give it an id of its own");
        }
        if (!drugs.containsKey(drug)) {
            fault(
                    row,
                    TableColumn.ID.name(),
                    "unknown drug \"" + drug + "\"",
                    "Begin the id with the code of a drug of this library, or add the drug's file first");
            return;
        }
        for (var found : faultsOf(entry, drugs.getOrDefault(drug, NOTHING))) {
            faults.add(told(row, found, cells));
        }
        entries.computeIfAbsent(drug, _ -> new ArrayList<>()).add(entry);
    }

    private List<LibraryFault> faultsOf(JsonObject entry, Json drug) {
        var alone = new Parts(
                base.library(), base.careAreas(), List.of(part(holding(drug, List.of(entry)))), part(NOTHING));
        return switch (new LibraryReader(new Faults()).read(alone)) {
            case LibraryReading.Loaded _ -> List.of();
            case LibraryReading.Refused(var found) -> found;
        };
    }

    /** The same fault where a spreadsheet shows it: in the first column with text below the member, or the first below it. */
    private static TableFault told(int row, LibraryFault fault, Map<TableColumn, String> cells) {
        var below = TableColumn.ALL.stream()
                .filter(column -> column.isAt(fault.member()))
                .toList();
        var column = below.stream()
                .filter(cells::containsKey)
                .findFirst()
                .or(() -> below.stream().findFirst())
                .orElse(TableColumn.ID);
        var cell = Optional.ofNullable(cells.get(column));
        if (column.number() && cell.flatMap(Decimal::parse).isEmpty() && cell.isPresent()) {
            var spoilt = TableCell.spoilt(cell.get());
            return new TableFault(row, column.name(), spoilt.problem(), spoilt.remedy());
        }
        return new TableFault(row, column.name(), fault.problem(), fault.remedy());
    }

    private static Part part(Json json) {
        return new Part(json, new Place("table", ""));
    }

    private static Json holding(Json drug, List<Json> entries) {
        var members = new TreeMap<>(((JsonObject) drug).members());
        members.put("entries", Json.list(entries));
        return new JsonObject(members);
    }

    private TableReading filled(long counter) {
        var filled = new Parts(
                part(ReleaseFolder.counted(base.library().json(), counter)),
                base.careAreas(),
                drugs.entrySet().stream()
                        .map(drug -> part(holding(drug.getValue(), entries.getOrDefault(drug.getKey(), List.of()))))
                        .toList(),
                base.products());
        return switch (new LibraryReader(new Faults()).read(filled)) {
            case LibraryReading.Loaded(var release) -> new TableReading.Filled(release);
            case LibraryReading.Refused(var found) ->
                new TableReading.Refused(found.stream()
                        .map(fault -> told(rowOfId.getOrDefault(fault.entry(), 1), fault, Map.of()))
                        .toList());
        };
    }
}
