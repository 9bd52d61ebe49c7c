package io.venule.audit;

import io.venule.audit.AuditLog.Logged;
import io.venule.signing.JsonMembers;
import io.venule.signing.NoteKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Entries taken out of the log, each with the proof that it is in it, under one signed checkpoint: a zip that is judged offline with the log's key and
 * nothing else. It is a selection; what is not in it, it does not speak of. Source: C2SP tlog-proof; docs/audit-format.md, "Bundle".
 */
public final class ProofBundle {
    private static final String KEY = "log.vkey";
    private static final String SCHEMA = "does not follow the entry's schema: ";
    private static final String WORDS = "README.txt";
    private static final Pattern PART = Pattern.compile("entries/(0|[1-9][0-9]{0,17})\\.(json|tlog-proof)");
    /** The least that a zip can say, so that the same entries give the same bytes. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ProofBundle() {}

    /** What judging found. */
    public sealed interface Verdict {
        /** So many entries, each as it was signed, and what is signed inside them, as in {@link LogVerifier.Texts}. */
        record Holds(Checkpoint checkpoint, int entries, long orders, long releases, long unjudgedByRoot)
                implements Verdict {}

        /** This part is not what was signed; the first one found. */
        record Broken(String part, String what) implements Verdict {}
    }

    /** The zip. Each entry must be covered by the checkpoint. */
    public static byte[] write(Collection<Logged> entries, Checkpoint checkpoint, HashSource hashes, NoteKey key) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            put(zip, WORDS, words(entries.size(), checkpoint, key));
            put(zip, KEY, key.text() + "\n");
            put(zip, TilePath.CHECKPOINT, checkpoint.note());
            for (var logged : entries) {
                var proof = InclusionProof.of(logged.index(), checkpoint.head().size(), hashes);
                put(zip, part(logged.index(), "json"), logged.entry().canonical());
                put(zip, part(logged.index(), "tlog-proof"), new TlogProof(proof, checkpoint).text());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Judges the parts of these names. The log's key is the one that the reader trusts, not the one inside. */
    public static Verdict verify(Collection<String> names, LogFiles files, LogVerifier.Trusted keys) {
        var note = files.read(TilePath.CHECKPOINT);
        if (note.isEmpty()) {
            return new Verdict.Broken(TilePath.CHECKPOINT, "is missing");
        }
        return switch (Checkpoint.verify(note.get(), keys.log())) {
            case Checkpoint.Verification.Refused(var reason) -> new Verdict.Broken(TilePath.CHECKPOINT, reason);
            case Checkpoint.Verification.Verified(var checkpoint) ->
                verify(names, new Parts(files, keys.log(), checkpoint), new RootWord(keys.root()));
        };
    }

    private static Verdict verify(Collection<String> names, Parts parts, RootWord inside) {
        var met = new HashSet<String>();
        var entries = new TreeMap<Long, AuditEntry>();
        for (var name : names) {
            if (!met.add(name)) {
                return new Verdict.Broken(name, "is there twice");
            }
            var part = PART.matcher(name);
            if (!part.matches() && !List.of(WORDS, KEY, TilePath.CHECKPOINT).contains(name)) {
                return new Verdict.Broken(name, "does not belong to a bundle");
            }
            if (part.matches()) {
                var index = Long.parseLong(part.group(1));
                var fault = part.group(2).equals("json") ? parts.faultOf(index, entries) : parts.faultOfLone(index);
                if (fault.isPresent()) {
                    return new Verdict.Broken(name, fault.get());
                }
            }
        }
        return entries.entrySet().stream()
                .flatMap(entry -> inside.look(entry.getKey(), List.of(Optional.of(entry.getValue()))).stream())
                .findFirst()
                .<Verdict>map(fault -> new Verdict.Broken(part(fault.index(), "json"), fault.what()))
                .orElseGet(() -> new Verdict.Holds(
                        parts.checkpoint(), entries.size(), inside.orders(), inside.releases(), inside.unjudged()));
    }

    /** What is read while judging, and against what. */
    private record Parts(LogFiles files, NoteKey key, Checkpoint checkpoint) {
        /** What is wrong with an entry; one that is as signed is put to the others. */
        Optional<String> faultOf(long index, Map<Long, AuditEntry> good) {
            var entry = files.read(part(index, "json"));
            var proof = files.read(part(index, "tlog-proof"));
            if (entry.isEmpty() || proof.isEmpty()) {
                return Optional.of("has no proof beside it");
            }
            return switch (TlogProof.parse(proof.get(), key)) {
                case TlogProof.Reading.Refused(var reason) -> Optional.of("its proof: " + reason);
                case TlogProof.Reading.Read(var read) -> faultOf(index, entry.get(), read, good);
            };
        }

        private Optional<String> faultOf(long index, byte[] entry, TlogProof proof, Map<Long, AuditEntry> good) {
            if (!proof.checkpoint().note().equals(checkpoint.note())) {
                return Optional.of("its proof is under another checkpoint");
            }
            if (proof.proof().index() != index) {
                return Optional.of("its proof is of entry " + proof.proof().index());
            }
            if (!proof.holds(Leaf.hash(entry))) {
                return Optional.of("is not what was signed");
            }
            return switch (AuditEntry.parse(entry)) {
                case JsonMembers.Reading.Refused<AuditEntry> refused -> Optional.of(SCHEMA + refused.text());
                case JsonMembers.Reading.Ok<AuditEntry>(var read) -> {
                    good.put(index, read);
                    yield DetailSchema.fault(read).map(fault -> SCHEMA + fault);
                }
            };
        }

        Optional<String> faultOfLone(long index) {
            return files.read(part(index, "json")).isEmpty() ? Optional.of("has no entry beside it") : Optional.empty();
        }
    }

    private static String part(long index, String kind) {
        return "entries/" + index + "." + kind;
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        put(zip, name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static String words(int entries, Checkpoint checkpoint, NoteKey key) {
        return entries + " entries of the audit log " + key.name() + ", out of "
                + checkpoint.head().size() + " that the checkpoint covers.\n\n"
                + "entries/N.json        entry N, exactly as it was hashed\n"
                + "entries/N.tlog-proof  that entry N is in the log (C2SP tlog-proof; RFC 6962)\n"
                + "checkpoint            the signed state of the log that all proofs lead to (C2SP tlog-checkpoint)\n"
                + "log.vkey              the key that the checkpoint is verified with: compare it with the one you were given before\n\n"
                + "Check: ops/verify-log THIS.zip --key YOUR-COPY-OF/log.vkey --root YOUR-COPY-OF/root.pub\n"
                + "This is a selection. That it was taken out, and the SHA-256 of this very file, is an entry of the log.\n";
    }
}
