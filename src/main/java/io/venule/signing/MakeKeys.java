package io.venule.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes an installation's keys into an empty place: root, two library-release keys, order key, checkpoint key, their
 * certificates, and two secrets. Each file is readable by its owner only; nothing is ever overwritten.
 * Source: docs/keys.md.
 */
public final class MakeKeys {
    /** How long a library-release or checkpoint key lives unless replaced before. */
    private static final Duration LONG_LIFE = Duration.ofDays(730);
    /** An order key is made anew each day. Source: docs/pump-contract.md, "Keys". */
    private static final Duration ORDER_LIFE = Duration.ofHours(24);
    /** Certificates begin a little early, for pumps whose clocks are behind. */
    private static final Duration CLOCK_ALLOWANCE = Duration.ofMinutes(5);

    private static final String USAGE = "usage: ops/make-keys DIR [--order-hours N] [--origin NAME]";

    private MakeKeys() {}

    /** The command: {@code ops/make-keys DIR [--order-hours N] [--origin NAME]}; exits 0 when made, 1 when not, 2 on wrong use. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Makes the keys under a log name drawn from the root key, for a place that holds none of the files yet. */
    public static void into(Path directory, InstantSource clock, SecureRandom random, Duration orderLifetime)
            throws IOException {
        into(directory, new Plan(clock.instant(), orderLifetime, ""), random);
    }

    /** When the keys begin, how long the order key lives, and the log's name; an empty name is drawn from the root key. */
    record Plan(Instant at, Duration orderLifetime, String origin) {}

    static void into(Path directory, Plan plan, SecureRandom random) throws IOException {
        var files = files(plan, random);
        createPrivate(directory);
        for (var name : files.keySet()) {
            if (Files.exists(directory.resolve(name))) {
                throw new FileAlreadyExistsException(directory.resolve(name).toString());
            }
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
        issue.key("order", SigningKey.generate(random), KeyRole.ORDER, plan.at.plus(plan.orderLifetime));
        issue.key("checkpoint", checkpoint, KeyRole.CHECKPOINT, plan.at.plus(LONG_LIFE));
        files.put("log.vkey", new NoteKey(origin, checkpoint.verifyingKey()).text() + "\n");
        files.put("data.key", secret(random));
        files.put("pairing.key", secret(random));
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
        if (arguments.length % 2 == 0 || arguments[0].startsWith("-")) {
            return usage();
        }
        var orderLifetime = ORDER_LIFE;
        var origin = "";
        for (int i = 1; i < arguments.length; i += 2) {
            var value = arguments[i + 1];
            if (arguments[i].equals("--order-hours") && value.matches("[1-9][0-9]{0,4}")) {
                orderLifetime = Duration.ofHours(Long.parseLong(value));
            } else if (arguments[i].equals("--origin") && value.matches("[a-z0-9.:/_-]{1,128}")) {
                origin = value;
            } else {
                return usage();
            }
        }
        return make(Path.of(arguments[0]), new Plan(InstantSource.system().instant(), orderLifetime, origin));
    }

    private static int make(Path directory, Plan plan) {
        try {
            into(directory, plan, new SecureRandom());
            System.out.println("Keys made in " + directory + ". Take root.key and the library keys offline.");
            System.out.print(
                    "Log verifier key: " + Files.readString(directory.resolve("log.vkey"), StandardCharsets.US_ASCII));
            return 0;
        } catch (FileAlreadyExistsException e) {
            System.err.println("Nothing made: " + e.getMessage() + " exists and is not overwritten.");
            return 1;
        } catch (IOException e) {
            System.err.println("Keys not made: " + e);
            return 1;
        }
    }

    private static int usage() {
        System.err.println(USAGE);
        return 2;
    }
}
