package io.venule.web.library;

import io.venule.release.LibraryReleases.Activation;
import io.venule.web.Times;
import java.util.ArrayList;
import java.util.List;

/**
 * A release that became the active one, as pages show it.
 *
 * @param before hash of the one that was active before it; empty for the first that was kept
 * @param active whether it is the active one now
 */
public record ReleaseView(
        long number,
        long counter,
        String sha256,
        String title,
        List<String> signers,
        Times.Shown at,
        String before,
        boolean active) {
    /** From newest to oldest; of a last one that is not wanted itself the one before it is taken. */
    static List<ReleaseView> of(List<Activation> activations, int wanted, String active, Times times) {
        var views = new ArrayList<ReleaseView>();
        for (int i = 0; i < Math.min(wanted, activations.size()); i++) {
            var before = i + 1 < activations.size()
                    ? activations.get(i + 1).version().sha256()
                    : "";
            views.add(of(activations.get(i), before, active, times));
        }
        return List.copyOf(views);
    }

    private static ReleaseView of(Activation activation, String before, String active, Times times) {
        var version = activation.version();
        return new ReleaseView(
                activation.number(),
                version.counter(),
                version.sha256(),
                activation.title(),
                activation.signers(),
                times.show(activation.at()),
                before,
                version.sha256().equals(active));
    }
}
