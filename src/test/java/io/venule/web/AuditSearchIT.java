package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.signing.Digest;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An auditor finds an infusion by patient, pump, drug, nurse and time, and takes along what was found; each leaves its own trace. */
@QuarkusTest
@WithTestResource(StackResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditSearchIT {
    private static final String ENTRIES = "/api/v1/audit/entries";

    @Nullable
    VenuleStack stack;

    @Inject
    AuditLog log;

    private @Nullable WardAtWork ward;
    private @Nullable Api api;
    private String order = "";

    @BeforeAll
    void anInfusion() throws IOException, InterruptedException {
        var running = Objects.requireNonNull(stack);
        ward = WardAtWork.in(running);
        api = new Api(running);
        order = ward.order();
    }

    @AfterAll
    void close() {
        Objects.requireNonNull(ward).close();
        Objects.requireNonNull(api).close();
    }

    @Test
    void an_infusion_is_found_by_pump_drug_nurse_and_order() throws Exception {
        var approved = approval();

        for (var search : List.of(
                "q=" + order,
                "q=" + encoded(approved.place()),
                "q=" + encoded(Objects.requireNonNull(ward).tag(WardAtWork.RACK, 1)),
                "drug=norepi",
                "nurse=" + encoded(approved.person()),
                "nurse=" + encoded(approved.actor()),
                "kind=ORDER_APPROVED",
                "drug=norepi&nurse=" + encoded(approved.actor()) + "&kind=ORDER_APPROVED&q=" + order)) {
            assertThat(indices(search)).as(search).contains(approvalIndex());
        }
        assertThat(indices("drug=nothing-like-it")).isEmpty();
        assertThat(indices("drug=norepi&kind=SIGN_IN")).isEmpty();
    }

    @Test
    void the_time_is_from_then_on_and_until_before_then() throws Exception {
        var at = approval().at();

        assertThat(indices("q=" + order + "&from=" + at)).contains(approvalIndex());
        assertThat(indices("q=" + order + "&from=" + at.plusMillis(1))).doesNotContain(approvalIndex());
        assertThat(indices("q=" + order + "&until=" + at)).doesNotContain(approvalIndex());
        assertThat(indices("q=" + order + "&until=" + at.plusMillis(1))).contains(approvalIndex());
    }

    /** Issue "audit log", item 6: reads of patient data. */
    @Test
    void a_patient_is_found_by_wristband_and_every_look_is_in_the_log() throws Exception {
        var before = log.head().size();
        var band = Objects.requireNonNull(ward).band("RX-1005");

        var patient =
                auditor("/api/v1/audit/patients", Map.of("wristband", band)).text("patient");
        var found = indices("patient=" + patient);

        assertThat(found).contains(approvalIndex());
        assertThat(since(before, AuditKind.PATIENT_READ))
                .extracting(entry -> entry.said("through"))
                .contains("wristband", "audit search");
        assertThat(since(before, AuditKind.PATIENT_READ)).allSatisfy(entry -> {
            assertThat(entry.said("patient")).isEqualTo(patient);
            assertThat(entry.said("name")).isNotBlank();
            assertThat(entry.said("address")).isNotBlank();
        });
        assertThat(auditor("/api/v1/audit/patients", Map.of("wristband", "x")).problem())
                .isEqualTo("unreadable-scan");
    }

    /** Issue "audit log", item 7: an infusion's timeline joins order and scans. */
    @Test
    void a_timeline_begins_with_the_scans_that_showed_what_was_approved() throws Exception {
        var timeline = Objects.requireNonNull(api)
                .get("auditor", "/api/v1/audit/orders/" + order)
                .expect(200)
                .json();

        var scans = timeline.get(0);
        assertThat(scans.get("kind").asText()).isEqualTo("PAIRING");
        assertThat(scans.get("place").asText()).isEqualTo(approval().place());
        assertThat(scans.path("details").get("displayed").asText())
                .isEqualTo(approval().said("displayed"));
        assertThat(timeline.valueStream()
                        .map((JsonNode entry) -> entry.get("index").asLong()))
                .isSorted()
                .contains(approvalIndex());
    }

    @Test
    void a_timeline_is_a_read_of_the_patients_data() throws Exception {
        var before = log.head().size();

        Objects.requireNonNull(api)
                .get("nurse", "/api/v1/audit/orders/" + order)
                .expect(200);

        assertThat(since(before, AuditKind.PATIENT_READ))
                .anySatisfy(entry -> assertThat(entry.said("through")).isEqualTo("timeline"));
    }

    @Test
    void older_entries_follow_without_gap_or_double() throws Exception {
        var api = Objects.requireNonNull(this.api);
        while (log.head().size() < 250) {
            api.get("auditor", ENTRIES + "?patient=" + "0".repeat(64)).expect(200);
        }
        var size = log.head().size();

        var first = api.get("auditor", ENTRIES + "?before=" + size).expect(200).json();
        var second = api.get("auditor", ENTRIES + "?before=" + first.get("next").asLong())
                .expect(200)
                .json();

        var seen = Stream.of(first, second)
                .flatMap(page -> page.get("entries").valueStream())
                .map(entry -> entry.get("index").asLong())
                .toList();
        assertThat(seen).hasSize(200);
        for (int i = 0; i < seen.size(); i++) {
            assertThat(seen.get(i)).isEqualTo(size - 1 - i);
        }
        var last = api.get("auditor", ENTRIES + "?before=100").expect(200).json();
        assertThat(last.get("entries")).hasSize(100);
        assertThat(api.get("auditor", ENTRIES + "?before=99").expect(200).json().has("next"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from=yesterday | is no date and time
            until=2026-13-01 | is no date and time
            from=-0001-01-01 | is no date and time
            from=2026-11-21T08:00&until=2026-11-21T08:00 | nothing can be between
            patient=Anna | 64 hexadecimal digits
            kind=ANYTHING | no such kind
            before=-1 | no entry's number
            before=9999999999999999999 | no entry's number
            """)
    void what_cannot_be_understood_is_said_in_words(String search, String words) throws Exception {
        var answer = Objects.requireNonNull(api).get("auditor", ENTRIES + "?" + search);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-request");
        assertThat(answer.text("detail")).contains(words);
    }

    @Test
    void a_term_may_have_a_hundred_and_twenty_eight_characters_and_not_one_more() throws Exception {
        var api = Objects.requireNonNull(this.api);

        api.get("auditor", ENTRIES + "?drug=" + "x".repeat(127)).expect(200);
        api.get("auditor", ENTRIES + "?drug=" + "x".repeat(128)).expect(200);
        assertThat(api.get("auditor", ENTRIES + "?drug=" + "x".repeat(129))
                        .expect(400)
                        .text("detail"))
                .contains("more than 128 characters");
    }

    /** Threats T-12, T-13. */
    @Test
    void a_table_holds_what_was_found_and_the_log_holds_that_it_left() throws Exception {
        var before = log.head().size();

        var table = Objects.requireNonNull(api)
                .get("auditor", "/api/v1/audit/export/csv?q=" + order)
                .expect(200);

        assertThat(table.headers().get("content-type")).startsWith("text/csv");
        assertThat(table.headers().get("content-disposition")).contains("venule-audit.csv");
        assertThat(table.text().lines().count()).isEqualTo(log.ofOrder(order).size() + 1);
        assertThat(table.text()).contains(approval().leafHash().hex());
        assertThat(since(before, AuditKind.EXPORT)).anySatisfy(entry -> {
            assertThat(entry.said("form")).isEqualTo("csv");
            assertThat(entry.said("sha256"))
                    .isEqualTo(Digest.of(table.body().bytes()).hex());
        });
        assertThat(Objects.requireNonNull(api)
                        .get("auditor", "/api/v1/audit/export/csv?nurse=' OR 1=1 --".replace(" ", "%20"))
                        .expect(200)
                        .text()
                        .lines()
                        .count())
                .isEqualTo(1);
    }

    private List<Long> indices(String search) throws IOException, InterruptedException {
        return Objects.requireNonNull(api)
                .get("auditor", ENTRIES + "?" + search)
                .expect(200)
                .json()
                .get("entries")
                .valueStream()
                .map((JsonNode entry) -> entry.get("index").asLong())
                .toList();
    }

    private Api.Answer auditor(String path, Object body) throws IOException, InterruptedException {
        return Objects.requireNonNull(api).post("auditor", path, body);
    }

    private AuditLog.Logged approved() {
        return log.ofOrder(order).stream()
                .filter(logged -> logged.entry().kind() == AuditKind.ORDER_APPROVED
                        || logged.entry().kind() == AuditKind.ORDER_OVERRIDDEN)
                .findFirst()
                .orElseThrow();
    }

    private AuditEntry approval() {
        return approved().entry();
    }

    private long approvalIndex() {
        return approved().index();
    }

    private List<AuditEntry> since(long from, AuditKind kind) {
        var found = new ArrayList<AuditEntry>();
        for (long index = from; index < log.head().size(); index++) {
            log.entry(index)
                    .map(AuditLog.Logged::entry)
                    .filter(entry -> entry.kind() == kind)
                    .ifPresent(found::add);
        }
        return found;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
