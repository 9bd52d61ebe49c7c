package io.venule.opcua;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands on the network between this server and a pump and makes its weather, on loopback and by a seed. A connection keeps the misfortune
 * that it met: what went half open never comes back.
 */
final class ChaosProxy implements AutoCloseable {
    private static final int CHUNK = 2_048;
    private static final long STALL_MILLIS = 4_000;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ServerSocket door;
    private final int pump;
    private final long seed;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile Weather weather = Weather.CLEAR;
    private volatile boolean closed;
    private long connections;

    /** What becomes of what is on its way. */
    enum Weather {
        CLEAR,
        /** Everything is late by up to 150 ms. */
        DELAY,
        /** A few bytes at a time. */
        SLICE,
        /** One bit in every fourth piece is another. */
        FLIP,
        /** Connections break after some hundred bytes to some ten thousand, in the middle of a message. */
        CUT,
        /** Nothing for four seconds, longer than any answer is waited for, then everything at once. */
        STALL,
        /** What the pump says is swallowed, and nobody is told. */
        HALF_OPEN
    }

    ChaosProxy(int pump, long seed) {
        this.pump = pump;
        this.seed = seed;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("chaos").start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void weather(Weather now) {
        weather = now;
    }

    private void accept() {
        try {
            while (!closed) {
                var client = door.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), pump);
                open.add(client);
                open.add(server);
                var luck = seed + ++connections;
                Thread.ofVirtual().start(() -> carry(new Way(client, server, false), new Random(luck)));
                Thread.ofVirtual().start(() -> carry(new Way(server, client, true), new Random(-luck)));
            }
        } catch (IOException end) {
            close();
        }
    }

    private record Way(Socket from, Socket to, boolean ofPump) {}

    /** Carries bytes one way until an end breaks; then both ends are closed. */
    private void carry(Way way, Random luck) {
        var buffer = new byte[CHUNK];
        var untilCut = 100 + luck.nextInt(20_000);
        var swallows = false;
        try (var from = way.from();
                var to = way.to()) {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            while (!closed) {
                var now = weather;
                var length = in.read(buffer, 0, now == Weather.SLICE ? 1 + luck.nextInt(7) : CHUNK);
                if (length < 0) {
                    return;
                }
                swallows |= now == Weather.HALF_OPEN && way.ofPump();
                if (now == Weather.DELAY) {
                    pause(luck.nextInt(150), Weather.DELAY);
                }
                if (weather == Weather.STALL) {
                    pause(STALL_MILLIS, Weather.STALL);
                }
                untilCut -= now == Weather.CUT ? length : 0;
                if (untilCut < 0) {
                    out.write(buffer, 0, luck.nextInt(length));
                    return;
                }
                if (now == Weather.FLIP && luck.nextInt(4) == 0) {
                    buffer[luck.nextInt(length)] ^= (byte) (1 << luck.nextInt(8));
                }
                if (!swallows) {
                    out.write(buffer, 0, length);
                }
            }
        } catch (IOException end) {
            // Either side went; the other learns of it by its socket's end.
            open.remove(way.from());
        }
    }

    private void pause(long millis, Weather as) {
        var end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!closed && weather == as && System.nanoTime() < end) {
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

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
