package io.venule.opcua;

import java.time.Instant;

/** How it stands between this server and one pump. */
public sealed interface SessionState {
    /** Since when it stands so. */
    Instant since();

    /** Dialling, or bringing keys, library and records up to date. */
    record Opening(Instant since) implements SessionState {}

    /** Open: orders can be sent, records arrive. */
    record Open(Instant since) implements SessionState {}

    /** No session; it is tried again by itself. */
    record Unreachable(Instant since, String why) implements SessionState {}

    /** The pump said something that cannot be believed; nothing is taken from it or sent to it until a person has lifted that. */
    record Quarantined(Instant since, String why) implements SessionState {}
}
