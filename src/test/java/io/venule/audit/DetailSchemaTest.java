package io.venule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.Digest;
import io.venule.staff.SubjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind has its details and no other, in the code and in the documentation alike. Source: issue "audit log", item 1. */
class DetailSchemaTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z_]+)` \\| [^|]+ \\| ([^|]+) \\|");

    @Test
    void the_documentation_says_of_every_kind_what_the_code_does() throws IOException {
        var written = new TreeMap<String, String>();
        for (var line : Files.readAllLines(Path.of("docs", "audit-format.md"))) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                written.put(row.group(1), row.group(2));
            }
        }

        var known = Arrays.stream(AuditKind.values())
                .collect(Collectors.toMap(AuditKind::name, DetailSchema::described, (one, _) -> one, TreeMap::new));

        assertThat(asText(written)).isEqualTo(asText(known));
    }

    private static String asText(Map<String, String> rows) {
        return rows.entrySet().stream()
                .map(row -> row.getKey() + ": " + row.getValue())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void an_entry_with_all_it_must_have_follows_with_and_without_what_it_may() {
        assertThat(DetailSchema.fault(exported())).isEmpty();
        assertThat(DetailSchema.fault(exported().with("patient", Digest.NONE))).isEmpty();
        assertThat(DetailSchema.fault(exported().with("searched", List.of("drug", "from"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "address", "form", "entries"})
    void an_entry_without_one_that_it_must_have_does_not(String name) {
        var entry = AuditEntry.of(AuditKind.EXPORT, AT, new SubjectId("subject"));
        entry = name.equals("name") ? entry : entry.with("name", "Ada Auditor");
        entry = name.equals("address") ? entry : entry.with("address", "192.0.2.1");
        entry = name.equals("form") ? entry : entry.with("form", "csv");
        entry = name.equals("entries") ? entry : entry.with("entries", 3);

        assertThat(DetailSchema.fault(entry)).contains("an entry EXPORT without " + name);
    }

    @Test
    void a_detail_of_another_kind_or_another_form_is_refused() {
        assertThat(DetailSchema.fault(exported().with("drug", "heparin"))).contains("an entry EXPORT has no drug");
        assertThat(DetailSchema.fault(exported().with("sha256", "short")))
                .contains("in an entry EXPORT, sha256 is no hash");
        assertThat(DetailSchema.fault(exported().with("sha256", "A".repeat(64))))
                .isPresent();
        assertThat(DetailSchema.fault(exported().with("searched", "drug")))
                .contains("in an entry EXPORT, searched is no texts");
        assertThat(DetailSchema.fault(exported().with("searched", Collections.nCopies(64, "x"))))
                .isEmpty();
        assertThat(DetailSchema.fault(exported().with("searched", Collections.nCopies(65, "x"))))
                .isPresent();
    }

    @Test
    void a_reason_may_be_one_text_or_several() {
        var refused = AuditEntry.bySystem(AuditKind.ORDER_REFUSED, AT).with("verdict", "MISPAIRED");

        assertThat(DetailSchema.fault(refused.with("why", "one"))).isEmpty();
        assertThat(DetailSchema.fault(refused.with("why", List.of("one", "two"))))
                .isEmpty();
        assertThat(DetailSchema.fault(refused.with("why", 3)))
                .contains("in an entry ORDER_REFUSED, why is no text or texts");
    }

    private static AuditEntry exported() {
        return AuditEntry.of(AuditKind.EXPORT, AT, new SubjectId("subject"))
                .with("name", "Ada Auditor")
                .with("address", "192.0.2.1")
                .with("form", "csv")
                .with("entries", 3);
    }
}
