package io.venule.web.auditlog;

import io.venule.audit.AuditLog;
import io.venule.audit.Checkpoint;
import io.venule.audit.InclusionProof;
import io.venule.signing.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Everything needed to see that an entry is in the log: its canonical text, its index, and the hashes beside its way to the root of a signed checkpoint.
 *
 * @param proof hashes in hexadecimal, from the leaf upwards; source: RFC 6962, 2.1.1
 * @param checkpoint the signed note
 */
public record ProofShown(
        String entry, long index, String entryHash, long size, String root, List<String> proof, String checkpoint) {
    static ProofShown of(AuditLog log, AuditLog.Logged logged, Checkpoint checkpoint) {
        var size = checkpoint.head().size();
        var proof = InclusionProof.of(logged.index(), size, log.hashes());
        return new ProofShown(
                new String(logged.entry().canonical(), StandardCharsets.UTF_8),
                logged.index(),
                logged.entry().leafHash().hex(),
                size,
                checkpoint.head().root().hex(),
                proof.path().stream().map(Digest::hex).toList(),
                checkpoint.note());
    }
}
