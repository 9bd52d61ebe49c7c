package io.venule.simulator;

import io.venule.signing.Digest;
import io.venule.signing.NoteKey;
import io.venule.signing.SigningKey;
import io.venule.signing.VerifyingKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The pump as a witness of the server's audit log: cosigns a checkpoint that follows from all it saw, and keeps the last one when its power fails.
 * Shares no code with the server's log. Source: pump contract, "Witness"; C2SP tlog-witness, tlog-cosignature; RFC 9162, 2.1.4.2.
 */
final class CheckpointWatch {
    private static final int MAX_BYTES = 64 << 10;
    private static final int MAX_PROOF = 63;
    private static final Pattern HASH = Pattern.compile("[A-Za-z0-9+/]{43}=");

    private final PumpMemory memory;
    private final String name;
    private final SigningKey key;

    CheckpointWatch(PumpMemory memory, String name, SigningKey key) {
        this.memory = memory;
        this.name = name;
        this.key = key;
    }

    /** A state of the log: how many entries, and the root in hexadecimal. */
    record Seen(long size, String root) {
        static final Seen NOTHING = new Seen(0, "");
    }

    /**
     * @param size how many entries the largest tree has that the pump saw
     * @param text the cosignature's line where {@code ACCEPTED}; the checkpoint cosigned last where {@code ROLLBACK}, which proves it
     */
    record Answer(String result, long size, String text) {}

    /** A request in its parts. */
    private record Request(long old, List<byte[]> proof, String origin, Seen head, String text, String note) {}

    /** The last checkpoint cosigned. */
    Seen seen() {
        var kept = memory.lines("witness");
        return kept.isEmpty() ? Seen.NOTHING : new Seen(Long.parseLong(kept.get(1)), kept.get(2));
    }

    /**
     * @param ofOrders the largest tree that an accepted order named
     * @param trusted the keys that may sign checkpoints now
     */
    Answer look(byte[] request, Seen ofOrders, List<VerifyingKey> trusted, long wallMillis) {
        var cosigned = seen();
        var largest = ofOrders.size() > cosigned.size() ? ofOrders : cosigned;
        var read = read(request);
        if (read.isEmpty()) {
            return new Answer("MALFORMED", largest.size(), "");
        }
        var asked = read.getFirst();
        if (trusted.stream().noneMatch(log -> isSigned(asked, new NoteKey(asked.origin(), log)))) {
            return new Answer("SIGNATURE", largest.size(), "");
        }
        var no = contradiction(asked, cosigned, largest);
        if (no.equals("ROLLBACK")) {
            return new Answer(no, largest.size(), kept("note"));
        }
        if (!no.isEmpty()) {
            return new Answer(no, largest.size(), "");
        }
        memory.replace(
                "witness",
                List.of(
                        asked.origin(),
                        String.valueOf(asked.head().size()),
                        asked.head().root(),
                        Base64.getEncoder().encodeToString(asked.note().getBytes(StandardCharsets.UTF_8))));
        return new Answer("ACCEPTED", asked.head().size(), cosignature(asked.text(), wallMillis / 1000));
    }

    private String kept(String what) {
        var kept = memory.lines("witness");
        if (kept.isEmpty()) {
            return "";
        }
        return what.equals("origin")
                ? kept.getFirst()
                : new String(Base64.getDecoder().decode(kept.get(3)), StandardCharsets.UTF_8);
    }

    private String contradiction(Request asked, Seen cosigned, Seen largest) {
        if (cosigned.size() > 0 && !kept("origin").equals(asked.origin())) {
            return "AUDIENCE";
        }
        var head = asked.head();
        if (head.size() < cosigned.size()) {
            return "ROLLBACK";
        }
        if (head.size() < largest.size()) {
            return "NOT_YET";
        }
        if (asked.old() != largest.size()) {
            return "SEQUENCE";
        }
        return follows(largest, head, asked.proof()) ? "" : "ROLLBACK";
    }

    private static List<Request> read(byte[] request) {
        var whole = new String(request, StandardCharsets.UTF_8);
        int end = whole.indexOf("\n\n");
        int noteEnd = whole.lastIndexOf("\n\n");
        if (request.length > MAX_BYTES || end < 0 || noteEnd <= end + 1 || !whole.endsWith("\n")) {
            return List.of();
        }
        var lines = whole.substring(0, end).split("\n", -1);
        var text = whole.substring(end + 2, noteEnd + 1);
        var state = text.split("\n", -1);
        if (!lines[0].matches("old (0|[1-9][0-9]{0,17})")
                || lines.length > MAX_PROOF + 1
                || !Arrays.stream(lines)
                        .skip(1)
                        .allMatch(line -> HASH.matcher(line).matches())
                || state.length != 4
                || !NoteKey.isName(state[0])
                || !state[1].matches("[1-9][0-9]{0,17}")
                || !HASH.matcher(state[2]).matches()) {
            return List.of();
        }
        var proof = Arrays.stream(lines)
                .skip(1)
                .map(line -> Base64.getDecoder().decode(line))
                .toList();
        var root = HexFormat.of().formatHex(Base64.getDecoder().decode(state[2]));
        return List.of(new Request(
                Long.parseLong(lines[0].substring(4)),
                proof,
                state[0],
                new Seen(Long.parseLong(state[1]), root),
                text,
                whole.substring(end + 2)));
    }

    private static boolean isSigned(Request asked, NoteKey log) {
        return asked.note()
                .substring(asked.text().length() + 1)
                .lines()
                .filter(line -> line.startsWith("\u2014 " + log.name() + " "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .filter(base64 -> base64.matches("[A-Za-z0-9+/]{90}==|[A-Za-z0-9+/]{91}="))
                .map(base64 -> Base64.getDecoder().decode(base64))
                .anyMatch(line -> line.length == 68
                        && Arrays.equals(Arrays.copyOf(line, 4), log.id())
                        && log.key()
                                .verify(
                                        asked.text().getBytes(StandardCharsets.UTF_8),
                                        Arrays.copyOfRange(line, 4, line.length)));
    }

    private static boolean follows(Seen old, Seen now, List<byte[]> proof) {
        if (old.size() == 0 || old.size() == now.size()) {
            return proof.isEmpty() && (old.size() == 0 || old.root().equals(now.root()));
        }
        var hashes = new ArrayList<>(proof);
        if (Long.bitCount(old.size()) == 1) {
            hashes.addFirst(HexFormat.of().parseHex(old.root()));
        }
        if (hashes.isEmpty()) {
            return false;
        }
        int odd = Long.numberOfTrailingZeros(~(old.size() - 1));
        long first = (old.size() - 1) >> odd;
        long second = (now.size() - 1) >> odd;
        var ofOld = hashes.getFirst();
        var ofNow = hashes.getFirst();
        for (var hash : hashes.subList(1, hashes.size())) {
            if (second == 0) {
                return false;
            }
            if ((first & 1) == 1 || first == second) {
                ofOld = node(hash, ofOld);
                ofNow = node(hash, ofNow);
                while (first != 0 && (first & 1) == 0) {
                    first >>= 1;
                    second >>= 1;
                }
            } else {
                ofNow = node(ofNow, hash);
            }
            first >>= 1;
            second >>= 1;
        }
        return second == 0
                && Digest.ofRaw(ofOld).hex().equals(old.root())
                && Digest.ofRaw(ofNow).hex().equals(now.root());
    }

    private static byte[] node(byte[] left, byte[] right) {
        return sha(ByteBuffer.allocate(65).put((byte) 1).put(left).put(right).array());
    }

    private static byte[] sha(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String cosignature(String text, long seconds) {
        var typed = ByteBuffer.allocate(33)
                .put((byte) 4)
                .put(key.verifyingKey().raw())
                .array();
        var id = sha(ByteBuffer.allocate(name.length() + 34)
                .put((name + "\n").getBytes(StandardCharsets.UTF_8))
                .put(typed)
                .array());
        var signature = key.sign(("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8));
        var line = ByteBuffer.allocate(76).put(id, 0, 4).putLong(seconds).put(signature);
        return "\u2014 " + name + " " + Base64.getEncoder().encodeToString(line.array()) + "\n";
    }
}
