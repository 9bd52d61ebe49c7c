package io.venule.release;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.release.LibraryReleases.Signed;
import io.venule.release.ReleaseSignatures.Verdict;
import io.venule.signing.Digest;
import io.venule.signing.Jws;
import io.venule.signing.Keyring;
import io.venule.staff.SubjectId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a release of the drug library must have to be the active one here, at a start and while the server runs. Source: DESIGN, invariant 7.
 *
 * @param clinical whether only a library for clinical use will do
 * @param ring the keys that may sign, none that is revoked, as of now
 */
public record ReleaseTerms(boolean clinical, Supplier<Keyring> ring, InstantSource clock) {
    /**
     * What the log says of a release that becomes the active one: with its signatures, and behind each the root's certificate of its key, so that whoever has the
     * root's key need believe no server about who released it.
     *
     * @param before the counter of the one that was the active one; 0 where there was none
     */
    public AuditEntry activated(Signed release, long before, Instant at) {
        var version = release.release().version();
        var entry = AuditEntry.bySystem(AuditKind.LIBRARY_ACTIVATED, at)
                .under(version.counter(), new Digest(version.sha256()))
                .with("signers", release.signers())
                .with("before", before);
        for (var signature : release.signatures()) {
            entry = entry.signed(signature);
            var certificate = Jws.namedKey(signature, ReleaseSignatures.TYP).flatMap(ring.get()::signed);
            if (certificate.isPresent()) {
                entry = entry.signed(certificate.get());
            }
        }
        return entry;
    }

    /** Whether it may be the active one, with these signatures. */
    public Verdict judge(Release release, List<String> signatures) {
        if (!isForHere(release)) {
            return new Verdict.NotApproved(List.of(objectionToUse(release)));
        }
        return ReleaseSignatures.check(release, signatures, ring.get(), clock.instant());
    }

    /** Whether what it says it is for will do here. */
    public boolean isForHere(Release release) {
        return !clinical || release.use().equals(ReleaseFiles.CLINICAL_USE);
    }

    /** In a sentence, for one that is not {@linkplain #isForHere for here}. */
    public static String objectionToUse(Release release) {
        return "library.json says that the drug library is for \"" + release.use() + "\"; it must say \""
                + ReleaseFiles.CLINICAL_USE + "\"";
    }

    /**
     * Why a person's signature does not count beside those of others; none where it does.
     *
     * @param others what others signed already, each of which counted
     */
    public List<String> reasonsAgainst(Release release, List<String> others, String signature, SubjectId signer) {
        var own = ReleaseSignatures.reasonsAgainst(release, signature, signer, ring.get(), clock.instant());
        if (!own.isEmpty() || others.isEmpty()) {
            return own;
        }
        var all = Stream.concat(others.stream(), Stream.of(signature)).toList();
        return switch (ReleaseSignatures.check(release, all, ring.get(), clock.instant())) {
            case Verdict.Approved _ -> List.of();
            case Verdict.NotApproved(var reasons) -> reasons;
        };
    }
}
