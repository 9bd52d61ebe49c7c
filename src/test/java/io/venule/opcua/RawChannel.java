package io.venule.opcua;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * OPC UA chunks made by hand, for a pump's server: what a stranger without any certificate can say. Source: OPC 10000-6, 5.2 and 7.1.
 */
final class RawChannel implements AutoCloseable {
    static final int LARGEST = 65_535;
    static final String NO_POLICY = "http://opcfoundation.org/UA/SecurityPolicy#None";

    private static final byte[] NOTHING = {};
    private static final int HEADER = 8;
    private static final int OPEN_REQUEST = 446;
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private int channel;
    private int token;
    private int sequence;

    RawChannel(URI endpoint) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Says hello, and has it acknowledged. */
    RawChannel greet(URI endpoint) throws IOException {
        hello(endpoint.toString().getBytes(StandardCharsets.UTF_8));
        read();
        return this;
    }

    /** Says hello with this for an address, whatever it is. */
    void hello(byte[] address) throws IOException {
        chunk(
                "HELF",
                bytes().putInt(0)
                        .putInt(LARGEST)
                        .putInt(LARGEST)
                        .putInt(0)
                        .putInt(0)
                        .putInt(address.length)
                        .put(address));
    }

    /** Opens a channel without security: pumps have one for whoever asks which endpoints there are. */
    RawChannel open() throws IOException {
        var body = bytes().put(nodeId(OPEN_REQUEST))
                .put(requestHeader(0))
                .putInt(0)
                .putInt(0)
                .putInt(1)
                .putInt(-1)
                .putInt(3_600_000);
        chunk("OPNF", secured(NO_POLICY.getBytes(StandardCharsets.US_ASCII), NOTHING, NOTHING, body));
        var said = ByteBuffer.wrap(read()).order(ByteOrder.LITTLE_ENDIAN);
        channel = said.getInt(HEADER);
        // Sequence and request id, type, response header with no diagnostics, protocol version, channel.
        said.position(HEADER + 4 + 4 + NO_POLICY.length() + 4 + 4 + 8 + 4 + 16);
        said.get();
        said.getInt();
        said.position(said.position() + 3 + 4 + 4);
        token = said.getInt();
        return this;
    }

    /** Asks for a channel under this policy and certificate, with noise for what should be encrypted. */
    void openWith(byte[] policy, byte[] certificate, byte[] thumbprint, byte[] encrypted) throws IOException {
        chunk(
                "OPNF",
                bytes().putInt(0)
                        .put(text(policy))
                        .put(text(certificate))
                        .put(text(thumbprint))
                        .put(encrypted));
    }

    /** One chunk of an asking for a channel, with more to follow. */
    void partOfOpening() throws IOException {
        chunk("OPNC", secured(NO_POLICY.getBytes(StandardCharsets.US_ASCII), NOTHING, NOTHING, filled(LARGEST - 100)));
    }

    /** One chunk of a message, the last one or not. */
    void send(char more, ByteBuffer body) throws IOException {
        sequence++;
        chunk(
                "MSG" + more,
                bytes().putInt(channel)
                        .putInt(token)
                        .putInt(sequence)
                        .putInt(sequence)
                        .put(flat(body)));
    }

    /** A whole message in as many chunks as it takes. */
    void sendAll(ByteBuffer body) throws IOException {
        var all = flat(body);
        for (int from = 0; from < all.length; from += LARGEST - 100) {
            int to = Math.min(all.length, from + LARGEST - 100);
            send(to == all.length ? 'F' : 'C', bytes().put(Arrays.copyOfRange(all, from, to)));
        }
    }

    private ByteBuffer secured(byte[] policy, byte[] certificate, byte[] thumbprint, ByteBuffer body) {
        sequence++;
        return bytes().putInt(0)
                .put(text(policy))
                .put(text(certificate))
                .put(text(thumbprint))
                .putInt(sequence)
                .putInt(sequence)
                .put(flat(body));
    }

    /** The next chunk from the pump; its end of the connection is an exception. */
    byte[] read() throws IOException {
        var header = new byte[HEADER];
        in.readFully(header);
        int size = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
        var chunk = Arrays.copyOf(header, size);
        in.readFully(chunk, HEADER, size - HEADER);
        return chunk;
    }

    /** The code of the error with which the pump ends this, or 0 where it just hangs up. */
    long end() {
        try {
            while (true) {
                var said = read();
                if (said[0] == 'E') {
                    return ByteBuffer.wrap(said).order(ByteOrder.LITTLE_ENDIAN).getInt(HEADER) & 0xFFFF_FFFFL;
                }
            }
        } catch (IOException hungUp) {
            return 0;
        }
    }

    void chunk(String kind, ByteBuffer rest) throws IOException {
        var body = flat(rest);
        out.write(flat(bytes().put(kind.getBytes(StandardCharsets.US_ASCII))
                .putInt(HEADER + body.length)
                .put(body)));
    }

    static ByteBuffer bytes() {
        return ByteBuffer.allocate(1 << 17).order(ByteOrder.LITTLE_ENDIAN);
    }

    static ByteBuffer filled(int size) {
        return bytes().put(new byte[size]);
    }

    private static byte[] flat(ByteBuffer written) {
        var flat = new byte[written.position()];
        written.duplicate().flip().get(flat);
        return flat;
    }

    private static byte[] text(byte[] text) {
        return text.length == 0
                ? flat(bytes().putInt(-1))
                : flat(bytes().putInt(text.length).put(text));
    }

    /** In four bytes, of the standard's own namespace. */
    static byte[] nodeId(int id) {
        return new byte[] {1, 0, (byte) id, (byte) (id >> 8)};
    }

    /** Of a request without session that was made at this time. */
    static byte[] requestHeader(long at) {
        return flat(bytes().put(new byte[] {0, 0})
                .putLong(at)
                .putInt(1)
                .putInt(0)
                .putInt(-1)
                .putInt(10_000)
                .put(new byte[] {0, 0, 0}));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
