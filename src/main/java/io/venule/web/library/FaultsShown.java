package io.venule.web.library;

import io.venule.release.LibraryFault;
import java.util.List;

/**
 * Why a draft was not taken, for the eye.
 *
 * @param notice in a sentence; empty where nothing was wrong
 * @param all how many faults it has
 * @param first the first of them: whoever has more mends these first
 */
public record FaultsShown(String notice, int all, List<LibraryFault> first) {
    static final FaultsShown NONE = new FaultsShown("", 0, List.of());

    private static final int MOST = 100;

    static FaultsShown of(String notice, List<LibraryFault> faults) {
        return new FaultsShown(
                notice, faults.size(), faults.stream().limit(MOST).toList());
    }
}
