package io.venule.opcua;

import io.venule.pump.EnrolledPump;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands on the network between this server and a pump and makes its weather, on loopback and by a seed. A connection keeps the misfortune
 * that it met: what went half open never comes back.
 */
public final class ChaosProxy implements AutoCloseable {
    /** Of a chunk: three letters for its kind, one for whether more follow, its size. Source: OPC UA Part 6, 7.1.2.2. */
    private static final int HEADER = 8;

    private static final int LARGEST_CHUNK = 1 << 20;
    /** One chunk in so many meets a misfortune. */
    private static final int SELDOM = 4;

    private static final int LONGEST_SLICE = 7;
    private static final long STALL_MILLIS = 4_000;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ServerSocket door;
    private final int pump;
    private final long seed;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile Weather weather = Weather.CLEAR;
    private volatile boolean closed;
    private final AtomicLong connections = new AtomicLong();

    /** What becomes of what is on its way. */
    public enum Weather {
        CLEAR,
        /** Everything is late by up to 150 ms. */
        DELAY,
        /** A few bytes at a time. */
        SLICE,
        /** One bit in every fourth chunk is another. */
        FLIP,
        /** Every fourth chunk comes twice. */
        TWICE,
        /** Every fourth chunk never comes. */
        SKIP,
        /** After every fourth chunk comes one that was long since there. */
        REPLAY,
        /** Connections break after some hundred bytes to some ten thousand, in the middle of a message. */
        CUT,
        /** Nothing for four seconds, longer than any answer is waited for, then everything at once. */
        STALL,
        /** What the pump says is swallowed, and nobody is told. */
        HALF_OPEN,
        /** What either says is swallowed, and nobody new gets through. */
        PARTED
    }

    /** @param pump the port of the pump */
    public ChaosProxy(int pump, long seed) {
        this.pump = pump;
        this.seed = seed;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("chaos").start(this::accept);
    }

    /** The pump as the inventory has it where this stands in front of it. */
    public EnrolledPump inFrontOf(EnrolledPump pump) {
        return PumpWard.as(pump, "opc.tcp://127.0.0.1:" + door.getLocalPort() + "/pump", pump.recordKey());
    }

    public void weather(Weather now) {
        weather = now;
    }

    /** How many there were. */
    long connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (!closed) {
                var client = door.accept();
                open.add(client);
                var luck = seed + connections.incrementAndGet();
                if (weather == Weather.PARTED) {
                    Thread.ofVirtual().start(() -> swallow(client));
                    continue;
                }
                var server = new Socket(InetAddress.getLoopbackAddress(), pump);
                open.add(server);
                Thread.ofVirtual().start(() -> carry(new Way(client, server, false), new Random(luck)));
                Thread.ofVirtual().start(() -> carry(new Way(server, client, true), new Random(-luck)));
            }
        } catch (IOException end) {
            close();
        }
    }

    /** Until whoever asked gives up. */
    private void swallow(Socket client) {
        try (client) {
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException end) {
            // It is gone either way.
        }
        open.remove(client);
    }

    private record Way(Socket from, Socket to, boolean ofPump) {}

    /** Carries chunks one way until an end breaks; then both ends are closed. */
    private void carry(Way way, Random luck) {
        var untilCut = 100 + luck.nextInt(20_000);
        var swallows = false;
        var first = new byte[0];
        try (var from = way.from();
                var to = way.to()) {
            var in = new DataInputStream(from.getInputStream());
            var out = to.getOutputStream();
            while (!closed) {
                var chunk = chunk(in);
                first = first.length == 0 && chunk[0] == 'M' ? chunk : first;
                var now = weather;
                swallows |= now == Weather.PARTED || (now == Weather.HALF_OPEN && way.ofPump());
                if (now == Weather.DELAY) {
                    pause(luck.nextInt(150), Weather.DELAY);
                }
                if (weather == Weather.STALL) {
                    pause(STALL_MILLIS, Weather.STALL);
                }
                untilCut -= now == Weather.CUT ? chunk.length : 0;
                if (untilCut < 0) {
                    out.write(chunk, 0, luck.nextInt(chunk.length));
                    return;
                }
                if (!swallows) {
                    put(out, chunk, first, now, luck);
                }
            }
        } catch (IOException end) {
            // Either side went; the other learns of it by its socket's end.
            open.remove(way.from());
        }
    }

    private static byte[] chunk(DataInputStream in) throws IOException {
        var header = new byte[HEADER];
        in.readFully(header);
        int size = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
        if (size < HEADER || size > LARGEST_CHUNK) {
            throw new IOException("no chunk of OPC UA: " + size);
        }
        var chunk = Arrays.copyOf(header, size);
        in.readFully(chunk, HEADER, size - HEADER);
        return chunk;
    }

    private static void put(OutputStream out, byte[] chunk, byte[] first, Weather now, Random luck) throws IOException {
        var struck = luck.nextInt(SELDOM) == 0;
        switch (now) {
            case SLICE -> {
                for (int at = 0; at < chunk.length; ) {
                    int length = Math.min(chunk.length - at, 1 + luck.nextInt(LONGEST_SLICE));
                    out.write(chunk, at, length);
                    at += length;
                }
            }
            case FLIP -> {
                if (struck) {
                    chunk[luck.nextInt(chunk.length)] ^= (byte) (1 << luck.nextInt(8));
                }
                out.write(chunk);
            }
            case TWICE -> {
                out.write(chunk);
                out.write(chunk, 0, struck ? chunk.length : 0);
            }
            case SKIP -> out.write(chunk, 0, struck ? 0 : chunk.length);
            case REPLAY -> {
                out.write(chunk);
                out.write(first, 0, struck ? first.length : 0);
            }
            case CLEAR, DELAY, CUT, STALL, HALF_OPEN, PARTED -> out.write(chunk);
        }
    }

    private void pause(long millis, Weather as) {
        var end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!closed && weather == as && System.nanoTime() < end) {
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    /** Hangs up on everybody. */
    @Override
    public void close() {
        closed = true;
        try {
            door.close();
            for (var end : open) {
                end.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
