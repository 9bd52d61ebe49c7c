package io.venule.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.Cosignature;
import io.venule.audit.RamCosignatures;
import io.venule.audit.RamLog;
import io.venule.audit.WitnessKey;
import io.venule.audit.Witnessing;
import io.venule.audit.Witnessing.Answer;
import io.venule.audit.Witnessing.Outcome;
import io.venule.signing.KeyRole;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server and a pump that witnesses its log: what the pump proves stops the log, what it only says does not. T-44, P-12. */
class PumpWitnessesTest {
    private final PumpRig pump = PumpRig.inRealTime();
    private final RamLog log = RamLog.empty("venule.example/log");
    private final RamCosignatures kept = new RamCosignatures();
    private final WitnessKey witness =
            WitnessKey.ofPump(PumpRig.SERIAL, pump.brain().recordPublicKey());
    private final List<String> asked = new ArrayList<>();
    private Duration uptime = Duration.ZERO;
    private Witnessing server = server(log, kept);

    @BeforeEach
    void the_pump_trusts_the_log() {
        log.grow(5, "entry ");
        pump.brain().trustKey(PumpRig.bytes(pump.keys().certificate(log.key(), KeyRole.CHECKPOINT, "*")));
    }

    private Witnessing server(RamLog of, RamCosignatures words) {
        return new Witnessing(of, words, of.noteKey(), () -> uptime);
    }

    private Outcome shown() {
        return server.show(witness, this::toPump);
    }

    private Answer toPump(String request) {
        asked.add(request.substring(0, request.indexOf('\n')));
        var answer = pump.brain().witnessCheckpoint(request.getBytes(StandardCharsets.UTF_8));
        return new Answer(answer.result(), answer.size(), answer.text());
    }

    private void aMinuteLater() {
        uptime = uptime.plusSeconds(60);
    }

    @Test
    void a_log_that_grows_gathers_words_each_from_where_the_last_one_was() {
        for (int size : new int[] {5, 6, 64, 300}) {
            log.grow(size, "entry ");
            assertThat(shown()).isInstanceOf(Outcome.Cosigned.class);
            var published = kept.witnessed().orElseThrow();
            assertThat(published.head()).isEqualTo(log.head());
            assertThat(Cosignature.under(published, List.of(witness))).hasSize(1);
            aMinuteLater();
        }
        assertThat(asked).containsExactly("old 0", "old 5", "old 6", "old 64");
        assertThat(shown()).isInstanceOf(Outcome.NothingNew.class);
    }

    @Test
    void all_who_ask_within_half_a_minute_are_shown_the_same_checkpoint() {
        shown();
        uptime = uptime.plusSeconds(29);
        log.grow(9, "entry ");

        assertThat(shown()).isInstanceOf(Outcome.NothingNew.class);

        uptime = uptime.plusSeconds(1);
        assertThat(shown()).isInstanceOf(Outcome.Cosigned.class);
    }

    @Test
    void a_server_that_forgot_what_the_pump_saw_asks_once_more_from_there() {
        shown();
        log.grow(9, "entry ");
        aMinuteLater();
        server = server(log, new RamCosignatures());

        assertThat(shown()).isInstanceOf(Outcome.Cosigned.class);
        assertThat(asked).containsExactly("old 0", "old 0", "old 5");
    }

    /** Everything in yesterday's backup fits together, the words of the witnesses and the second store included. */
    @Test
    void a_log_put_back_to_yesterday_is_refused_with_proof_and_stops() {
        shown();
        var yesterday = log.backup(5);
        var wordsOfYesterday = kept.copy();
        log.grow(20, "entry ");
        aMinuteLater();
        shown();
        pump.reboot();

        yesterday.grow(12, "what happened instead ");
        server = server(yesterday, wordsOfYesterday);
        aMinuteLater();

        assertThat(shown()).isInstanceOf(Outcome.Contradicted.class);
        assertThat(wordsOfYesterday.contradictions()).singleElement().asString().contains("has cosigned 20 entries");
        assertThat(wordsOfYesterday.seenBy(witness)).isEqualTo(5);
    }

    @Test
    void a_log_put_back_and_grown_past_what_was_seen_is_refused_all_the_same() {
        log.grow(20, "entry ");
        shown();
        var other = log.backup(19);
        other.grow(50, "what happened instead ");
        server = server(other, new RamCosignatures());
        aMinuteLater();

        assertThat(shown()).isInstanceOf(Outcome.Contradicted.class);
    }

    @Test
    void a_replica_that_is_behind_is_no_contradiction() {
        log.grow(20, "entry ");
        shown();
        var behind = log.backup(15);
        server = server(behind, kept);
        aMinuteLater();
        assertThat(shown()).isInstanceOf(Outcome.NothingNew.class);

        // It asks, is told of 20, and has those 20 by the time it looks.
        server = server(behind, new RamCosignatures());
        assertThat(server.show(witness, request -> {
                    var answer = toPump(request);
                    behind.grow(20, "entry ");
                    return answer;
                }))
                .isInstanceOf(Outcome.NothingNew.class);
        assertThat(kept.contradictions()).isEmpty();
    }

    @Test
    void a_pump_that_only_says_so_stops_nothing() {
        for (var text :
                List.of("", "noise", log.checkpoint().orElseThrow().note().replace("\n5\n", "\n500\n"))) {
            assertThat(server.show(witness, request -> new Answer("ROLLBACK", 500, text)))
                    .isInstanceOf(Outcome.Refused.class);
        }
        assertThat(server.show(witness, request -> new Answer("ACCEPTED", 5, "— noise AAAA\n")))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(server.show(witness, request -> new Answer("SEQUENCE", 500, "")))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(server.show(witness, request -> new Answer("SEQUENCE", -1, "")))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(kept.contradictions()).isEmpty();
        assertThat(kept.witnessed()).isEmpty();
    }

    @Test
    void a_cosignature_of_another_pump_is_not_taken() {
        var other = WitnessKey.ofPump("LV-00002", pump.brain().recordPublicKey());

        assertThat(server.show(other, this::toPump)).isInstanceOf(Outcome.Refused.class);
    }
}
