package io.venule;

import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;

/** Are the drug library and the keys such that Venule may start? Reads them as the start does, before anything is connected or opened. */
final class FileCheck {
    private FileCheck() {}

    /** The reasons against it; none when it may start. */
    static List<String> refusals(VenuleSettings settings, InstantSource clock) {
        try {
            var revoked = new OrderKeyFolder(settings.keys(), clock).revoked();
            var release = ReleaseApproval.load(settings);
            var _ = ReleaseApproval.of(release, settings, ReleaseApproval.terms(settings, () -> revoked, clock));
            return List.of();
        } catch (StartRefused refused) {
            return refused.reasons();
        } catch (IllegalArgumentException | UncheckedIOException unreadable) {
            return List.of(String.valueOf(unreadable.getMessage()));
        }
    }
}
