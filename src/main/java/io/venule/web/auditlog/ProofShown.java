package io.venule.web.auditlog;

import io.venule.audit.AuditLog;
import io.venule.audit.Checkpoint;
import io.venule.audit.InclusionProof;
import io.venule.signing.Digest;
import io.venule.signing.NoteKey;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Everything needed to see that an entry is in the log: its canonical text, its index, and the hashes beside its way to the root of a signed checkpoint.
 *
 * @param proof hashes in hexadecimal, from the leaf upwards; source: RFC 6962, 2.1.1
 * @param checkpoint the signed note
 * @param key the verifier key of the log; whoever verifies compares it with a copy from elsewhere
 */
public record ProofShown(
        String entry,
        long index,
        String entryHash,
        long size,
        String root,
        List<String> proof,
        String checkpoint,
        String key) {
    static ProofShown of(AuditLog log, AuditLog.Logged logged, Checkpoint checkpoint, NoteKey key) {
        var size = checkpoint.head().size();
        var proof = InclusionProof.of(logged.index(), size, log.hashes());
        return new ProofShown(
                new String(logged.entry().canonical(), StandardCharsets.UTF_8),
                logged.index(),
                logged.entry().leafHash().hex(),
                size,
                checkpoint.head().root().hex(),
                proof.path().stream().map(Digest::hex).toList(),
                checkpoint.note(),
                key.text());
    }
}
