package io.venule.simulator;

import io.venule.audit.Checkpoint;
import io.venule.audit.HashSource;
import io.venule.audit.TreeHead;
import io.venule.audit.WitnessRequest;
import io.venule.signing.Digest;
import io.venule.signing.KeyRole;
import io.venule.signing.SigningKey;
import java.util.stream.LongStream;

/** The log of the contract's examples: the hash of its n-th leaf is that of a sentence with the number in it, the first five being the same always. */
record ExampleLog(String name, String sentence) {
    private static final int SAME = 5;

    static ExampleLog of(String sentence) {
        return new ExampleLog("venule.example/log", sentence);
    }

    ExampleLog named(String other) {
        return new ExampleLog(other, sentence);
    }

    /** What a pump that saw {@code seen} entries is shown. */
    String request(long seen, long size, SigningKey key) {
        var tree = HashSource.ofLeaves((from, end) -> LongStream.range(from, end)
                .mapToObj(index -> Digest.ofText((index < SAME ? "entry " : sentence) + index))
                .toList());
        var head = new TreeHead(size, HashSource.range(tree, 0, size));
        return WitnessRequest.text(seen, Checkpoint.sign(name, head, key), tree);
    }

    /** Two histories of one log that part after five entries, and a pump that knows one of them. */
    static void isWitnessed(ExampleScript script) {
        script.trusts(
                "checkpoint",
                ExampleKeys.ward(ExamplePump.START)
                        .certificate(ExampleKeys.CHECKPOINT, KeyRole.CHECKPOINT, ExamplePump.WARD),
                "ACCEPTED");
        var log = of("entry ");
        var fork = of("another entry ");
        script.witnesses("MALFORMED", "noise", "noise");
        script.witnesses("SIGNATURE", "by a stranger", log.request(0, 5, ExampleKeys.STRANGER));
        script.witnesses("SIGNATURE", "by an order key", log.request(0, 5, ExampleKeys.ORDER));
        script.witnesses("ACCEPTED", "the first", log.request(0, 5, ExampleKeys.CHECKPOINT));
        script.witnesses("SEQUENCE", "a proof from elsewhere", log.request(4, 8, ExampleKeys.CHECKPOINT));
        script.witnesses("ACCEPTED", "a longer one", log.request(5, 8, ExampleKeys.CHECKPOINT));
        script.witnesses("ACCEPTED", "the same again", log.request(8, 8, ExampleKeys.CHECKPOINT));
        script.witnesses("ROLLBACK", "a shorter one", log.request(5, 7, ExampleKeys.CHECKPOINT));
        script.witnesses("ROLLBACK", "another history", fork.request(8, 8, ExampleKeys.CHECKPOINT));
        script.witnesses("ROLLBACK", "a longer one of another history", fork.request(8, 9, ExampleKeys.CHECKPOINT));
        script.witnesses(
                "AUDIENCE", "another log", log.named("other.example/log").request(8, 9, ExampleKeys.CHECKPOINT));
    }

    static void isWitnessedAfterOrders(ExampleScript script) {
        // The order that ran named a tree of ten entries: what is shown now must lead there.
        script.witnesses(
                "NOT_YET", "shorter than the tree of an order", of("entry ").request(8, 9, ExampleKeys.CHECKPOINT));
        script.witnesses(
                "ROLLBACK", "another tree than an order named", of("entry ").request(10, 12, ExampleKeys.CHECKPOINT));
    }
}
