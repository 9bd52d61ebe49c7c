package io.venule.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of the way over the broker. */
@ConfigMapping(prefix = "venule.messaging")
public interface MessagingSettings {
    /** What this process is called; a random part is added, so that the queues of each process are its own. */
    @WithDefault("gateway-1")
    String gateway();

    /** A reply is waited for this long: the pump's own 3 s and the way there and back. */
    @WithDefault("4s")
    Duration replyLimit();

    /** A request waits this long for an earlier one to the same channel; then it is answered without reaching the pump. */
    @WithDefault("2s")
    Duration channelWait();

    /** Requests handled at a time at most; the others wait in the broker, where they expire. */
    @WithDefault("64")
    int requestsAtOnce();

    /** Pause before connecting to the broker again. */
    @WithDefault("1s")
    Duration reconnectPause();

    /** How often new audit entries are looked for to relay. */
    @WithDefault("500ms")
    Duration relayEvery();

    /** How often servers tell each other what they heard of their pumps' channels. */
    @WithDefault("1s")
    Duration newsEvery();

    /** A channel of which another server tells nothing for so long counts as lost. */
    @WithDefault("5s")
    Duration newsLimit();

    /** Entries relayed at a time at most. */
    @WithDefault("2000")
    int relayAtOnce();
}
