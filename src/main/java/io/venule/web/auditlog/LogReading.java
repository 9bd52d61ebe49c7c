package io.venule.web.auditlog;

import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.audit.Checkpoint;
import io.venule.audit.Cosignatures;
import io.venule.audit.InfusionStory;
import io.venule.audit.LogExport;
import io.venule.order.AuditTrail;
import io.venule.signing.NoteKey;
import io.venule.staff.Role;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Staff;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What pages and API both ask of the log. */
@Singleton
class LogReading {
    /** Leaves read from the store at a time while exporting. */
    private static final int CHUNK = 1_000;

    private final AuditLog log;
    private final Cosignatures words;
    private final LogSearch search;
    private final AuditTrail trail;
    private final Staff staff;
    private final Problems problems;
    private final NoteKey key;
    private final InstantSource clock;

    LogReading(
            AuditLog log,
            Cosignatures words,
            LogSearch search,
            AuditTrail trail,
            Staff staff,
            Problems problems,
            NoteKey key,
            InstantSource clock) {
        this.log = log;
        this.words = words;
        this.search = search;
        this.trail = trail;
        this.staff = staff;
        this.problems = problems;
        this.key = key;
        this.clock = clock;
    }

    /** Everything that belongs to one infusion, oldest first; that it was read is in the log. */
    List<EntryShown> timeline(String order) {
        if (!order.matches("[0-9a-f]{32}")) {
            throw problems.refuse(ProblemType.NOT_FOUND, "");
        }
        var entries = InfusionStory.of(log, order);
        if (entries.isEmpty()) {
            throw problems.refuse(ProblemType.NOT_FOUND, "The log holds nothing about such an order.");
        }
        entries.stream()
                .map(logged -> logged.entry().said("patient"))
                .filter(patient -> !patient.isEmpty())
                .findFirst()
                .ifPresent(patient -> search.noteRead(patient, "timeline"));
        return entries.stream().map(EntryShown::of).toList();
    }

    /** Whether the signed-in person may see proofs; others read a timeline without. */
    boolean mayProve() {
        return staff.signedIn().is(Role.AUDITOR);
    }

    Checkpoint checkpoint() {
        return log.checkpoint()
                .orElseThrow(() -> problems.refuse(
                        ProblemType.NOT_FOUND,
                        "No checkpoint is signed yet; one follows within a second of the first entry."));
    }

    ProofShown proof(long index) {
        var logged = log.entry(index)
                .orElseThrow(() -> problems.refuse(ProblemType.NOT_FOUND, "The log has no entry " + index + " yet."));
        var checkpoint = checkpoint();
        if (index >= checkpoint.head().size()) {
            throw problems.refuse(
                    ProblemType.NOT_FOUND,
                    "No signed checkpoint covers entry " + index + " yet; try again in a second.");
        }
        return ProofShown.of(log, logged, checkpoint, key);
    }

    /** Notes the export in the log, then gives the log as it was signed last, as a zipped directory. */
    Response zipped() throws IOException {
        var directory = export();
        StreamingOutput body = out -> zip(directory, out);
        return Response.ok(body)
                .header("Content-Disposition", "attachment; filename=\"venule-log.zip\"")
                .build();
    }

    private Path export() throws IOException {
        var checkpoint = checkpoint();
        trail.append(staff.does(AuditKind.EXPORT, clock.instant())
                .with("form", "whole log")
                .with("entries", checkpoint.head().size()));
        var directory = Files.createTempDirectory("venule-log");
        LogExport.write(
                directory.resolve("log"), new Leaves(log, checkpoint.head().size()), checkpoint);
        var witnessed = words.witnessed()
                .filter(seen -> seen.head().size() <= checkpoint.head().size());
        if (witnessed.isPresent()) {
            Files.writeString(
                    directory.resolve("log/witnessed"), witnessed.get().note());
        }
        return directory;
    }

    /** Writes the exported directory as a zip and removes it. */
    private static void zip(Path directory, OutputStream out) throws IOException {
        var root = directory.resolve("log");
        try (var zip = new ZipOutputStream(out);
                var files = Files.walk(root)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(root.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        } finally {
            remove(directory);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** The leaves of the log in order, read in pieces. */
    private static final class Leaves implements Iterator<byte[]> {
        private final AuditLog log;
        private final long size;
        private final ArrayDeque<byte[]> ahead = new ArrayDeque<>();
        private long next;

        Leaves(AuditLog log, long size) {
            this.log = log;
            this.size = size;
        }

        @Override
        public boolean hasNext() {
            if (ahead.isEmpty() && next < size) {
                var end = Math.min(size, next + CHUNK);
                log.leaves(next, end, (index, leaf) -> ahead.add(leaf));
                next = end;
            }
            return !ahead.isEmpty();
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the log ends here");
            }
            return ahead.remove();
        }
    }
}
