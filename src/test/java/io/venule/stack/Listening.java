package io.venule.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where this process and those that it started take calls over TCP, as the kernel lists it. Linux. Source: proc_pid_net(5), {@code /proc/net/tcp}. */
final class Listening {
    private static final String LISTEN = "0A";
    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    /** 127.0.0.0/8, ::1 and 127.0.0.0/8 as IPv6, in words of four bytes, the lowest byte first. */
    private static final String LOOPBACK = "[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F";

    private Listening() {}

    /** Whether this system says. */
    static boolean isKnown() {
        return Files.isReadable(Path.of("/proc/net/tcp"));
    }

    /** Addresses and ports that can be reached from another machine, the addresses as the kernel writes them. */
    static List<String> beyondLoopback() throws IOException {
        return listening().stream()
                .filter(address -> !address.substring(0, address.indexOf(':')).matches(LOOPBACK))
                .toList();
    }

    /** All of them. */
    static List<String> listening() throws IOException {
        var own = sockets();
        var found = new ArrayList<String>();
        for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.isReadable(Path.of(table))) {
                Files.readString(Path.of(table))
                        .lines()
                        .skip(1)
                        .map(line -> line.strip().split("\\s+", -1))
                        .filter(line -> line[STATE].equals(LISTEN) && own.contains("socket:[" + line[INODE] + "]"))
                        .forEach(line -> found.add(decimal(line[LOCAL])));
            }
        }
        return found;
    }

    /** The address as the kernel writes it, the port as people do. */
    private static String decimal(String local) {
        int colon = local.indexOf(':');
        return local.substring(0, colon + 1) + Integer.parseInt(local.substring(colon + 1), 16);
    }

    private static Set<String> sockets() throws IOException {
        var self = ProcessHandle.current();
        var sockets = new HashSet<String>();
        for (var process : Stream.concat(Stream.of(self), self.descendants()).toList()) {
            try (var open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
                open.forEach(file -> sockets.add(target(file)));
            }
        }
        return sockets;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
