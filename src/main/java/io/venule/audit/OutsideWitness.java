package io.venule.audit;

import io.venule.audit.Witnessing.Outcome;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A witness outside the hospital, which is shown the log over HTTP from time to time. Nothing waits for it: one that is away, slow or of another
 * opinion is shown and counted, and what it says without proof stops nothing. Threat T-44; C2SP tlog-witness.
 */
public final class OutsideWitness implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OutsideWitness.class.getName());

    private final WitnessKey key;
    private final HttpWitness http;
    private final Witnessing witnessing;
    private final InstantSource clock;
    private final AtomicReference<Standing> standing;

    /** {@code patience} is how long one answer may take. */
    public OutsideWitness(WitnessKey key, URI prefix, Duration patience, Witnessing witnessing, InstantSource clock) {
        this.key = key;
        this.http = new HttpWitness(prefix, patience);
        this.witnessing = witnessing;
        this.clock = clock;
        this.standing = new AtomicReference<>(new Standing(key.name(), 0, Instant.EPOCH, "", Instant.EPOCH, 0));
    }

    /**
     * How it stands with it, as far as this process saw.
     *
     * @param name what it calls itself
     * @param entries how many it cosigned last; 0 for none yet
     * @param cosigned when, by its clock
     * @param trouble why it does not cosign what there is; empty while it does
     * @param since since when not
     * @param failures rounds that ended without its word, since the start
     */
    public record Standing(String name, long entries, Instant cosigned, String trouble, Instant since, long failures) {
        private Standing well() {
            return new Standing(name, entries, cosigned, "", Instant.EPOCH, failures);
        }

        private Standing said(Checkpoint checkpoint, Cosignature word) {
            return new Standing(name, checkpoint.head().size(), word.at(), "", Instant.EPOCH, failures);
        }

        private Standing troubled(String why, Instant now) {
            return new Standing(name, entries, cosigned, why, trouble.isEmpty() ? now : since, failures + 1);
        }
    }

    /** How it stands now. */
    public Standing standing() {
        return standing.get();
    }

    /** Shows it what is new. */
    public void round() {
        try {
            switch (witnessing.show(key, http)) {
                case Outcome.NothingNew n -> standing.updateAndGet(Standing::well);
                case Outcome.Cosigned(var checkpoint, var word) ->
                    standing.updateAndGet(before -> before.said(checkpoint, word));
                case Outcome.Refused(var why) -> troubled(why);
                case Outcome.Contradicted(var how) -> troubled(how);
            }
        } catch (IOException e) {
            troubled(String.valueOf(e.getMessage()));
        }
    }

    private void troubled(String why) {
        var before = standing.getAndUpdate(now -> now.troubled(why, clock.instant()));
        if (!before.trouble().equals(why)) {
            LOG.log(System.Logger.Level.WARNING, "no cosignature witness={0} error={1}", key.name(), why);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
