package io.venule.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes an installation's keys into an empty place: root, two library-release keys, order keys for some days, checkpoint key, their
 * certificates, and two secrets; later more order keys. Each file is readable by its owner only; nothing is ever overwritten.
 * Source: docs/keys.md.
 */
public final class MakeKeys {
    /** How long a library-release or checkpoint key lives unless replaced before. */
    static final Duration LONG_LIFE = Duration.ofDays(730);
    /** Certificates begin a little early, for pumps whose clocks are behind. */
    static final Duration CLOCK_ALLOWANCE = Duration.ofMinutes(5);

    private static final String USAGE = """
            usage: ops/make-keys DIR [--days N] [--wards A,B] [--origin NAME]
                   ops/make-keys orders DIR --root ROOT.KEY [--days N] [--wards A,B] [--from INSTANT]
                   ops/make-keys renew DIR --root ROOT.KEY CERTIFICATE...
                   ops/make-keys library DIR --root ROOT.KEY 1|2
                   ops/make-keys revoke DIR --root ROOT.KEY KEY...""";

    private MakeKeys() {}

    /** The command, as {@code ops/make-keys} says; exits 0 when made, 1 when not, 2 on wrong use. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Makes the keys under a log name drawn from the root key, for a place that holds none of the files yet. */
    public static void into(Path directory, InstantSource clock, SecureRandom random, OrderBatch orders)
            throws IOException {
        into(directory, new Plan(clock.instant(), orders, ""), random);
    }

    /** Makes more order keys beside those that are there, each ward's from where its last one ends. */
    public static void moreOrders(Path directory, SigningKey root, Instant now, SecureRandom random, OrderBatch orders)
            throws IOException {
        var there = OrderKeys.in(directory.resolve(OrderKeys.FOLDER), root.verifyingKey());
        var files = new LinkedHashMap<String, String>();
        for (var ward : orders.wards()) {
            var begin = OrderBatch.following(there.ofScope(ward).lastUntil(ward, now), now);
            files.putAll(new OrderBatch(orders.days(), List.of(ward)).files(root, begin, random));
        }
        write(directory, files);
    }

    /** When the keys begin, which order keys there are, and the log's name; an empty name is drawn from the root key. */
    record Plan(Instant at, OrderBatch orders, String origin) {}

    static void into(Path directory, Plan plan, SecureRandom random) throws IOException {
        write(directory, files(plan, random));
    }

    static void write(Path directory, Map<String, String> files) throws IOException {
        createPrivate(directory);
        for (var name : files.keySet()) {
            var file = directory.resolve(name);
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file + " exists and is not overwritten.");
            }
            createPrivate(file.resolveSibling(""));
        }
        for (var file : files.entrySet()) {
            KeyFiles.writeNew(directory.resolve(file.getKey()), file.getValue());
        }
    }

    private static Map<String, String> files(Plan plan, SecureRandom random) {
        var root = SigningKey.generate(random);
        var checkpoint = SigningKey.generate(random);
        var origin = plan.origin.isEmpty() ? "venule.invalid/" + root.id() + "/audit" : plan.origin;
        var files = new LinkedHashMap<String, String>();
        files.put("root.key", KeyFiles.pem(root));
        files.put("root.pub", KeyFiles.pem(root.verifyingKey()));
        var issue = new Issue(root, plan.at.minus(CLOCK_ALLOWANCE), files);
        issue.key("library-1", SigningKey.generate(random), KeyRole.LIBRARY_RELEASE, plan.at.plus(LONG_LIFE));
        issue.key("library-2", SigningKey.generate(random), KeyRole.LIBRARY_RELEASE, plan.at.plus(LONG_LIFE));
        issue.key("checkpoint", checkpoint, KeyRole.CHECKPOINT, plan.at.plus(LONG_LIFE));
        files.put("log.vkey", new NoteKey(origin, checkpoint.verifyingKey()).text() + "\n");
        files.put("data.key", secret(random));
        files.put("pairing.key", secret(random));
        files.putAll(plan.orders.files(root, plan.at, random));
        return files;
    }

    private record Issue(SigningKey root, Instant notBefore, Map<String, String> files) {
        void key(String name, SigningKey key, KeyRole role, Instant notAfter) {
            var certificate =
                    new KeyCertificate(key.verifyingKey(), role, KeyCertificate.EVERY_SCOPE, notBefore, notAfter);
            files.put(name + ".key", KeyFiles.pem(key));
            files.put(name + ".jws", certificate.signedBy(root) + "\n");
        }
    }

    private static String secret(SecureRandom random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes) + "\n";
    }

    private static void createPrivate(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static int run(String[] arguments) {
        var now = InstantSource.system().instant();
        var rest = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        var exit = switch (arguments.length == 0 ? "" : arguments[0]) {
            case "revoke" -> RevokeKeys.run(rest, now, System.out, System.err);
            case "renew" -> new RenewKeys(now, System.out, System.err).renew(rest);
            case "library" -> new RenewKeys(now, System.out, System.err).library(rest, new SecureRandom());
            default -> installation(arguments, now);
        };
        if (exit == 2) {
            System.err.println(USAGE);
        }
        return exit;
    }

    private static int installation(String[] arguments, Instant now) {
        return Options.of(arguments, now).map(MakeKeys::make).orElse(2);
    }

    private static int make(Options asked) {
        var directory = asked.directory();
        try {
            if (asked.root().isPresent()) {
                var root = KeyFiles.signingKey(asked.root().get());
                moreOrders(directory, root, asked.from(), new SecureRandom(), asked.orders());
                System.out.println("Order keys made in " + directory.resolve(OrderKeys.FOLDER)
                        + ". Lay them into the folder of that name in the server's key folder.");
                return 0;
            }
            into(directory, new Plan(asked.from(), asked.orders(), asked.origin()), new SecureRandom());
            System.out.println("Keys made in " + directory + ". Take root.key and the library keys offline.");
            System.out.print(
                    "Log verifier key: " + Files.readString(directory.resolve("log.vkey"), StandardCharsets.US_ASCII));
            return 0;
        } catch (FileAlreadyExistsException e) {
            System.err.println("Nothing made: " + e.getMessage());
            return 1;
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            System.err.println("Keys not made: " + e.getMessage());
            return 1;
        }
    }

    /** What the command line asks for; with a root it is more order keys, without one a whole installation. */
    private record Options(Path directory, Optional<Path> root, OrderBatch orders, Instant from, String origin) {
        static Optional<Options> of(String[] arguments, Instant now) {
            var more = arguments.length > 1 && arguments[0].equals("orders") && !arguments[1].startsWith("-");
            var rest = List.of(arguments).subList(more ? 1 : 0, arguments.length);
            if (rest.size() % 2 == 0 || rest.getFirst().startsWith("-")) {
                return Optional.empty();
            }
            var given = new TreeMap<String, String>();
            for (int i = 1; i < rest.size(); i += 2) {
                given.put(rest.get(i), rest.get(i + 1));
            }
            var known =
                    more ? Set.of("--root", "--days", "--wards", "--from") : Set.of("--days", "--wards", "--origin");
            var twice = given.size() * 2 != rest.size() - 1;
            if (twice || !known.containsAll(given.keySet()) || more != given.containsKey("--root")) {
                return Optional.empty();
            }
            return read(Path.of(rest.getFirst()), given, now);
        }

        private static Optional<Options> read(Path directory, Map<String, String> given, Instant now) {
            var origin = given.getOrDefault("--origin", "");
            try {
                var days = Integer.parseInt(given.getOrDefault("--days", "1"));
                var wards = List.of(given.getOrDefault("--wards", KeyCertificate.EVERY_SCOPE)
                        .split(",", -1));
                var from = given.containsKey("--from") ? Instant.parse(given.get("--from")) : now;
                return origin.matches("[a-z0-9.:/_-]{0,128}")
                        ? Optional.of(new Options(
                                directory,
                                Optional.ofNullable(given.get("--root")).map(Path::of),
                                new OrderBatch(days, wards),
                                from,
                                origin))
                        : Optional.empty();
            } catch (IllegalArgumentException | DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }
}
