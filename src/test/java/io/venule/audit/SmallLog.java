package io.venule.audit;

import io.venule.signing.SigningKey;
import java.nio.file.Path;
import java.util.ArrayList;

/** A log of a few entries, exported under a checkpoint that its own key signed, whatever stands in it: so is one that whoever holds that key made up. */
final class SmallLog {
    private SmallLog() {}

    /** Writes it into a directory that is not there yet, and judges it. */
    static LogVerifier.Verdict judged(
            Path directory, SigningKey logKey, LogVerifier.Trusted keys, AuditEntry... entries) {
        var leaves = new ArrayList<byte[]>();
        var edge = Frontier.EMPTY;
        for (var entry : entries) {
            leaves.add(entry.canonical());
            edge = edge.append(entry.leafHash());
        }
        LogExport.write(directory, leaves.iterator(), Checkpoint.sign(keys.log().name(), edge.head(), logKey));
        return LogVerifier.verify(LogFiles.in(directory), keys, (_, _) -> {});
    }
}
