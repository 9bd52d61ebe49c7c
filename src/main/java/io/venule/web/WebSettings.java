package io.venule.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.ZoneId;

/** Settings of the pages and the API. */
@ConfigMapping(prefix = "venule.web")
public interface WebSettings {
    /** The zone in which times are shown; every time shown names it. */
    @WithDefault("UTC")
    ZoneId timeZone();

    /** How long a live page may be without news before it is marked as stale. */
    @WithDefault("PT5S")
    Duration staleAfter();

    /** How often a live stream tells that it still lives; below {@link #staleAfter}. */
    @WithDefault("PT2S")
    Duration heartbeat();

    /** The most live streams held open at once. */
    @WithDefault("2000")
    int maxStreams();

    /** The GTIN under which the hospital's pharmacy compounds; the default is in a range that GS1 keeps for use inside a company. */
    @WithDefault("02000000009995")
    String pharmacyGtin();

    /** Whether browsers are told to come back over TLS only. On wherever TLS ends in front of us. */
    @WithDefault("false")
    boolean strictTransport();
}
