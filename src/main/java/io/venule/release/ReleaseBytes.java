package io.venule.release;

/** The exact bytes of a release as they were kept; not yet read. */
public final class ReleaseBytes {
    private final byte[] canonical;

    public ReleaseBytes(byte[] canonical) {
        this.canonical = canonical.clone();
    }

    public byte[] bytes() {
        return canonical.clone();
    }

    /** Reads them; refused where this version of Venule knows their shape no more. */
    public LibraryReading read() {
        return LibraryText.readRelease(canonical);
    }
}
