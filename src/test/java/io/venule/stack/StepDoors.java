package io.venule.stack;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Two doors on loopback, the server's only ways to its database and to its broker. While they count, each piece of bytes that comes to either
 * of them from either side is a step; at a chosen step both shut, and nothing more passes in any direction until they are cleared.
 */
final class StepDoors implements AutoCloseable {
    private static final int LARGEST = 1 << 16;

    private final VenuleStack stack;
    private final ServerSocket toDatabase;
    private final ServerSocket toBroker;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private Stand stand = Stand.OPEN;
    private int steps;
    private int last;
    private boolean lastPasses;
    private CountDownLatch shut = new CountDownLatch(1);

    /** How the doors stand. */
    private enum Stand {
        OPEN,
        COUNTING,
        SHUT
    }

    /** What becomes of a piece. */
    private enum Fate {
        PASSES,
        PASSES_LAST,
        STAYS
    }

    StepDoors(VenuleStack stack) throws IOException {
        this.stack = stack;
        this.toDatabase = door(stack.postgresPort());
        this.toBroker = door(stack.artemis().address().getPort());
    }

    private ServerSocket door(int port) throws IOException {
        var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("door to " + port).start(() -> accept(door, port));
        return door;
    }

    /** What a server is told that goes through these doors. */
    Map<String, String> settings() {
        var database = stack.database().url().replace(":" + stack.postgresPort() + "/", ":" + port(toDatabase) + "/");
        return Map.of(
                "quarkus.datasource.jdbc.url", database, "quarkus.artemis.url", "tcp://127.0.0.1:" + port(toBroker));
    }

    private static int port(ServerSocket door) {
        return door.getLocalPort();
    }

    /**
     * Counts from now on, and shuts at a step.
     *
     * @param passes whether the piece of that step still arrives
     */
    synchronized void shutAt(int step, boolean passes) {
        steps = 0;
        last = step;
        lastPasses = passes;
        shut = new CountDownLatch(1);
        stand = Stand.COUNTING;
    }

    /** Whether the doors shut within this time. */
    boolean awaitShut(Duration limit) throws InterruptedException {
        CountDownLatch awaited;
        synchronized (this) {
            awaited = shut;
        }
        return awaited.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many steps there were since the count began. */
    synchronized int steps() {
        return steps;
    }

    /** Ends every connection, when the server is dead, and opens the doors for the next one. */
    synchronized void clear() {
        stand = Stand.OPEN;
        open.forEach(StepDoors::end);
        open.clear();
    }

    private void accept(ServerSocket door, int port) {
        try {
            while (!door.isClosed()) {
                var client = door.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                Thread.ofVirtual().start(() -> carry(client, server));
                Thread.ofVirtual().start(() -> carry(server, client));
            }
        } catch (IOException e) {
            end(door);
        }
    }

    /** Carries pieces one way until an end breaks, or until one stays; then the connection hangs until the doors are cleared. */
    private void carry(Socket from, Socket to) {
        var piece = new byte[LARGEST];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
                var fate = fate();
                if (fate == Fate.STAYS) {
                    return;
                }
                out.write(piece, 0, size);
                if (fate == Fate.PASSES_LAST) {
                    isShut();
                    return;
                }
            }
        } catch (IOException broken) {
            // Either side went; the other learns of it below.
        }
        end(from);
        end(to);
        open.remove(from);
        open.remove(to);
    }

    private synchronized Fate fate() {
        return switch (stand) {
            case OPEN -> Fate.PASSES;
            case SHUT -> Fate.STAYS;
            case COUNTING -> {
                steps++;
                if (steps < last) {
                    yield Fate.PASSES;
                }
                stand = Stand.SHUT;
                if (!lastPasses) {
                    shut.countDown();
                }
                yield lastPasses ? Fate.PASSES_LAST : Fate.STAYS;
            }
        };
    }

    private synchronized void isShut() {
        shut.countDown();
    }

    private static void end(Closeable end) {
        try {
            end.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end(toDatabase);
        end(toBroker);
        clear();
    }
}
