package io.venule.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.venule.audit.Witnessing.Answer;
import io.venule.audit.Witnessing.Outcome;
import io.venule.stack.WitnessServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The log and a witness over HTTP that checks by itself what it is shown. Threat T-44; C2SP tlog-witness. */
class OutsideWitnessTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final Instant COSIGNED = Instant.ofEpochSecond(1_795_248_000L);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RamLog log = RamLog.empty("venule.example/log");
    private final RamCosignatures kept = new RamCosignatures();
    private final WitnessServer witness =
            new WitnessServer("witness.example", log.noteKey().text(), () -> COSIGNED);
    private final WitnessKey key = WitnessKey.parse(witness.verifierKey()).orElseThrow();
    private Duration uptime = Duration.ZERO;
    private OutsideWitness outside = shownTo(witness.prefix(), log, kept);

    @AfterEach
    void close() {
        outside.close();
        witness.close();
    }

    private OutsideWitness shownTo(URI where, RamLog of, RamCosignatures words) {
        var witnessing = new Witnessing(of, words, log.noteKey(), () -> uptime);
        return new OutsideWitness(key, where, PATIENCE, witnessing, () -> NOW.plus(uptime));
    }

    private OutsideWitness.Standing aMinuteLater() {
        uptime = uptime.plusSeconds(60);
        outside.round();
        return outside.standing();
    }

    private void isWell(long entries) {
        assertThat(outside.standing().trouble()).isEmpty();
        assertThat(outside.standing().entries()).isEqualTo(entries);
    }

    @Test
    void a_log_that_grows_is_cosigned_by_a_witness_that_checks_each_proof_itself() {
        for (int size : new int[] {1, 2, 3, 7, 8, 9, 64, 65, 300, 1024, 1025}) {
            log.grow(size, "entry ");
            aMinuteLater();

            isWell(size);
            var published = kept.witnessed().orElseThrow();
            assertThat(published.head()).isEqualTo(log.head());
            assertThat(Cosignature.under(published, List.of(key))).hasSize(1);
        }
        assertThat(witness.answered()).hasSize(11).containsOnly(200);
        aMinuteLater();
        assertThat(witness.answered()).as("nothing new, nothing asked").hasSize(11);
        assertThat(outside.standing().cosigned()).isEqualTo(COSIGNED);
        assertThat(outside.standing().failures()).isZero();
    }

    @Test
    void from_every_length_to_every_other_the_proof_is_right_by_the_witnesss_own_reading() {
        for (int from = 1; from <= 33; from++) {
            for (int to = from; to <= 33; to++) {
                try (var fresh = new WitnessServer(
                                "witness.example", log.noteKey().text(), () -> COSIGNED);
                        var asked = new HttpWitness(fresh.prefix(), PATIENCE)) {
                    var grown = log.backup(0);
                    for (int size : new int[] {from, to}) {
                        grown.grow(size, "entry ");
                        var request = WitnessRequest.text(
                                size == from && fresh.answered().isEmpty() ? 0 : from,
                                grown.checkpoint().orElseThrow(),
                                grown.hashes());
                        assertThat(asked.look(request).result())
                                .as(from + " to " + to)
                                .isEqualTo("ACCEPTED");
                    }
                } catch (IOException e) {
                    throw new AssertionError(from + " to " + to, e);
                }
            }
        }
    }

    @Test
    void a_server_that_forgot_what_the_witness_saw_is_told_and_goes_on_from_there() {
        log.grow(5, "entry ");
        aMinuteLater();
        log.grow(9, "entry ");
        outside = shownTo(witness.prefix(), log, new RamCosignatures());

        aMinuteLater();

        isWell(9);
        assertThat(witness.answered()).containsExactly(200, 409, 200);
    }

    @Test
    void a_log_that_was_turned_back_is_said_and_nothing_is_stopped_by_it() {
        log.grow(20, "entry ");
        aMinuteLater();
        var yesterday = log.backup(12);
        outside = shownTo(witness.prefix(), yesterday, new RamCosignatures());

        assertThat(aMinuteLater().trouble())
                .isEqualTo(
                        "witness.example says that it saw 20 entries of this log, and there are 12, as after the database was"
                                + " turned back");
        assertThat(kept.contradictions()).isEmpty();
        assertThat(outside.standing().failures()).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "50, 422: this log does not begin with what it saw",
        "20, does not cosign the log of 20 entries: it saw another of 20"
    })
    void another_history_under_the_same_key_is_not_cosigned_and_said(int grown, String why) {
        log.grow(20, "entry ");
        aMinuteLater();
        var other = log.backup(19);
        other.grow(grown, "what happened instead ");
        outside = shownTo(witness.prefix(), other, new RamCosignatures());

        assertThat(aMinuteLater().trouble()).endsWith(why);
        assertThat(outside.standing().entries()).isZero();
    }

    @Test
    void what_another_replica_has_shown_it_meanwhile_is_no_trouble() {
        log.grow(20, "entry ");
        aMinuteLater();
        var behind = log.backup(15);
        var witnessing = new Witnessing(behind, new RamCosignatures(), log.noteKey(), () -> uptime);

        assertThat(witnessing.show(key, request -> {
                    behind.grow(20, "entry ");
                    return new Answer("SEQUENCE", 20, "");
                }))
                .isInstanceOf(Outcome.NothingNew.class);
    }

    @Test
    void one_that_is_away_is_said_and_counted_until_it_is_back() throws IOException {
        log.grow(5, "entry ");
        aMinuteLater();
        witness.leave();
        log.grow(9, "entry ");

        for (int rounds = 1; rounds <= 3; rounds++) {
            var away = aMinuteLater();
            assertThat(away.trouble()).contains("gives no answer");
            assertThat(away.since()).as("since the first of them").isEqualTo(NOW.plusSeconds(120));
            assertThat(away.failures()).isEqualTo(rounds);
            assertThat(away.entries()).as("its last word stands").isEqualTo(5);
        }
        witness.comeBack();
        aMinuteLater();

        isWell(9);
        assertThat(outside.standing().failures()).as("counted for good").isEqualTo(3);
    }

    /** Somebody at the witness's address who answers as he likes. */
    private static HttpServer answering(com.sun.net.httpserver.HttpHandler how) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", how);
        server.start();
        return server;
    }

    private static URI at(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private static void say(HttpExchange exchange, int code, String text) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Test
    void one_that_begins_to_answer_and_stops_keeps_nobody_waiting_and_no_pump_from_being_shown_the_log()
            throws Exception {
        log.grow(5, "entry ");
        var asked = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var server = answering(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            asked.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        var witnessing = new Witnessing(log, kept, log.noteKey(), () -> uptime);
        try (var slow = new OutsideWitness(
                        key, at(server), Duration.ofSeconds(2), witnessing, InstantSource.fixed(NOW));
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var round = pool.submit(slow::round);
            asked.await();
            var pump = new TestWitness("pump.example", log.noteKey());

            assertThat(witnessing.show(pump.key(), pump::look)).isInstanceOf(Outcome.Cosigned.class);

            assertThat(round.isDone()).as("still waiting then").isFalse();
            round.get(20, TimeUnit.SECONDS);
            assertThat(slow.standing().trouble()).endsWith("gives no answer within 2000 ms");
        } finally {
            end.countDown();
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 ",
                "200 — witness.example AAAA\n",
                "200 noise",
                "409 ",
                "409 5",
                "409 -5\n",
                "409 x\n",
                "500 ",
                "307 "
            })
    void what_is_no_cosignature_is_none_whatever_it_says(String answer) throws IOException {
        log.grow(5, "entry ");
        var server = answering(exchange -> {
            exchange.getResponseHeaders().set("Location", witness.prefix() + "/add-checkpoint");
            say(exchange, Integer.parseInt(answer.substring(0, 3)), answer.substring(4));
        });
        try (var there = shownTo(at(server), log, kept)) {
            there.round();

            assertThat(there.standing().trouble()).isNotEmpty();
            assertThat(there.standing().failures()).isOne();
        } finally {
            server.stop(0);
        }
        assertThat(kept.witnessed()).isEmpty();
        assertThat(witness.answered()).as("no redirect is followed").isEmpty();
    }

    @Test
    void an_answer_without_end_is_cut() throws IOException {
        log.grow(5, "entry ");
        var server = answering(exchange -> say(exchange, 200, "x".repeat(64 * 1024 + 1)));
        try (var there = shownTo(at(server), log, kept)) {
            there.round();

            assertThat(there.standing().trouble()).contains("gives no answer");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void the_word_of_another_key_is_not_taken() {
        log.grow(5, "entry ");
        var other = new WitnessServer("witness.example", log.noteKey().text(), () -> COSIGNED);
        try (var there = shownTo(other.prefix(), log, kept)) {
            there.round();

            assertThat(there.standing().trouble())
                    .isEqualTo("witness.example gave a cosignature that is none of its own");
        } finally {
            other.close();
        }
        assertThat(kept.witnessed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "other.example/log, 404: it does not know the log",
        "venule.example/log, 403: it does not know the log's key"
    })
    void a_log_that_the_witness_does_not_know_is_said(String origin, String why) {
        var stranger = RamLog.empty(origin);
        stranger.grow(5, "entry ");
        outside = new OutsideWitness(
                key,
                witness.prefix(),
                PATIENCE,
                new Witnessing(stranger, kept, stranger.noteKey(), () -> uptime),
                InstantSource.fixed(NOW));

        assertThat(aMinuteLater().trouble()).endsWith(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://witness.example/",
                "witness.example",
                "/log",
                "https:/log",
                "https://witness.example/log?x=1"
            })
    void an_address_that_is_none_is_refused(String address) {
        assertThatThrownBy(() -> new HttpWitness(URI.create(address), PATIENCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an address of a witness");
    }
}
