package io.venule.opcua;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** An address at which nothing answers, not even with a refusal, as that of a pump that is switched off behind a router: whoever waits to be let in fills it, and is never let in. */
final class SilentLine implements AutoCloseable {
    private static final int SOON_MILLIS = 300;
    private static final int MOST_WAITING = 64;

    private final ServerSocket door;
    private final List<Socket> waiting = new ArrayList<>();

    SilentLine() {
        try {
            this.door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            while (letsOneMoreWait()) {
                if (waiting.size() > MOST_WAITING) {
                    throw new IllegalStateException("this system lets everybody wait");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean letsOneMoreWait() throws IOException {
        var visitor = new Socket();
        waiting.add(visitor);
        try {
            visitor.connect(new InetSocketAddress(door.getInetAddress(), door.getLocalPort()), SOON_MILLIS);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }

    String endpoint() {
        return "opc.tcp://127.0.0.1:" + door.getLocalPort() + "/pump";
    }

    @Override
    public void close() {
        try {
            for (var visitor : waiting) {
                visitor.close();
            }
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
