package io.venule.order;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that all orders need, and until when it is good. Order keys are not among it, which end each day: {@link KeyOutlook}.
 *
 * @param name what tells it from others of its kind; empty where there is one
 * @param until the last moment at which it is believed
 */
public record Ending(Kind kind, String name, Instant until) {
    /** What there is, what no longer goes without it, and what is to be done before. Source: docs/keys.md; docs/pki.md. */
    public enum Kind {
        REVOCATION_LIST(
                "The list of revoked certificates",
                "no pump can be reached",
                "Make the next list with ops/pki renew-list and lay it where venule.opcua.revocation-list says; the server takes it within"
                        + " seconds.",
                Nearness.WITHIN_A_WEEK),
        SERVER_CERTIFICATE(
                "This server's OPC UA certificate",
                "no pump lets this server in",
                "Make the next one with ops/pki rotate, lay it where venule.opcua.certificate says, and start the server again.",
                Nearness.WITHIN_A_MONTH),
        USER_CERTIFICATE(
                "The certificate of this server's OPC UA user",
                "no pump lets this server do anything",
                "Make the next one with ops/pki user, lay it where venule.opcua.user-certificate says, and start the server again.",
                Nearness.WITHIN_A_MONTH),
        FLEET_AUTHORITY(
                "The certificate of the fleet's authority",
                "no certificate of a pump or a server is believed",
                "Make another authority with ops/pki init, and with it a certificate for each pump and server.",
                Nearness.WITHIN_A_MONTH),
        LIBRARY_KEY(
                "Library-release key",
                "no server starts on a drug library that it signed, and no pump takes one",
                "Where the root key is, ops/make-keys renew makes its next certificate.",
                Nearness.WITHIN_A_MONTH),
        CHECKPOINT_KEY(
                "The audit log's checkpoint key",
                "no pump bears witness of the audit log",
                "Where the root key is, ops/make-keys renew makes its next certificate.",
                Nearness.WITHIN_A_MONTH);

        private final String what;
        private final String then;
        private final String remedy;
        private final Nearness said;

        Kind(String what, String then, String remedy, Nearness said) {
            this.what = what;
            this.then = then;
            this.remedy = remedy;
            this.said = said;
        }
    }

    /** What it is, as a sentence begins. */
    public String what() {
        return name.isEmpty() ? kind.what : kind.what + " " + name;
    }

    /** What does not go any more from its end on, as half a sentence. */
    public String then() {
        return kind.then;
    }

    /** What is to be done. */
    public String remedy() {
        return kind.remedy;
    }

    public Duration left(Instant now) {
        return Duration.between(now, until);
    }

    public Nearness nearness(Instant now) {
        return Nearness.of(left(now));
    }

    /** Whether it is time to say so: a list that is made each month is not spoken of all month. */
    boolean isSaid(Instant now) {
        return nearness(now).isAtLeast(kind.said);
    }

    /** In plain words, for a log. */
    public String sentence(Instant now) {
        return nearness(now) == Nearness.OVER
                ? what() + " ended at " + until + ": " + kind.then + ". " + kind.remedy
                : what() + " ends at " + until + "; from then on " + kind.then + ". " + kind.remedy;
    }
}
