package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.order.AuditTrail;
import io.venule.signing.Digest;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import io.venule.staff.SubjectId;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The log under the addresses of a tiled log: what a monitor fetches part by part is what an auditor downloads whole. */
@QuarkusTest
@WithTestResource(StackResource.class)
class TiledLogIT {
    /** Other bytes each time somebody signs. */
    private static final Set<String> MOVING_ON = Set.of("checkpoint", "witnessed");

    @Nullable
    VenuleStack stack;

    @Inject
    AuditTrail trail;

    @Inject
    AuditLog log;

    @Test
    void every_part_of_an_export_is_served_byte_for_byte() throws Exception {
        aLogWithFullAndPartialTiles();
        try (var api = new Api(Objects.requireNonNull(stack))) {
            var export = unzipped(api.get("auditor", "/api/v1/audit/export").expect(200));

            assertThat(export).containsKeys("checkpoint", "tile/0/000", "tile/entries/000");
            assertThat(export.keySet()).anyMatch(name -> name.startsWith("tile/1/000.p/"));
            assertThat(export.keySet()).anyMatch(name -> name.matches("tile/entries/.*\\.p/.*"));
            for (var part : export.entrySet()) {
                if (!MOVING_ON.contains(part.getKey())) {
                    assertThat(served(api, part.getKey())).as(part.getKey()).isEqualTo(part.getValue());
                }
            }
        }
    }

    /** Between an export and a look, a witness may have said more. */
    @Test
    void what_witnesses_said_is_served_as_it_is_exported() throws Exception {
        aLogWithFullAndPartialTiles();
        try (var api = new Api(Objects.requireNonNull(stack))) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                var export = unzipped(api.get("auditor", "/api/v1/audit/export").expect(200));
                assertThat(export).containsKey("witnessed");
                assertThat(served(api, "witnessed")).isEqualTo(export.get("witnessed"));
            });
        }
    }

    private static byte[] served(Api api, String part) throws IOException, InterruptedException {
        return api.get("auditor", "/audit/log/" + part).expect(200).body().bytes();
    }

    @Test
    void the_newest_checkpoint_is_served_and_nothing_beyond_it() throws Exception {
        aLogWithFullAndPartialTiles();
        try (var api = new Api(Objects.requireNonNull(stack))) {
            var note = api.get("auditor", "/audit/log/checkpoint").expect(200);

            assertThat(note.text()).isEqualTo(log.checkpoint().orElseThrow().note());
            assertThat(note.headers().get("content-type")).startsWith("text/plain");
            assertThat(api.get("auditor", "/audit/log/tile/entries/x099/999").problem())
                    .isEqualTo("not-found");
            assertThat(api.get("nurse", "/audit/log/checkpoint").status()).isEqualTo(403);
        }
    }

    private void aLogWithFullAndPartialTiles() {
        var who = new SubjectId("test");
        while (log.head().size() < 300 || log.head().size() % 256 == 0) {
            trail.append(AuditEntry.of(AuditKind.PATIENT_READ, Instant.now(), who)
                    .with("name", "Test")
                    .with("address", "192.0.2.1")
                    .with("patient", Digest.NONE)
                    .with("through", "test"));
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> log.checkpoint()
                        .filter(checkpoint -> checkpoint.head().size() >= 300
                                && checkpoint.head().size() % 256 != 0)
                        .isPresent());
    }

    private static Map<String, byte[]> unzipped(Api.Answer answer) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body().bytes()))) {
            for (var file = zip.getNextEntry(); file != null; file = zip.getNextEntry()) {
                files.put(file.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}
