package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.signing.Json;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sign-ins, refusals and the start stand in the audit log. Issue "audit log", item 6; threats T-01, T-16. */
@QuarkusTest
@WithTestResource(StackResource.class)
class SecurityTrailIT {
    @Nullable
    VenuleStack stack;

    @Inject
    AuditLog log;

    private Api api() {
        return new Api(Objects.requireNonNull(stack));
    }

    private List<AuditEntry> entriesSince(long from, AuditKind kind) {
        var found = new ArrayList<AuditEntry>();
        for (long index = from; index < log.head().size(); index++) {
            log.entry(index)
                    .map(AuditLog.Logged::entry)
                    .filter(entry -> entry.kind() == kind)
                    .ifPresent(found::add);
        }
        return found;
    }

    private static Json detail(AuditEntry entry, String name) {
        return Objects.requireNonNull(entry.details().members().get(name), name);
    }

    @Test
    void what_a_role_may_not_do_is_in_the_log_with_who_tried_what() throws IOException, InterruptedException {
        var before = log.head().size();

        api().get("nurse", "/api/v1/audit/checkpoint").expect(403);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(entriesSince(before, AuditKind.ACCESS_DENIED))
                        .anySatisfy(entry -> {
                            assertThat(entry.actor()).isNotEqualTo(AuditEntry.SYSTEM);
                            assertThat(detail(entry, "path")).isEqualTo(Json.text("/api/v1/audit/checkpoint"));
                            assertThat(detail(entry, "method")).isEqualTo(Json.text("GET"));
                            assertThat(entry.said("address")).isNotBlank();
                        }));
    }

    @Test
    void on_the_way_to_the_sign_in_nobody_is_refused_anything() throws IOException, InterruptedException {
        var before = log.head().size();
        var browser = HttpRequest.newBuilder(
                        Objects.requireNonNull(stack).applicationAddress().resolve("/fleet"))
                .header("Accept", "text/html,*/*;q=0.1")
                .build();

        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(browser, HttpResponse.BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(302);
        }
        api().get("pharmacist", "/api/v1/audit/checkpoint").expect(403);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(entriesSince(before, AuditKind.ACCESS_DENIED))
                        .anySatisfy(entry -> assertThat(entry.said("name")).isEqualTo("Paula Demo")));
        assertThat(entriesSince(before, AuditKind.ACCESS_DENIED))
                .noneSatisfy(entry -> assertThat(entry.said("path")).isEqualTo("/fleet"));
    }

    @Test
    void a_session_is_one_entry_however_many_requests_it_makes() throws IOException, InterruptedException {
        var api = api();
        for (int i = 0; i < 20; i++) {
            api.get("biomed", "/api/v1/me").expect(200);
        }

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(entriesSince(0, AuditKind.SIGN_IN))
                        .anySatisfy(entry -> assertThat(detail(entry, "result")).isEqualTo(Json.text("accepted"))));
        var sessions = entriesSince(0, AuditKind.SIGN_IN).size();
        for (int i = 0; i < 20; i++) {
            api.get("biomed", "/api/v1/me").expect(200);
        }
        assertThat(entriesSince(0, AuditKind.SIGN_IN)).hasSizeLessThan(sessions + 20);
    }

    @Test
    void a_forged_token_is_in_the_log_without_its_text() throws IOException, InterruptedException {
        var before = log.head().size();
        var address = Objects.requireNonNull(stack).applicationAddress().resolve("/api/v1/me");
        var forged = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2VjcmV0")
                .build();

        try (var client = HttpClient.newHttpClient()) {
            // Other tests' bad tokens may have been noted less than ten seconds ago.
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(client.send(forged, HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(401);
                assertThat(entriesSince(before, AuditKind.SIGN_IN)).anySatisfy(entry -> {
                    assertThat(detail(entry, "result")).isEqualTo(Json.text("refused"));
                    assertThat(new String(entry.canonical(), StandardCharsets.UTF_8))
                            .doesNotContain("c2VjcmV0");
                });
            });
        }
    }

    /** Otherwise each invention of a stranger were a request to the identity server, and a line of our own log. T-69. */
    @Test
    void a_forged_token_is_refused_without_asking_anybody() throws IOException, InterruptedException {
        var address = Objects.requireNonNull(stack).applicationAddress().resolve("/api/v1/me");
        var key = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"RS256\",\"kid\":\"nobody\"}".getBytes(StandardCharsets.UTF_8));
        var said = new Complaints();
        var oidc = Logger.getLogger("io.quarkus.oidc");
        oidc.addHandler(said);
        try (var client = HttpClient.newHttpClient()) {
            for (var invented :
                    List.of("x", "x.y.z", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2VjcmV0", key + ".e30.c2Vj")) {
                var request = HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + invented)
                        .build();

                assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .as(invented)
                        .isEqualTo(401);
            }
        } finally {
            oidc.removeHandler(said);
        }
        assertThat(said.heard).isEmpty();
    }

    /** What is logged as a warning or an error. */
    private static final class Complaints extends Handler {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord said) {
            if (said.getLevel().intValue() >= Level.WARNING.intValue()) {
                heard.add(said.getLoggerName() + ": " + said.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void the_start_is_in_the_log_with_its_check_its_library_and_its_keys() {
        assertThat(entriesSince(0, AuditKind.LOG_CHECK)).isNotEmpty();
        assertThat(entriesSince(0, AuditKind.CONFIGURATION)).anySatisfy(entry -> {
            assertThat(entry.library().counter()).isPositive();
            assertThat(entry.details().members())
                    .containsKeys("mode", "root", "orderKey", "checkpointKey", "dataKey", "settings", "changed");
        });
        assertThat(entriesSince(0, AuditKind.LIBRARY_ACTIVATED)).anySatisfy(entry -> {
            assertThat(entry.library().counter()).isPositive();
            assertThat(entry.details().members().get("signers"))
                    .isInstanceOfSatisfying(
                            Json.JsonList.class,
                            signers -> assertThat(signers.items()).hasSizeGreaterThanOrEqualTo(2));
        });
    }
}
