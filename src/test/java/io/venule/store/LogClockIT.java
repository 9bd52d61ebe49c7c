package io.venule.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.Frontier;
import io.venule.signing.Digest;
import io.venule.stack.Backbone;
import io.venule.store.BareLog.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's clock jumps, stands still and lies: the log's order, its checkpoints and its watch do not hang on it. Threat T-50. */
class LogClockIT {
    @TempDir
    static Path folder;

    private static Backbone backbone;
    private static Place place;

    private final AtomicReference<Instant> clock = new AtomicReference<>(WardFixture.NOON);
    private final AtomicReference<Duration> uptime = new AtomicReference<>(Duration.ZERO);

    @BeforeAll
    static void a_database() throws IOException {
        backbone = Backbone.start();
        var database = backbone.database();
        place = new Place(
                database.url(), database.user(), database.password(), backbone.keys(), folder.resolve("memory"));
        place.migrate();
    }

    @AfterAll
    static void end() throws IOException {
        backbone.close();
    }

    private BareLog open() throws SQLException {
        var log = new BareLog(place, new LocalDisk(), clock::get);
        log.publisher.startFrom(Frontier.EMPTY);
        return log;
    }

    @Test
    void entries_stand_in_the_order_they_came_each_with_what_the_clock_said_and_every_state_is_signed()
            throws SQLException {
        var jumps = List.of(
                Duration.ZERO,
                Duration.ofHours(1),
                Duration.ofHours(-2),
                // A leap second: the same second once more.
                Duration.ofSeconds(-1),
                Duration.ofDays(365),
                Duration.ofDays(-730));
        try (var log = open()) {
            var from = log.log.head().size();
            var said = new ArrayList<Instant>();
            for (var jump : jumps) {
                said.add(clock.updateAndGet(before -> before.plus(jump)));
                log.transactions.inOne(() -> new AuditAppender(log.transactions, log.soundness)
                        .append(List.of(AuditEntry.bySystem(AuditKind.LOG_CHECK, clock.get())
                                .with("entries", 1)
                                .with("root", Digest.NONE)
                                .with("result", "sound"))));
                assertThat(log.publisher.publish()).isTrue();
            }

            for (int i = 0; i < said.size(); i++) {
                assertThat(log.log.entry(from + i).orElseThrow().entry().at()).isEqualTo(said.get(i));
            }
            assertThat(log.check.check()).isInstanceOf(LogCheck.Found.Sound.class);
            assertThat(log.soundness.fault()).isEmpty();
        }
    }

    @Test
    void a_change_is_found_in_time_though_the_clock_was_set_back_an_hour() throws SQLException {
        try (var log = open()) {
            var index = log.append(1, 1);
            assertThat(log.check.check()).isInstanceOf(LogCheck.Found.Sound.class);
            var rounds = log.rounds(clock::get, uptime::get);
            rounds.startAt(log.log.head());
            clock.updateAndGet(now -> now.minus(Duration.ofHours(1)));
            var flip = "UPDATE audit_leaf SET leaf = set_byte(leaf, 20, get_byte(leaf, 20) # 1) WHERE index = " + index;
            Superuser.run(log.transactions, flip);
            try {
                uptime.set(Duration.ofSeconds(45).minusMillis(1));
                rounds.step();
                assertThat(log.soundness.fault()).isEmpty();

                uptime.set(Duration.ofSeconds(45));
                rounds.step();

                assertThat(log.soundness.fault()).hasValue("entry " + index + " was changed");
            } finally {
                Superuser.run(log.transactions, flip);
            }
        }
    }
}
