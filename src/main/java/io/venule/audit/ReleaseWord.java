package io.venule.audit;

import io.venule.audit.CertifiedText.Judged;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonList;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Json.JsonWhole;
import io.venule.signing.KeyId;
import io.venule.signing.VerifyingKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Judges whether a release of the drug library that became the active one was signed by the people that the entry names: two or more, each with a key of
 * their own that the root certified for it and that was valid then, over exactly this release. Source: docs/pump-contract.md, "Library"; DESIGN, invariant 7.
 */
final class ReleaseWord {
    private static final int NEEDED = 2;

    private ReleaseWord() {}

    /** A signature that holds, and what it says. */
    private record Said(KeyId key, String signer, Instant signedAt, long counter, String sha256) {
        static Optional<Said> of(JsonObject said, KeyId key) {
            return said.members().get("counter") instanceof JsonWhole(var counter)
                            && said.members().get("sha256") instanceof JsonText(var sha256)
                            && said.members().get("signedAt") instanceof JsonWhole(var at)
                            && said.members().get("signer") instanceof JsonText(var signer)
                    ? Optional.of(new Said(key, signer, Instant.ofEpochMilli(at), counter, sha256))
                    : Optional.empty();
        }
    }

    /** What does not hold; nothing where the entry is about something else. */
    static Stream<String> faults(AuditEntry entry, VerifyingKey root) {
        return entry.kind() == AuditKind.LIBRARY_ACTIVATED ? faultsOfRelease(entry, root) : Stream.of();
    }

    private static Stream<String> faultsOfRelease(AuditEntry entry, VerifyingKey root) {
        var faults = new ArrayList<String>();
        var all = new ArrayList<Said>();
        for (var signature : CertifiedText.in(entry, CertifiedText.Kind.RELEASE)) {
            switch (signature.judged(root)) {
                case Judged.Refused(var what) -> faults.add(what);
                case Judged.Signed(var text, var key) ->
                    Said.of(text, key.id())
                            .filter(said -> key.isValidAt(entry.at()))
                            .filter(said -> isAbout(said, entry))
                            .ifPresentOrElse(
                                    all::add,
                                    () -> faults.add(
                                            "holds a signature of another release, or by a key that was not valid"));
            }
        }
        var signers = new HashSet<>(all.stream().map(Said::signer).toList());
        var keys = new HashSet<>(all.stream().map(Said::key).toList());
        if (signers.size() < NEEDED || keys.size() < NEEDED) {
            faults.add("says that a release became the active one that " + signers.size() + " people with "
                    + keys.size() + " keys signed");
        }
        if (!signers.equals(new HashSet<>(named(entry)))) {
            faults.add("names others than those who signed");
        }
        return faults.stream();
    }

    private static boolean isAbout(Said said, AuditEntry entry) {
        return said.counter() == entry.library().counter()
                && said.sha256().equals(entry.library().sha256().hex())
                && !said.signedAt().isAfter(entry.at());
    }

    private static List<String> named(AuditEntry entry) {
        Json signers = entry.details().members().get("signers");
        return signers instanceof JsonList(var names)
                ? names.stream()
                        .map(name -> name instanceof JsonText(var text) ? text : "")
                        .toList()
                : List.of();
    }
}
