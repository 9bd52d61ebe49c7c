package io.venule;

import io.venule.order.Ending;
import io.venule.release.ReleaseFiles;
import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyFiles;
import io.venule.signing.KeyRole;
import io.venule.signing.Keyring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The certificates of the keys that live long, as they lay in the key folder at the start; those of orders change each day. */
record LongKeys(List<String> certificates, List<Ending> endings) {
    static LongKeys in(Path keys) {
        var certificates = Stream.concat(ReleaseFiles.CERTIFICATES.stream(), Stream.of("checkpoint.jws"))
                .map(keys::resolve)
                .filter(Files::exists)
                .map(KeyFiles::certificate)
                .toList();
        var ring = Keyring.of(KeyFiles.verifyingKey(keys.resolve(ReleaseFiles.ROOT)), certificates);
        return new LongKeys(
                certificates, ring.certificates().stream().map(LongKeys::ending).toList());
    }

    private static Ending ending(KeyCertificate certificate) {
        return certificate.role() == KeyRole.CHECKPOINT
                ? new Ending(Ending.Kind.CHECKPOINT_KEY, "", certificate.notAfter())
                : new Ending(Ending.Kind.LIBRARY_KEY, certificate.id().hex(), certificate.notAfter());
    }
}
