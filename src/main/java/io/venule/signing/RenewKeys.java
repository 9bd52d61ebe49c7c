package io.venule.signing;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an installation needs once the keys that live long come to their end, or a pharmacist leaves: later certificates of the same keys, and a new
 * library-release key under the same root. Nothing is overwritten. Source: docs/keys.md, "Keys that live long".
 */
final class RenewKeys {
    private static final int WRONG_USE = 2;
    private static final List<String> HOLDERS = List.of("1", "2");

    private final Instant now;
    private final PrintStream out;
    private final PrintStream err;

    RenewKeys(Instant now, PrintStream out, PrintStream err) {
        this.now = now;
        this.out = out;
        this.err = err;
    }

    /** What is made with the root, by file name. */
    private interface Making {
        Map<String, String> files(SigningKey root);
    }

    /** {@code renew DIR --root ROOT.KEY CERTIFICATE…}; 0 when made, 1 when not, 2 on wrong use. */
    int renew(List<String> arguments) {
        if (arguments.size() < 4 || !arguments.get(1).equals("--root")) {
            return WRONG_USE;
        }
        var named = arguments.subList(3, arguments.size());
        return made(
                arguments,
                root -> renewed(named, root),
                "Certificates of the same keys made, good until " + end()
                        + ". Lay them over those of the same names in each server's key folder and beside the keys, and start the servers again.");
    }

    /** {@code library DIR --root ROOT.KEY HOLDER}; 0 when made, 1 when not, 2 on wrong use. */
    int library(List<String> arguments, SecureRandom random) {
        if (arguments.size() != 4 || !arguments.get(1).equals("--root") || !HOLDERS.contains(arguments.get(3))) {
            return WRONG_USE;
        }
        var name = "library-" + arguments.get(3);
        return made(
                arguments,
                root -> fresh(name, root, random),
                "A new key made, good until " + end() + ". Give " + name + ".key to its holder alone, with " + name
                        + ".jws and root.pub; have the drug library signed by it, and then lay " + name
                        + ".jws into each server's key folder with the new signature.");
    }

    private Instant end() {
        return now.plus(MakeKeys.LONG_LIFE);
    }

    private int made(List<String> arguments, Making making, String said) {
        var directory = Path.of(arguments.getFirst());
        try {
            MakeKeys.write(directory, making.files(KeyFiles.signingKey(Path.of(arguments.get(2)))));
            out.println(said);
            return 0;
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            err.println("Nothing made: " + e.getMessage());
            return 1;
        }
    }

    private Map<String, String> renewed(List<String> named, SigningKey root) {
        var files = new LinkedHashMap<String, String>();
        for (var name : named) {
            var file = Path.of(name);
            var later = later(file, root.verifyingKey()).signedBy(root) + "\n";
            if (files.put(String.valueOf(file.getFileName()), later) != null) {
                throw new IllegalArgumentException("two certificates of one name: " + file.getFileName());
            }
        }
        return files;
    }

    private KeyCertificate later(Path file, VerifyingKey root) {
        return switch (KeyCertificate.check(KeyFiles.certificate(file), root)) {
            case KeyCertificate.Checked.Refused refused ->
                throw new IllegalArgumentException("not a certificate by this root: " + file + ": " + refused.reason());
            case KeyCertificate.Checked.Certified(var old) ->
                switch (old.role()) {
                    case LIBRARY_RELEASE, CHECKPOINT ->
                        new KeyCertificate(
                                old.key(), old.role(), old.scope(), now.minus(MakeKeys.CLOCK_ALLOWANCE), end());
                    case ORDER ->
                        throw new IllegalArgumentException(
                                "an order key is not renewed, make more of them with ops/make-keys orders: " + file);
                    case ROOT, PUMP_RECORD ->
                        throw new IllegalArgumentException("no certificate of such a key is made here: " + file);
                };
        };
    }

    private Map<String, String> fresh(String name, SigningKey root, SecureRandom random) {
        var key = SigningKey.generate(random);
        var certificate = new KeyCertificate(
                key.verifyingKey(),
                KeyRole.LIBRARY_RELEASE,
                KeyCertificate.EVERY_SCOPE,
                now.minus(MakeKeys.CLOCK_ALLOWANCE),
                end());
        return Map.of(
                name + ".key",
                KeyFiles.pem(key),
                name + ".jws",
                certificate.signedBy(root) + "\n",
                "root.pub",
                KeyFiles.pem(root.verifyingKey()));
    }
}
