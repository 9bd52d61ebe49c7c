package io.venule.web.library;

import io.venule.druglibrary.LibraryDiff;
import io.venule.release.LibraryReading;
import io.venule.release.LibraryReleases;
import io.venule.release.Release;
import io.venule.release.ReleaseBytes;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** Compares two kept releases for pages and programs. */
@Singleton
final class ReleaseComparison {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final LibraryReleases releases;
    private final Problems problems;

    ReleaseComparison(LibraryReleases releases, Problems problems) {
        this.releases = releases;
        this.problems = problems;
    }

    /** Two releases and what is different between them. */
    record Compared(Release before, Release after, LibraryDiff diff) {}

    Compared between(String before, String after) {
        var old = release(before);
        var now = release(after);
        return new Compared(old, now, LibraryDiff.between(old.library(), now.library()));
    }

    /** The exact bytes of a kept release; a typed problem where none of this hash was ever the active one. */
    byte[] bytes(String sha256) {
        return kept(sha256).bytes();
    }

    /** A kept release, read again. */
    Release release(String sha256) {
        return switch (kept(sha256).read()) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) ->
                throw new IllegalStateException("the kept release " + sha256 + " cannot be read: " + faults);
        };
    }

    private ReleaseBytes kept(String sha256) {
        if (!HASH.matcher(sha256).matches()) {
            throw unknown();
        }
        return releases.bytes(sha256).orElseThrow(this::unknown);
    }

    private RuntimeException unknown() {
        return problems.refuse(ProblemType.NOT_FOUND, "No release with this hash was ever the active one.");
    }
}
