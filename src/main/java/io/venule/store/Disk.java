package io.venule.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What the second store asks of a disk: each call is one step, which may fail and may be the last of this process. Threat T-47. */
interface Disk {
    /** Makes the folder and those above it, where they are not there. */
    void makeFolder(Path folder) throws IOException;

    /** Waits until no other process holds this file's lock; closing gives it back. Fails while this process holds it. */
    Closeable lock(Path file) throws IOException;

    /** The whole text; a file that is not there throws {@link java.nio.file.NoSuchFileException}. */
    String read(Path file) throws IOException;

    /** A file to be written from its first byte on, whatever it held. */
    Draft draft(Path file) throws IOException;

    /** Puts one file in the place of another: afterwards there is the one or the other, never a part. */
    void rename(Path from, Path to) throws IOException;

    /** Returns when the names in this folder are durable. */
    void forceFolder(Path folder) throws IOException;

    /** A file being written. */
    interface Draft extends Closeable {
        /** Writes some of what is left. */
        void write(ByteBuffer content) throws IOException;

        /** Returns when what was written is durable. */
        void force() throws IOException;
    }
}
