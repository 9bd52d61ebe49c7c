package io.venule.signing;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the root's next list of revoked keys: all of the last one in the folder and some more. The new list takes the place of the old in one step, so that a
 * server that looks sees one or the other. Source: docs/keys.md, "Revoking a key".
 */
final class RevokeKeys {
    private RevokeKeys() {}

    /** {@code revoke DIR --root ROOT.KEY KEY…}, each key by its id or the file of its certificate; 0 when made, 1 when not, 2 on wrong use. */
    static int run(List<String> arguments, Instant now, PrintStream out, PrintStream err) {
        if (arguments.size() < 4 || !arguments.get(1).equals("--root")) {
            return 2;
        }
        var folder = Path.of(arguments.getFirst()).resolve(OrderKeys.FOLDER);
        try {
            var root = KeyFiles.signingKey(Path.of(arguments.get(2)));
            var keys = ids(arguments.subList(3, arguments.size()), root.verifyingKey());
            if (keys.isEmpty()) {
                return 2;
            }
            var list = next(folder, root, keys.get(), now);
            out.println("Revocation list " + list.counter() + " made, of "
                    + list.keys().size() + " keys: " + folder.resolve(OrderKeys.REVOKED)
                    + ". Lay it into the server's folder of order keys.");
            return 0;
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            err.println("No list made: " + e.getMessage());
            return 1;
        }
    }

    private static Optional<List<KeyId>> ids(List<String> named, VerifyingKey root) {
        var ids = new ArrayList<KeyId>();
        for (var name : named) {
            var id = KeyId.parse(name).or(() -> certified(name, root));
            if (id.isEmpty()) {
                return Optional.empty();
            }
            ids.add(id.get());
        }
        return Optional.of(ids);
    }

    private static Optional<KeyId> certified(String file, VerifyingKey root) {
        return Files.isRegularFile(Path.of(file))
                        && KeyCertificate.check(KeyFiles.certificate(Path.of(file)), root)
                                instanceof KeyCertificate.Checked.Certified(var certificate)
                ? Optional.of(certificate.id())
                : Optional.empty();
    }

    /** Makes the list that follows the one in the folder, and lays it there. */
    static Revocations next(Path folder, SigningKey root, List<KeyId> keys, Instant now) throws IOException {
        var list = OrderKeys.revokedIn(folder, root.verifyingKey()).with(keys, now);
        var next = folder.resolve(OrderKeys.REVOKED + ".next");
        Files.createDirectories(folder);
        Files.deleteIfExists(next);
        KeyFiles.writeNew(next, list.signedBy(root) + "\n");
        Files.move(
                next,
                folder.resolve(OrderKeys.REVOKED),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        return list;
    }
}
