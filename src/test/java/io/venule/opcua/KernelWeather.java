package io.venule.opcua;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the kernel does to packets on loopback, below TCP, in a network that a process has for itself. Needs Linux, root, {@code unshare} and {@code tc} with its BPF
 * classifier; where one of them is missing, {@link #isPossible()} says so.
 */
final class KernelWeather {
    /** Ethernet's; loopback's own would carry a whole message in one packet. */
    private static final int MTU = 1_500;

    private static final long EVERY_PACKET = 0xFFFF_FFFFL;
    private static final long PATIENCE_SECONDS = 20;

    private static final Pattern COUNTS =
            Pattern.compile("qdisc (clsact|tbf) [\\s\\S]*? ([0-9]+) pkt \\(dropped ([0-9]+), overlimits ([0-9]+) ");

    private final int port;

    /**
     * What the kernel did to packets, as it counts them itself.
     *
     * @param seen packets that came while some were to be lost, those of other ports too
     * @param lost of these
     * @param heldBack how often one waited because the line was narrow
     */
    record Counts(long seen, long lost, long heldBack) {
        static final Counts NOTHING = new Counts(0, 0, 0);

        Counts and(Counts other) {
            return new Counts(seen + other.seen, lost + other.lost, heldBack + other.heldBack);
        }

        private static Counts of(MatchResult discipline) {
            var overlimits = Long.parseLong(discipline.group(4));
            return discipline.group(1).equals("tbf")
                    ? new Counts(0, 0, overlimits)
                    : new Counts(Long.parseLong(discipline.group(2)), Long.parseLong(discipline.group(3)), 0);
        }
    }

    /** @param port the one whose packets are lost; those of others, such as a pump's panel, are not */
    KernelWeather(int port) throws IOException, InterruptedException {
        this.port = port;
        run("ip", "link", "set", "lo", "mtu", Integer.toString(MTU));
    }

    /** Whether a process can have a network of its own here, and lose packets in it. */
    static boolean isPossible() throws IOException, InterruptedException {
        try {
            var tried = inOwnNetwork(List.of(
                            "sh",
                            "-c",
                            "tc qdisc add dev lo clsact && tc qdisc add dev lo root tbf rate 1mbit burst 3000 latency 1s"
                                    + " && tc filter add dev lo ingress bpf da bytecode '1,6 0 0 0'"))
                    .redirectErrorStream(true)
                    .start();
            tried.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            return tried.waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    /** The command in a network with nothing in it but its own loopback. */
    static ProcessBuilder inOwnNetwork(List<String> command) {
        var whole = new ArrayList<>(List.of("unshare", "--net", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh"));
        whole.addAll(command);
        return new ProcessBuilder(whole);
    }

    /** Loses so many of a hundred packets, each way, by the kernel's own dice. */
    void lose(int ofHundred) throws IOException, InterruptedException {
        run("tc", "qdisc", "replace", "dev", "lo", "clsact");
        run(
                "tc",
                "filter",
                "add",
                "dev",
                "lo",
                "ingress",
                "bpf",
                "da",
                "bytecode",
                losing(EVERY_PACKET * ofHundred / 100));
    }

    /** Lets so many bits a second through, all connections together. */
    void narrow(int kilobits) throws IOException, InterruptedException {
        run(
                "tc",
                "qdisc",
                "replace",
                "dev",
                "lo",
                "root",
                "tbf",
                "rate",
                kilobits + "kbit",
                "burst",
                "3000",
                "latency",
                "3s");
    }

    /** Ends whatever there is; the result is what it did. */
    Counts clear() throws IOException, InterruptedException {
        var counts = COUNTS.matcher(run("tc", "-s", "qdisc", "show", "dev", "lo"))
                .results()
                .map(Counts::of)
                .reduce(Counts.NOTHING, Counts::and);
        run("sh", "-c", "tc qdisc del dev lo clsact 2>/dev/null; tc qdisc del dev lo root 2>/dev/null; true");
        return counts;
    }

    /**
     * Of a packet that is IPv4 and TCP, of or to the port, a random word is compared: 2 drops, 0 lets through. Instructions as {@code tc} takes them: code, jump if true, jump if false,
     * operand; all behind a header of 14 bytes.
     */
    private String losing(long below) {
        var program = List.of(
                "40 0 0 12",
                "21 0 10 2048",
                "48 0 0 23",
                "21 0 8 6",
                "177 0 0 14",
                "72 0 0 14",
                "21 2 0 " + port,
                "72 0 0 16",
                "21 0 3 " + port,
                "32 0 0 4294963256",
                "37 1 0 " + below,
                "6 0 0 2",
                "6 0 0 0");
        return program.size() + "," + String.join(",", program);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }
}
