package io.venule.stack;

import java.nio.charset.StandardCharsets;

/** The bytes of an answer or a picture, copied in and out. */
public final class Content {
    private final byte[] bytes;

    Content(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
