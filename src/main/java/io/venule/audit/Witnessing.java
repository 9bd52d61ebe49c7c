package io.venule.audit;

import io.venule.signing.NoteKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Shows witnesses what became of the log, each at its own pace, and keeps what they say to it. Those that ask within the same minute are shown the
 * same checkpoint, so that it gathers many words. A witness that shows a checkpoint under the log's own key which is no state of this log has proved
 * that the log was turned back or rewritten; a witness that only says so has not. Threat T-44, P-12; C2SP tlog-witness.
 */
public final class Witnessing {
    /** So long the same checkpoint is shown to whoever has not seen it. */
    static final Duration SAME_FOR = Duration.ofSeconds(30);

    private final AuditLog log;
    private final Cosignatures kept;
    private final NoteKey key;
    private final Supplier<Duration> uptime;
    private Optional<Shown> shown = Optional.empty();

    public Witnessing(AuditLog log, Cosignatures kept, NoteKey key, Supplier<Duration> uptime) {
        this.log = log;
        this.kept = kept;
        this.key = key;
        this.uptime = uptime;
    }

    private record Shown(Checkpoint checkpoint, Duration since) {}

    /**
     * What a witness answers.
     *
     * @param result {@code ACCEPTED}, {@code SEQUENCE} (the proof begins elsewhere than at {@code size}), {@code NOT_YET}, {@code ROLLBACK}, or another reason
     * @param size entries of the largest tree it saw
     * @param text signature lines; after {@code ROLLBACK} the checkpoint that it cosigned last
     */
    public record Answer(String result, long size, String text) {}

    /** Brings a request to the witness. */
    @FunctionalInterface
    public interface Call<E extends Exception> {
        Answer look(String request) throws E;
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** The witness has seen what there is, or will another time. */
        record NothingNew() implements Outcome {}

        record Cosigned(Checkpoint checkpoint, Cosignature word) implements Outcome {}

        /** It does not cosign, and does not prove why. */
        record Refused(String why) implements Outcome {}

        /** It proved that this is another log than the one it knows; the log is refused from now on. */
        record Contradicted(String how) implements Outcome {}
    }

    /** Shows the log to this witness, if it has something new to see. */
    public <E extends Exception> Outcome show(WitnessKey witness, Call<E> call) throws E {
        long known = kept.seenBy(witness);
        var chosen = chosen(known);
        if (chosen.isEmpty()) {
            return new Outcome.NothingNew();
        }
        var checkpoint = chosen.get();
        long size = checkpoint.head().size();
        var answer = call.look(WitnessRequest.text(Math.min(known, size), checkpoint, hashes()));
        if (answer.result().equals("SEQUENCE") && answer.size() >= 0 && answer.size() <= size) {
            answer = call.look(WitnessRequest.text(answer.size(), checkpoint, hashes()));
        }
        return judged(witness, checkpoint, answer);
    }

    private HashSource hashes() {
        return HashSource.remembering(log.hashes());
    }

    private synchronized Optional<Checkpoint> chosen(long known) {
        var now = uptime.get();
        if (shown.isEmpty() || now.minus(shown.get().since()).compareTo(SAME_FOR) >= 0) {
            shown = log.checkpoint().map(newest -> new Shown(newest, now));
        }
        return shown.map(Shown::checkpoint)
                .filter(checkpoint -> checkpoint.head().size() > known);
    }

    private Outcome judged(WitnessKey witness, Checkpoint checkpoint, Answer answer) {
        return switch (answer.result()) {
            case "ACCEPTED" -> cosigned(witness, checkpoint, answer.text());
            case "ROLLBACK" -> evidence(witness, answer.text());
            case "NOT_YET" -> new Outcome.NothingNew();
            case "SEQUENCE" -> elsewhere(witness, checkpoint.head().size(), answer.size());
            default -> new Outcome.Refused(witness.name() + " answers " + answer.result());
        };
    }

    /** It saw another length than the proof began at, also when it was asked from where it had said. */
    private Outcome elsewhere(WitnessKey witness, long shown, long saw) {
        long there = log.head().size();
        if (saw > there) {
            return new Outcome.Refused(witness.name() + " says that it saw " + saw
                    + " entries of this log, and there are " + there + ", as after the database was turned back");
        }
        // Another replica has shown it more meanwhile.
        return saw > shown
                ? new Outcome.NothingNew()
                : new Outcome.Refused(
                        witness.name() + " does not cosign the log of " + shown + " entries: it saw another of " + saw);
    }

    private Outcome cosigned(WitnessKey witness, Checkpoint checkpoint, String text) {
        var word = Cosignature.find(List.of(text.split("\n", -1)), checkpoint, witness);
        if (word.isEmpty()) {
            return new Outcome.Refused(witness.name() + " gave a cosignature that is none of its own");
        }
        kept.keep(checkpoint, word.get());
        return new Outcome.Cosigned(checkpoint, word.get());
    }

    private Outcome evidence(WitnessKey witness, String note) {
        return switch (Checkpoint.verify(note.getBytes(StandardCharsets.UTF_8), key)) {
            case Checkpoint.Verification.Refused(var reason) ->
                new Outcome.Refused(witness.name() + " says that the log went back, and shows no proof: " + reason);
            case Checkpoint.Verification.Verified(var seen) ->
                isState(seen.head()) ? new Outcome.NothingNew() : contradicted(witness, seen.head());
        };
    }

    private boolean isState(TreeHead seen) {
        var now = log.head();
        return seen.size() <= now.size()
                && new TreeHead(seen.size(), HashSource.range(hashes(), 0, seen.size())).equals(seen);
    }

    private Outcome contradicted(WitnessKey witness, TreeHead seen) {
        var how = "the log shrank or was rewritten: " + witness.name() + " has cosigned " + seen.size()
                + " entries, signed by this log's key, and the " + log.head().size()
                + " there are do not begin with them";
        kept.contradicted(how);
        return new Outcome.Contradicted(how);
    }
}
