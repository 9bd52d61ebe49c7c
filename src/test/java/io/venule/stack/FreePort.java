package io.venule.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * A loopback port that nobody listens on, for a server that must know its port before it starts.
 * Drawn at random below the range from which the kernel serves outgoing connections, so that two stacks, or a stack and a
 * busy client, hardly ever draw the same one in the moment between the look and the use.
 */
final class FreePort {
    private static final RandomGenerator RANDOM = new SecureRandom();
    private static final int LOWEST = 20_000;
    /** Exclusive; Linux serves outgoing connections from 32768 on. */
    private static final int BOUND = 32_000;

    private static final int ATTEMPTS = 200;

    private FreePort() {}

    static int find() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = RANDOM.nextInt(LOWEST, BOUND);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free loopback port found between " + LOWEST + " and " + BOUND);
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
