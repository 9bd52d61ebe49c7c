package io.venule.web.library;

import io.venule.druglibrary.LibraryDiff;
import io.venule.druglibrary.LibraryDiff.Section;
import io.venule.release.Release;
import io.venule.web.Wording;
import io.venule.web.library.ReleasePages.Side;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is different between two releases, for the eye.
 *
 * @param flagged how many differences may permit what was not permitted before
 * @param all how many differences there are
 * @param unchanged what is the same in both, counted in words
 */
public record ChangesShown(
        Side before,
        Side after,
        long flagged,
        long all,
        List<ChangeRow> grave,
        List<ChangeRow> others,
        String unchanged) {
    public boolean isSame() {
        return before.sha256().equals(after.sha256());
    }

    static ChangesShown between(Release before, Release after) {
        var diff = LibraryDiff.between(before.library(), after.library());
        return new ChangesShown(
                Side.of(before),
                Side.of(after),
                diff.flagged(),
                diff.differences().count(),
                ChangeRow.of(diff, true),
                ChangeRow.of(diff, false),
                unchanged(diff));
    }

    /** {@code "8 care areas, 145 drugs, 319 entries, 1 product"}. */
    private static String unchanged(LibraryDiff diff) {
        return diff.sections().stream()
                .filter(section -> section.part() != LibraryDiff.Part.LIBRARY)
                .map(ChangesShown::counted)
                .collect(Collectors.joining(", "));
    }

    private static String counted(Section section) {
        return Wording.grouped(section.unchanged()) + " "
                + (section.unchanged() == 1
                        ? section.part().one()
                        : section.part().word().toLowerCase(Locale.ENGLISH));
    }
}
