package io.venule.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.Checkpoint;
import io.venule.audit.Cosignature;
import io.venule.audit.HashSource;
import io.venule.audit.TreeHead;
import io.venule.audit.WitnessKey;
import io.venule.audit.WitnessRequest;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.KeyRole;
import io.venule.signing.SigningKey;
import io.venule.simulator.CheckpointWatch.Answer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pump remembers the server's log and lends nobody its name for another one. Source: pump contract, "Witness"; T-44, P-12. */
class PumpBrainWitnessTest {
    private static final String LOG = "venule.example/log";
    private static final HashSource TREE = tree("");
    private static final HashSource FORK = tree("fork from 5 on");

    private final PumpRig rig = PumpRig.inRealTime();
    private final SigningKey logKey = SigningKey.generate(new SecureRandom());

    @BeforeEach
    void the_pump_trusts_the_log() {
        var certificate = rig.keys().certificate(logKey, KeyRole.CHECKPOINT, "*");
        assertThat(rig.brain().trustKey(PumpRig.bytes(certificate))).isEqualTo("ACCEPTED");
    }

    /** Two histories that are the same for five entries. */
    private static HashSource tree(String afterFive) {
        return HashSource.ofLeaves((from, end) -> LongStream.range(from, end)
                .mapToObj(index -> Digest.ofText(index < 5 ? "entry " + index : "entry " + index + afterFive))
                .toList());
    }

    private static TreeHead head(HashSource tree, long size) {
        return new TreeHead(size, HashSource.range(tree, 0, size));
    }

    private Checkpoint checkpoint(HashSource tree, long size) {
        return Checkpoint.sign(LOG, head(tree, size), logKey);
    }

    private Answer show(String request) {
        return rig.brain().witnessCheckpoint(request.getBytes(StandardCharsets.UTF_8));
    }

    private Answer show(HashSource tree, long seen, long size) {
        return show(WitnessRequest.text(seen, checkpoint(tree, size), tree));
    }

    @Test
    void it_cosigns_what_follows_from_what_it_saw_by_its_record_key_with_its_clock() {
        var witness = WitnessKey.ofPump(PumpRig.SERIAL, rig.brain().recordPublicKey());
        long seen = 0;
        for (long size : new long[] {1, 2, 3, 3, 7, 8, 100, 257, 1000}) {
            var answer = show(TREE, seen, size);

            assertThat(answer.result()).isEqualTo("ACCEPTED");
            assertThat(answer.size()).isEqualTo(size);
            var word = Cosignature.find(answer.text().lines().toList(), checkpoint(TREE, size), witness);
            assertThat(word.map(Cosignature::at)).contains(Instant.ofEpochMilli(rig.now()));
            assertThat(Cosignature.find(answer.text().lines().toList(), checkpoint(FORK, size + 5), witness))
                    .isEmpty();
            seen = size;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "5, 8, ACCEPTED",
        "4, 8, SEQUENCE",
        "6, 8, SEQUENCE",
        "0, 8, SEQUENCE",
        "4, 4, ROLLBACK",
        "5, 5, ACCEPTED"
    })
    void what_does_not_begin_where_it_was_is_asked_for_again_and_what_is_smaller_is_refused(
            long old, long size, String result) {
        show(TREE, 0, 5);

        var answer = show(TREE, old, size);

        assertThat(answer.result()).isEqualTo(result);
        assertThat(answer.size()).isEqualTo(result.equals("ACCEPTED") ? size : 5);
    }

    @Test
    void another_history_is_refused_with_the_proof_that_it_is_one() {
        show(TREE, 0, 8);

        for (var answer : List.of(show(FORK, 8, 8), show(FORK, 8, 20), show(TREE, 3, 3))) {
            assertThat(answer.result()).isEqualTo("ROLLBACK");
            assertThat(answer.text()).isEqualTo(checkpoint(TREE, 8).note());
        }
        assertThat(show(TREE, 8, 20).result()).isEqualTo("ACCEPTED");
    }

    @Test
    void what_it_saw_outlives_its_power() {
        show(TREE, 0, 8);
        rig.reboot();

        assertThat(show(TREE, 0, 9).result()).isEqualTo("SEQUENCE");
        assertThat(show(FORK, 8, 9).result()).isEqualTo("ROLLBACK");
        assertThat(show(TREE, 8, 9).result()).isEqualTo("ACCEPTED");
    }

    @Test
    void only_the_logs_own_key_is_believed() {
        var stranger = SigningKey.generate(new SecureRandom());
        var pharmacist = rig.keys().pharmacist();
        for (var key : List.of(stranger, pharmacist)) {
            var note = Checkpoint.sign(LOG, head(TREE, 8), key);
            assertThat(show(WitnessRequest.text(0, note, TREE)).result()).isEqualTo("SIGNATURE");
        }
        var good = WitnessRequest.text(0, checkpoint(TREE, 8), TREE);
        assertThat(show(good.replaceFirst("\n8\n", "\n9\n")).result()).isEqualTo("SIGNATURE");
        assertThat(show(good.substring(1)).result()).isEqualTo("MALFORMED");
        assertThat(show("noise").result()).isEqualTo("MALFORMED");
        assertThat(show("old 0\n" + "A".repeat(70_000)).result()).isEqualTo("MALFORMED");
        assertThat(show(TREE, 0, 8).result()).isEqualTo("ACCEPTED");
        var other = Checkpoint.sign("other.example/log", head(TREE, 9), logKey);
        assertThat(show(WitnessRequest.text(8, other, TREE)).result()).isEqualTo("AUDIENCE");
    }

    /** The tree of an accepted order is the log's, or the pump says so: it asks for a proof from there. */
    @Test
    void the_tree_that_an_order_named_must_be_the_beginning_of_the_log() {
        show(TREE, 0, 5);
        assertThat(rig.codeFor(rig.order().with("log", log(head(FORK, 10))))).isEqualTo("ACCEPTED");

        assertThat(show(TREE, 5, 9).result()).isEqualTo("NOT_YET");
        assertThat(show(TREE, 5, 12)).isEqualTo(new Answer("SEQUENCE", 10, ""));
        assertThat(show(TREE, 10, 12).result()).isEqualTo("ROLLBACK");
        assertThat(show(FORK, 10, 12).result()).isEqualTo("ACCEPTED");
    }

    private static Json.ObjectBuilder log(TreeHead head) {
        return Json.object().put("root", head.root()).put("size", head.size());
    }

    /** A database restored from yesterday is noticed at the next order. T-44. */
    @ParameterizedTest
    @CsvSource({"7, false, ROLLBACK", "8, false, ACCEPTED", "8, true, ROLLBACK", "9, false, ACCEPTED"})
    void an_order_of_a_log_that_is_smaller_or_other_than_the_one_it_cosigned_is_refused(
            long size, boolean forked, String code) {
        show(TREE, 0, 8);
        rig.reboot();

        assertThat(rig.codeFor(rig.order().with("log", log(head(forked ? FORK : TREE, size)))))
                .isEqualTo(code);
    }

    /** The order was made before the checkpoint was: it could not know. */
    @Test
    void a_checkpoint_that_overtakes_an_order_does_not_refuse_it() {
        show(TREE, 0, 8);
        var order = rig.order().with("log", log(head(TREE, 9)));

        show(TREE, 8, 20);

        assertThat(rig.codeFor(order)).isEqualTo("ACCEPTED");
        rig.brain().stop(1, "N7");
        assertThat(rig.codeFor(rig.order().with("log", log(head(TREE, 19))))).isEqualTo("ROLLBACK");
    }
}
