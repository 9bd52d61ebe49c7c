package io.venule.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * A witness that takes checkpoints over HTTP, written from C2SP tlog-witness, tlog-cosignature, signed-note and RFC 9162, 2.1.4.2, with the JDK alone:
 * nothing of it is ours, so that what it accepts is right by another's reading too.
 */
public final class WitnessServer implements AutoCloseable {
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int RAW = 32;

    private final String name;
    private final InstantSource clock;
    private final String origin;
    private final PublicKey log;
    private final byte[] logId;
    private final KeyPair own;
    private HttpServer server;
    private long size;
    private byte[] root = new byte[0];
    private final List<Integer> answered = new CopyOnWriteArrayList<>();

    /** Trusts the log that this verifier key names. */
    public WitnessServer(String name, String logVerifierKey, InstantSource clock) {
        this.name = name;
        this.clock = clock;
        var parts = logVerifierKey.split("\\+", 3);
        var typed = Base64.getDecoder().decode(parts[2]);
        this.origin = parts[0];
        this.logId = HexFormat.of().parseHex(parts[1]);
        try {
            this.log = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(joined(SPKI, Arrays.copyOfRange(typed, 1, typed.length))));
            this.own = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            this.server = started(0);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpServer started(int port) throws IOException {
        var fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        fresh.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        fresh.createContext("/log/add-checkpoint", this::take);
        fresh.start();
        return fresh;
    }

    public URI prefix() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/log");
    }

    /** The status of each answer so far. */
    public List<Integer> answered() {
        return List.copyOf(answered);
    }

    /** Goes away; remembers what it saw. */
    public void leave() {
        server.stop(0);
    }

    /** Is there again where it was. */
    public void comeBack() throws IOException {
        server = started(server.getAddress().getPort());
    }

    public String verifierKey() {
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(joined(new byte[] {4}, raw()));
    }

    private byte[] raw() {
        var encoded = own.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - RAW, encoded.length);
    }

    private byte[] id() {
        return Arrays.copyOf(sha256(bytes(name + "\n"), new byte[] {4}, raw()), 4);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var answer = exchange.getRequestMethod().equals("POST") ? judged(body) : new Said(405, "");
            answered.add(answer.code());
            var text = bytes(answer.text());
            if (answer.code() == 409) {
                exchange.getResponseHeaders().set("Content-Type", "text/x.tlog.size");
            }
            exchange.sendResponseHeaders(answer.code(), text.length == 0 ? -1 : text.length);
            exchange.getResponseBody().write(text);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private record Said(int code, String text) {}

    private synchronized Said judged(String body) throws GeneralSecurityException {
        int blank = body.indexOf("\n\n");
        var head = body.substring(0, blank).split("\n", -1);
        var note = body.substring(blank + 2);
        var text = note.substring(0, note.indexOf("\n\n") + 1);
        var lines = text.split("\n", -1);
        long from = Long.parseLong(head[0].substring("old ".length()));
        long to = Long.parseLong(lines[1]);
        var newRoot = Base64.getDecoder().decode(lines[2]);
        if (!lines[0].equals(origin)) {
            return new Said(404, "");
        }
        if (!isSigned(text, note.substring(note.indexOf("\n\n") + 2))) {
            return new Said(403, "");
        }
        if (from > to) {
            return new Said(400, "");
        }
        if (from != size || (from == to && size > 0 && !Arrays.equals(root, newRoot))) {
            return new Said(409, size + "\n");
        }
        var proof = Arrays.stream(head)
                .skip(1)
                .map(line -> Base64.getDecoder().decode(line))
                .toList();
        if (!isConsistent(from, to, newRoot, proof)) {
            return new Said(422, "");
        }
        size = to;
        root = newRoot;
        return new Said(200, cosigned(text));
    }

    private boolean isSigned(String text, String lines) throws GeneralSecurityException {
        for (var line : lines.split("\n", -1)) {
            var words = line.split(" ", -1);
            var content = words.length == 3 ? Base64.getDecoder().decode(words[2]) : new byte[0];
            if (words.length == 3 && words[1].equals(origin) && Arrays.equals(Arrays.copyOf(content, 4), logId)) {
                var verifier = Signature.getInstance("Ed25519");
                verifier.initVerify(log);
                verifier.update(bytes(text));
                return verifier.verify(Arrays.copyOfRange(content, 4, content.length));
            }
        }
        return false;
    }

    private String cosigned(String text) throws GeneralSecurityException {
        long now = clock.instant().getEpochSecond();
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(own.getPrivate());
        signer.update(bytes("cosignature/v1\ntime " + now + "\n" + text));
        var time = ByteBuffer.allocate(Long.BYTES).putLong(now).array();
        return "\u2014 " + name + " " + Base64.getEncoder().encodeToString(joined(id(), time, signer.sign())) + "\n";
    }

    /** RFC 9162, 2.1.4.2, step by step. */
    private boolean isConsistent(long first, long second, byte[] secondRoot, List<byte[]> proof) {
        if (first == 0 || first == second) {
            return proof.isEmpty();
        }
        var path = new ArrayList<>(proof);
        if (path.isEmpty()) {
            return false;
        }
        if (Long.bitCount(first) == 1) {
            path.addFirst(root);
        }
        long fn = first - 1;
        long sn = second - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        var fr = path.getFirst();
        var sr = path.getFirst();
        for (var node : path.subList(1, path.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = sha256(new byte[] {1}, node, fr);
                sr = sha256(new byte[] {1}, node, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = sha256(new byte[] {1}, sr, node);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return Arrays.equals(fr, root) && Arrays.equals(sr, secondRoot) && sn == 0;
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(joined(parts));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] joined(byte[]... parts) {
        var all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
