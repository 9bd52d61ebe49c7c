package io.venule.pump;

import io.venule.pump.Challenge.PumpLibrary;
import java.util.regex.Pattern;

/**
 * What a pump says of itself over its own channel, unsigned: its nameplate, and the drug library that it holds.
 *
 * @param library counter from 0, SHA-256 in lower-case hexadecimal; counter 0 and an empty digest where it holds none
 */
public record SelfReport(Nameplate plate, PumpLibrary library) {
    private static final Pattern DIGEST = Pattern.compile("([0-9a-f]{64})?");

    public SelfReport {
        if (library.counter() < 0 || !DIGEST.matcher(library.sha256()).matches()) {
            throw new IllegalArgumentException("no library release: " + library.counter());
        }
    }
}
