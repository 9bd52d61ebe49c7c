package io.venule.opcua;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers at a pump's address without being one: it has no key, and says in the clear what anyone on the network can say before a channel is open.
 */
final class EvilPump implements AutoCloseable {
    private static final int HEADER = 8;
    private static final int LARGEST = 65_535;
    /** One less than the gateway would refuse for their number. */
    private static final int CHUNKS = 63;

    private static final String NO_POLICY = "http://opcfoundation.org/UA/SecurityPolicy#None";

    private final ServerSocket door;
    private final Trick trick;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger visits = new AtomicInteger();
    private final AtomicInteger tricked = new AtomicInteger();
    private final AtomicInteger inTalk = new AtomicInteger();

    /** What it does with each visitor. */
    enum Trick {
        /** An error message whose reason would be 256 MiB long. */
        LONG_REASON,
        /** The same, after the gateway has asked for a channel. */
        LONG_REASON_LATER,
        /** One whose reason is of negative length. */
        NEGATIVE_REASON,
        /** Acknowledges twice at once, then asks for the same memory. */
        TWICE_ACKNOWLEDGED,
        /** Large chunks of an answer of which the last never comes; then it hangs up. */
        CHUNKS_AND_GONE,
        /** The first chunk of such an answer, and then not a word. */
        CHUNK_AND_SILENCE,
        /** More chunks than anything needs. */
        CHUNKS_FOR_EVER
    }

    EvilPump(Trick trick) {
        this.trick = trick;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("evil").start(this::accept);
    }

    String endpoint() {
        return "opc.tcp://127.0.0.1:" + door.getLocalPort() + "/pump";
    }

    /** How many came, stayed to be tricked, and still hold their connection. */
    int visits() {
        return visits.get();
    }

    int tricked() {
        return tricked.get();
    }

    int stillThere() {
        return open.size();
    }

    /** How many of them have begun to talk and not gone yet. */
    int inTalk() {
        return inTalk.get();
    }

    private void accept() {
        try {
            while (!door.isClosed()) {
                var visitor = door.accept();
                open.add(visitor);
                visits.incrementAndGet();
                Thread.ofVirtual().start(() -> receive(visitor));
            }
        } catch (IOException closed) {
            open.clear();
        }
    }

    private void receive(Socket visitor) {
        try (visitor) {
            var in = new DataInputStream(visitor.getInputStream());
            var out = visitor.getOutputStream();
            skipChunk(in);
            tricked.incrementAndGet();
            inTalk.incrementAndGet();
            try {
                talk(in, out);
            } finally {
                inTalk.decrementAndGet();
            }
        } catch (IOException hungUp) {
            // That is what the gateway should do.
        } finally {
            open.remove(visitor);
        }
    }

    private void talk(DataInputStream in, OutputStream out) throws IOException {
        play(in, out);
        out.flush();
        if (trick != Trick.CHUNKS_AND_GONE) {
            // Stays until the gateway hangs up.
            while (in.read() >= 0) {}
        }
    }

    private void play(DataInputStream in, OutputStream out) throws IOException {
        switch (trick) {
            case LONG_REASON -> out.write(error(1 << 28));
            case NEGATIVE_REASON -> out.write(error(-7));
            case LONG_REASON_LATER -> {
                out.write(acknowledge());
                skipChunk(in);
                out.write(error(1 << 28));
            }
            case TWICE_ACKNOWLEDGED -> {
                out.write(ByteBuffer.allocate(2 * acknowledge().length)
                        .put(acknowledge())
                        .put(acknowledge())
                        .array());
                out.write(error(1 << 28));
            }
            case CHUNKS_AND_GONE -> {
                out.write(acknowledge());
                skipChunk(in);
                for (int i = 0; i < CHUNKS; i++) {
                    out.write(part());
                }
            }
            case CHUNK_AND_SILENCE -> {
                out.write(acknowledge());
                skipChunk(in);
                out.write(part());
            }
            case CHUNKS_FOR_EVER -> {
                out.write(acknowledge());
                skipChunk(in);
                for (int i = 0; i < 100 * CHUNKS; i++) {
                    out.write(part());
                }
            }
        }
    }

    private static void skipChunk(DataInputStream in) throws IOException {
        var header = new byte[HEADER];
        in.readFully(header);
        int size = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
        in.skipNBytes(size - HEADER);
    }

    private static byte[] header(String kind, int size) {
        return buffer(HEADER)
                .put(kind.getBytes(StandardCharsets.US_ASCII))
                .putInt(size)
                .array();
    }

    private static byte[] acknowledge() {
        return buffer(28)
                .put(header("ACKF", 28))
                .putInt(0)
                .putInt(LARGEST)
                .putInt(LARGEST)
                .putInt(0)
                .putInt(0)
                .array();
    }

    private static byte[] error(int reason) {
        return buffer(20)
                .put(header("ERRF", 20))
                .putInt(0x80010000)
                .putInt(reason)
                .putInt(0)
                .array();
    }

    /** A chunk of an answer that asks for a channel, with more to follow. */
    private static byte[] part() {
        return buffer(LARGEST)
                .put(header("OPNC", LARGEST))
                .putInt(0)
                .putInt(NO_POLICY.length())
                .put(NO_POLICY.getBytes(StandardCharsets.US_ASCII))
                .putInt(-1)
                .putInt(-1)
                .array();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        try {
            door.close();
            for (var visitor : open) {
                visitor.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
