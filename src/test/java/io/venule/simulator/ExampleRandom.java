package io.venule.simulator;

import io.venule.signing.Digest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** The examples' chance, which anybody can repeat: the n-th draw is the beginning of the hash of {@code venule example draw n}. */
final class ExampleRandom implements RandomGenerator {
    private int drawn;

    @Override
    public void nextBytes(byte[] bytes) {
        drawn++;
        var hash = HexFormat.of()
                .parseHex(Digest.ofText("venule example draw " + drawn).hex());
        System.arraycopy(Arrays.copyOf(hash, bytes.length), 0, bytes, 0, bytes.length);
    }

    @Override
    public long nextLong() {
        throw new UnsupportedOperationException("a pump draws bytes only");
    }
}
