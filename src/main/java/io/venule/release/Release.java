package io.venule.release;

import io.venule.druglibrary.DrugLibrary;
import io.venule.druglibrary.LibraryVersion;

/**
 * One version of the drug library together with the exact bytes that pumps get and pharmacists sign. Only {@link LibraryText} makes one, so its
 * version always names these bytes. Source: docs/drug-library.md, "The release".
 */
public final class Release {
    private final DrugLibrary library;
    private final String use;
    private final byte[] canonical;

    Release(DrugLibrary library, String use, byte[] canonical) {
        this.library = library;
        this.use = use;
        this.canonical = canonical.clone();
    }

    public DrugLibrary library() {
        return library;
    }

    public LibraryVersion version() {
        return library.version();
    }

    /** What it may be used for, such as {@code "example, not for clinical use"}. */
    public String use() {
        return use;
    }

    /** The canonical JSON text of the whole library. */
    public byte[] canonicalBytes() {
        return canonical.clone();
    }

    public int size() {
        return canonical.length;
    }

    @Override
    public String toString() {
        return "library release " + version().counter() + " " + version().sha256();
    }
}
