package io.venule.web;

/** Pictures to scanned texts and back; the symbol edge does it, wired at the root, because an edge never uses an edge. */
public interface LabelPictures {
    /** Reads the one symbol in a PNG or JPEG file. */
    Reading read(byte[] file);

    /** Draws the element string of a label of ours as a PNG file. */
    byte[] draw(String elementString);

    /** What was found in a picture. */
    sealed interface Reading {
        record One(String text) implements Reading {}

        /** Nothing, several symbols, or no picture. */
        record Bad(String reason, String remedy) implements Reading {}
    }
}
